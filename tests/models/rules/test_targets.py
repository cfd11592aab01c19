"""The words between an indicator and its number."""

import pytest

from models.rules.targets import relation


@pytest.mark.parametrize(
    ("word", "sign"),
    [
        ("不低于", ">="),
        ("≥", ">="),
        (">=", ">="),
        ("不超过", "<="),
        ("超过", ">"),  # not the same as 不超过
        ("少于", "<"),
        ("不少于", ">="),
        ("等于", "=="),
        ("=", "=="),
        ("大概", None),
    ],
)
def test_a_word_means_one_sign(word, sign):
    assert relation(word) == sign
