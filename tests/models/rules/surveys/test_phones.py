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


@pytest.mark.parametrize(
    "written",
    [
        "+86 138 0013 8000", "138  0013  8000", "１３８ ００１３ ８０００", "138_0013_8000", "138/0013/8000",
        "138,0013,8000", "138、0013、8000", "138。0013。8000", "138：0013：8000", "138\t0013\t8000",
        "138\n0013\n8000", "138\u200b0013\u200b8000", "138*0013*8000", "138 - 0013 - 8000",
        "0631-5201234", "(0631)5201234", "0631 - 5201234", "０６３１－５２０１２３４", "5201234", "520，1234",
        "一三八零零一三八零零零", "幺三八00138000", "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎", "①③⑧⓪⓪①③⑧⓪⓪⓪",
    ],
)  # fmt: skip
def test_no_way_to_write_a_number_gets_past_the_mask(written):
    said = masked_line(f"打 {written} 找我，第 12 题，2026-05-01 以前")

    figures = [mark for mark in written if mark.isalnum()]
    shown = [mark for mark in said.split("打 ")[1].split(" 找我")[0] if mark.isalnum()]
    assert len(shown) <= len(figures) - 4  # thousands of numbers look like what is left
    assert said.endswith("找我，第 12 题，2026-05-01 以前")


@pytest.mark.parametrize(
    "line",
    [
        "第 3、12、15、18、21 行", "85.5%、96.2%、77.1%", "2026年5月20日", "二〇二六年五月二十日", "指标 1.2、3.4",
        "到 2026-06-19 为止，共 120 行", "拨打 2000 通",
    ],
)  # fmt: skip
def test_what_is_no_number_stays_to_be_read(line):
    assert masked_line(line) == line
