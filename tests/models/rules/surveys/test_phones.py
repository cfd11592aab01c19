"""A telephone number is known however it is written, and never shown whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.surveys.phones import masked_line, masked_phone, phone_of


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("13800001234", "13800001234"),
        ("138 0000 1234", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("+86 13800001234", "13800001234"),
        ("１３８００００１２３４", "13800001234"),
        ("0935-8212345", "09358212345"),
        ("(010)62345678", "01062345678"),
        ("8212345", ""),  # without its area code it rings elsewhere
        ("12345", ""),  # a hotline
        ("1380000123", ""),
        ("138000012345", ""),
        ("23800001234", ""),
        ("某某", ""),
        ("", ""),
    ],
)
def test_a_number_is_known_however_it_is_written(written, number):
    assert phone_of(written) == number


def test_a_number_is_shown_with_its_middle_hidden():
    assert masked_phone("13800001234") == "138****1234"
    assert masked_phone("09358212345") == "093*****345"


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", " ", "-", "电话："]))
def test_no_line_shows_a_number_whole(number, before):
    said = masked_line(f"第 3 行{before}{number}重复，2026-05-01")

    assert f"{number[:3]}****{number[-4:]}" in said
    assert number not in said
    assert "第 3 行" in said


def test_a_number_in_groups_is_masked_and_the_line_keeps_its_length():
    line = "138 0000 1234，又说"

    assert masked_line(line) == "138 **** 1234，又说"
    assert masked_line("共 120 行，到 2026-06-19 为止") == "共 120 行，到 2026-06-19 为止"
