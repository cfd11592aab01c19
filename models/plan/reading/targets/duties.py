"""Recurring duties: what some wording repeats at a fixed period, and on which day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.plan.reading.dates.words import BEFORE, day_of_month
from models.plan.reading.targets.duty_patterns import (
    ANY_PERIOD,
    DAY_OF_MONTH,
    DAY_OFF,
    LETTERS,
    LIMIT,
    MECHANISM,
    NEXT_MONTH,
    QUARTER_DAY,
    RATE,
    SERIES,
    SYSTEM,
    TRIGGER,
    WEEKDAYS,
    F,
)
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern
from models.plan.reading.text.stops import clause_end, clause_start, quotation, sentence_end
from models.plan.schema import RecurringDuty
from models.rules.words import DayOff, Frequency

LAST_WORKDAY = ("最后一个工作日", "最后一个工作日前")
FIRST_MONTHS, SECOND_MONTHS = [1, 4, 7, 10], [2, 5, 8, 11]  # of the quarters


@dataclass(frozen=True, slots=True)
class _Time:
    day: int | None = None
    month: list[int] | None = None
    end: int = 0
    named: bool = False  # a mechanism whose name says what is done: 周调度


def find_duties(passage: Passage, where: str) -> list[RecurringDuty]:
    """Return the recurring duties of a passage in order.

    每月25日前报送 -> monthly, 25; 每周五下班前 -> weekly, 5; 每季度末月25日前 -> quarterly, 25; 周调度、月通报
    -> weekly, monthly. 定期, 年度制度 and names in quotes or 《》 are none; an upper limit is none.
    """
    text = passage.text
    if not pattern(TRIGGER).search(text):
        return []
    every = [*_periods(text), *_next_months(text), *_rates(text), *_mechanisms(text)]
    found = sorted(every, key=lambda each: each[0])
    duties: list[RecurringDuty] = []
    last_start = last_end = -1
    for start, freq, time in found:
        if start < last_end and (start != last_start or time.named):
            continue
        if time.named and any(_says_the_day(text, start, freq, each) for each in found):
            continue
        last_start, last_end = start, time.end
        duties.append(
            RecurringDuty(
                raw=text[start : time.end],
                freq=freq,
                day=time.day,
                month=time.month,
                day_off=_day_off(text, time.end),
                what=text[start : time.end] if time.named else _what(text, start, time.end),
                where=where,
                source=passage.source(start, time.end),
            )
        )
    return duties


def _says_the_day(
    text: str, start: int, freq: Frequency, other: tuple[int, Frequency, _Time]
) -> bool:
    """Say whether a duty says when a mechanism of reports runs: 实行周报告制度，每周四前报送 is one duty."""
    at, period, time = other
    if not pattern(r"{节奏}度?报[告送]?(?:制|机)").match(text, start):
        return False
    return period is freq and time.day is not None and start < at <= sentence_end(text, start)


def _next_months(text: str) -> Iterator[tuple[int, Frequency, _Time]]:
    """Yield what is done in the month after: 每月28日前报送，办公室于次月5日前通报."""
    for found in pattern(NEXT_MONTH).finditer(text):
        yield found.start("next"), F.MONTHLY, _Time(_day(found["day"]), None, found.end())


def _periods(text: str) -> Iterator[tuple[int, Frequency, _Time]]:
    for found in pattern(ANY_PERIOD).finditer(text):
        start, end = found.span()
        if _is_no_duty(text, start, text[end:]):
            continue
        freq = Frequency(found.lastgroup or "")
        for time in _times(text, end, freq):
            yield start, freq, time


def _is_no_duty(text: str, start: int, words: str) -> bool:
    """Say whether a period is part of a name, has an upper limit in ``words``, or tells what was done."""
    limited = pattern(LIMIT).match(words) is not None
    return limited or _named(text, start) or _is_reported(text, start)


def _times(text: str, end: int, freq: Frequency) -> list[_Time]:
    """Read the day behind a period; each of several days (每月10日、25日前) is a duty."""
    if freq is F.MONTHLY:
        return _month_days(text, end)
    read = _DAYS.get(freq)
    return [read(text, end) if read else _Time(end=end)]


def _weekday(text: str, end: int) -> _Time:
    found = pattern(
        r"(?:的)?(?:星期|周)?(一(?![调通度评总小督汇]|报(?!送))|一(?={例行}[^、，。；”“一每]{2})|(?!一){星期几})(?![个次期场轮名项家篇件条])(?:上午|下午|中午|晚上?|下班)?(?:前|之前|以前|前后)?"
    ).match(text, end)
    if found and pattern(r"至|到|、").match(text, found.end()):
        return _Time(end=found.end())
    return _Time(WEEKDAYS[found[1]], None, found.end()) if found else _Time(end=end)


def _day(text: str | None) -> int | None:
    value = day_of_month(text.rstrip("日号月")) if text else 0
    return value if 1 <= value <= 31 else None


def _month_days(text: str, end: int) -> list[_Time]:
    at = pattern(
        r"(?:度)?(?:的)?(?:结束后|终了后|后|次月)?(?:于|在)?(?:次月|下月|下个月|当月)?"
    ).match(text, end)
    begin = at.end() if at else end
    found = pattern(DAY_OF_MONTH).match(text, begin)
    if found is None:  # 每月…，于次月5日前报送
        found = pattern(
            "[^，。；]{0,24}?[于在](?:次月|下月|下个月|当月|每月)(?P<day>{某日})|[^，。；]{0,12}?，?于?(?:次月|下月)(?P<day2>{某日})"
        ).match(text, end)
        if found is None:
            return [_Time(end=end)]
        return [_Time(_day(found["day"] or found["day2"]), None, found.end())]
    groups = found.groupdict()
    day = -1 if groups["last"] else _day(groups["day"])
    stop = _before(text, found.end())
    times = [_Time(day, None, stop)]
    while more := pattern(f"[、和及](?P<day>{{某日}}){BEFORE}?").match(text, stop):
        stop = more.end()
        times.append(_Time(_day(more["day"]), None, stop))
    return [_Time(time.day, None, stop) for time in times]


def _before(text: str, at: int) -> int:
    found = pattern(f"{BEFORE}|[之以]?内").match(text, at)
    return found.end() if found else at


def _quarter_day(text: str, end: int) -> _Time:
    found = pattern(QUARTER_DAY).match(text, end)
    if found is None or found.end() == end:
        return _Time(end=end)
    if found["day"]:
        months = FIRST_MONTHS if found["first"] else SECOND_MONTHS if found["second"] else None
        return _Time(_day(found["day"]), months, _before(text, found.end()))
    if found["last"] or pattern(r"(?:末|底)(?!月|的月)").match(text, end):
        return _Time(-1, None, _before(text, found.end()))
    return _Time(end=end)


def _year_day(text: str, end: int) -> _Time:
    found = pattern("的?[于在]?(?P<month>{某月})份?(?:(?P<day>{某日})|(?P<last>底|末))?").match(
        text, end
    )
    if found is None:
        if found := pattern(f"年?[底末]{BEFORE}?").match(text, end):
            return _Time(-1, [12], found.end())
        return _Time(end=end)
    month = _day(found["month"])
    if month is None or month > 12:
        return _Time(end=end)
    months, stop = [month], found.end()
    more = pattern("(?:前|之前)?[、和及](?P<month>{某月})份?(?:{某日}|底|末)?").match(text, stop)
    if more and (second := _day(more["month"])) and second <= 12:
        months, stop = [month, second], more.end()
    return _Time(-1 if found["last"] else _day(found["day"]), months, _before(text, stop))


# What is read behind a period; behind the others stands no day.
_DAYS: dict[Frequency, Callable[[str, int], _Time]] = {
    F.WEEKLY: _weekday,
    F.BIWEEKLY: _weekday,
    F.QUARTERLY: _quarter_day,
    F.YEARLY: _year_day,
}


def _rates(text: str) -> Iterator[tuple[int, Frequency, _Time]]:
    for found in pattern(RATE).finditer(text):
        if not _is_no_duty(text, found.start(), found[0]):
            yield found.start(), LETTERS[found["rate"]], _Time(end=found.end())


def _mechanisms(text: str) -> Iterator[tuple[int, Frequency, _Time]]:
    starts: set[int] = set()
    for found in (f for each in (MECHANISM, SERIES) for f in pattern(each).finditer(text)):
        if _is_reported(text, found.start()):
            continue
        for part in pattern(r"({节奏})[^、，”“]{2,6}").finditer(found["acts"]):
            start, end = (found.start("acts") + at for at in part.span())
            if start not in starts and not part[0].startswith("年度"):
                starts.add(start)
                yield start, LETTERS[part[1]], _Time(end=end, named=True)
    for found in pattern(rf"(?<![\d{{一}}每]){SYSTEM}").finditer(text):
        if not _is_reported(text, found.start()):
            yield found.start(), LETTERS[found["one"]], _Time(end=found.end(), named=True)


def _named(text: str, at: int) -> bool:
    """Say whether ``at`` is within a name: 《每日一学》, “每周一星”; “每日一巡、每周一评” is a mechanism."""
    opened = quotation(text, at)
    series = pattern(r"[“](?:每{H}一?{H}{1,3}[、，]){1,4}每{H}一?{H}{1,3}[”]")
    return opened is not None and series.match(text, opened) is None


def _is_reported(text: str, at: int) -> bool:
    told = pattern(r"去年|已(?:经)?(?:建立|实行|形成|坚持)|近年来|过去")
    return told.search(text, clause_start(text, at), at) is not None


def _day_off(text: str, end: int) -> DayOff:
    """Return what the rest of the sentence says of a day that is a day off."""
    found = pattern(DAY_OFF).search(text, end, sentence_end(text, end))
    if found is None:
        return DayOff.BEFORE if text[:end].endswith(LAST_WORKDAY) else DayOff.KEPT
    return DayOff.AFTER if found["after"] else DayOff.BEFORE


def _what(text: str, start: int, end: int) -> str:
    """Return what is to be done: the clause without its time, with its subject."""
    first, last = clause_start(text, start), clause_end(text, end)
    head = pattern(r"(?:于|在|要|须|应|需|必须|并)+$").sub("", text[first:start])
    if len(text[end:last]) < 3 and last < len(text):  # 每月5日前，将…
        last = clause_end(text, last + 1)
    said = pattern(DAY_OFF).sub("", head + text[end:last])
    if said.count("（") > said.count("）"):  # 报创建办（联系人：某某，电话略）
        said = said[: said.rfind("（")]
    return said.strip("，、,；;")[:80] or text[start:end]
