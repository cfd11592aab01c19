"""How a period ends, as a document writes it behind the start: 至3月底, —15日, 至创建活动结束, 起15日内."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from models.plan.reading.dates.forms import read_point
from models.plan.reading.dates.points import DAY, Context, Point, add_months, day_in_words
from models.plan.reading.dates.words import BEFORE, TO, VAGUE_EVENT, no_fixed_day
from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.patterns import pattern, quoted

ENDS = r"(?:结束|止|为止|底止)"
# 12月至2月 goes over New Year; 4月1日至3月20日 may be a slip of the pen.
LONGEST_OVER_NEW_YEAR = timedelta(days=183)
MOST_DAYS = 3700  # that a period is counted over


@dataclass(frozen=True, slots=True)
class Period:
    """A read period; ``fuzzy`` names what makes its dates doubtful, ``end_at`` the offset behind it.

    ``without_year``: nothing printed says which year it is in; ``lacking``: a day in it does not exist.
    """

    start: date | None
    end: date | None
    open_ended: bool
    raw: str
    end_at: int = 0
    fuzzy: str | None = None
    without_year: bool = False
    lacking: bool = False


def read_end(
    text: str,
    at: int,
    stop: int,
    context: Context,
    days: tuple[date | None, date | None],
    *,
    begun: bool = False,
) -> Period | None:
    """Read 至B at ``stop`` behind a start at ``at``, None when no end follows.

    ``days`` are the first and last day that the start means. Behind one that is ``begun`` also ，B结束.
    The period is ``without_year`` unless the end has one, which then holds for the start as well.
    """
    to = pattern(rf"(?:（{{周}}{{星期几}}）)?[，]?{TO}").match(text, stop)
    if to is None and begun:
        ends = rf"[，](?=(?:\d{{4}}年)?\d{{1,2}}月[^，。；：（）]{{0,4}}{ENDS})"
        to = pattern(ends).match(text, stop)
    if to is None:
        return None
    start, begin = days[0], days[1] or days[0]
    inner = Context(context.issued, begin.year if begin else context.known_year)
    month = begin.month if begin else None
    point = read_point(text, to.end(), bare=True)
    if point is None:
        return _at_an_event(text, at, to.end(), start)
    end = inner.last_day_of(point, month, start)
    lacking = "" if end else point.lacking(_year_meant(point, inner, start), month)
    behind = point.end
    if end and point.festivals and pattern(BEFORE).match(text, behind):
        end -= DAY
    if tail := pattern(rf"{ENDS}|{BEFORE}|完成").match(text, behind):
        behind = tail.end()
    why = lacking or point.fuzzy or _far_end(end, point, text[stop:behind], start)
    bare = point.year is None
    return Period(start, end, False, text[at:behind], behind, why or None, bare, bool(lacking))


def _far_end(end: date | None, point: Point, words: str, start: date | None) -> str:
    """Return why an end without a year that was read in the year after its start is doubtful."""
    if end is None or start is None or not point.without_year or end.year == start.year:
        return ""
    if point.month is None or end - start <= LONGEST_OVER_NEW_YEAR:
        return ""
    return f"{quoted(words)}没有写年份，早于开始日{day_in_words(start)}，按{day_in_words(end)}读，请核对"


def _at_an_event(text: str, at: int, stop: int, start: date | None) -> Period | None:
    event = pattern(r"[^，。；：）】]{2,24}").match(text, stop)
    if event is None or event[0][0].isdecimal():
        return None
    why = None
    if pattern(VAGUE_EVENT).match(text, stop):
        why = no_fixed_day(event[0])
    elif pattern(r"\d{1,2}月|\d[.—/]\d|[年月]底|季度|半年").search(event[0]):
        why = f"{quoted(event[0])}没有读出日期，请核对"
    return Period(start, None, True, text[at : event.end()], event.end(), why, True)


def _year_meant(point: Point, inner: Context, start: date | None) -> int | None:
    """Return the year of a day that does not exist: a month before the start's is in the next year."""
    year = inner.year_of(point)
    ahead = point.without_year and start and point.month and point.month < start.month
    return year + 1 if year and ahead else year


def counted_from(start: date | None, found: re.Match[str], raw: str, unknown: str) -> Period | None:
    """Return the period of a match of ``WITHIN`` from ``start`` on; ``unknown`` is why it has none."""
    if "工作日" in found["unit"]:
        return Period(start, None, False, raw, found.end(), "工作日需要节假日历")
    if start is None:
        return Period(None, None, False, raw, found.end(), unknown)
    end = _day_after(start, found["count"], found["unit"])
    return Period(start, end, False, raw, found.end()) if end else None


def _day_after(start: date, printed: str, unit: str) -> date | None:
    if printed == "半":
        return add_months(start, 6) if "年" in unit else start + timedelta(days=15)
    count = read_integer(printed)
    if count is None or count > MOST_DAYS:
        return None
    if "月" in unit:
        return add_months(start, count)
    if "年" in unit:
        return add_months(start, 12 * count) if count < 100 else start
    return start + timedelta(days=count * (7 if unit[-1] in "周期" else 1))
