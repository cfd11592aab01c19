"""Register what came of a visit: the day, who of the team, each line's result, and the problems it lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.campaign.own_milestones import HowFar, settle_milestones
from models.inspection.visit import Visit, VisitCheck, VisitProblem
from models.inspection.visit_round import VisitRound
from models.keys import key_of
from models.rules.visits.words import NOTHING_FOUND, CheckKind, CheckResult, VisitState, visit_code
from models.rules.words import Progress


@dataclass(frozen=True, slots=True)
class ListedProblem:
    """A problem as a team lists it; ``id`` names one that is there already, ``withdraw`` takes it back."""

    text: str
    code: str = ""
    due: date | None = None
    id: int | None = None
    withdraw: bool = False


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """What a line of the checklist came to."""

    kind: CheckKind
    text: str
    result: CheckResult
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeldVisit:
    """What came of one visit."""

    visit_id: int
    visited_on: date
    by_post: str
    nothing_found: bool
    problems: tuple[ListedProblem, ...] = ()
    checks: tuple[CheckedLine, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeldOutcome:
    """How many things of one visit were new, and the problems it lists now."""

    code: str
    changes: int
    problems: int


def hold_visits(session: Session, campaign_id: int, held: Sequence[HeldVisit]) -> list[HeldOutcome]:
    """Register each visit's result; its milestone is done on the day it was made.

    Repeatable: what is registered already changes nothing. A problem of the same words is the same one.
    Expects results without contradictions (`result_faults`). The caller says in the chain why.
    """
    ids = [one.visit_id for one in held]
    visits = {key_of(row): row for row in session.exec(select(Visit).where(col(Visit.id).in_(ids)))}
    numbers = _round_numbers(session)
    found = []
    for one in held:
        visit = visits[one.visit_id]
        changes = _store_visit(session, visit, one)
        changes += _store_checks(session, one)
        problems, new = _store_problems(session, one)
        code = visit_code(numbers[visit.round_id], visit.number)
        found.append(HeldOutcome(code, changes + new, problems))
    settle_milestones(session, campaign_id, dict(map(_settled, found, held)))
    return found


def _settled(outcome: HeldOutcome, one: HeldVisit) -> tuple[str, HowFar]:
    said = f"列出问题 {outcome.problems} 个" if outcome.problems else NOTHING_FOUND
    return outcome.code, HowFar(Progress.DONE, one.visited_on, one.by_post, said)


def _round_numbers(session: Session) -> Mapping[int, int]:
    query = select(VisitRound.id, VisitRound.number)
    return {id_ or 0: number for id_, number in session.exec(query)}


def _store_visit(session: Session, visit: Visit, one: HeldVisit) -> int:
    new = {
        "state": VisitState.HELD.value,
        "visited_on": one.visited_on,
        "by_post": one.by_post,
        "nothing_found": one.nothing_found,
        "note": one.note,
    }
    if all(getattr(visit, name) == value for name, value in new.items()):
        return 0
    for name, value in new.items():
        setattr(visit, name, value)
    session.flush()
    return 1


def _store_checks(session: Session, one: HeldVisit) -> int:
    query = select(VisitCheck).where(VisitCheck.visit_id == one.visit_id)
    rows = {(row.kind, row.text): row for row in session.exec(query)}
    count = 0
    for said in one.checks:
        row = rows.get((said.kind.value, said.text))
        if row is None:
            row = VisitCheck(visit_id=one.visit_id, kind=said.kind, text=said.text, result="")
        if (row.result, row.note) != (said.result.value, said.note):
            row.result, row.note = said.result, said.note
            session.add(row)
            count += 1
    session.flush()
    return count


def _store_problems(session: Session, one: HeldVisit) -> tuple[int, int]:
    """Return how many problems stand now, and how many changed."""
    query = select(VisitProblem).where(VisitProblem.visit_id == one.visit_id)
    rows = list(session.exec(query.order_by(col(VisitProblem.number))))
    by_id = {row.id: row for row in rows}
    by_text = {row.text: row for row in rows}
    changes = 0
    for said in one.problems:
        row = by_id.get(said.id) or by_text.get(said.text)
        if row is None:
            if said.withdraw:
                continue
            row = VisitProblem(visit_id=one.visit_id, number=len(rows) + 1, text="", withdrawn=True)
            rows.append(row)
        new = (said.text, said.code, said.due, said.withdraw)
        if (row.text, row.code, row.due, row.withdrawn) != new:
            row.text, row.code, row.due, row.withdrawn = new
            by_text[row.text] = row
            session.add(row)
            changes += 1
    session.flush()
    return sum(not row.withdrawn for row in rows), changes
