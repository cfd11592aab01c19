"""Days that are called by name, beside the published holidays and what was printed of other years."""

from datetime import date, timedelta

import pytest

from models.calendar.festivals import NAMES, festival_day
from models.calendar.statutory import festival_days
from models.rules.bounds import FIRST_DAY, LAST_DAY


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("春节", date(1990, 1, 27)),
        ("春节", date(2026, 2, 17)),
        ("春节", date(2027, 2, 6)),
        ("除夕", date(2027, 2, 5)),
        ("元宵", date(2027, 2, 20)),
        ("清明", date(2026, 4, 5)),
        ("端午", date(2026, 6, 19)),
        ("中秋", date(2026, 9, 25)),
        ("重阳", date(2026, 10, 18)),
        ("中秋", date(2033, 9, 8)),  # before the leap month of 2033
        ("春节", date(2099, 1, 21)),
        ("国庆", date(2026, 10, 1)),
        ("国家宪法日", date(2026, 12, 4)),
    ],
)
def test_a_festival_falls_on_its_day(name, day):
    assert festival_day(name, day.year) == day


@pytest.mark.parametrize("name", NAMES)
def test_every_festival_has_one_day_in_every_year_of_a_campaign_and_none_outside(name):
    for year in range(FIRST_DAY.year, LAST_DAY.year + 1):
        assert festival_day(name, year).year == year
    assert festival_day(name, FIRST_DAY.year - 1) is festival_day(name, LAST_DAY.year + 1) is None


@pytest.mark.parametrize("year", range(2025, 2100))
def test_the_days_off_begin_with_the_day_of_the_name(year):
    off = festival_days(year)

    for name, days in off.items():
        first = festival_day(name.removesuffix("节") if name != "春节" else name, year)
        assert days[0] == (first - timedelta(days=1) if name == "春节" else first)
