"""A festival named beside a day: 10月1日国庆节前, and the day that is meant by before."""

from dataclasses import dataclass
from datetime import date

from models.calendar.festivals import festival_day
from models.plan.reading.dates.date_words import FESTIVALS, festivals_in
from models.plan.reading.dates.dates import day_in_words, next_day
from models.plan.reading.dates.resolving import day_before
from models.plan.reading.text.patterns import pattern, quoted

# Days on which nobody works: 全国年节及纪念日放假办法第二条; 国家宪法日 is a working day.
HOLIDAYS = {"元旦", "春节", "除夕", "清明", "劳动", "五一", "端午", "中秋", "国庆", "十一"}


def before_the_feast(day: date, words: str) -> tuple[date, str]:
    """Return the day that is meant by ``day`` with a festival beside it and 前, and why it is doubtful.

    12月4日国家宪法日前 is the day itself, 10月1日国庆节前 the day before; one that is not on its own day
    (9月10日国庆节前) is doubted.
    """
    names = festivals_in(words)
    feasts = [feast for name in names if (feast := festival_day(name, day.year))]
    if not feasts:
        return day, ""
    if day not in feasts:
        return day, f"{quoted(words)}是{day_in_words(feasts[0])}，按{day_in_words(day)}读，请核对"
    if not HOLIDAYS.intersection(names):
        return day, ""
    eve = day_before(day)
    return eve, f"{quoted(words)}前按节前一天{day_in_words(eve)}读，也可能是{day_in_words(day)}"


@dataclass(frozen=True, slots=True)
class Beside:
    """A festival behind a day: the offset behind it, and why it makes the day doubtful."""

    end: int
    why: str


def feast_beside(day: date, text: str, at: int) -> Beside | None:
    """Read the festival at ``at`` behind ``day``: 12月4日国家宪法日; doubted where it is on another day."""
    found = pattern(rf"(?:（)?{FESTIVALS}(?:）)?").match(text, at)
    if found is None:
        return None
    feasts = [festival_day(name, day.year) for name in festivals_in(found[0])]
    if day in feasts:
        return Beside(found.end(), "")
    return Beside(found.end(), before_the_feast(day, found[0])[1])


AFTER = r"以后|之后|后"


def of_feasts(words: str, day: date | None, text: str, at: int) -> tuple[str, date | None]:
    """Return why a period that begins with festivals is doubtful, and its first day: the next behind 后."""
    if day and pattern(AFTER).match(text, at):
        return f"{quoted(words)}只写了节日，从次日读起", next_day(day)
    return f"{quoted(words)}只写了节日，按当天读", day


def before_it_begins(words: str, first: date, last: date, issued: date | None) -> str:
    """Return that a quarter, a year or the like with 前 may mean its end or the day before it: 三季度前.

    Empty where it has begun when the document is issued: only its end is to come.
    """
    eve = day_before(first)
    if issued and eve < issued:
        return ""
    return f"{quoted(words)}按{day_in_words(last)}读，也可能是{day_in_words(eve)}，请核对"


def part_of_a_span(words: str, last: date) -> str:
    """Return that ``words`` name a day within a month or quarter that is not read: 5月第一个工作日前."""
    return f"{quoted(words)}没有读全，按{day_in_words(last)}读，请核对"


def of_several_days(words: str, day: date) -> str:
    """Return that ``words`` name festivals of different days, of which ``day`` is the first: 中秋、国庆."""
    feasts = [feast for name in festivals_in(words) if (feast := festival_day(name, day.year))]
    if len(set(feasts)) < 2:
        return ""
    return f"{quoted(words)}是几个日子，按最早的一个（{day_in_words(min(feasts))}）读，请核对"
