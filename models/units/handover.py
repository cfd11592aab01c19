"""A new liaison: the channel of the post moves, what waits to be said goes to it, and what is open is listed.

Items, evidence and ledgers are the unit's, not a person's: they stay where they are, and so does what was
said and done under the post before.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from models.audit.chain import NewEntry, lock_chain, record
from models.database import found_as
from models.errors import NotFoundError, UnclearError
from models.keys import key_of
from models.notices.moving import move_waiting
from models.rules.calendar.moment import Moment
from models.rules.words import Level
from models.units.unit import Post, Unit
from models.window.withdrawn import post_scope, withdraw_scope

_OPEN = """
    SELECT coalesce('W' || w.ordinal, i.code) AS code, coalesce(w.title, i.title) AS title, a.role,
           a.due, a.state, a.note,
           (SELECT count(*) FROM evidence_use x JOIN evidence e ON e.id = x.evidence_id
              LEFT JOIN demand d ON d.id = x.demand_id
            WHERE NOT x.withdrawn AND NOT e.withdrawn AND e.provider_id = a.unit_id
              AND (x.assignment_id = a.id OR d.indicator_id = a.indicator_id
                   OR d.work_item_id = a.work_item_id)) AS pieces
    FROM assignment a
    LEFT JOIN work_item w ON w.id = a.work_item_id LEFT JOIN indicator i ON i.id = a.indicator_id
    WHERE a.campaign_id = :campaign AND a.unit_id = :unit AND NOT a.withdrawn
      AND a.state IN ('open', 'started')
    ORDER BY a.due IS NULL, a.due, coalesce(w.ordinal, 0), i.id"""

_PIECES = """
    SELECT e.number, e.title, r.state, r.reason, r.received_at,
           (SELECT count(*) FROM evidence_mark k WHERE k.revision_id = r.id AND k.verdict = '') AS marks
    FROM evidence e JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    WHERE e.campaign_id = :campaign AND e.provider_id = :unit AND NOT e.withdrawn
    ORDER BY CASE r.state WHEN 'returned' THEN 0 WHEN 'draft' THEN 1 WHEN 'submitted' THEN 2 ELSE 3 END,
             e.number"""

_TOLD = """
    SELECT g.subject, g.made_at,
           EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = g.id AND d.state = 'delivered') AS arrived
    FROM message g
    WHERE g.campaign_id = :campaign AND NOT g.secret AND EXISTS (
        SELECT 1 FROM notice n WHERE n.message_id = g.id AND n.post_id = :post)
    ORDER BY g.id DESC LIMIT 10"""

_LEDGERS = """
    SELECT version, issued_at, rows FROM ledger_issue
    WHERE campaign_id = :campaign AND unit_id = :unit ORDER BY version DESC LIMIT 1"""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item that the unit has not finished; ``pieces`` of evidence it handed in for it."""

    code: str
    title: str
    role: str
    due: date | None
    state: str
    note: str
    pieces: int


@dataclass(frozen=True, slots=True)
class HandedPiece:
    """A piece of evidence of the unit, by its newest revision; ``marks`` wait for a judgement."""

    number: int
    title: str
    state: str
    reason: str
    received_at: datetime
    marks: int

    @property
    def code(self) -> str:
        """Return what it is called: E0003."""
        return f"E{self.number:04d}"


@dataclass(frozen=True, slots=True)
class ToldBefore:
    """A message that the post got, and whether its provider took it."""

    subject: str
    made_at: datetime
    arrived: bool


@dataclass(frozen=True, slots=True)
class IssuedLedger:
    """The newest ledger that went out to the unit."""

    version: int
    issued_at: datetime
    rows: int


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """What a new liaison has to know."""

    unit: str
    items: list[OpenItem]
    pieces: list[HandedPiece]
    told: list[ToldBefore]
    ledger: IssuedLedger | None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a handover changed: the post's channel before and after, and how many messages wait anew."""

    unit: str
    post: str
    old: str
    new: str
    again: int
    changed: bool


def liaison_of(session: Session, unit: Unit, title: str) -> Post:
    """Return the liaison's post of a unit, by its ``title`` where there are several.

    Raises NotFoundError where there is none, UnclearError that lists them where several could be meant.
    """
    query = select(Post).where(Post.unit_id == unit.id, Post.level == int(Level.LIAISON))
    posts = [post for post in session.exec(query) if not title or post.title == title]
    if not posts:
        of = f"叫“{title}”的" if title else ""
        raise NotFoundError(f"{unit.name}没有{of}联络员岗位，岗位见 shifan posts export")
    if len(posts) > 1:
        titles = "、".join(post.title for post in posts)
        raise UnclearError(f"{unit.name}有几个联络员岗位（{titles}），请用 --post 写明是哪一个")
    return posts[0]


def move_channel(
    session: Session, post: Post, unit: Unit, tag: str, by: str, moment: Moment
) -> HandedOver:
    """Let the post be told on ``tag`` from now on, and what still waits for its old channel too.

    A vacant post is filled by it. Repeatable: the second time nothing changes. What a provider has
    taken, or may have, stays where it is; the links in it let nobody in any more. One entry of the audit.
    """
    lock_chain(session)
    old, was_vacant = post.tag, post.vacant
    if old == tag and not was_vacant:
        return HandedOver(unit.name, post.title, old, tag, 0, changed=False)
    post.tag, post.vacant, post.unreachable = tag, False, False
    withdraw_scope(session, post_scope(key_of(post)), moment.now)  # whoever held it before is out
    again = move_waiting(session, post.campaign_id, {key_of(post): old})
    facts = {"post": post.title, "from": old, "to": tag, "notices": again}
    record(session, post.campaign_id, moment, NewEntry(by, "handed-over", unit.name, facts))
    return HandedOver(unit.name, post.title, old, tag, again, changed=True)


def handover_facts(session: Session, post: Post, unit: Unit) -> HandoverFacts:
    """Return what the new liaison has to know, by a fixed number of statements."""
    values = {"campaign": post.campaign_id, "unit": key_of(unit), "post": key_of(post)}
    ledgers = found_as(session, IssuedLedger, _LEDGERS, values)
    return HandoverFacts(
        unit.name,
        found_as(session, OpenItem, _OPEN, values),
        found_as(session, HandedPiece, _PIECES, values),
        found_as(session, ToldBefore, _TOLD, values),
        ledgers[0] if ledgers else None,
    )
