"""Festivals beside a day, 10月1日国庆节前, and days of the moon's calendar, 农历八月十五前: which day is meant."""

import re
from datetime import date

from models.calendar.festivals import EVE, festival_day, of_moon
from models.plan.reading.dates.ends import Period
from models.plan.reading.dates.points import DAY, Context, Point, day_in_words
from models.plan.reading.dates.words import BEFORE, FESTIVALS, day_of_month, festivals_in, read_year
from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.patterns import pattern, quoted
from models.rules.bounds import FIRST_DAY, LAST_DAY

# Days on which nobody works: 全国年节及纪念日放假办法第二条; 国家宪法日 is a working day.
HOLIDAYS = {"元旦", "春节", "除夕", "清明", "劳动", "五一", "端午", "中秋", "国庆", "十一"}


def _feasts(words: str, year: int) -> list[date]:
    return [feast for name in festivals_in(words) if (feast := festival_day(name, year))]


def _before_the_feast(day: date, words: str) -> tuple[date, str]:
    """Return the day that is meant by ``day`` with a festival beside it and 前, and why it is doubtful.

    12月4日国家宪法日前 is the day itself, 10月1日国庆节前 the day before; one that is not on its own day
    (9月10日国庆节前) is doubted.
    """
    feasts = _feasts(words, day.year)
    if feasts and day not in feasts:
        return day, f"{quoted(words)}是{day_in_words(feasts[0])}，按{day_in_words(day)}读，请核对"
    if not feasts or not HOLIDAYS.intersection(festivals_in(words)):
        return day, ""
    eve = day - DAY
    return eve, f"{quoted(words)}前按节前一天{day_in_words(eve)}读，也可能是{day_in_words(day)}"


def feast_beside(day: date, text: str, at: int) -> tuple[int, str]:
    """Read the festival at ``at`` behind ``day``, 12月4日国家宪法日: the offset behind it, and a doubt.

    It is doubted where the festival is on another day; without one the offset is ``at``.
    """
    found = pattern(rf"（?{FESTIVALS}）?").match(text, at)
    if found is None:
        return at, ""
    same = day in _feasts(found[0], day.year)
    return found.end(), "" if same else _before_the_feast(day, found[0])[1]


def of_feasts(words: str, day: date | None, text: str, at: int) -> tuple[str, date | None]:
    """Return why a period that begins with festivals is doubtful, and its first day: the next behind 后."""
    if day and pattern(r"以后|之后|后").match(text, at):
        return f"{quoted(words)}只写了节日，从次日读起", day + DAY
    return f"{quoted(words)}只写了节日，按当天读", day


def _of_several_days(words: str, day: date) -> str:
    """Return that ``words`` name festivals of different days, of which ``day`` is the first: 中秋、国庆."""
    feasts = _feasts(words, day.year)
    if len(set(feasts)) < 2:
        return ""
    return f"{quoted(words)}是几个日子，按最早的一个（{day_in_words(min(feasts))}）读，请核对"


def at_the_latest(
    words: str,
    before: re.Match[str],
    point: Point,
    days: tuple[date | None, date | None],
    context: Context,
) -> tuple[date | None, str | None]:
    """Return the day that ``words``, a point with 前, mean at the latest, and why it is doubtful."""
    start, last = days
    if last is None:
        return None, None
    if point.festivals:
        named = words.removesuffix(before[0])
        return last - DAY, _of_several_days(named, last) or None
    if beside := before["beside"]:
        last, why = _before_the_feast(last, beside)
        half_read = f"{quoted(words)}没有读全，按{day_in_words(last)}读，请核对"
        within = point.first != point.last  # 5月第一个工作日前
        return last, why or (half_read if within else None)
    if start and point.months in {3, 6, 12, 60} and point.end == before.start():
        eve = start - DAY
        if not (context.issued and eve < context.issued):  # else only its end is to come: 三季度前
            read = day_in_words(last)
            return last, f"{quoted(words)}按{read}读，也可能是{day_in_words(eve)}，请核对"
    return last, None


MOON_MONTHS = {"正": 1, "冬": 11, "腊": 12}
MOON = (
    r"(?:(?P<year>(?:19|20)\d{2}|[一二]{〇}{3})年|(?P<next>[明次]年))?(?:农历|阴历)"
    r"(?:(?P<month>[正冬腊]|\d{1,2}|{一}{1,2})月(?P<day>\d{1,2}|初?[{一}廿卅]{1,3})?[日号]?(?P<part>底|末)?"
    r"|(?P<close>年[底末]|岁末))"
)


def read_moon_day(text: str, context: Context, at: int) -> Period | None:
    """Read a day or month of the moon; the first that ends on or after the issue where no year says which.

    It is always ``fuzzy``: many write 农历 where they mean the festival, and some where they do not.
    """
    found = pattern(rf"(?:自|从|由|于)?{MOON}").match(text, at)
    if found is None:
        return None
    before = pattern(BEFORE).match(text, found.end())
    stop = before.end() if before else found.end()
    start, end = _days(found.groupdict(), context)
    read = f"按公历{day_in_words(end)}读，请核对" if end else "没有读出，请写明公历日期"
    why = f"{quoted(text[at:stop])}写着“农历”，{read}"
    return Period(None if before else start, end, False, text[at:stop], stop, why)


def _days(said: dict[str, str | None], context: Context) -> tuple[date | None, date | None]:
    year, known = said["year"] and read_year(said["year"]), context.known_year
    if year is None and known is None:
        return None, None
    first = year or (known or 0) + (1 if said["next"] else 0)
    for moon_year in [first] if year or said["next"] else [first - 1, first, first + 1]:
        start, end = _in_year(said, moon_year)
        if end and (year or context.issued is None or end >= context.issued):
            return start, end
    return None, None


def _in_year(said: dict[str, str | None], year: int) -> tuple[date | None, date | None]:
    if not FIRST_DAY.year <= year < LAST_DAY.year:
        return None, None
    if said["close"]:
        eve = festival_day(EVE, year + 1)
        return eve, eve
    printed = said["month"] or ""
    month = MOON_MONTHS.get(printed) or read_integer(printed) or 0
    if not 1 <= month <= 12:
        return None, None
    if said["day"]:
        day = _moon(year, month, day_of_month(said["day"].removeprefix("初")))
        return day, day
    last = _moon(year, month, 30) or _moon(year, month, 29)
    return (last if said["part"] else _moon(year, month, 1)), last


def _moon(year: int, month: int, day: int) -> date | None:
    try:
        return of_moon(year, month, day)
    except ValueError:  # a month of 29 days
        return None
