"""Points in time as documents write them: a day, a third of a month, a quarter, a festival, half a year."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from re import Match

from models.plan.reading.dates.points import Point
from models.plan.reading.dates.words import (
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
    day_of_month,
    festivals_in,
    last_year_of,
    read_year,
)
from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.patterns import pattern
from models.plan.vocabulary import Vocabulary, in_force

REMEMBERED = 4096  # texts and places of which the reading is kept

_N = "(?:\\d{1,2}|[{一}元正]{1,3})"
_DAY = r"\d{1,2}|[{一}廿卅]{1,3}"
# What a year of two figures stands before, 27年第四季度: 30年 alone is how long.
OF_SHORT_YEAR = r"(?=\d{1,2}月|第?[{四}1-4]季度|[上下]半年)"
_YEAR = (
    r"(?P<year>(?:19|20)\d{2}|[一二]{〇}{3})(?:年度?|(?=[.\-/]\d{1,2}(?!\d))|(?=[—至到]{1,2}(?:19|20)\d{2}年))"
    rf"|(?<!\d)(?P<short>[2-4]\d)年{OF_SHORT_YEAR}"
    rf"|(?P<relative>{'|'.join(RELATIVE)})度?"
)


@dataclass(frozen=True, slots=True)
class _Year:
    """What is printed of the year in front of a point, and the offset behind it."""

    value: int | None
    shift: int
    end: int
    printed: bool = True
    named: bool = False
    of_issue: bool = False

    def point(
        self, end: int, month: int | None, days: tuple[int, int] = (1, 0), **rest: object
    ) -> Point:
        """Return the point of ``month`` of this year whose words reach to ``end``."""
        return Point(
            self.value,
            month,
            *days,
            shift=self.shift,
            end=end,
            named=self.named,
            of_issue=self.of_issue,
            **rest,  # type: ignore[arg-type]
        )


def _read_year(text: str, at: int) -> _Year:
    found = pattern(_YEAR).match(text, at)
    if found is None:
        return _Year(None, 0, at, printed=False)
    if word := found["relative"]:
        shift, of_issue = RELATIVE[word]
        return _Year(None, shift, found.end(), named=True, of_issue=of_issue)
    if found["short"]:
        return _Year(2000 + int(found["short"]), 0, found.end())
    bare = found[0][-1] not in "年度"
    skip = 1 if bare and pattern(r"[.\-/](?!\d{4}年)").match(text, found.end()) else 0
    return _Year(read_year(found["year"]), 0, found.end() + skip)


def _half(found: Match[str], year: _Year) -> Point:
    first = 1 if found["half"] == "上" else 7
    if found["part"]:
        return year.point(found.end(), first, PARTS["初"], fuzzy=VAGUE)
    return year.point(found.end(), first, months=6)


def _quarter(found: Match[str], year: _Year) -> Point:
    month = 3 * (read_integer(found["quarter"]) or 1) - 2
    if (part := found["part"]) in QUARTER_PARTS:
        later, days, fuzzy = QUARTER_PARTS[part]
        return year.point(found.end(), month + later, days, fuzzy=fuzzy)
    return year.point(found.end(), month, months=3)


def _first_quarters(found: Match[str], year: _Year) -> Point:
    return year.point(found.end(), 1, months=9 if found[1] == "三" else 6)


def _day(found: Match[str], year: _Year) -> Point | None:
    day = day_of_month(found["day"])
    return _in_month(found, year, (day or -1, day or -1))


def _dotted_day(found: Match[str], year: _Year) -> Point | None:
    day = day_of_month(found["day"])
    month = _month(found["month"])
    return year.point(found.end(), month, (day, day)) if month and 1 <= day <= 31 else None


def _part_of_month(found: Match[str], year: _Year) -> Point | None:
    part = found["part"]
    return _in_month(found, year, PARTS[part], fuzzy="" if part in EXACT else VAGUE)


def _in_month(
    found: Match[str], year: _Year, days: tuple[int, int], fuzzy: str = ""
) -> Point | None:
    if month := _month(found["month"]):
        return year.point(found.end(), month, days, fuzzy=fuzzy)
    if found["month"] == "正":
        fault = "正月是农历的月份，请写明公历日期"
    elif (number := read_integer(found["month"])) is None:
        return None
    else:
        fault = f"没有{number}月{'，可能是12月或次年1月' if number == 13 else ''}"
    return Point(year.value, None, end=found.end(), fault=fault)


def _part_of_year(found: Match[str], year: _Year) -> Point | None:
    part = found[1]
    if part in OF_A_NAMED_YEAR and not year.printed:
        return None
    month, months, *days = YEAR_PARTS[part]
    fuzzy = VAGUE if part in VAGUE_PARTS else ""
    return year.point(found.end(), month, (days[0], days[1]), months=months, fuzzy=fuzzy)


def _festivals(found: Match[str], year: _Year) -> Point:
    return year.point(found.end(), 1, (1, 1), festivals=festivals_in(found["festivals"]))


def _five_years(found: Match[str], year: _Year) -> Point:
    kind = "economic" if found["economic"] else "publicity"
    final, end = last_year_of(kind, read_integer(found[kind]) or 0), found.end()
    if found["first"]:
        return Point(final - 4, 12, 31, 31, end=end)
    if found["opening"]:
        return Point(final - 4, 1, 1, 0, 12, end=end)
    if found["close"]:
        return Point(final, 12, 31, 31, end=end)
    return Point(final - 4, 1, 1, 0, 60, end=end)


def _month_of_range(found: Match[str], year: _Year) -> Point | None:
    month = _month(found[1])
    return year.point(found.end(), month) if month else None


def _month_behind_a_dot(found: Match[str], year: _Year) -> Point | None:
    return _month_of_range(found, year) if year.printed else None


_MONTH_OF_RANGE = r"(\d{1,2})(?=[—至到]{1,2}\d{1,2}月)"  # 3—5月
_QUARTER_OF_RANGE = (
    r"第?(?P<quarter>[{四}1-4])(?P<part>)(?=[—至到]{1,2}第?[{四}1-4]季度)"  # 二至三季度
)
# One point in time and how it is read. Longer forms first; examples beside.
FORMS: tuple[tuple[str, Callable[[Match[str], _Year], Point | None]], ...] = (
    (r"(?P<half>[上下])半年(?P<part>初(?!步))?", _half),  # 上半年, 下半年初
    (
        r"第?(?P<quarter>[{四}1-4])季度(?P<part>首月|末月|尾月|末|底|初(?!步)|中期?(?=前|$|[，。；、）至到—]|完成))?",
        _quarter,  # 第四季度, 一季度末
    ),
    (r"前([二两三])个?季度", _first_quarters),  # 前三季度
    (
        rf"(?P<month>{_N})月份?(?P<day>{_DAY})(?:[日号]|(?=[至到—前，。；）]|[之以]前|完成|$))",
        _day,  # 3月1日
    ),
    (
        r"(?P<month>\d{1,2})[.\-/](?P<day>\d{1,2})(?:日|号)?(?:(?![\d月])|(?=\d\d：\d\d))",
        _dotted_day,  # 3.1
    ),
    (
        rf"(?P<month>{_N})月份?(?P<part>中下旬|上中旬|上旬|中旬|下旬|上半月|下半月|初(?!步)|底|末|中(?![旬小央心共层医]))?",
        _part_of_month,  # 6月底
    ),
    (
        r"(年底|年末|年终|年内|底|末|内|年初(?!步)|初(?!步)|年中|中(?=前|$|[，。；、）])|全年|岁末)",
        _part_of_year,  # 2024年底
    ),
    (FESTIVALS, _festivals),  # 国庆节
    (FIVE_YEARS, _five_years),  # “十四五”末
    (r"(?<=[.\-/])(\d{1,2})(?![\d.])", _month_behind_a_dot),  # 2025.6
)
_BARE_DAY = rf"({_DAY})[日号]"  # …至15日
_BARE_PART = r"(上旬|中旬|下旬|月底|月末|月初|月中)"  # …至下旬


def read_point(text: str, at: int = 0, *, bare: bool = False) -> Point | None:
    """Read the point in time that begins at ``at``; ``bare`` allows a day without its month (…至15日).

    2024年3月1日; 3月上旬; 2024年底; 上半年; 第四季度; 次年3月31日; 二〇二五年三月六日; 2024.3.1; 国庆节;
    “十四五”末. A day or month that no year has is a point with a ``fault`` or that is ``lacking``.
    """
    return _read_point(text, at, bare, in_force())


@lru_cache(maxsize=REMEMBERED)
def _read_point(text: str, at: int, bare: bool, words: Vocabulary) -> Point | None:
    year = _read_year(text, at)
    if found := pattern(_MONTH_OF_RANGE).match(text, year.end):
        return _month_of_range(found, year)
    dotted = year.printed and text[year.end - 1] in ".-/"  # 2026.4至四季度 is no quarter 4
    if not dotted and (found := pattern(_QUARTER_OF_RANGE).match(text, year.end)):
        return _quarter(found, year)
    for form, point_of in FORMS:
        found = pattern(form).match(text, year.end)
        if found and (point := point_of(found, year)):
            return point
    if year.printed:
        return year.point(year.end, 1, (1, 31), months=12)
    if bare and (found := pattern(_BARE_DAY).match(text, at)):
        day = day_of_month(found[1])
        return Point(None, None, day, day, end=found.end()) if day else None
    if bare and (found := pattern(_BARE_PART).match(text, at)):
        return Point(None, None, *PARTS[found[1]], end=found.end())
    return None


def _month(text: str) -> int | None:
    value = 1 if text == "元" else read_integer(text)
    return value if value and 1 <= value <= 12 else None


def read_full_date(text: str) -> date | None:
    """Return the date that ``text`` (without white space) writes in full: 2024年4月22日, 2024-04-22."""
    point = read_point(text)
    if point is None or point.year is None or point.month is None or point.months > 1:
        return None
    day = point.start_on(point.year, point.month)
    return day if point.first == point.last and point.first and not point.festivals else None
