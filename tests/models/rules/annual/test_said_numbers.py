"""Numbers as a text says them: in digits, in characters, with 余 and 近 about them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.annual.said_numbers import counts_in, written_number
from notifications.paper_blocks import capital


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("三百一十二", 312),
        ("一百二", 120),
        ("一百零二", 102),
        ("一万零三十", 10030),
        ("一万五", 15000),
        ("十万", 100000),
        ("两千三", 2300),
        ("二〇二六", 2026),
        ("三五", None),  # three to five
        ("百", None),  # 百家
        ("数十", None),
    ],
)
def test_a_number_in_characters_is_read_or_said_to_be_none(text, number):
    assert written_number(text) == number


@given(st.integers(1, 999))
def test_what_our_own_papers_write_is_read_again(number):
    assert written_number(capital(number)) == number or capital(number)[0] == "百"


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("三百余件", (301, 399), (300, 401)),
        ("30余万件", (300001, 399999), (299999, 400001)),
        ("1.2万人", (12000,), (12001,)),
        ("近300件", (280, 300), (301, 200)),
        ("约300件", (290, 310), (200, 400)),
        ("不到300件", (299,), (301,)),
        ("300件以上", (300, 900), (299,)),
    ],
)
def test_words_about_a_number_say_between_what_it_lies(text, inside, outside):
    [count] = counts_in(text)

    assert all(count.bounds.hold(Decimal(one)) for one in inside)
    assert not any(count.bounds.hold(Decimal(one)) for one in outside)


@pytest.mark.parametrize("run", ["十", "1", "1,", "百分之", "第一", "12条", "x", "【"])
def test_no_text_takes_longer_than_its_length(run):
    counts = [sum(1 for _ in counts_in(run * size)) for size in (1000, 20000)]  # ends at once

    assert counts[0] <= counts[1]
