"""The head of the chain as a person reads it in a message and types it in again."""

import pytest

from models.rules.audit.chain import SentHead, head_in_words, read_sent

HASH = "0123456789ab" + "f" * 52
OTHER = "1a2b3c4d5e6f7a8b9c0d" + "e" * 44
SENT = OTHER[:20]


def test_a_head_that_was_sent_can_be_read_again():
    assert read_sent(head_in_words(128, HASH)) == SentHead(128, HASH[:20])


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


def test_a_fingerprint_has_eighty_bits_in_groups_that_can_be_read_aloud():
    assert head_in_words(128, OTHER) == "记录链 128 条，末条指纹 1a2b 3c4d 5e6f 7a8b 9c0d"


@pytest.mark.parametrize(
    ("typed", "entries", "start"),
    [
        (head_in_words(128, OTHER), 128, SENT),
        (f"今日无预警：一切正常。{head_in_words(128, OTHER)}。第 2 页", 128, SENT),
        ("128 1a2b 3c4d 5e6f 7a8b 9c0d", 128, SENT),
        ("128 1a2b3c4d5e6f7a8b9c0d", 128, SENT),
        ("128，1A2B-3C4D-5E6F-7A8B-9C0D", 128, SENT),
        ("１２８：１ａ２ｂ ３ｃ４ｄ ５ｅ６ｆ ７ａ８ｂ ９ｃ０ｄ", 128, SENT),
        ("第 128 条 1a2b-3c4d-5e6f-7a8b-9c0d", 128, SENT),
        ("1a2b 3c4d 5e6f 7a8b 9c0d", None, SENT),
        ("1a2b3c4d5e6f7a8b9c0d", None, SENT),
        ("1234 5678 9012 3456 7890", None, "12345678901234567890"),
        ("1280 1234 5678 9012 3456 7890", 1280, "12345678901234567890"),
        (OTHER, None, OTHER),
        ("记录链 128 条,末条指纹 abcdef123456", 128, "abcdef123456"),
        ("128 abcdef123456", 128, "abcdef123456"),
    ],
)
def test_a_head_is_read_however_it_is_typed(typed, entries, start):
    assert read_sent(typed) == SentHead(entries, start)
