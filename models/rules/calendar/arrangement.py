"""A year's arrangement of holidays (放假安排), and what in it contradicts itself.

Source of the days fixed by regulation: 全国年节及纪念日放假办法, as in force since 1 January 2025
(国务院令第795号): 元旦 1, 春节 4 from 除夕, 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.rules.calendar.days import days_after
from models.rules.calendar.workdays import SATURDAY

FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
REGULATED_SINCE = 2025
LONGEST_HOLIDAY = 12  # days; the longest there was had 9
MAKE_UP_WITHIN = 15  # days from the holiday; the furthest there was had 11
WEEKDAYS = "一二三四五六日"

Fixed = Mapping[str, Sequence[date]]  # the days of each festival that regulation fixes


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday: the festivals in it, the days off, and the days worked for them; all in order."""

    festivals: tuple[str, ...]
    off: tuple[date, ...]
    worked: tuple[date, ...] = ()

    @property
    def name(self) -> str:
        """Return the festivals as a notice heads them: 国庆节、中秋节."""
        return "、".join(self.festivals)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the State Council's notice says of a year; ``number`` is the notice's own."""

    year: int
    number: str
    holidays: tuple[Holiday, ...]

    def days(self) -> dict[date, tuple[bool, str]]:
        """Return whether each day it speaks of is worked, and the festival it is so for."""
        off = {day: (False, one.name) for one in self.holidays for day in one.off}
        return off | {day: (True, one.name) for one in self.holidays for day in one.worked}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a text or table: the arrangement, None where there is none, and every fault.

    ``notes`` name what of a workbook was not taken.
    """

    found: Arrangement | None
    faults: Sequence[str] = ()
    notes: Sequence[str] = ()


def day_in_words(day: date) -> str:
    """Return a day as notices write it: 2月14日（周六）."""
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def arrangement_faults(found: Arrangement, fixed: Fixed) -> list[str]:
    """Return what cannot be so, in the notice's order: one line each with what to look at."""
    named = [name for one in found.holidays for name in one.festivals]
    missing = [name for name in FESTIVALS if name not in named]
    twice = [name for name in FESTIVALS if named.count(name) > 1]
    lines = [f"{name}写了两次" for name in twice]
    written = re.search("〔(\\d{4})〕", found.number)
    if written and int(written[1]) not in (found.year - 1, found.year):
        lines.append(f"文号 {found.number} 不像是 {found.year} 年放假安排的文号")
    if missing:
        lines.append(f"缺少{'、'.join(missing)}：一年的安排要七个节日都有，才算公布")
    every_off = {day for one in found.holidays for day in one.off}
    for one in found.holidays:
        lines += [f"{one.name}：{words}" for words in _of_one(found.year, one, every_off)]
        lines += [f"{one.name}：{words}" for words in _against_regulation(found.year, one, fixed)]
    worked = [day for one in found.holidays for day in one.worked]
    lines += [
        f"{day_in_words(day)}上班写了两次" for day in sorted(set(worked)) if worked.count(day) > 1
    ]
    return lines


def _of_one(year: int, one: Holiday, every_off: set[date]) -> Iterable[str]:
    if not one.off:
        yield "没有写哪几天放假"
        return
    first, last = one.off[0], one.off[-1]
    near = days_after(date(year, 1, 1), -7), date(year, 12, 31)
    if not (near[0] <= first <= last <= near[1]):
        yield f"{first} 至 {last} 不在 {year} 年"
        return
    if (last - first).days >= LONGEST_HOLIDAY:
        yield f"{first} 至 {last} 有 {(last - first).days + 1} 天，太长，请核对月份和日期"
    for day in one.worked:
        if day in every_off:
            yield f"{day_in_words(day)}又放假又上班"
        elif day.weekday() < SATURDAY:
            yield f"{day_in_words(day)}本来就上班，不会是调休上班日"
        elif not days_after(first, -MAKE_UP_WITHIN) <= day <= days_after(last, MAKE_UP_WITHIN):
            yield f"{day_in_words(day)}上班离假期太远（前后 {MAKE_UP_WITHIN} 天以内）"


def _against_regulation(year: int, one: Holiday, fixed: Fixed) -> Iterable[str]:
    """Yield what regulation gives and the holiday lacks; years before it are not known here."""
    if year < REGULATED_SINCE:
        return
    for name in one.festivals:
        if lacking := [day for day in fixed.get(name, ()) if day not in one.off]:
            days = "、".join(day_in_words(day) for day in lacking)
            yield f"{days}是法定的{name}假日，却不在放假的日子里"


def doubts(found: Arrangement, fixed: Fixed) -> list[str]:
    """Return where make-up days do not make up for the days off: possible, and never seen so far.

    The working days that a holiday takes beyond those regulation gives (one that falls on a Saturday
    or Sunday is made good on a working day) are as many as the days worked for it.
    """
    if found.year < REGULATED_SINCE:
        return []
    lines = []
    for one in found.holidays:
        taken = sum(day.weekday() < SATURDAY for day in one.off)
        given = sum(len(fixed.get(name, ())) for name in one.festivals)
        owed = taken - given
        if one.off and owed != len(one.worked):
            lines.append(
                f"{one.name}：放假占 {taken} 个工作日，法定 {given} 天，"
                f"应有 {max(0, owed)} 天调休上班，写的是 {len(one.worked)} 天"
            )
    return lines


def changes(before: Mapping[date, bool], after: Mapping[date, bool]) -> list[str]:
    """Return each day that is worked in one and off in the other, in words, in order.

    Both say of the same days whether they are worked.
    """
    words = {True: "上班", False: "放假"}
    return [
        f"{day} {words[before[day]]}→{words[worked]}"
        for day, worked in sorted(after.items())
        if before[day] != worked
    ]
