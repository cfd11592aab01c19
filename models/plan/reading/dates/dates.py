"""Points in time as documents write them: a day, a third of a month, a quarter, a festival, half a year."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from models.plan.reading.dates.date_words import (
    EXACT,
    FESTIVALS,
    FIVE_YEARS,
    OF_A_NAMED_YEAR,
    PARTS,
    QUARTER_PARTS,
    RELATIVE,
    VAGUE,
    VAGUE_PARTS,
    YEAR_PARTS,
    festivals_in,
    last_year_of,
)
from models.plan.reading.dates.points import Point
from models.plan.reading.text.numerals import TEN, read_integer
from models.plan.reading.text.patterns import pattern

_N = "(?:\\d{1,2}|[{一}元正]{1,3})"
_DAY = r"\d{1,2}|[{一}廿卅]{1,3}"
_YEAR = (
    r"(?P<year>(?:19|20)\d{2}|[一二]{〇}{3})(?:年度?|(?=[.\-/]\d{1,2}(?!\d))|(?=[—至到]{1,2}(?:19|20)\d{2}年))"
    r"|(?<!\d)(?P<short>[2-4]\d)年(?=\d{1,2}月)"
)
_RELATIVE = rf"(?P<relative>{'|'.join(RELATIVE)})度?"

# One point in time. Longer forms first; examples beside.
POINTS = (
    r"(?P<halfyear>[上下])半年(?P<hpart>初(?!步))?",  # 上半年, 下半年初
    r"第?(?P<quarter>[{四}1-4])季度(?P<qpart>首月|末月|尾月|末|底|初(?!步)|中期?(?=前|$|[，。；、）至到—]|完成))?",  # 第四季度, 一季度末
    r"前(?P<firstquarters>[二两三])个?季度",  # 前三季度
    rf"(?P<month>{_N})月份?(?P<day>{_DAY})(?:[日号]|(?=[至到—前，。；）]|[之以]前|完成|$))",  # 3月1日
    r"(?P<month2>\d{1,2})[.\-/](?P<day2>\d{1,2})(?:日|号)?(?:(?![\d月])|(?=\d\d：\d\d))",  # 3.1
    rf"(?P<month3>{_N})月份?(?P<part>中下旬|上中旬|上旬|中旬|下旬|上半月|下半月|初(?!步)|底|末|中(?![旬小央心共层医]))?",  # 6月底
    r"(?P<yearpart>年底|年末|年终|年内|底|末|内|年初(?!步)|初(?!步)|年中|中(?=前|$|[，。；、）])|全年|岁末)",  # 2024年底
    FESTIVALS,  # 国庆节
    FIVE_YEARS,  # “十四五”末
)
_MONTH_OF_RANGE = r"(\d{1,2})(?=[—至到]{1,2}\d{1,2}月)"  # 3—5月
_QUARTER_OF_RANGE = r"第?(?P<quarter>[{四}1-4])(?=[—至到]{1,2}第?[{四}1-4]季度)"  # 二至三季度
_BARE_DAY = rf"(?P<bareday>{_DAY})[日号]"  # …至15日
_BARE_PART = r"(?P<barepart>上旬|中旬|下旬|月底|月末|月初|月中)"  # …至下旬


@dataclass(frozen=True, slots=True)
class _Year:
    """What is printed of the year in front of a point, and the offset behind it."""

    value: int | None
    shift: int
    end: int
    named: bool = False
    of_issue: bool = False

    def point(self, end: int, month: int | None, days: tuple[int, int], **rest: object) -> Point:
        first, last = days
        return Point(
            self.value,
            month,
            first,
            last,
            shift=self.shift,
            end=end,
            named=self.named,
            of_issue=self.of_issue,
            **rest,  # type: ignore[arg-type]
        )


def read_point(text: str, at: int = 0, *, bare: bool = False) -> Point | None:
    """Read the point in time that begins at ``at``; ``bare`` allows a day without its month (…至15日).

    2024年3月1日; 3月上旬; 2024年底; 上半年; 第四季度; 次年3月31日; 二〇二五年三月六日; 2024.3.1; 国庆节;
    “十四五”末. A day or month that no year has is a point with a ``fault`` or that is ``lacking``.
    """
    year = _read_year(text, at)
    if found := pattern(_MONTH_OF_RANGE).match(text, year.end):
        month = _month(found[1])
        return year.point(found.end(), month, (1, 0)) if month else None
    dotted = year.end > at and text[year.end - 1] in ".-/"  # 2026.4至四季度 is no quarter 4
    for expression in POINTS if dotted else (_QUARTER_OF_RANGE, *POINTS):
        found = pattern(expression).match(text, year.end)
        if found is None or not found[0]:
            continue
        groups = found.groupdict()
        if groups.get("yearpart") in OF_A_NAMED_YEAR and year.value is None and not year.named:
            continue
        if point := _point(groups, year, found.end()):
            return point
    if year.end > at and text[year.end - 1] in {".", "-", "/"}:  # 2025.6
        found = pattern(r"(\d{1,2})(?![\d.])").match(text, year.end)
        month = _month(found[1]) if found else None
        return year.point(found.end(), month, (1, 0)) if found and month else None
    if bare and year.value is None and (found := pattern(_BARE_DAY).match(text, at)):
        day = _integer(found[1])
        return Point(None, None, day, day, end=found.end()) if day else None
    if bare and year.value is None and (found := pattern(_BARE_PART).match(text, at)):
        return Point(None, None, *PARTS[found[1]], end=found.end())
    return year.point(year.end, 1, (1, 31), months=12) if year.end > at else None


def _read_year(text: str, at: int) -> _Year:
    if found := pattern(_YEAR).match(text, at):
        if found["short"]:
            return _Year(2000 + int(found["short"]), 0, found.end())
        bare = found[0][-1] not in "年度"
        skip = 1 if bare and pattern(r"[.\-/](?!\d{4}年)").match(text, found.end()) else 0
        return _Year(read_year(found["year"]), 0, found.end() + skip)
    if found := pattern(_RELATIVE).match(text, at):
        shift, of_issue = RELATIVE[found["relative"]]
        return _Year(None, shift, found.end(), named=True, of_issue=of_issue)
    return _Year(None, 0, at)


_DIGITS = str.maketrans(
    {**dict.fromkeys("〇零○oOＯ", "0"), **{one: str(at) for at, one in enumerate(TEN[:9], 1)}}
)


def read_year(text: str) -> int | None:
    """Return 2025 for 2025 and 二〇二五."""
    plain = text.translate(_DIGITS)
    return int(plain) if plain.isdecimal() and len(plain) == 4 else None


def _integer(text: str) -> int:
    """Return the number a day is written as, 0 for none: 廿一 -> 21."""
    return read_integer(text.replace("廿", "二十").replace("卅", "三十")) or 0


def _month(text: str | None) -> int | None:
    if text == "元":
        return 1
    value = read_integer(text) if text else None
    return value if value and 1 <= value <= 12 else None


def _point(groups: dict[str, str | None], year: _Year, end: int) -> Point | None:
    if half := groups.get("halfyear"):
        first = 1 if half == "上" else 7
        if groups.get("hpart"):
            return year.point(end, first, PARTS["初"], fuzzy=VAGUE)
        return year.point(end, first, (1, 0), months=6)
    if quarter := groups.get("quarter"):
        month = 3 * (read_integer(quarter) or 1) - 2
        if (part := groups.get("qpart")) in QUARTER_PARTS:
            later, days, fuzzy = QUARTER_PARTS[part]
            return year.point(end, month + later, days, fuzzy=fuzzy)
        return year.point(end, month, (1, 0), months=3)
    if count := groups.get("firstquarters"):
        return year.point(end, 1, (1, 0), months=9 if count == "三" else 6)
    if part := groups.get("yearpart"):
        month, months, first, last = YEAR_PARTS[part]
        fuzzy = VAGUE if part in VAGUE_PARTS else ""
        return year.point(end, month, (first, last), months=months, fuzzy=fuzzy)
    if names := groups.get("festivals"):
        return year.point(end, 1, (1, 1), festivals=festivals_in(names))
    for kind in ("economic", "publicity"):
        if number := groups.get(kind):
            final = last_year_of(kind, read_integer(number) or 0)
            if groups.get("first"):
                return Point(final - 4, 12, 31, 31, end=end)
            if groups.get("opening"):
                return Point(final - 4, 1, 1, 0, 12, end=end)
            if groups.get("close"):
                return Point(final, 12, 31, 31, end=end)
            return Point(final - 4, 1, 1, 0, 60, end=end)
    return _in_month(groups, year, end)


def _in_month(groups: dict[str, str | None], year: _Year, end: int) -> Point | None:
    printed = groups.get("month") or groups.get("month3")
    value = _month(printed or groups.get("month2"))
    if value is None:
        if printed == "正":
            return Point(year.value, None, end=end, fault="正月是农历的月份，请写明公历日期")
        number = read_integer(printed) if printed else None
        if number is None:
            return None
        either = "，可能是12月或次年1月" if number == 13 else ""
        return Point(year.value, None, end=end, fault=f"没有{number}月{either}")
    if day_text := groups.get("day") or groups.get("day2"):
        day = _integer(day_text)
        if not 1 <= day <= 31 and groups.get("day2"):
            return None
        return year.point(end, value, (day or -1, day or -1))
    part = groups.get("part")
    return year.point(end, value, PARTS[part], fuzzy="" if part in EXACT else VAGUE)


def read_full_date(text: str) -> date | None:
    """Return the date that ``text`` (without white space) writes in full: 2024年4月22日, 2024-04-22."""
    point = read_point(text)
    if point is None or point.year is None or point.month is None or point.months > 1:
        return None
    day = point.start_on(point.year, point.month)
    return day if point.first == point.last and point.first and not point.festivals else None


def day_in_words(day: date) -> str:
    """Return a day as a document writes it: 2027年3月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, the last of the month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, longest))


def next_day(day: date) -> date:
    """Return the day after."""
    return day + timedelta(days=1)
