"""Days written without a year, or with two figures of one: which days they can be, and when that is certain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.rules.calendar.days import half_width

_SHORT = re.compile("([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})[日号]?")
_TWO_FIGURES = re.compile("([2-9][0-9])[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
_NUMBER = re.compile("([0-9]{1,2})[.]([0-9]{1,2})")
_LONGEST = 20  # characters

Written = tuple[int | None, int, int]  # year, month, day


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day that a day can be, both within, and in words why; None: not known."""

    first: date | None
    last: date | None
    words: str


def written_short(text: str) -> list[Written]:
    """Return the day that ``text`` writes without its whole year: 3月5日, 3-5, 3.5, 25.3.5; [] for another text."""
    plain = "".join(half_width(text[: _LONGEST + 1]).split())
    if len(plain) > _LONGEST:
        return []
    if found := _TWO_FIGURES.fullmatch(plain):
        year, month, day = map(int, found.groups())
        return _on_a_calendar([(2000 + year, month, day)])
    if found := _SHORT.fullmatch(plain):
        month, day = map(int, found.groups())
        return _on_a_calendar([(None, month, day)])
    return []


def number_short(number: float) -> list[Written]:
    """Return the days that 3.5 can be where a spreadsheet took it for a number: 3.1 is 3月1日 or 3月10日."""
    found = _NUMBER.fullmatch(f"{number:.10g}")
    if not found:
        return []
    month, day = int(found[1]), found[2]
    days = [int(day)] if len(day) == 2 else [int(day), int(day) * 10]
    return _on_a_calendar([(None, month, one) for one in days])


def _on_a_calendar(days: Sequence[Written]) -> list[Written]:
    return [one for one in days if _day(one, one[0] or 2024) is not None]  # 2024 has a 29 February


def days_within(written: Sequence[Written], span: Span) -> list[date]:
    """Return the days of ``span`` that ``written`` can be, in their order.

    A year of two figures needs no span; a day without a year is none where the span is open.
    """
    found = []
    for one in written:
        year = one[0]
        if year is not None:
            years = range(year, year + 1)
        elif span.first and span.last:
            years = range(span.first.year, span.last.year + 1)
        else:
            years = range(0)
        days = (_day(one, each) for each in years)
        found += [day for day in days if day and _is_within(day, span)]
    return sorted(found)


def _is_within(day: date, span: Span) -> bool:
    return not ((span.first and day < span.first) or (span.last and day > span.last))


def _day(written: Written, year: int) -> date | None:
    try:
        return date(year, *written[1:])
    except ValueError:
        return None
