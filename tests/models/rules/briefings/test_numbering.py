"""Numbers of issues: without gaps, never twice, whatever is withdrawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.briefings.numbering import (
    Numbering,
    issue_in_words,
    next_issue,
    numbering_fault,
    series_in,
)


@given(st.lists(st.integers(2024, 2028), max_size=30), st.booleans(), st.integers(1, 40))
def test_the_numbers_of_a_series_are_a_row_without_gaps(years, yearly, starts_at):
    numbering = Numbering(yearly, starts_at)
    given_: dict[int, list[int]] = {}
    for year in sorted(years):
        series = series_in(year, numbering)
        taken = given_.get(series, [])
        number = next_issue(taken, numbering, first_ever=not given_)
        given_.setdefault(series, []).append(number)

    for n, numbers in enumerate(given_.values()):
        first = starts_at if n == 0 else 1
        assert numbers == list(range(first, first + len(numbers)))


@pytest.mark.parametrize(
    ("series", "number", "said"), [(0, 7, "第 7 期"), (2026, 7, "2026 年第 7 期")]
)
def test_an_issue_is_called_by_its_number(series, number, said):
    assert issue_in_words(series, number) == said


RUNNING, YEARLY = Numbering(), Numbering(yearly=True)


@pytest.mark.parametrize(
    ("old", "new", "series", "said"),
    [
        (RUNNING, YEARLY, [], ""),  # nothing is out yet
        (RUNNING, Numbering(starts_at=19), [], ""),
        (RUNNING, RUNNING, [0], ""),
        (RUNNING, Numbering(starts_at=19), [0], "起始期号"),
        (RUNNING, YEARLY, [0], "不能改成按年编号"),
        (YEARLY, RUNNING, [2025], "不能改成连续编号"),
    ],
)
def test_nothing_that_is_out_comes_to_bear_a_number_twice(old, new, series, said):
    fault = numbering_fault(old, new, series, 2026)

    assert said in fault and bool(fault) == bool(said)
