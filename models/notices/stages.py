"""Who hears what becomes of a stage: that a decision is asked, lies, was returned, postponed or made."""

from collections.abc import Sequence

from sqlmodel import Session

from models.database import run
from models.rules.words import Level

_OWNERS = """
    SELECT post.id, u.name AS unit, post.level FROM post LEFT JOIN unit u ON u.id = post.unit_id
    WHERE post.campaign_id = :campaign AND NOT post.vacant
      AND (post.level = 1 OR post.unit_id IS NULL) ORDER BY post.id"""


def owners(session: Session, campaign_id: int, units: Sequence[str]) -> list[int]:
    """Return the posts that answer for ``units`` (liaisons), and the office's, which answers for the rest."""
    wanted = set(units)
    return [
        row.id
        for row in run(session, _OWNERS, {"campaign": campaign_id})
        if row.unit in wanted or (row.unit is None and row.level == Level.OFFICE)
    ]


def leaders_and_office(session: Session, campaign_id: int) -> list[int]:
    """Return every post of the campaign's own."""
    rows = run(session, _OWNERS, {"campaign": campaign_id})
    return [row.id for row in rows if row.unit is None]


def heard_of(session: Session, stage_id: int, occurrence: str) -> list[int]:
    """Return the posts that were told something of a stage under ``occurrence`` (a decision's number)."""
    sql = """SELECT DISTINCT post_id FROM notice
             WHERE subject_kind = 'stage' AND subject_id = :stage AND occurrence = :occurrence
             ORDER BY post_id"""
    return [row.post_id for row in run(session, sql, {"stage": stage_id, "occurrence": occurrence})]
