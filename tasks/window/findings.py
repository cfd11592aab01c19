"""The pages that list findings, and complaints: which are open, the longest late first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.calendar.calendar import work_calendar
from models.campaign.campaign import looking_at
from models.findings.listing import FindingLine, finding_lines
from models.keys import key_of
from models.rules.calendar.workdays import WorkCalendar
from models.rules.findings.complainants import without_complainant
from models.rules.findings.words import FROM_THE_PUBLIC, FindingState
from models.rules.window.worst_first import FOR_THE_OFFICE, turn_of
from tasks.window.unit import workdays_late


class FindingsShown(StrEnum):
    """Which findings a page lists, as its address says it."""

    OPEN = "open"
    LATE = "late"
    OFFICE = "office"
    OVER = "over"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in a list: ``late`` past its day and not mended, ``workdays`` of it, None where its day does not press."""

    code: str
    kind: str
    problem: str
    source: str
    unit: str
    unit_id: int | None
    due: date | None
    workdays: int | None
    state: str
    standing: str
    promised_on: date | None
    broken: bool
    late: bool
    over: bool

    @property
    def for_office(self) -> bool:
        """Say whether the next word of it is the office's."""
        return self.state in FOR_THE_OFFICE


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """A list of findings: ``rows`` are those that are shown, ``counts`` how many there are of each choice.

    ``units`` are those that have any, by id; ``unit_id`` the one whose are shown, None for all.
    """

    public: bool
    shown: FindingsShown
    rows: Sequence[FindingRow]
    counts: Mapping[FindingsShown, int]
    units: Mapping[int, str]
    unit_id: int | None


_CHOSEN: Mapping[FindingsShown, Callable[[FindingRow], bool]] = {
    FindingsShown.OPEN: lambda one: not one.over,
    FindingsShown.LATE: lambda one: one.late,
    FindingsShown.OFFICE: lambda one: one.for_office,
    FindingsShown.OVER: lambda one: one.over,
    FindingsShown.ALL: lambda _one: True,
}


def findings_page(
    slug: str, today: date, shown: FindingsShown, unit_id: int | None, *, public: bool = False
) -> FindingsPage:
    """Return the findings of a campaign, or of one unit, as they stand: the longest late first.

    With ``public`` the complaints and suggestions instead. Reads only, three statements at any size.
    """
    with looking_at(slug) as (session, campaign):
        calendar = work_calendar(session)
        lines = finding_lines(session, key_of(campaign))
    kind = [one for one in lines if (one.kind in FROM_THE_PUBLIC) is public]
    rows = finding_rows([one for one in kind if unit_id in (None, one.unit_id)], today, calendar)
    return FindingsPage(
        public=public,
        shown=shown,
        rows=[one for one in rows if _CHOSEN[shown](one)],
        counts={each: sum(map(wanted, rows)) for each, wanted in _CHOSEN.items()},
        units={one.unit_id: one.unit for one in kind if one.unit_id},
        unit_id=unit_id,
    )


def finding_rows(
    lines: Sequence[FindingLine], today: date, calendar: WorkCalendar
) -> list[FindingRow]:
    """Return ``lines`` as rows of a list, the longest late first."""
    days = {one.due: workdays_late(one.due, today, calendar) for one in lines}
    rows = [_row(one, today, days[one.due]) for one in lines]
    return sorted(rows, key=lambda one: turn_of(one.state, one.due, late=one.late))


def _row(one: FindingLine, today: date, workdays: int | None) -> FindingRow:
    presses = one.state in (FindingState.RAISED, FindingState.ASSIGNED, FindingState.DECLINED)
    return FindingRow(
        code=one.code,
        kind=one.kind_in_words,
        problem=without_complainant(one.problem) if one.kind in FROM_THE_PUBLIC else one.problem,
        source=one.source_in_words,
        unit=one.unit,
        unit_id=one.unit_id,
        due=one.due,
        workdays=workdays if presses else None,
        state=one.state,
        standing=one.state_in_words,
        promised_on=one.promised_on if presses else None,
        broken=presses and one.days.is_broken(today),
        late=presses and one.days.is_overdue(today),
        over=one.is_settled,
    )
