"""The law at the door: what is read and what is named are all letters of a page."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plan.reading.text.document import MISSING
from models.plan.reading.text.marks import TWICE
from tasks.documents.pages import HEADER, HIDDEN, PageRead, letters_of

TEXTS = st.lists(st.text(alphabet="一二三四五甲乙丙 \t\n（）。1a", max_size=12), max_size=12)


def lost(left):
    return [(words, letters, row) for why, words, letters, row in left if why == MISSING]


def twice(left):
    return [(words, letters, row) for why, words, letters, row in left if why == TWICE]


def test_a_page_that_was_read_whole_misses_nothing():
    page = PageRead()
    page.line("一、工作目标")
    page.leave(HEADER, "内部资料")
    page.row(["市公安局", "市司法局"], 1)

    rows, left = page.part(["内部资料", "一、工作 目标", "市公安局", "市司法局"])

    assert [row[0] for row in rows] == ["一、工作目标", "市公安局 市司法局"]
    assert left == [(HEADER, "内部资料", 4, 1)]


def test_a_piece_that_is_in_no_line_is_named_where_it_stood():
    page = PageRead()
    page.line("一、工作目标")
    page.line("二、重点任务")

    left = page.part(["一、工作目标", "（一）修订规章", "二、重点任务"])[1]

    assert lost(left) == [("（一）修订规章", 7, 1)]


@pytest.mark.parametrize(
    ("again", "names"),
    [(["一、", "市公安局"], []), (["市公安局"], []), ([], [])],
    ids=["number and merged cell", "merged cell", "neither told"],
)
def test_what_rows_hold_twice_hides_nothing(again, names):
    page = PageRead()
    page.line("一、工作目标")
    page.row(["市公安局", "市公安局"], 1)
    for text in again:
        page.again(text)

    left = page.part(["工作目标", "市公安局"])[1]

    assert lost(left) == names


def test_letters_read_twice_do_not_make_up_for_others_that_are_lost():
    page = PageRead()
    page.line("甲乙")
    page.line("甲乙")

    assert lost(page.part(["甲乙", "丙丁"])[1]) == [("丙丁", 2, 1)]


def test_the_same_piece_twice_read_once_is_lost_once():
    page = PageRead()
    page.line("责任单位：市公安局")

    assert lost(page.part(["责任单位：市公安局", "责任单位：市公安局"])[1])[0][1] == 9


def test_a_piece_that_stands_elsewhere_too_is_named_in_its_own_words():
    page = PageRead()
    page.line("（一）2024年9月底前完成")

    pieces = ["（一）", "2024年9月底前", "完成", "2024年9月底前"]

    assert lost(page.part(pieces)[1]) == [("2024年9月底前", 9, 1)]


def test_blanks_and_unseen_characters_are_no_letters():
    page = PageRead()
    page.line("甲乙")
    page.leave(HIDDEN, " \u3000\u200b")

    assert page.part(["甲\u00a0\u200b乙\u3000\n"]) == ([("甲乙", [], 0)], [])


@pytest.mark.parametrize(
    ("again", "more"),
    [
        (["一、", "市公安局"], []),
        (["市公安局"], [("一、", 2, 2)]),
        (["一、"], [("市公安局", 4, 1)]),
        ([], [("市公安局", 4, 1), ("一、", 2, 2)]),
    ],
    ids=["told", "number not told", "merged cell not told", "neither told"],
)
def test_what_rows_hold_more_often_than_the_file_is_named(again, more):
    page = PageRead()
    page.line("一、工作目标")
    page.row(["市公安局", "市公安局"], 1)
    for text in again:
        page.again(text)

    left = page.part(["工作目标", "市公安局"])[1]

    assert twice(left) == more
    assert lost(left) == []


def test_a_line_read_twice_is_named_at_its_second_place():
    page = PageRead()
    for text in ("一、工作目标", "二、重点任务", "一、工作目标", "三、保障措施"):
        page.line(text)

    left = page.part(["一、工作目标", "二、重点任务", "三、保障措施"])[1]

    assert left == [(TWICE, "一、工作目标", 6, 2)]


def test_what_is_read_and_left_out_by_name_as_well_is_named():
    page = PageRead()
    page.line("内部资料")
    page.leave(HEADER, "内部资料")

    assert twice(page.part(["内部资料"])[1]) == [("内部资料", 4, 0)]


def test_a_letter_lost_and_another_read_twice_are_both_named():
    page = PageRead()
    page.line("甲乙")
    page.line("甲乙")

    left = page.part(["甲乙", "丙丁"])[1]

    assert (lost(left), twice(left)) == ([("丙丁", 2, 1)], [("甲乙", 2, 1)])


@given(TEXTS, TEXTS, TEXTS)
def test_letters_read_more_often_than_the_file_has_them_are_all_named(read, told, more):
    page = PageRead()
    for text in [*read, *told, *more]:
        page.line(text)
    for text in told:
        page.again(text)

    left = page.part(read)[1]

    assert sum(number for _, number, _ in twice(left)) == len(letters_of("".join(more)))
    assert not lost(left)


@given(TEXTS, TEXTS, TEXTS)
def test_letters_read_and_letters_named_are_all_letters(read, named, forgotten):
    page = PageRead()
    for text in read:
        page.line(text)
    for text in named:
        page.leave(HIDDEN, text)

    rows, left = page.part([*read, *named, *forgotten])

    told = sum(letters for _, _, letters, _ in left)
    held = sum(len(letters_of(text)) for text in [*read, *named, *forgotten])
    assert sum(len(letters_of(row[0])) for row in rows) + told == held
    assert sum(number for _, number, _ in lost(left)) == len(letters_of("".join(forgotten)))


@given(TEXTS)
def test_letters_are_those_that_leave_ink(texts):
    letters = Counter(letters_of("".join(texts)))

    assert not set(letters) & set(" \t\n\u3000")
    assert letters == Counter("".join("".join(texts).split()))
