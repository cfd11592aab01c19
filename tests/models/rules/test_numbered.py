"""Numbered things in an office's words."""

from models.rules.audit.restored import lost_in_words
from models.rules.numbered import numbered_span


def test_one_alone_is_no_span():
    assert numbered_span(66, 66, "条") == "第 66 条"
    assert numbered_span(66, 67, "条") == "第 66 至 67 条"


def test_a_restore_that_lost_one_entry_says_which():
    lost = {"gone": [{"from": 66, "to": 66}], "kinds": {}}

    assert lost_in_words(lost).startswith("此后的第 66 条记录不再在库里（")
