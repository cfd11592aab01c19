"""When recurring duties fall due."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar.duties import occurrences

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("freq", "day", "months", "first_dues"),
    [
        ("monthly", 28, [], ["2025-01-28", "2025-02-28"]),
        ("monthly", 31, [], ["2025-01-31", "2025-02-28"]),  # a short month ends earlier
        ("monthly", -1, [], ["2025-01-31", "2025-02-28"]),  # 月底前
        ("monthly", None, [], ["2025-01-31", "2025-02-28"]),  # no day: by the end of the month
        ("quarterly", 25, [], ["2025-03-25", "2025-06-25"]),  # 每季度末月25日前
        ("semiannual", None, [], ["2025-06-30", "2025-12-31"]),
        ("yearly", None, [], ["2025-12-31"]),
        ("yearly", 15, [9], ["2025-09-15"]),  # 每年9月15日前
        ("weekly", 5, [], ["2025-01-03", "2025-01-10"]),
        ("weekly", None, [], ["2025-01-03", "2025-01-10"]),  # no day: by Friday
        ("biweekly", 1, [], ["2025-01-06", "2025-01-20"]),
        ("ten_day", None, [], ["2025-01-10", "2025-01-20"]),
        ("semimonthly", None, [], ["2025-01-15", "2025-01-31"]),
        ("daily", None, [], ["2025-01-31", "2025-02-28"]),  # looked at once a month
    ],
)
def test_a_duty_falls_due_on_its_days(freq, day, months, first_dues):
    found = [o.due.isoformat() for o in occurrences(freq, day, months, *YEAR)]

    assert found[: len(first_dues)] == first_dues


@given(
    st.sampled_from(["weekly", "biweekly", "ten_day", "semimonthly", "monthly", "quarterly"]),
    st.none() | st.integers(1, 7),
    st.dates(date(2025, 1, 1), date(2026, 1, 1)),
    st.integers(0, 400),
)
def test_occurrences_are_in_order_without_repeats_and_within_the_days_asked_for(
    freq, day, first, length
):
    last = first.fromordinal(first.toordinal() + length)
    found = occurrences(freq, day, [], first, last)

    assert [o.due for o in found] == sorted({o.due for o in found})
    assert all(first <= o.due <= last and o.begin <= o.due for o in found)
