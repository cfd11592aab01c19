"""The days that regulation fixes, beside what was published: every one of them was a day off."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from models.calendar.calendar import _published
from models.calendar.statutory import festival_days, fixed_days

# What the regulation of the time gave less than today's: 除夕 from 2008 to 2013 and since 2025 only.
BEFORE_2025 = {"春节": slice(1, 4), "劳动节": slice(0, 1)}
BEFORE_2014 = {"春节": slice(0, 3), "劳动节": slice(0, 1)}


@pytest.mark.parametrize("year", range(2008, 2027))
def test_what_regulation_fixes_was_off_in_every_published_year(year):
    cut = {} if year >= 2025 else BEFORE_2025 if year >= 2014 else BEFORE_2014
    days = [
        day
        for name, fixed in festival_days(year).items()
        for day in fixed[cut.get(name, slice(None))]
    ]

    assert len(days) == (13 if year >= 2025 else 11)
    assert [day for day in days if chinese_calendar.is_workday(day)] == []


def test_the_festivals_of_the_moon_and_the_sun_fall_on_their_days():
    found = festival_days(2027)

    assert found["春节"] == tuple(date(2027, 2, day) for day in (5, 6, 7, 8))  # from 除夕 on
    assert found["清明节"] == (date(2027, 4, 5),)
    assert found["端午节"] == (date(2027, 6, 9),)
    assert found["中秋节"] == (date(2027, 9, 15),)
    assert festival_days(2028)["春节"][0] == date(2028, 1, 25)


def test_a_new_years_eve_may_lie_in_january_and_a_leap_month_moves_nothing():
    assert festival_days(2033)["中秋节"] == (date(2033, 9, 8),)  # before the leap month of 2033
    assert fixed_days(2024) == {}  # another regulation then, and its years are all published


@pytest.mark.parametrize(
    ("after", "until", "count"),
    [
        (date(2026, 12, 30), date(2027, 1, 4), 2),  # 31 December and 4 January; the 1st is a Friday
        (date(2027, 2, 4), date(2027, 2, 9), 1),  # 除夕 to 初三 off, whatever is swapped
        (date(2027, 9, 30), date(2027, 10, 4), 1),
    ],
)
def test_counting_over_the_turn_of_the_year_leaves_out_the_fixed_days(after, until, count):
    assert _published().count(after, until) == count


def test_no_published_year_is_reckoned_by_regulation():
    calendar = _published()

    assert calendar.known_years == frozenset(range(2004, 2027))
    assert calendar.is_workday(date(2020, 1, 24)) is False  # 除夕 2020 as published
    assert calendar.unknown_years(date(2026, 12, 31), date(2028, 1, 1)) == [2027, 2028]
    day = date(2025, 1, 1)
    while day.year < 2027:
        assert calendar.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)
