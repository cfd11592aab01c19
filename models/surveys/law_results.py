"""What a law test came to: per unit in the fixed order, never a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from models.rules.surveys.marking import is_pass
from models.rules.surveys.words import Audience
from models.surveys.law_papers import repeat_of
from models.surveys.law_test import LawCandidate, LawTest, candidates_of
from models.units.unit import units_of


@dataclass(frozen=True, slots=True)
class LawResult:
    """What the people of a unit and a kind of staff came to; ``absent`` are the numbers of who never sat.

    ``passed`` counts those who passed the test or its repeat, ``at_once`` those without the repeat.
    """

    unit: str
    staff: Audience
    due: int = 0
    sat: int = 0
    at_once: int = 0
    passed: int = 0
    absent: tuple[str, ...] = ()

    @property
    def rate(self) -> float | None:
        """Return the share of those due who passed; who never sat has not. None where nobody is due."""
        return self.passed / self.due if self.due else None


@dataclass(frozen=True, slots=True)
class LawOutcome:
    """A test with its units in their fixed order, all of them together, and the mean mark of a hundred."""

    number: int
    lines: tuple[LawResult, ...]
    total: LawResult
    mean: float | None
    repeated: bool


def law_outcome(session: Session, test: LawTest) -> LawOutcome:
    """Return what a test came to, its repeat with it. A constant number of statements."""
    again = repeat_of(session, test)
    second = {one.number: one for one in candidates_of(session, again)} if again else {}
    names = {unit.id: unit.name for unit in units_of(session, test.campaign_id)}
    lines: dict[tuple[int, str], LawResult] = {}
    rows = candidates_of(session, test)
    for row in rows:
        key = (row.unit_id, row.audience)
        line = lines.get(key) or LawResult(names[row.unit_id], Audience(row.audience))
        lines[key] = _with(line, test, row, second.get(row.number))
    ordered = tuple(lines[key] for key in sorted(lines, key=lambda one: (one[0], one[1])))
    marks = [row.mark * 100 / row.total for row in rows if row.mark is not None and row.total]
    mean = sum(marks) / len(marks) if marks else None
    return LawOutcome(test.number, ordered, _together(ordered), mean, again is not None)


def _with(
    line: LawResult, test: LawTest, row: LawCandidate, again: LawCandidate | None
) -> LawResult:
    at_once, later = (_passed(test, one) for one in (row, again))
    sat = row.mark is not None or (again is not None and again.mark is not None)
    return replace(
        line,
        due=line.due + 1,
        sat=line.sat + sat,
        at_once=line.at_once + at_once,
        passed=line.passed + (at_once or later),
        absent=line.absent if sat else (*line.absent, row.number),
    )


def _passed(test: LawTest, row: LawCandidate | None) -> bool:
    return bool(row and row.mark is not None and is_pass(row.mark, row.total, test.pass_mark))


def _together(lines: Sequence[LawResult]) -> LawResult:
    return LawResult(
        "合计",
        Audience.BOTH,
        sum(one.due for one in lines),
        sum(one.sat for one in lines),
        sum(one.at_once for one in lines),
        sum(one.passed for one in lines),
        tuple(number for one in lines for number in one.absent),
    )
