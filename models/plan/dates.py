"""Points in time as documents write them: a day, a third of a month, a quarter, half a year."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from models.plan.numerals import read_integer
from models.plan.patterns import pattern

_N = "(?:\\d{1,2}|[一二三四五六七八九十元正]{1,3})"
_YEAR = r"(?P<year>(?:19|20)\d{2}|[一二][〇零○oO九一二三四五六七八]{3})(?:年度?|(?=[.\-/]\d{1,2}(?!\d))|(?=[—至到]{1,2}(?:19|20)\d{2}年))"
_RELATIVE = r"(?P<relative>次年|翌年|明年|来年|第二年|下一年|当年|同年|本年度?|今年)度?"

# One point in time. Longer forms first; examples beside.
POINTS = (
    r"(?P<halfyear>[上下])半年",  # 上半年
    r"第?(?P<quarter>[一二三四1-4])季度(?P<qpart>末|底|初)?",  # 第四季度, 一季度末
    rf"(?P<month>{_N})月份?(?P<day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})(?:[日号]|(?=[至到—]))",  # 3月1日
    r"(?P<month2>\d{1,2})[.\-/](?P<day2>\d{1,2})(?:日|号)?(?!\d)",  # 3.1
    rf"(?P<month3>{_N})月份?(?P<part>中下旬|上中旬|上旬|中旬|下旬|上半月|下半月|初|底|末|中(?!旬))?",  # 6月底
    r"(?P<yearpart>年底|年末|底|末|年初|初|年中|全年|岁末)",  # 2024年底
)
_MONTH_OF_RANGE = r"(\d{1,2})(?=[—至到]{1,2}\d{1,2}月)"  # 3—5月
_BARE_DAY = r"(?P<bareday>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]"  # …至15日
_BARE_PART = r"(?P<barepart>上旬|中旬|下旬|月底|月末|月初|月中)"  # …至下旬


@dataclass(frozen=True, slots=True)
class Point:
    """A point in time as printed; ``year`` and ``month`` are None when they are left out."""

    year: int | None
    month: int | None = None
    first: int = 1  # first and last day it may mean; 0 stands for the last day of the month
    last: int = 0
    months: int = 1  # how many months it spans
    shift: int = 0  # years after the year of its context (次年)
    end: int = 0  # offset behind it in the text
    fuzzy: bool = False

    def start_on(self, year: int, month: int) -> date | None:
        """Return the first day it means in ``year`` (used when its own is left out)."""
        return _day(year, month, self.first)

    def end_on(self, year: int, month: int) -> date | None:
        """Return the last day it means."""
        month += self.months - 1
        return _day(year, month, self.last)


def _day(year: int, month: int, day: int) -> date | None:
    if not (1949 <= year <= 2199 and 1 <= month <= 12):
        return None
    longest = calendar.monthrange(year, month)[1]
    if day == 0:
        day = longest
    return date(year, month, day) if 1 <= day <= longest else None


# Part of a month -> first day, last day (0 is the last of the month), in the words of the conventions.
PARTS = {
    "初": (1, 10),
    "上旬": (1, 10),
    "月初": (1, 10),
    "中旬": (11, 20),
    "中": (11, 20),
    "月中": (11, 20),
    "下旬": (21, 0),
    "底": (0, 0),
    "末": (0, 0),
    "月底": (0, 0),
    "月末": (0, 0),
    "上半月": (1, 15),
    "下半月": (16, 0),
    "上中旬": (1, 20),
    "中下旬": (11, 0),
    None: (1, 0),
}
# Part of a year -> first month, months, first day, last day.
YEAR_PARTS = {
    "年底": (12, 1, 31, 31),
    "年末": (12, 1, 31, 31),
    "底": (12, 1, 31, 31),
    "末": (12, 1, 31, 31),
    "岁末": (12, 1, 31, 31),
    "年初": (1, 1, 1, 10),
    "初": (1, 1, 1, 10),
    "年中": (6, 1, 30, 30),
    "全年": (1, 12, 1, 31),
}
_EXACT = {None, "上旬", "中旬", "下旬", "底", "末", "月底", "月末", "上半月", "下半月"}


def read_point(text: str, at: int = 0, *, bare: bool = False) -> Point | None:
    """Read the point in time that begins at ``at``; ``bare`` allows a day without its month (…至15日).

    2024年3月1日; 3月上旬; 2024年底; 上半年; 第四季度; 次年3月31日; 二〇二五年三月六日; 2024.3.1.
    """
    year, shift, position = _read_year(text, at)
    if found := pattern(_MONTH_OF_RANGE).match(text, position):
        month = _month(found[1])
        return Point(year, month, 1, 0, 1, shift, found.end()) if month else None
    for expression in POINTS:
        found = pattern(expression).match(text, position)
        if found is None or not found[0]:
            continue
        groups = found.groupdict()
        if groups.get("yearpart") in {"底", "末", "初"} and year is None and not shift:
            continue  # 底 alone says nothing
        point = _point(groups, year, shift, found.end())
        if point:
            return point
    if position > at and text[position - 1] in {".", "-", "/"}:  # 2025.6
        found = pattern(r"(\d{1,2})(?![\d.])").match(text, position)
        month = _month(found[1]) if found else None
        return Point(year, month, 1, 0, 1, shift, found.end()) if found and month else None
    if bare and year is None and (found := pattern(_BARE_DAY).match(text, at)):
        day = read_integer(found[1]) or 0
        return Point(None, None, day, day, 1, 0, found.end()) if 1 <= day <= 31 else None
    if bare and year is None and (found := pattern(_BARE_PART).match(text, at)):
        first, last = PARTS[found[1]]
        return Point(None, None, first, last, 1, 0, found.end())
    if year is not None or shift or position > at:
        return Point(year, 1, 1, 31, 12, shift, position) if year or position > at else None
    return None


def _read_year(text: str, at: int) -> tuple[int | None, int, int]:
    if found := pattern(_YEAR).match(text, at):
        skip = 1 if text[found.end() : found.end() + 1] in {".", "-", "/"} else 0
        return read_year(found["year"]), 0, found.end() + skip
    if found := pattern(_RELATIVE).match(text, at):
        later = found["relative"] in {"次年", "翌年", "明年", "来年", "第二年", "下一年"}
        return None, int(later), found.end()
    return None, 0, at


def read_year(text: str) -> int | None:
    """Return 2025 for 2025 and 二〇二五."""
    digits = {"〇": "0", "零": "0", "○": "0", "o": "0", "O": "0"}
    digits |= {char: str(value) for value, char in enumerate("一二三四五六七八九", start=1)}
    plain = "".join(digits.get(char, char) for char in text)
    return int(plain) if plain.isdecimal() and len(plain) == 4 else None


def _month(text: str | None) -> int | None:
    if text in {"元", "正"}:
        return 1
    value = read_integer(text) if text else None
    return value if value and 1 <= value <= 12 else None


def _point(groups: dict[str, str | None], year: int | None, shift: int, end: int) -> Point | None:
    if groups.get("halfyear"):
        return Point(year, 1 if groups["halfyear"] == "上" else 7, 1, 0, 6, shift, end)
    if groups.get("quarter"):
        month = 3 * (read_integer(groups["quarter"] or "") or 1) - 2
        if groups.get("qpart") in {"末", "底"}:
            return Point(year, month + 2, 0, 0, 1, shift, end)
        return Point(year, month, 1, 0, 3, shift, end)
    if groups.get("yearpart"):
        part = groups["yearpart"] or ""
        month, months, first, last = YEAR_PARTS[part]
        return Point(year, month, first, last, months, shift, end, part in {"年初", "初", "年中"})
    printed = groups.get("month") or groups.get("month2") or groups.get("month3")
    value = _month(printed)
    if value is None:
        return None
    if day_text := groups.get("day") or groups.get("day2"):
        day = read_integer(day_text) or 0
        return Point(year, value, day, day, 1, shift, end) if 1 <= day <= 31 else None
    first, last = PARTS[groups.get("part")]
    return Point(year, value, first, last, 1, shift, end, groups.get("part") not in _EXACT)


def read_full_date(text: str) -> date | None:
    """Return the date that ``text`` (without white space) writes in full: 2024年4月22日, 2024-04-22."""
    point = read_point(text)
    if point is None or point.year is None or point.month is None or point.months > 1:
        return None
    day = point.start_on(point.year, point.month)
    return day if point.first == point.last and point.first else None


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, the last of the month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, longest))


def next_day(day: date) -> date:
    """Return the day after."""
    return day + timedelta(days=1)
