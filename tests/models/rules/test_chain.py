"""The head of the chain as a person reads it in a message and types it in again."""

import pytest

from models.rules.chain import SentHead, head_in_words, read_sent

HASH = "0123456789ab" + "f" * 52


def test_a_head_that_was_sent_can_be_read_again():
    assert read_sent(head_in_words(128, HASH)) == SentHead(128, "0123456789ab")


@pytest.mark.parametrize(
    ("typed", "entries"),
    [
        ("128 0123456789ab", 128),
        ("第 128 条 0123456789AB", 128),
        ("第128条0123456789ab", 128),
        ("第 128 条，末条指纹 0123456789ab", 128),
        ("128,0123456789ab", 128),
        ("0123456789ab", None),
        ("  记录链 128 条，\n末条指纹 0123456789ab。", 128),
        (HASH, None),
    ],
)
def test_every_way_to_type_it_is_understood(typed, entries):
    found = read_sent(typed)

    assert found is not None
    assert (found.entries, found.start[:12]) == (entries, "0123456789ab")


@pytest.mark.parametrize(
    "typed", ["", "128", "0123456789a", "十二位指纹", "0123456789ab 0123456789ac", "zzzzzzzzzzzz"]
)
def test_what_is_no_head_is_none(typed):
    assert read_sent(typed) is None
