"""The parts of a drill are put together by weight, and what is missing is said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.assessment.combining import DEFAULT_WEIGHTS, combined, weight_faults
from models.rules.assessment.words import Method

ALL = dict.fromkeys(Method, 100.0)


def test_our_sample_weights_add_up():
    assert not weight_faults(DEFAULT_WEIGHTS)
    assert combined(DEFAULT_WEIGHTS, ALL).words == "综合得分 100.00 分（满分 100 分）"


def test_a_missing_part_is_said_and_neither_zero_nor_spread_over_the_others():
    found = combined(DEFAULT_WEIGHTS, {Method.CASE_FILES: 50.0, Method.SEARCH: 90.0})

    assert (found.points, found.known) == (19, 30)
    assert found.words.startswith("有结果的部分共 30 分，得 19.00 分；")
    assert "实地核验、资料核查" in found.words
    assert found.words.endswith("还没有结果（70 分），没有计入，也没有折算")
    assert [one.words for one in found.parts] == [
        "书面已得 19.00 分（40 分中有结果的 30 分）",
        "实地（30 分）还没有结果",
        "满意度（30 分）还没有结果",
    ]


def test_the_weak_ones_stand_in_the_fixed_order_not_by_score():
    found = combined(DEFAULT_WEIGHTS, ALL | {Method.SITE: 40.0, Method.SEARCH: 79.9})

    assert found.weak_words == "低于 80 分的环节：网络检索 79.90 分、实地核验 40.00 分"


@given(st.dictionaries(st.sampled_from(list(Method)), st.floats(0, 100)))
def test_points_never_exceed_what_is_known(scores):
    found = combined(DEFAULT_WEIGHTS, scores)

    assert -1e-9 <= found.points <= found.known + 1e-9 <= 100 + 2e-9
    assert {one for one in Method if one not in scores} == set(found.missing)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"points": 11}, "合计是 101"),
        ({"points": -10}, "不能小于 0"),
        ({"method": Method.SITE}, "网络检索应有一行，现有 0 行"),
    ],
)
def test_weights_that_do_not_add_up_are_refused(change, words):
    rows = [replace(DEFAULT_WEIGHTS[0], **change), *DEFAULT_WEIGHTS[1:]]

    assert words in "；".join(weight_faults(rows))
