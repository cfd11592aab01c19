"""A date without a year lies on or after the document's own day; where that is a guess, it is doubted."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from models.plan.reading.dates.ends import Period
from models.plan.reading.dates.periods import read_period
from models.plan.reading.dates.points import Context, day_in_words
from models.plan.reading.text.patterns import pattern, quoted
from models.plan.schema import PlanStage

# A day no longer than a quarter before the issue may be meant: the paper came late.
LATE = timedelta(days=92)


def year_to_count_from(title: str, issued: date | None, otherwise: int | None) -> int | None:
    """Return the year of dates that leave it out: a title of the year after the issue names it.

    某市2026年工作要点, issued in December 2025 -> 2026; any other title -> the year of the issue.
    """
    if issued is None:
        return otherwise
    found = pattern(r"(?<!\d)((?:19|20)\d{2})(?=年|[—至])").search(title)
    return issued.year + 1 if found and int(found[1]) == issued.year + 1 else issued.year


def days_of(stages: Iterable[PlanStage]) -> tuple[date, date] | None:
    """Return the first and last day of the stages; None where either is not known."""
    stages = list(stages)
    starts = [stage.start for stage in stages if stage.start]
    ends = [stage.end for stage in stages if stage.end]
    return (min(starts), max(ends)) if starts and ends else None


def read_stage_period(text: str, context: Context, at: int = 0) -> Period | None:
    """Read the period of a stage before which the chapter names no year.

    One that ended more than a quarter before the issue is in the next year; one that ended less long
    before it stays where it is, and is ``fuzzy``.
    """
    period = read_period(text, context, at)
    last = _last(period)
    if period is None or last is None or not period.without_year or context.issued is None:
        return period
    later = _a_year_on(text, context, at)
    other = _last(later)
    if last >= context.issued or later is None or other is None:
        return period
    return _doubted(period, last, other) if context.issued - last <= LATE else later


def read_due(text: str, context: Context, at: int = 0) -> Period | None:
    """Read a deadline; without a year it lies on or after the issue.

    Where the stages run over its day in the year before and not over the later one, it stays there:
    a clerk then sees it late at once, not a year after. That is ``fuzzy``, as is a day passed over that
    is no longer than a quarter before the issue and outside the stages a year on.
    """
    period = read_period(text, context, at)
    if period is None or not period.without_year or context.issued is None:
        return period
    if period.end and period.end >= context.issued:
        return period
    later = _a_year_on(text, context, at)
    if period.end is None:  # 29 February of the next year
        return later if period.lacking and later and later.end else period
    if later is None or later.end is None:
        return later or period
    if _runs(context, period.end) and not _runs(context, later.end):
        return _doubted(period, period.end, later.end)
    if context.issued - period.end <= LATE and not _runs(context, later.end):
        return _doubted(later, later.end, period.end)
    return later


def _last(period: Period | None) -> date | None:
    return (period.end or period.start) if period else None


def _a_year_on(text: str, context: Context, at: int) -> Period | None:
    year = context.known_year
    return read_period(text, replace(context, year=year + 1), at) if year else None


def _runs(context: Context, day: date) -> bool:
    return context.running is not None and context.running[0] <= day <= context.running[1]


def _doubted(period: Period, read: date, other: date) -> Period:
    why = f"{quoted(period.raw)}没有写年份，按{day_in_words(read)}读，也可能是{day_in_words(other)}"
    return replace(period, fuzzy=f"{period.fuzzy}；{why}" if period.fuzzy else why)
