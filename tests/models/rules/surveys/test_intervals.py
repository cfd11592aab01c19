"""Intervals are those that are published; where too few answered there is no number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.surveys.intervals import StratumShare, stratum_interval, weighted_share, wilson


@pytest.mark.parametrize(
    ("good", "answers", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons_as_it_was_published(good, answers, low, high):
    found = wilson(good, answers)

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found.share == good / answers


@given(st.integers(1, 5_000), st.data())
def test_an_interval_holds_its_share_and_stays_within_nought_and_one(answers, data):
    good = data.draw(st.integers(0, answers))

    found = wilson(good, answers)
    other = wilson(answers - good, answers)

    assert 0 <= found.low <= found.share <= found.high <= 1
    assert other.low == pytest.approx(1 - found.high)


def test_no_answer_has_no_interval():
    with pytest.raises(ValueError, match="no answers"):
        wilson(0, 0)


@pytest.mark.parametrize(("answers", "said"), [(29, False), (30, True)])
def test_a_stratum_of_fewer_than_thirty_answers_says_nothing(answers, said):
    assert (stratum_interval(StratumShare(500, answers, answers)) is not None) == said


def test_strata_weigh_as_much_as_their_people():
    found = weighted_share([StratumShare(9_000, 90, 100), StratumShare(1_000, 10, 100)])

    assert found.interval is not None
    assert found.interval.share == pytest.approx(0.9 * 0.9 + 0.1 * 0.1)
    plain = wilson(100, 200)
    assert found.interval.high - found.interval.low > (plain.high - plain.low) / 2
    assert found.answers == 200


def test_answers_in_proportion_give_the_interval_of_one_sample():
    found = weighted_share([StratumShare(6_000, 54, 60), StratumShare(4_000, 36, 40)])

    assert found.interval is not None
    one = wilson(90, 100)
    assert (found.interval.low, found.interval.high) == pytest.approx((one.low, one.high))


@pytest.mark.parametrize(
    ("strata", "why"),
    [
        ([], "有效答卷 0 份"),
        ([StratumShare(10_000, 9, 99)], "有效答卷 99 份，不到 100 份"),
        ([StratumShare(90, 70, 73)], "有效答卷 73 份，不到 74 份"),  # of 90 people 74 are a sample
        ([StratumShare(900, 90, 100), StratumShare(100, 0, 0)], "没有答卷的层占人口的 10%"),
        ([StratumShare(9_900, 1, 1), StratumShare(100, 90, 100)], "只相当于 1 份"),
    ],
)
def test_too_few_answers_give_a_reason_instead_of_a_number(strata, why):
    found = weighted_share(strata)

    assert found.interval is None
    assert why in found.why


@pytest.mark.parametrize(("people", "answers"), [(90, 74), (10_000, 100)])
def test_as_many_as_a_sample_of_so_few_people_are_enough(people, answers):
    assert weighted_share([StratumShare(people, 60, answers)]).interval is not None


def test_a_small_stratum_without_answers_is_named_and_does_not_stop_the_rest():
    found = weighted_share([StratumShare(970, 90, 100), StratumShare(30, 0, 0)])

    assert found.interval is not None
    assert found.unheard == pytest.approx(0.03)
