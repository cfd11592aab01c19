"""Samples are as large as published tables say, and shared out without losing or inventing anybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.surveys.samples import sample_size, shared_out, to_be_listed


@pytest.mark.parametrize(
    ("population", "margin", "size"),
    [
        (0, 5, 0),
        (1, 5, 1),
        (10, 5, 10),  # Krejcie and Morgan 1970: 10
        (100, 5, 80),  # 80
        (1_000, 5, 278),  # 278
        (10_000, 5, 370),  # 370
        (100_000, 5, 383),  # their 384 is rounded from 382.9 by z² = 3.841
        (300_000, 5, 384),
        (300_000, 3, 1_064),
        (1_000_000_000, 5, 385),  # 384.1 without end, and never fewer than asked for
    ],
)
def test_a_sample_of_a_finite_population_is_as_large_as_the_published_tables_say(
    population, margin, size
):
    assert sample_size(population, margin) == size


def test_surer_or_nearer_takes_more_people():
    assert sample_size(300_000, 5, 99) > sample_size(300_000, 5, 95) > sample_size(300_000, 6, 95)


@pytest.mark.parametrize(
    ("populations", "total", "least", "shares"),
    [
        ([100, 100], 3, 0, [2, 1]),  # a tie goes to the earlier
        ([53, 24, 23], 7, 0, [4, 2, 1]),  # remainders 0.71, 0.68, 0.61
        ([990, 10], 100, 5, [95, 5]),  # the small one has its least, the other the rest
        ([3, 997], 100, 5, [3, 97]),  # nobody is asked twice
        ([10, 10], 4, 5, [5, 5]),  # the least is more than the total
        ([0, 10], 4, 5, [0, 5]),
        ([], 4, 5, []),
    ],
)
def test_a_sample_is_shared_by_the_largest_remainders_with_a_least_in_each(
    populations, total, least, shares
):
    assert shared_out(populations, total, least) == shares


@given(
    st.lists(st.integers(0, 5_000), min_size=1, max_size=12),
    st.integers(0, 3_000),
    st.integers(0, 60),
)
def test_shares_add_up_and_nobody_is_asked_twice(populations, total, least):
    shares = shared_out(populations, total, least)

    lower = [min(least, held) for held in populations]
    assert all(low <= n <= held for low, n, held in zip(lower, shares, populations, strict=True))
    assert sum(shares) == max(min(total, sum(populations)), sum(lower))


def test_a_list_is_twice_the_sample_or_everybody():
    assert (to_be_listed(80, 1_000, 2), to_be_listed(80, 100, 2)) == (160, 100)
