"""A question must have its answer among its options; what only looks odd is asked about."""

from dataclasses import replace

import pytest

from models.rules.surveys.bank import (
    LawItem,
    item_doubt,
    item_faults,
    judge_answer,
    letters_in,
    may_be_shuffled,
    options_in,
    same_question,
)
from models.rules.surveys.words import Audience, QuestionKind

ONE = LawItem(
    1, QuestionKind.SINGLE, "下列哪一项正确", ("甲", "乙", "丙"), "B", "宪法", Audience.BOTH, 2
)
TRUE = replace(ONE, kind=QuestionKind.JUDGE, options=(), answer="对")


@pytest.mark.parametrize(
    ("item", "columns"),
    [
        (ONE, []),
        (TRUE, []),
        (replace(ONE, answer="D"), ["答案"]),
        (replace(ONE, answer=""), ["答案"]),
        (replace(ONE, answer="AB"), ["答案"]),
        (replace(ONE, answer="AB", kind=QuestionKind.MULTIPLE), []),
        (replace(ONE, answer="A", kind=QuestionKind.MULTIPLE), []),
        (replace(ONE, text=" "), ["题目"]),
        (replace(ONE, options=("甲",), answer="A"), ["选项"]),
        (replace(ONE, options=("甲", "甲 "), answer="A"), ["选项"]),
        (replace(ONE, options=tuple("一二三四五六七八九")), ["选项"]),
        (replace(TRUE, options=("甲", "乙")), ["选项"]),
        (replace(TRUE, answer=""), ["答案"]),
    ],
)
def test_a_question_that_cannot_be_marked_is_a_fault_at_its_column(item, columns):
    assert [column for column, _ in item_faults(item)] == columns


def test_a_multiple_choice_with_one_answer_is_asked_about_and_taken():
    assert "请核对" in item_doubt(replace(ONE, kind=QuestionKind.MULTIPLE))
    assert item_doubt(ONE) == ""


@pytest.mark.parametrize(
    ("written", "letters"),
    [("B、A", "AB"), ("ａｂｄ", "ABD"), ("A B", "AB"), ("AAB", "AB"), ("", "")],
)
def test_letters_are_read_in_their_order_each_once(written, letters):
    assert letters_in(written) == letters


@pytest.mark.parametrize("written", ["甲", "A1", "J"])
def test_what_is_no_letter_of_an_option_is_refused(written):
    with pytest.raises(ValueError, match=written):
        letters_in(written)


@pytest.mark.parametrize(
    ("written", "said"),
    [("√", "对"), ("正确", "对"), ("T", "对"), ("×", "错"), ("x", "错"), ("错误", "错"), ("", "")],
)
def test_right_and_wrong_are_read_however_they_are_written(written, said):
    assert judge_answer(written) == said


@pytest.mark.parametrize(
    "written", ["A. 甲\nB. 乙", "甲\n乙", "A.甲 B.乙", "Ａ．甲\nＢ．乙", "A、甲\n\nB、乙"]
)
def test_options_are_read_one_a_line_or_behind_their_letters(written):
    assert options_in(written) == ("甲", "乙")


@pytest.mark.parametrize("option", ["以上都不对", "A和B", "AB都对", "上述全部"])
def test_options_that_speak_of_one_another_stay_where_they_are(option):
    assert not may_be_shuffled(("甲", "乙", option))
    assert may_be_shuffled(("甲", "乙", "丙"))


def test_blanks_and_marks_do_not_make_another_question():
    assert same_question("下列 哪项，正确？") == same_question("下列哪项正确")
