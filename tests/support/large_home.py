"""A home far larger than any real one, with the longest names there can be: for what its pages weigh."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, select

from models.audit.chain import NewEntry, record
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment, Indicator, WorkItem
from models.database import open_session
from models.evidence.evidence import Evidence, EvidenceRevision, EvidenceUse
from models.notices.notice import Delivery, Message, Notice
from models.notices.silence import Silence
from models.rules.bounds import LONGEST_NAME, LONGEST_NOTE, LONGEST_POST
from models.rules.window.sight import VisitorRole
from models.rules.words import Level
from models.settings import local_day, moment_of
from models.units.unit import Post, Unit, UnitGroup
from models.window.account import WindowAccount

UNITS, ITEMS, ENTRIES, MESSAGES, SAID = 2_000, 2_000, 1_000, 250, 300
CODE, MESSAGE = "W1", 1  # the item with the long history, the message with many items


def longest(number: int, most: int = LONGEST_NAME) -> str:
    """Return a name that no other has, as long as one may be, with what a page has to escape."""
    return (f"{number}<b>&“\"'" + "长" * most)[:most]


def enlarge(now: datetime, unit: int = 1) -> None:
    """Fill the campaign of the tests: two thousand units, and as many items of ``unit``, told and untold."""
    with open_session() as session:
        _name_all(session)
        _put(session, _units())
        _put(session, _items(local_day(now) - timedelta(days=40)))
        ids = session.exec(select(Indicator.id).order_by(Indicator.id)).all()
        _put(session, _parts(ids, unit, local_day(now) - timedelta(days=40)))
        _put(session, _pieces(unit))
        _put(session, _revisions(session.exec(select(Evidence.id)).all(), now))
        parts = session.exec(select(Assignment.id).where(Assignment.unit_id == unit)).all()
        _put(session, _uses(session.exec(select(Evidence.id)).all(), parts))
        _tell(session, parts, unit, now)
        _put(session, _of_the_office(now))
        _write_down(session, now)


def _put(session: Session, rows: Iterable[SQLModel]) -> None:
    kinds: dict[type[SQLModel], list[dict[str, object]]] = {}
    for row in rows:
        kinds.setdefault(type(row), []).append(row.model_dump(exclude={"id"}))
    for kind, said in kinds.items():
        session.connection().execute(insert(kind), said)


def _name_all(session: Session) -> None:
    for unit in session.exec(select(Unit)):
        unit.name = longest(unit.id or 0)
    for kind in (WorkItem, Milestone):
        for row in session.exec(select(kind)):
            row.title = longest(row.id or 0, 300)
    for part in session.exec(select(Assignment)):
        part.note, part.by_post = longest(part.id or 0, LONGEST_NOTE), longest(1, LONGEST_POST)
    session.flush()


def _units() -> Iterator[SQLModel]:
    for n in range(UNITS):
        yield Unit(campaign_id=1, name=longest(10_000 + n))
    for n in range(UNITS):
        title = longest(n, LONGEST_POST)
        tag, gone = f"{n}{title}", n > UNITS // 2
        yield Post(
            campaign_id=1, unit_id=1 + n, level=Level.LIAISON, title=title, tag=tag, vacant=gone
        )
    for n in range(300):
        yield UnitGroup(campaign_id=1, name=longest(20_000 + n))


def _items(due: object) -> Iterator[SQLModel]:
    for n in range(ITEMS):
        yield Indicator(
            campaign_id=1, code=f"I{n}", level=3, title=longest(n, 300), op=">=", value=9.0
        )


def _parts(ids: Iterable[int | None], unit: int, due: object) -> Iterator[SQLModel]:
    for n, one in enumerate(ids):
        yield Assignment(
            campaign_id=1,
            indicator_id=one,
            unit_id=unit,
            role="responsible",
            begin_by=due,
            due=due,
            original_due=due,
            state="done" if n % 4 == 0 else "started",
            note=longest(n, LONGEST_NOTE),
            by_post=longest(n, LONGEST_POST),
        )
    for n in range(2, UNITS):  # the last indicator is everybody's
        yield Assignment(campaign_id=1, indicator_id=one, unit_id=n, role="responsible", due=due)


def _pieces(unit: int) -> Iterator[SQLModel]:
    for n in range(1, ENTRIES + 1):
        yield Evidence(campaign_id=1, number=n, kind="file", title=longest(n), provider_id=unit)


def _revisions(ids: Iterable[int | None], now: datetime) -> Iterator[SQLModel]:
    for one in ids:
        yield EvidenceRevision(
            evidence_id=one,
            number=1,
            received_at=now,
            via="command",
            state="returned",
            reason=longest(1, LONGEST_NOTE),
        )


def _uses(pieces: Iterable[int | None], parts: Iterable[int | None]) -> Iterator[SQLModel]:
    for piece, part in zip(pieces, parts, strict=False):
        yield EvidenceUse(evidence_id=piece, assignment_id=part)


def _tell(session: Session, parts: list[int], unit: int, now: datetime) -> None:
    """Tell the unit's liaison of everything, in many messages that nobody acknowledged, most in the first."""
    post = session.exec(select(Post).where(Post.unit_id == unit)).first()
    office = session.exec(select(Post).where(Post.level == Level.OFFICE)).first()
    assert post and office
    made = now - timedelta(days=5)
    for n in range(MESSAGES):
        to = office.tag if n % 2 else post.tag
        subject = longest(n, 200)
        session.add(Message(campaign_id=1, tag=to, subject=subject, body="x", made_at=made))
    session.flush()
    day, told = local_day(made), []
    for n, part in enumerate(parts[:SAID] + parts[SAID : SAID + MESSAGES - 1]):
        message = MESSAGE if n < SAID else n - SAID + 2
        for post_id in (post.id, office.id):
            told.append(_notice(part, post_id, message, day, made))
    for n in range(UNITS):  # posts without a channel
        told.append(_notice(parts[0], n + 1, None, day, made, state="unsendable", rule="due_today"))
        told.append(
            _notice(parts[0], n + 1, None, day, made, state="over-budget", rule="overdue_3")
        )
    _put(session, told)
    kinds = [("dead", longest(n, 200)) for n in range(MESSAGES)]
    _put(
        session,
        (
            Delivery(
                message_id=n + 1,
                target="x",
                target_kind="smtp",
                next_try_at=now,
                state=state,
                answer=answer,
            )
            for n, (state, answer) in enumerate(kinds)
        ),
    )


def _notice(part, post_id, message, day, made, *, state="sent", rule="overdue_5"):  # noqa: ANN001, ANN202
    return Notice(
        campaign_id=1,
        subject_kind="assignment",
        subject_id=part,
        rule=rule,
        level=1,
        occurrence=str(day - timedelta(days=35)),
        post_id=post_id,
        day=day,
        created_at=made,
        hold_until=made,
        state=state,
        reason="no-channel" if state == "unsendable" else "",
        message_id=message,
        told_on=day if state == "sent" else None,
    )


def _of_the_office(now: datetime) -> Iterator[SQLModel]:
    day, note = local_day(now), longest(1, LONGEST_NOTE)
    for n in range(ENTRIES // 2):
        name = longest(n, 40)
        yield Silence(
            campaign_id=1,
            scope=longest(n),
            author=longest(n, LONGEST_POST),
            author_tag="x",
            reason=note,
            begins=day,
            until=day + timedelta(days=30),
            made_at=now,
            ended_on=day if n % 3 == 0 else None,
        )
        yield WindowAccount(name=f"账号{name}", role=VisitorRole.AUDITOR, made_at=now, made_by=name)


def _write_down(session: Session, now: datetime) -> None:
    for n in range(ENTRIES):
        old, new = {"state": "open"}, {"state": "started", "note": longest(n, LONGEST_NOTE)}
        facts = {"old": {"milestone": old}, "new": new, "assignments": 0}
        moment = moment_of(now - timedelta(days=30) + timedelta(minutes=n))
        record(session, 1, moment, NewEntry("创建办", "progress", CODE, facts))
