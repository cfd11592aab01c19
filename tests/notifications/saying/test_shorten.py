"""Cutting to bytes: never over, never inside a character, the link kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.saying.message import Message, holds
from notifications.saying.shorten import shorten, size
from notifications.saying.wording import fit

PROSE = st.text(
    alphabet=st.sampled_from(
        "市司法局请于月底前报送台账。!?;\n **[](）<@>a1 \u0301\u200d👨‍👩‍👧é𠮷"
    ),
    max_size=600,
)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
LINKS = st.from_regex(r"https://[a-z]{3,12}\.cn/[a-z0-9?=%&]{0,60}", fullmatch=True)


@settings(deadline=None)  # the machine may be busy
@given(PROSE | ANYTHING, st.integers(0, 900))
def test_it_never_goes_over_the_limit_nor_inside_a_character(text, limit):
    cut = shorten(text, limit)

    assert size(cut) <= limit
    assert cut == text or size(text) > limit
    assert text.startswith(cut.replace("*", "")) or "*" in text
    assert "\ufffd" not in cut or "\ufffd" in text


@settings(deadline=None)  # the machine may be busy
@given(PROSE | ANYTHING, PROSE, LINKS, st.integers(200, 3000))
def test_a_fitted_message_keeps_its_link_and_its_limit(body, subject, link, limit):
    written = fit(
        Message(subject, body, link),
        limit,
        lambda head, text: f"**{head}**\n{text}" if head else text,
    )

    assert size(written) <= limit
    assert holds(written, link)


@settings(deadline=None)  # the machine may be busy
@given(PROSE, st.integers(300, 900))
def test_it_says_so_when_something_is_missing(body, limit):
    whole = Message("提醒", body)
    written = fit(whole, limit, lambda head, text: text)

    assert ("已截短" in written) == (size(body.strip()) > limit)


def test_it_ends_with_a_sentence():
    text = "第一句话说完了。第二句话也说完了。第三句还没有说"

    assert shorten(text, size(text) - 1) == "第一句话说完了。第二句话也说完了。"


# (text, bytes, what is left): each would leave half of something if cut blindly
@pytest.mark.parametrize(
    ("text", "limit", "left"),
    [
        ("看这里 [点此办理](https://a.cn/b) 完", 30, "看这里"),  # a Markdown link
        ("看这里 https://a.cn/bbbbbbb 完", 25, "看这里"),  # an address
        ("看**这里很要紧**完", 15, "看这里很"),  # bold, opened and not closed
        ("好e\u0301", 4, "好"),  # a letter and its accent
        ("👨‍👩‍👧", 11, ""),  # people joined into one sign: all of them or none
        ("一", 2, ""),  # nothing fits
    ],
)
def test_nothing_is_left_in_halves(text, limit, left):
    assert shorten(text, limit) == left


def test_a_link_that_starts_another_does_not_count_as_kept():
    assert not holds("见 http://a.cn/1234", "http://a.cn/12")
    assert holds("见 http://a.cn/12。", "http://a.cn/12")
    assert holds("[x](http://a.cn/12)", "http://a.cn/12")
