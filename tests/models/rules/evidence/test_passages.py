"""What two texts share, to be read by whoever decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.evidence.passages import LEAST, shared_passages

LONG = "全市行政执法人员培训工作于六月上旬在市委党校举行，共有一百二十人参加。"
SHORT = "市司法局制定实施方案并组织开展了年度考核评议。"


@pytest.mark.parametrize(
    ("own", "other", "found"),
    [
        ("", "", []),
        (LONG, "", []),
        (LONG, LONG, [LONG]),
        (f"甲{SHORT}乙{LONG}丙", f"{LONG}丁{SHORT}", [LONG, SHORT]),
        (f"甲\n{LONG[:9]} {LONG[9:]}", LONG, [LONG]),  # blanks and breaks count for nothing
        (LONG[: LEAST - 1], LONG, []),
        (LONG[:LEAST], LONG, [LONG[:LEAST]]),
        (LONG + LONG, LONG, [LONG]),
    ],
)
def test_shared_passages_are_found_the_longest_first(own, other, found):
    assert shared_passages(own, other) == found


@given(st.text(max_size=80), st.text(max_size=80), st.text(min_size=LEAST, max_size=60))
def test_each_passage_stands_in_both(own, other, middle):
    for text in (found := shared_passages(own + middle + own, other + middle)):
        assert text in "".join((own + middle + own).split())
        assert text in "".join((other + middle).split())
    assert len(found) <= 3
    plain = "".join(middle.split())
    assert found or len(plain) < LEAST


def test_long_texts_are_compared_at_once():
    assert shared_passages("甲" * 300_000, "甲" * 300_000)[0] == "甲" * 200_000
