"""What is too large, too long or too odd, and how it is told."""

from datetime import date

import pytest

from models.rules import bounds


@pytest.mark.parametrize(
    ("day", "sound"),
    [
        (date.min, False),
        (date(1989, 12, 31), False),
        (date(1990, 1, 1), True),
        (date(2099, 12, 31), True),
        (date(2100, 1, 1), False),
        (date.max, False),
    ],
)
def test_a_day_of_a_campaign_lies_in_our_century(day, sound):
    assert (bounds.day_fault(day) == "") is sound


@pytest.mark.parametrize(
    ("number", "sound"),
    [
        (0, False),
        (1, True),
        (2_147_483_647, True),
        (2_147_483_648, False),  # PostgreSQL's integer ends before it
        (10**26, False),
        (-1, False),
        (float("nan"), False),
        (float("inf"), False),
    ],
)
def test_a_number_is_one_that_every_table_holds(number, sound):
    assert (bounds.number_fault(number, 1, bounds.LARGEST_NUMBER) == "") is sound


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ""),
        ("市司法局", ""),
        ("甲" * 60, ""),
        ("甲" * 61, "有 61 个字，最多 60 个字"),
        ("市\u3000司法局", ""),  # a blank of a Chinese keyboard
        ("\U00020bb7野家", ""),  # a rare character is a whole one
        ("\u202a甲\u202c", ""),  # what Windows puts around a path it copies
        ("通知\u202efdp.exe", "里有让字倒着显示的字符，看到的和写下的不一样，请重新输入"),
        ("\u2067甲\u2069", "里有让字倒着显示的字符，看到的和写下的不一样，请重新输入"),
        ("甲\n乙", "应写在一行里，不能换行"),
        ("甲\u2028乙", "应写在一行里，不能换行"),
        ("甲\x00", "里有不能显示的字符（控制字符或残缺的字），请重新输入"),
        ("甲\x1b[2J", "里有不能显示的字符（控制字符或残缺的字），请重新输入"),
        (
            "\udcff",
            "里有不能显示的字符（控制字符或残缺的字），请重新输入",
        ),  # a byte that is no UTF-8
        (
            "甲\uffff",
            "里有不能显示的字符（控制字符或残缺的字），请重新输入",
        ),  # XML has no place for it
    ],
)
def test_a_text_is_one_line_that_every_file_holds(text, told):
    assert bounds.text_fault(text, 60) == told


def test_a_remark_may_have_lines():
    assert bounds.text_fault("甲\n\t乙\r\n", 60, lines=True) == ""
    assert bounds.text_fault("甲\x0b乙", 60, lines=True) != ""


def test_what_is_repeated_is_short_and_can_be_printed():
    assert bounds.shown("甲\x1b\udcff乙") == "甲□□乙"
    assert bounds.shown("甲" * 60_000) == "甲" * 40 + "……"


def test_what_is_shown_neither_steers_a_terminal_nor_turns_a_line_around():
    assert bounds.in_sight("甲\x1b[2J\r\x9b\u202e乙\n丙\t丁") == "甲□[2J□□□乙\n丙\t丁"
    assert bounds.in_sight("甲\n乙.txt：已收", lines=False) == "甲□乙.txt：已收"
