"""Slogans rotate by the week, and nothing is drawn by lot."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.rules.publicity.rotation import rotation, slogan_shown, week_begins

DAYS = st.dates(date(2020, 1, 1), date(2090, 1, 1))
SLOGANS = st.integers(1, 60)


@given(SLOGANS, st.integers(0, 200), DAYS)
def test_a_week_shows_the_same_from_monday_to_sunday(slogans, venue, day):
    monday = week_begins(day)
    shown = {slogan_shown(slogans, venue, monday + timedelta(days=n)) for n in range(7)}

    assert len(shown) == 1


@given(SLOGANS, st.integers(0, 200), DAYS)
def test_each_venue_shows_every_slogan_once_in_as_many_weeks(slogans, venue, day):
    shown = [slogan_shown(slogans, venue, day + timedelta(weeks=n)) for n in range(slogans)]

    assert sorted(shown) == list(range(slogans))


@given(st.integers(2, 60), st.integers(0, 200), DAYS)
def test_neighbours_show_different_slogans(slogans, venue, day):
    assert slogan_shown(slogans, venue, day) != slogan_shown(slogans, venue + 1, day)


def test_the_list_goes_week_by_week_in_the_order_of_venues():
    found = list(rotation(2, 5, date(2026, 7, 22), 2))

    assert [(one.monday, one.venue) for one in found] == [
        (date(2026, 7, 20), 0),
        (date(2026, 7, 20), 1),
        (date(2026, 7, 27), 0),
        (date(2026, 7, 27), 1),
    ]
