"""Recurring duties: on which days they fall due."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from models.rules.calendar.days import days_after

MONTHS_OF = {"monthly": 1, "bimonthly": 2, "quarterly": 3, "semiannual": 6, "yearly": 12}
DAYS_OF = {"weekly": 7, "biweekly": 14}
FRIDAY = 5


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a duty falls due; ``name`` says which (2025年7月, 7月上旬, 7月21日当周)."""

    name: str
    begin: date
    due: date


def occurrences(
    freq: str, day: int | None, months: list[int], first: date, last: date
) -> list[Occurrence]:
    """Return the occurrences due in [``first``, ``last``], in order.

    ``day`` counts in the month (-1 the last; a day beyond its end means its last) or in the week
    (1 Monday; Friday when the plan names none); without one a period ends on its last day.
    A daily duty is looked at once a month: a reminder a day would burden more than it helps.
    """
    if freq in DAYS_OF:
        found = _weekly(DAYS_OF[freq], day or FRIDAY, first, last)
    elif freq in ("ten_day", "semimonthly"):
        found = _parts_of_month(freq, first, last)
    else:
        found = _monthly(MONTHS_OF.get(freq, 1), day, months, first, last)
    return [occurrence for occurrence in found if first <= occurrence.due <= last]


def month_end(day: date) -> date:
    """Return the last day of the month of ``day``."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        if (end := month_end(month)) == date.max:
            return
        month = days_after(end, 1)


def _monthly(
    every: int, day: int | None, months: list[int], first: date, last: date
) -> Iterator[Occurrence]:
    for month in _months(first, last):
        wanted = month.month in months if months else month.month % every == 0
        if not wanted:
            continue
        end = month_end(month)
        due = end if day in (None, -1) else month.replace(day=min(day or 1, end.day))
        begin = month
        for _ in range(every - 1):
            begin = days_after(begin, -1).replace(day=1)
        yield Occurrence(_period_name(every, month), begin, due)


def _period_name(every: int, month: date) -> str:
    if every == 12:
        return f"{month.year}年"
    if every == 6:
        return f"{month.year}年{'上' if month.month <= 6 else '下'}半年"
    if every == 3:
        return f"{month.year}年第{(month.month + 2) // 3}季度"
    return f"{month.year}年{month.month}月"


def _parts_of_month(freq: str, first: date, last: date) -> Iterator[Occurrence]:
    names = ("上旬", "中旬", "下旬") if freq == "ten_day" else ("上半月", "下半月")
    for month in _months(first, last):
        ends = (
            [0, 10, 20, month_end(month).day]
            if freq == "ten_day"
            else [0, 15, month_end(month).day]
        )
        for name, (before, end) in zip(names, pairwise(ends), strict=True):
            begin, due = month.replace(day=before + 1), month.replace(day=end)
            yield Occurrence(f"{month.year}年{month.month}月{name}", begin, due)


def _weekly(step: int, weekday: int, first: date, last: date) -> Iterator[Occurrence]:
    ahead = (weekday - first.isoweekday()) % 7
    for day in range(first.toordinal() + ahead, last.toordinal() + 1, step):
        due = date.fromordinal(day)
        name = f"{due.year}年{due.month}月{due.day}日当周"
        yield Occurrence(name, days_after(due, 1 - step), due)
