"""Register what came of a visit: the day, who of the team, each line's result, and the problems it lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.campaign.own_milestones import HowFar, settle_milestones
from models.inspection.problems_raised import raise_problems
from models.inspection.visit import Visit, VisitCheck, VisitProblem
from models.inspection.visit_round import rounds_of
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.visits.words import NOTHING_FOUND, CheckKind, CheckResult, VisitState, visit_code
from models.rules.words import Progress


@dataclass(frozen=True, slots=True)
class ListedProblem:
    """A problem as a team lists it: in words, at which item (its code), to be mended by when."""

    text: str
    code: str = ""
    due: date | None = None


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
    """How many things of one visit were new, the problems it lists now, and which post made it."""

    code: str
    by_post: str
    changes: int
    problems: int

    @property
    def found(self) -> str:
        """Return what the visit found, in words."""
        return f"列出问题 {self.problems} 个" if self.problems else NOTHING_FOUND


def hold_visits(
    session: Session, campaign_id: int, held: Sequence[HeldVisit], moment: Moment
) -> list[HeldOutcome]:
    """Register each visit's result; its milestone is done on its day, each problem becomes a finding.

    Repeatable: what is registered already changes nothing. A problem of the same words is the same one.
    Expects results without contradictions (`conclusion_fault`). The number of statements does not grow
    with visits. The caller says in the chain why. Raises ProgressError for a problem that cannot be a
    finding.
    """
    ids = [one.visit_id for one in held]
    visits = {key_of(row): row for row in session.exec(select(Visit).where(col(Visit.id).in_(ids)))}
    numbers = {key_of(one): one.number for one in rounds_of(session, campaign_id)}
    checks = _checks_of(session, ids)
    problems = _problems_of(session, ids)
    found = []
    for one in held:
        visit, listed = visits[one.visit_id], problems[one.visit_id]
        changes = _stored_visit(visit, one) + _store_checks(session, one, checks)
        changes += _store_problems(session, one, listed)
        code = visit_code(numbers[visit.round_id], visit.number)
        found.append(HeldOutcome(code, one.by_post, changes, len(listed)))
    session.flush()
    raise_problems(session, campaign_id, problems, moment)
    settle_milestones(session, campaign_id, dict(map(_settled, found, held)))
    return found


def _settled(outcome: HeldOutcome, one: HeldVisit) -> tuple[str, HowFar]:
    return outcome.code, HowFar(Progress.DONE, one.visited_on, one.by_post, outcome.found)


def _checks_of(session: Session, ids: Sequence[int]) -> dict[tuple[int, str, str], VisitCheck]:
    query = select(VisitCheck).where(col(VisitCheck.visit_id).in_(ids))
    return {(row.visit_id, row.kind, row.text): row for row in session.exec(query)}


def _problems_of(session: Session, ids: Sequence[int]) -> dict[int, list[VisitProblem]]:
    query = select(VisitProblem).where(col(VisitProblem.visit_id).in_(ids))
    found: dict[int, list[VisitProblem]] = {one: [] for one in ids}
    for row in session.exec(query.order_by(col(VisitProblem.number))):
        found[row.visit_id].append(row)
    return found


def _stored_visit(visit: Visit, one: HeldVisit) -> int:
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
    return 1


def _store_checks(
    session: Session, one: HeldVisit, rows: dict[tuple[int, str, str], VisitCheck]
) -> int:
    count = 0
    for said in one.checks:
        key = one.visit_id, said.kind.value, said.text
        row = rows.get(key)
        if row is None:
            row = VisitCheck(visit_id=one.visit_id, kind=said.kind, text=said.text, result="")
            rows[key] = row
        if (row.result, row.note) != (said.result.value, said.note):
            row.result, row.note = said.result, said.note
            session.add(row)
            count += 1
    return count


def _store_problems(session: Session, one: HeldVisit, rows: list[VisitProblem]) -> int:
    """Add the problems that are new to ``rows``; return how many there were."""
    there = {row.text for row in rows}
    new = [said for said in one.problems if said.text not in there]
    for said in new:
        number = len(rows) + 1
        row = VisitProblem(visit_id=one.visit_id, number=number, text=said.text)
        row.code, row.due = said.code, said.due
        rows.append(row)
        session.add(row)
    return len(new)
