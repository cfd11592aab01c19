"""The audit: what was changed or decided, by whom, when; each entry seals the one before it."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Text, event, insert
from sqlmodel import Field, Session, SQLModel, col, select, text

from models.hashing import SHA256, chosen_algorithm, new_hash
from models.rules.audit.fact_table import Facts
from models.rules.audit.words import MACHINES
from models.rules.calendar.moment import Moment

GENESIS = "0" * 64


class AuditEntry(SQLModel, table=True):
    """One entry of the chain; ``hash`` covers its own content and the hash before it.

    ``facts`` is canonical JSON (sorted keys, no blanks). ``previous`` is unique, so two entries can
    never follow the same one. ``algorithm`` names what ``hash`` was made by; where it is not SHA-256, its
    name is within what is hashed.
    """

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id", index=True)
    at: datetime  # UTC
    day: date  # the local day it was recorded on
    who: str  # a post, and a name if one was given
    what: str  # progress, stage-opened, plan-loaded ...
    subject: str
    facts: str = Field(sa_type=Text)
    previous: str = Field(unique=True)
    hash: str = Field(unique=True)
    algorithm: str = Field(default=SHA256, sa_column_kwargs={"server_default": SHA256})


LAST_SAID, SAID_OF = "last said", "said of each"  # in Session.info; the second by campaign
# Also there, and true until the transaction ends: the chain is ours alone, and how it ends.
_LOCKED, _LAST_HASH = "chain locked", "last hash"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What one entry says, before it is sealed into the chain."""

    who: str
    what: str
    subject: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class LastSaid:
    """Who wrote the last entry of a session, of what and when."""

    campaign_id: int | None
    who: str
    subject: str
    moment: Moment


@dataclass(slots=True)
class Acting:
    """Who acts, beside the post that an act is signed with, and the entries that came of it, in order.

    ``along`` is done with the number of the first entry, in its transaction: what it raises undoes the act.
    """

    via: str
    entries: list[int] = field(default_factory=list)
    along: Callable[[Session, int], None] | None = None

    @property
    def last(self) -> int | None:
        """Return the number of the last entry, None where nothing was written."""
        return self.entries[-1] if self.entries else None


_ACTING: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting(via: str, along: Callable[[Session, int], None] | None = None) -> Iterator[Acting]:
    """Let every entry that is written within say ``via`` whom it came (an account, an address).

    Holds for this thread of control and for what it starts in others; the facts of the act are its own.
    """
    one = Acting(via, along=along)
    before = _ACTING.set(one)
    try:
        yield one
    finally:
        _ACTING.reset(before)


def canonical(facts: Facts) -> str:
    """Return ``facts`` as JSON that is the same for the same facts."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def seal(entry: AuditEntry) -> str:
    """Return the hash, in hex, by its own algorithm, over what ``entry`` says and the hash before it."""
    when = (entry.at.isoformat(), entry.day.isoformat())
    said = (entry.who, entry.what, entry.subject, entry.facts)
    return seal_of(entry.algorithm, entry.previous, entry.campaign_id, *when, *said)


def seal_of(algorithm: str, *said: str | int | None) -> str:
    """Return the hash, in hex, over what an entry says, in the order that `seal` names it.

    Any algorithm but the one that entries of before it were made by is said too: an entry under another
    name than its own is not whole. Raises SettingsError where this machine lacks the algorithm.
    """
    if algorithm != SHA256:
        said = (*said, algorithm)
    return new_hash(algorithm, json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def record(session: Session, campaign_id: int | None, moment: Moment, said: NewEntry) -> AuditEntry:
    """Append one entry to the chain, in the caller's transaction.

    Two writers at once wait for each other (SQLite's write lock, an advisory lock on PostgreSQL).
    """
    [entry] = _sealed(session, campaign_id, moment, [said])
    session.add(entry)
    session.flush()
    session.info[_LAST_HASH] = entry.hash
    if (by := _ACTING.get()) and entry.id is not None:
        if by.along and not by.entries:
            by.along(session, entry.id)
        by.entries.append(entry.id)
    return entry


def record_all(
    session: Session, campaign_id: int | None, moment: Moment, said: Iterable[NewEntry]
) -> int:
    """Append many entries in their order by one statement, as `record` would one by one."""
    return record_each(session, [(campaign_id, moment, said)])


def record_each(
    session: Session, said: Iterable[tuple[int | None, Moment, Iterable[NewEntry]]]
) -> int:
    """Append the entries of several campaigns in their order by one statement; return how many."""
    rows: list[dict[str, object]] = []
    for campaign_id, moment, each in said:
        for entry in _sealed(session, campaign_id, moment, each):
            rows.append(entry.model_dump(exclude={"id"}))
            session.info[_LAST_HASH] = entry.hash
    if rows:
        session.connection().execute(insert(AuditEntry), rows)
        if by := _ACTING.get():
            _note(by, session, len(rows))
    return len(rows)


def appended(
    session: Session, said: Iterable[tuple[int | None, Moment, Iterable[NewEntry]]]
) -> list[AuditEntry]:
    """Append entries as `record_each` does; return them in their order. None asks nothing."""
    count = record_each(session, said)
    last = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(count)
    return list(session.exec(last))[::-1] if count else []


def _note(by: Acting, session: Session, count: int) -> None:
    """Let whoever acts know the numbers of the last ``count`` entries, but for what only keeps what others say.

    Nobody else can append meanwhile.
    """
    last = select(AuditEntry.id, AuditEntry.what).order_by(col(AuditEntry.id).desc()).limit(count)
    found = [(number or 0, what) for number, what in session.exec(last)][::-1]
    numbers = [number for number, what in found if what not in MACHINES]
    if numbers and by.along and not by.entries:
        by.along(session, numbers[0])
    by.entries += numbers


def entries(session: Session, campaign_id: int | None = None) -> Iterable[AuditEntry]:
    """Return the entries of the chain in their order, or only those about one campaign; few are in memory."""
    query = select(AuditEntry).order_by(col(AuditEntry.id)).execution_options(yield_per=1_000)
    if campaign_id is not None:
        query = query.where(AuditEntry.campaign_id == campaign_id)
    return session.exec(query)


def lock_chain(session: Session) -> None:
    """Let nobody else append until the commit; take it before any row that is decided about.

    Whoever moves a stage takes this lock first, so two of them never wait for each other. Asked for
    again in the same transaction, it is there already.
    """
    if session.get_bind().dialect.name == "postgresql" and not session.info.get(_LOCKED):
        session.exec(text("SELECT pg_advisory_xact_lock(7411)"))  # type: ignore[call-overload]
        session.info[_LOCKED] = True


def _last_hash(session: Session) -> str:
    """Return the hash that the next entry follows; nobody else can append until the commit."""
    lock_chain(session)
    session.flush()
    if known := session.info.get(_LAST_HASH):
        return str(known)
    last = select(AuditEntry.hash).order_by(col(AuditEntry.id).desc()).limit(1)
    return session.exec(last).first() or GENESIS


def _forget(session: Session, *_what: object) -> None:
    for name in (_LOCKED, _LAST_HASH, LAST_SAID, SAID_OF):
        session.info.pop(name, None)


event.listen(Session, "after_commit", _forget)
event.listen(Session, "after_soft_rollback", _forget)  # to a savepoint too


def _sealed(
    session: Session, campaign_id: int | None, moment: Moment, said: Iterable[NewEntry]
) -> Iterator[AuditEntry]:
    """Yield the entries that follow the chain's last one, each sealed on the one before it."""
    previous, at, day = _last_hash(session), moment.now, moment.today
    by, algorithm = _ACTING.get(), chosen_algorithm()
    for one in said:
        facts = {**one.facts, "window": by.via} if by else one.facts
        entry = AuditEntry(
            campaign_id=campaign_id,
            at=at,
            day=day,
            who=one.who,
            what=one.what,
            subject=one.subject,
            facts=canonical(facts),
            previous=previous,
            hash="",
            algorithm=algorithm,
        )
        previous = entry.hash = seal(entry)
        last = session.info[LAST_SAID] = LastSaid(campaign_id, one.who, one.subject, moment)
        session.info.setdefault(SAID_OF, {})[campaign_id] = last
        yield entry
