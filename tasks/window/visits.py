"""The pages of inspection: which visits have no result yet, which come next, and what each one found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import looking_at
from models.campaign.subjects import own_subject
from models.errors import NotFoundError
from models.findings.listing import finding_lines
from models.inspection.visit import (
    CheckLine,
    ProblemLine,
    VisitLine,
    checks_of,
    problems_of,
    visit_lines,
)
from models.keys import key_of
from models.notices.trail import trails
from models.rules.bounds import shown
from models.rules.calendar.workdays import WorkCalendar
from models.rules.visits.words import numbers_of
from models.rules.words import MilestoneKind
from tasks.inspection.view import standing_of
from tasks.window.findings import FindingRow, finding_rows
from tasks.window.item_history import HistoryLine, NoticeLine, history_of, notice_line

MOST = 30  # notices, and as many lines of the history; the others are counted


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit in a list, how far it is in words; ``late`` where its day is past and its result not there."""

    line: VisitLine
    standing: str
    late: bool

    @property
    def day(self) -> date:
        """Return the day it was made on, or is to be."""
        return self.line.visited_on or self.line.day


@dataclass(frozen=True, slots=True)
class VisitsPage:
    """The visits of a campaign, or to one unit: those without a result first, then the next, then those made."""

    rows: Sequence[VisitRow]
    held: int
    late: int


@dataclass(frozen=True, slots=True)
class VisitPage:
    """Everything that the page of a visit says; ``findings`` are what its problems became, by code."""

    row: VisitRow
    checks: Sequence[CheckLine]
    problems: Sequence[ProblemLine]
    findings: Mapping[str, FindingRow]
    history: Sequence[HistoryLine]
    more_history: int
    notices: Sequence[NoticeLine]
    more_notices: int


def visits_page(slug: str, today: date, unit_id: int | None) -> VisitsPage:
    """Return the visits of a campaign, or those to one unit; reads only, three statements at any size."""
    with looking_at(slug) as (session, campaign):
        calendar = work_calendar(session)
        lines = visit_lines(session, key_of(campaign))
    own = [one for one in lines if unit_id in (None, one.unit_id)]
    rows = sorted((_row(one, calendar, today) for one in own), key=_turn)
    held, late = sum(one.line.is_held for one in rows), sum(one.late for one in rows)
    return VisitsPage(rows, held, late)


def visit_page(slug: str, code: str, today: date) -> VisitPage:
    """Return what the page of visit ``code`` says; reads only, a constant number of statements.

    Raises NotFoundError for a code that is none.
    """
    with looking_at(slug) as (session, campaign):
        campaign_id, calendar = key_of(campaign), work_calendar(session)
        line = _line(session, campaign_id, code)
        subject = own_subject(session, campaign_id, line.code, [MilestoneKind.VISIT])
        said = trails(session, campaign_id, subject.rows, today)
        history = history_of(session, campaign_id, subject, (), ())
        notices = sorted(said, key=lambda one: one.day, reverse=True)
        problems = problems_of(session, campaign_id, line.id)
        named = {one.finding for one in problems}
        became = [one for one in finding_lines(session, campaign_id) if one.code in named]
        return VisitPage(
            row=_row(line, calendar, today),
            checks=checks_of(session, line.id),
            problems=problems,
            findings={one.code: one for one in finding_rows(became, today, calendar)},
            history=history[:MOST],
            more_history=max(0, len(history) - MOST),
            notices=[notice_line(one, subject) for one in notices[:MOST]],
            more_notices=max(0, len(notices) - MOST),
        )


def _line(session: Session, campaign_id: int, code: str) -> VisitLine:
    numbers = numbers_of(code)
    lines = visit_lines(session, campaign_id, numbers[0]) if numbers else []
    for one in lines:
        if (one.round_number, one.number) == numbers:
            return one
    raise NotFoundError(f"没有编号为“{shown(code)}”的走访，或者已经取消")


def _row(one: VisitLine, calendar: WorkCalendar, today: date) -> VisitRow:
    return VisitRow(one, standing_of(one, calendar, today), not one.is_held and one.day < today)


def _turn(one: VisitRow) -> tuple[int, int, str]:
    """Return which comes first: without a result the earliest, the next ones, of those made the latest."""
    held = one.line.is_held
    days = one.day.toordinal()
    return (2 if held else 0 if one.late else 1, -days if held else days, one.line.code)
