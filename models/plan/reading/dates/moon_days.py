"""Days of the moon's calendar: 农历八月十五前, 农历腊月底, 农历年底前; always to be looked at."""

from datetime import date

from models.calendar.festivals import EVE, festival_day, of_moon
from models.plan.reading.dates.date_words import BEFORE
from models.plan.reading.dates.dates import day_in_words, read_year
from models.plan.reading.dates.period import Period
from models.plan.reading.dates.resolving import Context
from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.patterns import pattern, quoted
from models.rules.bounds import FIRST_DAY, LAST_DAY

MONTHS = {"正": 1, "冬": 11, "腊": 12}
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
    month = MONTHS.get(printed) or read_integer(printed) or 0
    if not 1 <= month <= 12:
        return None, None
    if said["day"]:
        day = _day(year, month, said["day"])
        return day, day
    last = _moon(year, month, 30) or _moon(year, month, 29)
    return (last if said["part"] else _moon(year, month, 1)), last


def _day(year: int, month: int, printed: str) -> date | None:
    written = printed.removeprefix("初").replace("廿", "二十").replace("卅", "三十")
    return _moon(year, month, read_integer(written) or 0)


def _moon(year: int, month: int, day: int) -> date | None:
    try:
        return of_moon(year, month, day)
    except ValueError:  # a month of 29 days
        return None
