"""Which parts of units have evidence, and which still need some."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from models.database import run

# A part needs evidence unless it is 不适用, or every demand of its item says that nothing is to be shown. It
# has some when a piece that was handed in or accepted proves the part itself, or a demand of its item and
# comes from that unit or from the office, which provides for all; one whose time has run out proves nothing.
# Whose it is is asked so that no index answers: SQLite began with all that the office of any campaign provided.
_UNPROVED = """
    SELECT u.campaign_id, u.name, a.missing FROM (
        SELECT a.unit_id, count(*) AS missing FROM assignment a
        WHERE a.campaign_id IN :these AND NOT a.withdrawn AND a.state <> 'dropped'
          AND NOT (
              EXISTS (SELECT 1 FROM demand d WHERE NOT d.withdrawn
                  AND (d.indicator_id = a.indicator_id OR d.work_item_id = a.work_item_id))
              AND NOT EXISTS (SELECT 1 FROM demand d WHERE NOT d.withdrawn AND d.needs_evidence
                  AND (d.indicator_id = a.indicator_id OR d.work_item_id = a.work_item_id)))
          AND NOT EXISTS (
              SELECT 1 FROM evidence_use x
              JOIN evidence e ON e.id = x.evidence_id AND NOT e.withdrawn
                AND (e.expires_on IS NULL OR e.expires_on >= :today)
              JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
              WHERE x.assignment_id = a.id AND NOT x.withdrawn
                AND r.state IN ('submitted', 'accepted'))
          AND NOT EXISTS (
              SELECT 1 FROM demand d
              JOIN evidence_use x ON x.demand_id = d.id AND NOT x.withdrawn
              JOIN evidence e ON e.id = x.evidence_id AND NOT e.withdrawn
                AND (e.expires_on IS NULL OR e.expires_on >= :today)
              JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
              WHERE (d.indicator_id = a.indicator_id OR d.work_item_id = a.work_item_id)
                AND coalesce(e.provider_id, a.unit_id) = a.unit_id
                AND r.state IN ('submitted', 'accepted'))
        GROUP BY a.unit_id) AS a
    JOIN unit u ON u.id = a.unit_id ORDER BY u.id"""
_BEGUN = """
    SELECT c.id FROM campaign c
    WHERE c.id IN :these AND EXISTS (SELECT 1 FROM evidence e WHERE e.campaign_id = c.id)"""


def with_evidence(session: Session, campaign_ids: Sequence[int]) -> list[int]:
    """Return those of the campaigns for which the first piece of evidence came in; at most one statement."""
    if not campaign_ids:
        return []
    return list(run(session, _BEGUN, {"these": tuple(campaign_ids)}).scalars())


def unproved_parts(
    session: Session, campaign_id: int, today: date = date.min
) -> dict[str, int] | None:
    """Return how many parts of each unit still need evidence, without units that need none.

    None before the first piece of the campaign came in: an office that collects its evidence elsewhere is
    not told that all of it is missing. Two statements.
    """
    return all_unproved_parts(session, [campaign_id], today).get(campaign_id)


def all_unproved_parts(
    session: Session, campaign_ids: Sequence[int], today: date
) -> dict[int, dict[str, int]]:
    """Return what `unproved_parts` does of each campaign; two statements for all of them."""
    found: dict[int, dict[str, int]] = {one: {} for one in with_evidence(session, campaign_ids)}
    if found:
        values = {"these": tuple(found), "today": today}
        for one, name, missing in run(session, _UNPROVED, values):
            found[one][name] = missing
    return found
