"""Recurring duties: on which days they fall due."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from models.rules.calendar.days import days_after
from models.rules.calendar.workdays import WorkCalendar
from models.rules.words import DayOff

MONTHS_OF = {"monthly": 1, "bimonthly": 2, "quarterly": 3, "semiannual": 6, "yearly": 12}
DAYS_OF = {"weekly": 7, "biweekly": 14}
FRIDAY = 5
# Words by which a duty tells of the period before the one it falls due in: 每月5日前报送上月进展.
_LAST_PERIOD = re.compile("上(?:一?个?)(?:月|季度?|半年|年度?|周|旬)|[次下]个?月|(?:结束|终了)后")
_HANDED_IN = re.compile("报送|上报|报告|填报|零报|日报|报至|报到|反馈")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a duty falls due; ``name`` says which (2025年7月, 7月上旬, 7月21日当周)."""

    name: str
    begin: date
    due: date


def occurrences(
    freq: str,
    day: int | None,
    months: list[int],
    first: date,
    last: date,
    calendar: WorkCalendar | None = None,
) -> list[Occurrence]:
    """Return the occurrences due in [``first``, ``last``], in order.

    ``day`` counts in the month (-1 the last; a day beyond its end means its last) or in the week
    (1 Monday; Friday when the plan names none); without one a period ends on its last day. What is done
    every two weeks is counted from ``first`` on.
    A daily duty is looked at once a month, for a reminder a day would burden more than it helps; with a
    ``calendar`` each working day of it is an occurrence.
    """
    if freq == "daily" and calendar:
        found = _workdays(first, last, calendar)
    elif freq in DAYS_OF:
        found = _weekly(DAYS_OF[freq], day or FRIDAY, first, last)
    elif freq in ("ten_day", "semimonthly"):
        found = _parts_of_month(freq, first, last)
    else:
        found = _monthly(MONTHS_OF.get(freq, 1), day, months, first, last)
    return [occurrence for occurrence in found if first <= occurrence.due <= last]


def is_handed_in(words: str) -> bool:
    """Say whether a duty of these words is something that is sent, and not only done (每日滚动播放)."""
    return _HANDED_IN.search(words) is not None


def tells_of_the_last(words: str) -> bool:
    """Say whether a duty of these words tells of the period before the one it falls due in."""
    return _LAST_PERIOD.search(words) is not None


def period_told_of(freq: str, one: Occurrence) -> str:
    """Return what the period before an occurrence's own is called; a day's own where it has none."""
    if freq in MONTHS_OF:
        every = MONTHS_OF[freq]
        month = one.due.replace(day=1)
        for _ in range(every):
            month = days_after(month, -1).replace(day=1)
        return _period_name(every, month)
    if freq in DAYS_OF:
        return _week_name(days_after(one.due, -DAYS_OF[freq]))
    return one.name


def on_workday(day: date, day_off: DayOff, calendar: WorkCalendar) -> date:
    """Return the day on which a duty of ``day`` is due: moved off a day off only where the plan says so."""
    if day_off is DayOff.AFTER:
        return calendar.next_workday(day)
    return calendar.last_workday(day) if day_off is DayOff.BEFORE else day


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
        yield Occurrence(_week_name(due), days_after(due, 1 - step), due)


def _week_name(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日当周"


def _workdays(first: date, last: date, calendar: WorkCalendar) -> Iterator[Occurrence]:
    for n in range(first.toordinal(), last.toordinal() + 1):
        if calendar.is_workday(day := date.fromordinal(n)):
            yield Occurrence(f"{day.year}年{day.month}月{day.day}日", day, day)
