"""The days off that regulation fixes, year by year; their lunar days come from tyme4py (MIT).

Of the libraries that know the lunar calendar it is the one still kept by its makers that also has
the solar terms (清明); lunardate is GPL and has none. Over 1999 to 2099 it agrees with three others,
which were made independently of it (see tests/models/calendar/test_statutory.py for the published years).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from models.calendar.festivals import clear_and_bright, of_moon
from models.rules.bounds import LAST_DAY
from models.rules.calendar.arrangement import REGULATED_SINCE
from models.rules.calendar.days import days_after


@cache
def festival_days(year: int) -> Mapping[str, Sequence[date]]:
    """Return the days of each festival that are off in ``year`` by the regulation in force since 2025."""
    new_year = of_moon(year, 1, 1)
    return {
        "元旦": (date(year, 1, 1),),
        "春节": tuple(days_after(new_year, n) for n in range(-1, 3)),
        "清明节": (clear_and_bright(year),),
        "劳动节": (date(year, 5, 1), date(year, 5, 2)),
        "端午节": (of_moon(year, 5, 5),),
        "中秋节": (of_moon(year, 8, 15),),
        "国庆节": tuple(date(year, 10, n) for n in (1, 2, 3)),
    }


@cache
def fixed_days(year: int) -> Mapping[date, str]:
    """Return the festival of every day that is off by regulation; nothing for years before it.

    The library is imported here, not before: most years are known, and it takes 50 ms.
    """
    if not REGULATED_SINCE <= year <= LAST_DAY.year:
        return {}
    return {day: name for name, days in festival_days(year).items() for day in days}
