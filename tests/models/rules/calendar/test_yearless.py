"""Days without a year: what they can be, and that only one of them is certain."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar.yearless import Span, days_within, number_short, written_short

YEAR = Span(date(2024, 9, 1), date(2025, 7, 1), "")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("3月5日", [(None, 3, 5)]),
        ("3月5号", [(None, 3, 5)]),
        (" ３ 月 ５ 日 ", [(None, 3, 5)]),
        ("3-5", [(None, 3, 5)]),
        ("3.5", [(None, 3, 5)]),
        ("03/05", [(None, 3, 5)]),
        ("3.10", [(None, 3, 10)]),  # as text it says what was typed
        ("2月29日", [(None, 2, 29)]),  # some year has it
        ("25.3.5", [(2025, 3, 5)]),
        ("25年3月5日", [(2025, 3, 5)]),
        ("2月30日", []),
        ("13-5", []),
        ("05/03/25", []),  # nobody knows which of them is the year
        ("3月", []),
        ("3月上旬", []),
        ("2025-03-05", []),  # has its year
        ("", []),
        ("3月5日" * 9, []),
    ],
)
def test_a_day_is_seen_to_lack_its_year(text, written):
    assert written_short(text) == written


@pytest.mark.parametrize(
    ("number", "days"),
    [
        (3.5, [(3, 5)]),  # 50 March is no day
        (3.1, [(3, 1), (3, 10)]),  # a spreadsheet drops the 0 of 3.10
        (3.3, [(3, 3), (3, 30)]),
        (2.3, [(2, 3)]),  # 30 February is no day
        (3.05, [(3, 5)]),
        (12.31, [(12, 31)]),
        (13.1, []),
        (3.0, []),
        (3.125, []),
        (-3.5, []),
    ],
)
def test_a_number_is_every_day_that_can_have_been_typed(number, days):
    assert [one[1:] for one in number_short(number)] == days


@pytest.mark.parametrize(
    ("month", "day", "span", "found"),
    [
        (3, 5, YEAR, [date(2025, 3, 5)]),
        (9, 1, YEAR, [date(2024, 9, 1)]),  # its first day
        (7, 1, YEAR, [date(2025, 7, 1)]),  # its last day
        (7, 2, YEAR, []),
        (8, 31, YEAR, []),
        (3, 5, Span(date(2024, 3, 5), date(2025, 3, 5), ""), [date(2024, 3, 5), date(2025, 3, 5)]),
        (2, 29, Span(date(2023, 1, 1), date(2025, 12, 31), ""), [date(2024, 2, 29)]),
        (3, 5, Span(None, date(2025, 7, 1), ""), []),
    ],
)
def test_a_day_is_looked_for_in_every_year_of_a_span(month, day, span, found):
    assert days_within([(None, month, day)], span) == found


@given(st.text(max_size=30), st.floats(), st.dates(), st.dates())
def test_whatever_is_written_no_day_outside_the_span_is_found(text, number, first, last):
    span = Span(first, last, "")
    written = [*written_short(text), *number_short(number)]

    assert all(first <= day <= last for day in days_within(written, span))
