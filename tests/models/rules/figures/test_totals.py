"""Totals of scores never hide what is not scored yet."""

from decimal import Decimal

import pytest

from models.rules.figures.totals import total_of


def items(*pairs):
    made = [tuple(None if n is None else Decimal(str(n)) for n in pair) for pair in pairs]
    return total_of(made).words


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ((), "还没有指标"),
        (((2.5, 2), (3.5, None)), "得 2 分，已评 1 项，1 项还没有评，满分 6"),
        (((2.5, 2.5), (3.5, 3)), "得 5.5 分，已评 2 项，全部评完，满分 6"),
        (((2.5, None),), "得 0 分，已评 0 项，1 项还没有评，满分 2.5"),
        (((2.5, 0),), "得 0 分，已评 1 项，全部评完，满分 2.5"),  # a zero is a score
        (((None, None), (None, None)), "已评 0 项，2 项还没有评；没有分值，不计总分"),
        (
            ((None, 1), (None, 0.5), (None, None)),
            "已评 2 项（其中达到 1 项、基本达到 1 项、没有达到 0 项），1 项还没有评；没有分值，不计总分",
        ),
        (
            ((15, 12), (None, 1), (None, None)),  # a share on the first level, leaves beside it
            "得 12 分，已评 2 项（其中达到 1 项、基本达到 0 项、没有达到 0 项），1 项还没有评，满分 15",
        ),
    ],
)
def test_a_total_says_what_is_in_it_and_what_is_not(pairs, words):
    assert items(*pairs) == words
