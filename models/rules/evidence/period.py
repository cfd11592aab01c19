"""The evaluation period: the days whose facts count, what lies outside, and where a plan states it."""

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.rules.bounds import day_fault, shown
from models.rules.calendar.days import half_width
from models.rules.evidence.findings import Finding

OUTSIDE = "outside-period"
NO_PERIOD = "没有评估期"
Period = tuple[date | None, date | None]  # first and last day, both within; None: open


def period_words(period: Period) -> str:
    """Return a period as an office writes it."""
    first, last = period
    if first and last:
        return f"{first} 至 {last}"
    if first:
        return f"{first} 起"
    return f"{last} 止" if last else NO_PERIOD


def evaluation_faults(period: Period) -> list[str]:
    """Return what is wrong with a period, a line each."""
    first, last = period
    found = [
        f"评估期的{what}一天{fault}"
        for what, day in (("第", first), ("最后", last))
        if day and (fault := day_fault(day))
    ]
    if first and last and last < first:
        found.append(f"评估期的最后一天 {last} 早于第一天 {first}")
    return found


def period_findings(fact_on: date | None, taken_on: date | None, period: Period) -> list[Finding]:
    """Return what lies outside ``period``: the day of the fact, or where none is said, of the photograph."""
    first, last = period
    day, what = (fact_on, "事实发生日期") if fact_on else (taken_on, "拍摄日期")
    if day is None:
        return []
    if first and day < first:
        return [Finding(OUTSIDE, f"{what} {day} 早于评估期的第一天 {first}")]
    if last and day > last:
        return [Finding(OUTSIDE, f"{what} {day} 晚于评估期的最后一天 {last}")]
    return []


@dataclass(frozen=True, slots=True)
class StatedPeriod:
    """A period as a sentence of the plan states it."""

    period: Period
    sentence: str


def stated_periods(texts: Iterable[str]) -> list[StatedPeriod]:
    """Return the periods that ``texts`` state, in their order, each once.

    A sentence must speak of 评估期 (评估时段, 考评期, 材料的时间范围) and name two days, months or years, or
    one since which it runs (以来). What is no day of the calendar is none.
    """
    found: dict[Period, StatedPeriod] = {}
    for text in texts:
        for sentence in _sentences(text):
            period = _read(sentence)
            if period and not evaluation_faults(period):
                found.setdefault(period, StatedPeriod(period, shown(sentence)))
    return list(found.values())


_NAMED = re.compile(
    "(?:评估|评价|考评|考核|测评)(?:的)?(?:期|时段|期间|周期|区间|时间范围)(?!末|满|中)"
    "|(?:材料|佐证|数据|台账)[^。；]{0,8}(?:时间范围|起止时间|时间跨度)"
)
_DAY = (
    "(?P<{0}y>[0-9]{{4}})(?:年|[-/.])?(?:(?P<{0}m>[0-9]{{1,2}})(?:月|[-/.])?"
    "(?:(?P<{0}d>[0-9]{{1,2}})日?)?)?(?:年|年度|年底|底|末)?"
)
_RANGE = re.compile(_DAY.format("a") + "(?:起)?(?:至|到|—+|–|－|~|～|-)" + _DAY.format("b"))
_SINCE = re.compile(_DAY.format("a") + "(?:以来|起至今|至今|[起])")


def _sentences(text: str) -> Iterator[str]:
    for one in re.split("[。；;\n]", text):
        if _NAMED.search(one):
            yield "".join(half_width(one).split())


def _read(sentence: str) -> Period | None:
    named = _NAMED.search(sentence)
    after = sentence[named.start() :] if named else ""
    try:
        if found := _RANGE.search(after):
            return _day(found.group("ay", "am", "ad"), last=False), _day(
                found.group("by", "bm", "bd"), last=True
            )
        if found := _SINCE.search(after):
            return _day(found.group("ay", "am", "ad"), last=False), None
    except ValueError:  # 2025-02-30
        return None
    return None


def _day(said: Sequence[str | None], *, last: bool) -> date:
    year, month, day = (int(part) if part else None for part in said)
    if year is None:
        raise ValueError("no year")
    month = month or (12 if last else 1)
    if not 1 <= month <= 12:
        raise ValueError("no month")
    return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
