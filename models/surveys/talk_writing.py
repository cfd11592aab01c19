"""Keep outlines, talks and what they gave; say what the talks with each role came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.campaign.campaign import all_of
from models.keys import key_of
from models.rules.surveys.words import TalkRole
from models.surveys.talk import (
    Talk,
    TalkMark,
    TalkQuestion,
    outline_of,
    talk_marks_of,
    talks_of,
)


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A question of a role's outline."""

    role: TalkRole
    number: int
    text: str
    points: float


@dataclass(frozen=True, slots=True)
class NewTalk:
    """A talk as the list says it; number 0 is a new one."""

    number: int
    role: TalkRole
    unit_id: int | None
    held_on: date
    by_post: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class NewTalkMark:
    """What a talk (its number) gave for a question (its number): points, note, whether it is to be a finding."""

    talk: int
    question: int
    points: float | None
    note: str
    raised: bool


@dataclass(frozen=True, slots=True)
class RoleOutcome:
    """What the talks with a role came to: how many were held and marked, their mean of a hundred."""

    role: TalkRole
    talks: int
    marked: int
    score: float | None
    raised: int


def store_outline(session: Session, campaign_id: int, wanted: Sequence[OutlineItem]) -> int:
    """Make ``wanted`` the outlines, whole; return how many rows changed. Repeatable.

    What is asked no more stays with what was said to it.
    """
    rows = {(one.role, one.number): one for one in all_of(session, TalkQuestion, campaign_id)}
    changed = 0
    for one in wanted:
        row = rows.pop((one.role.value, one.number), None) or TalkQuestion(
            campaign_id=campaign_id, role=one.role.value, number=one.number, text="", points=0
        )
        said = {"text": one.text, "points": one.points, "withdrawn": False}
        if row.id is None or any(getattr(row, name) != value for name, value in said.items()):
            row.sqlmodel_update(said)
            session.add(row)
            changed += 1
    for row in rows.values():
        changed += not row.withdrawn
        row.withdrawn = True
        session.add(row)
    session.flush()
    return changed


def kept_outline(session: Session, campaign_id: int) -> list[TalkQuestion]:
    """Return the outlines, the usual ones stored first where the office has set nothing."""
    found = outline_of(session, campaign_id)
    if any(one.id is None for one in found):
        session.add_all(found)
        session.flush()
    return found


def store_talks(session: Session, campaign_id: int, talks: Sequence[NewTalk]) -> int:
    """Keep talks as the list says them; return how many are new or changed. Those not named stay.

    Repeatable: one without a number is that which says the same and whose number the list does not name,
    and new only where there are fewer of those than rows.
    """
    rows = {one.number: one for one in all_of(session, Talk, campaign_id)}
    last, changed = max(rows, default=0), 0
    named = {one.number for one in talks}
    unnamed: dict[tuple[object, ...], list[Talk]] = {}
    for row in rows.values():
        if row.number not in named:
            unnamed.setdefault((row.role, row.unit_id, row.held_on, row.by_post), []).append(row)
    for one in talks:
        said = {
            "role": one.role.value,
            "unit_id": one.unit_id,
            "held_on": one.held_on,
            "by_post": one.by_post,
            "withdrawn": one.withdrawn,
        }
        same = unnamed.get((one.role.value, one.unit_id, one.held_on, one.by_post))
        found = rows.get(one.number) or (same.pop(0) if same else None)
        if found is None:
            last += 1
            found = Talk(
                campaign_id=campaign_id, number=last, role="", held_on=one.held_on, by_post=""
            )
        elif all(getattr(found, name) == value for name, value in said.items()):
            continue
        found.sqlmodel_update(said)
        session.add(found)
        changed += 1
    session.flush()
    return changed


def store_talk_marks(
    session: Session, campaign_id: int, marks: Sequence[NewTalkMark]
) -> tuple[int, list[tuple[Talk, TalkMark]]]:
    """Keep what talks gave; return how many changed, and those that are to be findings and are none yet.

    Repeatable; three statements whatever their number.
    """
    talks = {one.number: one for one in talks_of(session, campaign_id)}
    asked = {(one.role, one.number): key_of(one) for one in kept_outline(session, campaign_id)}
    rows = {(one.talk_id, one.question_id): one for one in talk_marks_of(session, campaign_id)}
    changed, waiting = 0, []
    for one in marks:
        talk = talks[one.talk]
        question = asked[talk.role, one.question]
        row = rows.get((key_of(talk), question)) or TalkMark(
            talk_id=key_of(talk), question_id=question
        )
        said = {"points": one.points, "note": one.note, "raised": one.raised}
        if row.id is None or any(getattr(row, name) != value for name, value in said.items()):
            row.sqlmodel_update(said)
            session.add(row)
            changed += 1
        if row.raised and not row.finding:
            waiting.append((talk, row))
    session.flush()
    return changed, waiting


def name_finding(session: Session, mark: TalkMark, code: str) -> None:
    """Say which finding was raised from what a talk gave."""
    mark.finding = code
    session.add(mark)
    session.flush()


def role_outcomes(
    session: Session, campaign_id: int, begin: date | None = None, end: date | None = None
) -> list[RoleOutcome]:
    """Return what the talks came to, role by role in their fixed order; a talk without marks does not count.

    Only those held from ``begin`` on and before ``end``, where they are given.
    """
    talks = {
        key_of(one): one
        for one in talks_of(session, campaign_id)
        if (begin is None or one.held_on >= begin) and (end is None or one.held_on < end)
    }
    worth = {one.id: one.points for one in all_of(session, TalkQuestion, campaign_id)}
    got: dict[int, list[tuple[float, float]]] = {}
    raised: dict[str, int] = {}
    for mark in talk_marks_of(session, campaign_id):
        talk = talks.get(mark.talk_id)
        if talk is None:
            continue
        raised[talk.role] = raised.get(talk.role, 0) + mark.raised
        if mark.points is not None:
            got.setdefault(mark.talk_id, []).append((mark.points, worth[mark.question_id]))
    found = []
    for role in TalkRole:
        own = [n for n, talk in talks.items() if talk.role == role]
        marked = [got[n] for n in own if n in got]
        shares = [sum(points for points, _ in one) / sum(most for _, most in one) for one in marked]
        score = 100 * sum(shares) / len(shares) if shares else None
        found.append(RoleOutcome(role, len(own), len(marked), score, raised.get(role, 0)))
    return found
