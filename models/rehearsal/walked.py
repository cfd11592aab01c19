"""What a walk left in its copy: whom messages went to and what they spoke of, what was not said, what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.campaign.about import ABOUT, CODE
from models.database import found_as
from models.notices.notice import Message

_POSTS = """
    SELECT p.id, p.tag, p.title, coalesce(u.name, '') AS unit, p.unit_id, p.level, p.vacant, p.unreachable,
           coalesce(u.retired, false) AS retired
    FROM post p LEFT JOIN unit u ON u.id = p.unit_id WHERE p.campaign_id = :campaign
    ORDER BY u.id IS NULL, u.id, p.level, p.id"""

_SAID = f"""
    SELECT n.message_id, {CODE} AS code, n.meant_for, n.level, coalesce(u.id, 0) AS owner_id, n.urgent
    FROM notice n {ABOUT}
    WHERE n.campaign_id = :campaign AND n.message_id > :before ORDER BY n.message_id, n.id"""  # noqa: S608

_UNSAID = f"""
    SELECT n.day, n.post_id, n.state, n.reason, {CODE} AS code
    FROM notice n {ABOUT}
    WHERE n.campaign_id = :campaign AND n.id > :before AND n.message_id IS NULL
      AND n.state IN ('unsendable', 'over-budget', 'waiting', 'silenced', 'dropped')
      AND n.reason NOT IN ('already-done', 'alerts-instead', 'newer-line')
    ORDER BY n.day, n.post_id, n.state, n.reason, n.id"""  # noqa: S608

_ASKED = """
    SELECT d.id, s.ordinal AS stage, s.name, d.why, d.asked_on, d.due, d.status, d.answer, d.closed_on, d.closed_why,
           p.title AS post
    FROM decision d JOIN stage s ON s.id = d.stage_id
    JOIN asked_post a ON a.decision_id = d.id JOIN post p ON p.id = a.post_id
    WHERE d.campaign_id = :campaign AND d.asked_on >= :first ORDER BY d.id, a.id"""

_OPEN_CODES = """
    SELECT d.id AS decision_id, d.due, p.title AS post,
           (SELECT max(c.message_id) FROM decision_code c WHERE c.decision_id = d.id AND c.post_id = p.id
                AND c.purpose = 'decide' AND c.state = 'open' AND c.way = 'channel') AS message_id
    FROM decision d JOIN asked_post a ON a.decision_id = d.id JOIN post p ON p.id = a.post_id
    WHERE d.campaign_id = :campaign AND d.status = 'asked' AND a.answer = '' AND NOT a.gone
    ORDER BY d.id, a.id"""

_MOVES = """
    SELECT t.day, s.ordinal AS stage, s.name, t.from_status, t.to_status
    FROM transition t JOIN stage s ON s.id = t.stage_id
    WHERE t.campaign_id = :campaign AND t.day >= :first ORDER BY t.id"""

_LAST = """
    SELECT (SELECT coalesce(max(id), 0) FROM message) AS message,
           (SELECT coalesce(max(id), 0) FROM notice) AS notice"""

_TO_ACKNOWLEDGE = """
    SELECT DISTINCT g.id FROM message g JOIN notice n ON n.message_id = g.id
    WHERE n.campaign_id = :campaign AND g.id > :before AND n.subject_kind IN ('milestone', 'assignment')
    ORDER BY 1"""

_DUE_DAYS = """
    SELECT x.code, x.title, x.owner, x.due FROM (
        SELECT m.code, m.title, coalesce(u.name, '') AS owner, m.due, m.position AS place FROM milestone m
        LEFT JOIN unit u ON u.id = m.unit_id
        WHERE m.campaign_id = :campaign AND NOT m.withdrawn AND m.state IN ('open', 'started')
        UNION ALL
        SELECT i.code, i.title, '', max(a.due), 1000000 FROM assignment a JOIN indicator i ON i.id = a.indicator_id
        WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.state IN ('open', 'started')
        GROUP BY i.code, i.title) AS x
    WHERE x.due BETWEEN :first AND :last ORDER BY x.due, x.place, x.code"""

_ITEMS = """
    SELECT count(*) AS items FROM (
        SELECT id FROM milestone WHERE campaign_id = :campaign AND NOT withdrawn
        UNION ALL SELECT id FROM assignment WHERE campaign_id = :campaign AND NOT withdrawn) AS x"""


@dataclass(frozen=True, slots=True)
class WalkedPost:
    """A post, whose it is and whether anybody hears there."""

    id: int
    tag: str
    title: str
    unit: str
    unit_id: int | None
    level: int
    vacant: bool
    unreachable: bool
    retired: bool

    @property
    def name(self) -> str:
        """Return how it is named: 市司法局联络员, 组长."""
        return f"{self.unit}{self.title}"


@dataclass(frozen=True, slots=True)
class SaidNotice:
    """A notice in a message: of what, and for which level of whose posts it was meant where others heard."""

    message_id: int
    code: str
    meant_for: int | None
    level: int
    owner_id: int
    urgent: bool


@dataclass(frozen=True, slots=True)
class UnsaidNotice:
    """A notice that no message carried, and why."""

    day: date
    post_id: int
    state: str
    reason: str
    code: str


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A question and one of the posts that it was put to."""

    id: int
    stage: int
    name: str
    why: str
    asked_on: date
    due: date
    status: str
    answer: str
    closed_on: date | None
    closed_why: str
    post: str


@dataclass(frozen=True, slots=True)
class CodeOut:
    """A post that is asked and has not answered; ``message_id`` brought its code, None where none went out."""

    decision_id: int
    due: date
    post: str
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Move:
    """A move of a stage."""

    day: date
    stage: int
    name: str
    from_status: str
    to_status: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The last message and the last notice there were before a walk, by their numbers."""

    message: int
    notice: int


@dataclass(frozen=True, slots=True)
class DueOnDay:
    """An item and the day it is due; of an indicator the last of its parts'."""

    code: str
    title: str
    owner: str
    due: date


@dataclass(frozen=True, slots=True)
class _Number:
    id: int


@dataclass(frozen=True, slots=True)
class _Count:
    items: int


def marks(session: Session) -> Marks:
    """Return what there was before a walk."""
    [found] = found_as(session, Marks, _LAST, {})
    return found


def posts_walked(session: Session, campaign_id: int) -> Sequence[WalkedPost]:
    """Return every post, units in the plan's order, then the campaign's own."""
    return found_as(session, WalkedPost, _POSTS, {"campaign": campaign_id})


def notices_carried(session: Session, campaign_id: int, before: int) -> Sequence[SaidNotice]:
    """Return what the messages after number ``before`` say, in their order."""
    return found_as(session, SaidNotice, _SAID, {"campaign": campaign_id, "before": before})


def message_tags(session: Session, before: int) -> dict[int, str]:
    """Return whom each message after number ``before`` goes to, by its channel tag."""
    query = select(col(Message.id), Message.tag).where(col(Message.id) > before)
    return {id: tag for id, tag in session.exec(query) if id is not None}


def notices_unsaid(session: Session, campaign_id: int, before: int) -> Sequence[UnsaidNotice]:
    """Return the notices after number ``before`` that no message carries, by day and post."""
    return found_as(session, UnsaidNotice, _UNSAID, {"campaign": campaign_id, "before": before})


def questions_asked(session: Session, campaign_id: int, first: date) -> Sequence[AskedRow]:
    """Return what was asked from ``first`` on, a row for each post."""
    return found_as(session, AskedRow, _ASKED, {"campaign": campaign_id, "first": first})


def voices_waiting(session: Session, campaign_id: int) -> Sequence[CodeOut]:
    """Return who is asked and has not answered yet, in the order of the questions."""
    return found_as(session, CodeOut, _OPEN_CODES, {"campaign": campaign_id})


def moves_walked(session: Session, campaign_id: int, first: date) -> Sequence[Move]:
    """Return the moves of stages from ``first`` on."""
    return found_as(session, Move, _MOVES, {"campaign": campaign_id, "first": first})


def to_acknowledge(session: Session, campaign_id: int, before: int) -> list[int]:
    """Return the numbers of the messages after ``before`` that have something to acknowledge."""
    found = found_as(session, _Number, _TO_ACKNOWLEDGE, {"campaign": campaign_id, "before": before})
    return [one.id for one in found]


def days_due(session: Session, campaign_id: int, first: date, last: date) -> Sequence[DueOnDay]:
    """Return what is open and due between two days: milestones, and indicators once each."""
    values = {"campaign": campaign_id, "first": first, "last": last}
    return found_as(session, DueOnDay, _DUE_DAYS, values)


def count_items(session: Session, campaign_id: int) -> int:
    """Return how many items a campaign has: milestones and units' parts."""
    [found] = found_as(session, _Count, _ITEMS, {"campaign": campaign_id})
    return found.items
