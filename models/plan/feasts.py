"""A festival named beside a day: 10月1日国庆节前, and the day that is meant by before."""

from datetime import date

from models.calendar.festivals import festival_day
from models.plan.date_words import festivals_in
from models.plan.dates import day_in_words
from models.plan.patterns import quoted
from models.plan.resolving import day_before

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
