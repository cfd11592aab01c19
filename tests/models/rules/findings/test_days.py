"""What has slipped, what was broken, what is overdue."""

from datetime import date

import pytest

from models.rules.findings.days import PromisedDays, days_in_words, watch_until

TODAY = date(2025, 7, 10)


def day(n):
    return date(2025, 7, n)


@pytest.mark.parametrize(
    ("days", "overdue", "slipped", "broken"),
    [
        (PromisedDays(), False, False, False),
        (PromisedDays(day(10), day(10)), False, False, False),  # due today
        (PromisedDays(day(9), day(9)), True, False, False),
        (PromisedDays(day(9), day(9), done_on=day(9)), False, False, False),
        (PromisedDays(day(12), day(12), day(10), day(10)), False, False, False),  # promised today
        (PromisedDays(day(12), day(12), day(9), day(9)), False, False, True),
        (PromisedDays(day(20), day(20), day(15), day(12)), False, True, False),  # put off
        (PromisedDays(day(20), day(20), day(12), day(15)), False, False, False),  # drawn forward
        (PromisedDays(day(12), day(12), day(15), day(15)), False, True, False),  # beyond its day
        (PromisedDays(day(5), day(5), day(5), day(5), done_on=day(6)), False, False, True),
    ],
)
def test_a_promise_stands_apart_from_the_due_day(days, overdue, slipped, broken):
    assert days.is_overdue(TODAY) is overdue
    assert days.has_slipped is slipped
    assert days.is_broken(TODAY) is broken


def test_a_day_that_was_moved_is_told_with_the_first_one():
    days = PromisedDays(day(8), day(4), day(9), day(9))

    assert days_in_words(days, TODAY) == [
        "原定 2025-07-04",
        "已逾期",
        "承诺 2025-07-09",
        "承诺未兑现",
    ]


def test_a_watch_of_a_day_ends_the_day_after():
    assert watch_until(day(1), 14) == day(15)
