"""The bar of stages: days become hundredths, what overlaps stands apart, today is always on it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.window.stage_bar import WHOLE, StageBar, StageSpan, stage_bar

MARCH = date(2026, 3, 1)


def day(n: int) -> date:
    return MARCH + timedelta(days=n)


def test_stages_one_after_another_share_a_lane_and_fill_the_line():
    bar = stage_bar([StageSpan(1, day(0), day(24)), StageSpan(2, day(25), day(99))], day(25))

    assert [(one.left, one.width, one.lane) for one in bar.segments] == [(0, 25, 0), (25, 75, 0)]
    assert (bar.today, bar.outside, bar.lanes) == (25, False, 1)


def test_stages_that_overlap_stand_in_lanes_of_their_own():
    bar = stage_bar(
        [
            StageSpan(1, day(0), day(50)),
            StageSpan(2, day(50), day(99)),
            StageSpan(3, day(51), None),
        ],
        MARCH,
    )

    assert [one.lane for one in bar.segments] == [0, 1, 0]
    assert [one.open for one in bar.segments] == [False, False, True]


@pytest.mark.parametrize(
    ("today", "outside"),
    [
        (day(-120), False),  # near: the line begins today
        (day(-121), True),
        (day(9 + 120), False),
        (day(9 + 121), True),
    ],
)
def test_a_day_far_outside_the_plan_stands_at_the_edge_and_says_so(today, outside):
    bar = stage_bar([StageSpan(1, day(0), day(9))], today)

    assert bar.outside is outside
    assert 0 <= bar.today <= WHOLE


def test_a_plan_without_a_day_has_no_bar():
    assert stage_bar([StageSpan(1, None, None)], MARCH) == StageBar()


days = st.none() | st.integers(0, 900).map(day)


@given(st.lists(st.tuples(days, days), max_size=7), st.integers(-900, 1800).map(day))
def test_nothing_leaves_the_line_and_nothing_overlaps_in_a_lane(ends, today):
    bar = stage_bar([StageSpan(n, *one) for n, one in enumerate(ends)], today)

    assert 0 <= bar.today <= WHOLE
    taken: dict[int, float] = {}
    for one in sorted(bar.segments, key=lambda one: one.left):
        assert one.left >= taken.get(one.lane, 0) - 0.02
        assert one.width >= 0
        assert one.left + one.width <= WHOLE + 0.02
        taken[one.lane] = one.left + one.width
