"""The ledger of burden (负担账): how often each unit was asked in a week, and what waits for a word.

An ask is one message to a unit's liaison or head; several items in it are one ask. Units stand in
the plan's order: nobody is ranked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, UniqueConstraint, update
from sqlmodel import Field, Session, SQLModel, col, select

from models.database import found_as
from models.evidence.shown.telling import RIDING
from models.notices.notice import Notice
from models.units.unit import Post, Unit

WEEK = timedelta(days=7)


class AskAllowance(SQLModel, table=True):
    """One leader's word for one unit and one week; ``week`` is its Monday."""

    __tablename__ = "ask_allowance"
    __table_args__ = (UniqueConstraint("campaign_id", "unit_id", "week"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    unit_id: int = Field(foreign_key="unit.id")
    week: date
    by_post: str
    reason: str = ""
    at: datetime


@dataclass(frozen=True, slots=True)
class Burden:
    """One unit's week: ``asks`` messages with ``items`` notices in them, ``waiting`` held back."""

    unit_id: int
    unit: str
    asks: int
    items: int
    waiting: int
    allowed_by: str


_BURDEN = f"""
    SELECT u.id AS unit_id, u.name AS unit, coalesce(a.asks, 0) AS asks, coalesce(a.items, 0) AS items,
           coalesce(h.held, 0) AS waiting, coalesce(w.by_post, '') AS allowed_by
    FROM unit u
    LEFT JOIN (
        SELECT p.unit_id, count(DISTINCT g.id) AS asks,
               count(CASE WHEN n.rule NOT IN {RIDING} THEN 1 END) AS items
        FROM message g JOIN notice n ON n.message_id = g.id JOIN post p ON p.id = n.post_id
        WHERE n.campaign_id = :campaign AND g."window" >= :monday AND g."window" < :next
          AND p.unit_id IS NOT NULL
        GROUP BY p.unit_id) AS a ON a.unit_id = u.id
    LEFT JOIN (
        SELECT p.unit_id, count(*) AS held FROM notice n JOIN post p ON p.id = n.post_id
        WHERE n.campaign_id = :campaign AND n.state = 'over-budget' AND p.unit_id IS NOT NULL
        GROUP BY p.unit_id) AS h ON h.unit_id = u.id
    LEFT JOIN ask_allowance w ON w.campaign_id = :campaign AND w.unit_id = u.id AND w.week = :monday
    WHERE u.campaign_id = :campaign AND NOT u.retired
    ORDER BY u.id"""  # noqa: S608


def monday_of(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


def burden_of_week(session: Session, campaign_id: int, day: date) -> list[Burden]:
    """Return the burden of every unit in the week of ``day``, in the plan's order; one statement."""
    monday = monday_of(day)
    values = {"campaign": campaign_id, "monday": monday, "next": monday + WEEK}
    return found_as(session, Burden, _BURDEN, values)


def allow_asks(session: Session, word: AskAllowance) -> int:
    """Keep a leader's word, unless one of this week stands, and let what waited for it go.

    Return how many notices.
    """
    known = select(AskAllowance).where(
        AskAllowance.campaign_id == word.campaign_id,
        AskAllowance.unit_id == word.unit_id,
        AskAllowance.week == word.week,
    )
    if session.exec(known).first() is None:
        session.add(word)
        session.flush()
    posts = select(Post.id).where(Post.unit_id == word.unit_id)
    return _release(session, [word.campaign_id], col(Notice.post_id).in_(posts))


def end_allowance(session: Session, campaign_id: int, unit_id: int, monday: date) -> str:
    """Let nobody's word stand for a unit in the week of ``monday``; return whose it was, empty for nobody's.

    What waits to be sent is counted against the budget again.
    """
    query = select(AskAllowance).where(
        AskAllowance.campaign_id == campaign_id,
        AskAllowance.unit_id == unit_id,
        AskAllowance.week == monday,
    )
    word = session.exec(query).first()
    if word is None:
        return ""
    session.delete(word)
    session.flush()
    return word.by_post


def allowances_of(session: Session, campaign_id: int, monday: date) -> list[str]:
    """Return the names of the units for which a leader's word stands in the week of ``monday``."""
    query = select(Unit.name).join(AskAllowance, col(AskAllowance.unit_id) == Unit.id)
    mine = (AskAllowance.campaign_id == campaign_id, AskAllowance.week == monday)
    return list(session.exec(query.where(*mine)))


def allowed_by(session: Session, campaign_id: int, unit_id: int, monday: date) -> str:
    """Return whose word stands for a unit in the week of ``monday``, empty for nobody's."""
    query = select(AskAllowance.by_post).where(
        AskAllowance.campaign_id == campaign_id,
        AskAllowance.unit_id == unit_id,
        AskAllowance.week == monday,
    )
    return session.exec(query).first() or ""


def release_at_week_start(session: Session, campaign_ids: Sequence[int], monday: date) -> None:
    """Let what waited for a word in an earlier week try again: each week has its own budget."""
    _release(session, campaign_ids, col(Notice.reason) != f"budget:{monday}")


def _release(session: Session, campaign_ids: Sequence[int], which: ColumnElement[bool]) -> int:
    waits = (col(Notice.campaign_id).in_(campaign_ids), col(Notice.state) == "over-budget", which)
    statement = update(Notice).where(*waits).values(state="waiting", reason="")
    return session.connection().execute(statement).rowcount
