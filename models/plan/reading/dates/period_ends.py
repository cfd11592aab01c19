"""How a period ends, as a document writes it behind the start: 至3月底, —15日, 至创建活动结束."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.plan.reading.dates.date_words import BEFORE, TO, VAGUE_EVENT, no_fixed_day
from models.plan.reading.dates.dates import day_in_words, read_point
from models.plan.reading.dates.points import Point
from models.plan.reading.dates.resolving import Context, day_before, last_day_of, year_of
from models.plan.reading.text.patterns import pattern, quoted

ENDS = r"(?:结束|止|为止|底止)"


@dataclass(frozen=True, slots=True)
class PeriodEnd:
    """What stands behind 至: the day or None, whether it is open, the offset behind it, a doubt."""

    day: date | None
    open_ended: bool
    end_at: int
    fuzzy: str | None = None
    lacking: bool = False
    with_year: bool = False  # a year is printed, which holds for the start as well


def read_end(
    text: str,
    at: int,
    context: Context,
    start: date | None,
    last: date | None,
    *,
    begun: bool = False,
) -> PeriodEnd | None:
    """Read 至B behind a start, None when no end follows; behind one that is ``begun`` also ，B结束."""
    to = pattern(rf"(?:（{{周}}{{星期几}}）)?[，]?{TO}").match(text, at)
    if to is None and begun:
        to = pattern(rf"[，](?=(?:\d{{4}}年)?\d{{1,2}}月[^，。；：（）]{{0,4}}{ENDS})").match(
            text, at
        )
    if to is None:
        return None
    begin = last or start
    inner = Context(context.issued, begin.year if begin else context.known_year)
    month = begin.month if begin else None
    point = read_point(text, to.end(), bare=True)
    if point is None:
        return _event_end(text, to.end())
    end = last_day_of(point, inner, month, start)
    lacking = "" if end else point.lacking(_year_meant(point, inner, start), month)
    stop = point.end
    if end and point.festivals and pattern(BEFORE).match(text, stop):
        end = day_before(end)
    if tail := pattern(rf"{ENDS}|{BEFORE}|完成").match(text, stop):
        stop = tail.end()
    why = lacking or point.fuzzy or _far_end(end, point, text[at:stop], start)
    return PeriodEnd(end, False, stop, why or None, bool(lacking), point.year is not None)


# 12月至2月 goes over New Year; 4月1日至3月20日 may be a slip of the pen.
LONGEST_OVER_NEW_YEAR = timedelta(days=183)


def _far_end(end: date | None, point: Point, words: str, start: date | None) -> str:
    """Return why an end without a year that was read in the year after its start is doubtful."""
    if end is None or start is None or not point.without_year or end.year == start.year:
        return ""
    if point.month is None or end - start <= LONGEST_OVER_NEW_YEAR:
        return ""
    return f"{quoted(words)}没有写年份，早于开始日{day_in_words(start)}，按{day_in_words(end)}读，请核对"


def _event_end(text: str, at: int) -> PeriodEnd | None:
    event = pattern(r"[^，。；：）】]{2,24}").match(text, at)
    if event is None or event[0][0].isdecimal():
        return None
    why = None
    if pattern(VAGUE_EVENT).match(text, at):
        why = no_fixed_day(event[0])
    elif pattern(r"\d{1,2}月|\d[.—/]\d|[年月]底|季度|半年").search(event[0]):
        why = f"{quoted(event[0])}没有读出日期，请核对"
    return PeriodEnd(None, True, event.end(), why)


def _year_meant(point: Point, inner: Context, start: date | None) -> int | None:
    """Return the year of a day that does not exist: a month before the start's is in the next year."""
    year = year_of(point, inner)
    ahead = point.without_year and start and point.month and point.month < start.month
    return year + 1 if year and ahead else year
