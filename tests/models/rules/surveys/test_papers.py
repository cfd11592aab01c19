"""Papers come from their seed alone, hold what was asked for, and keep the right answer right."""

from collections import Counter
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.surveys.bank import LETTERS, LawItem
from models.rules.surveys.composing import USUAL, PaperPart, chosen, laid_out, total_points
from models.rules.surveys.marking import is_pass, points_for
from models.rules.surveys.seeds import drawn_order
from models.rules.surveys.words import STAFF, Audience, QuestionKind

SINGLE, MULTIPLE, JUDGE = QuestionKind
ENFORCEMENT, OTHER = STAFF


@cache
def bank(each: int = 60) -> list[LawItem]:
    """Return so many questions of each kind; the text of the right options says so."""
    items = []
    for kind in QuestionKind:
        for n in range(each):
            number, letter = len(items) + 1, LETTERS[n % 4]
            answer = {SINGLE: letter, MULTIPLE: "AC", JUDGE: "对"}[kind]
            options = tuple(f"{'真' if one in answer else '假'}{one}" for one in "ABCD")
            audience = list(Audience)[n % 3]
            options = () if kind is JUDGE else options
            subject = "宪法" if n % 2 else "行政处罚法"
            items.append(LawItem(number, kind, f"{number}？", options, answer, subject, audience))
    return items


@given(st.text(max_size=12), st.sampled_from(STAFF))
def test_a_paper_holds_what_was_asked_for_whatever_the_seed(seed, staff):
    items, lacking = chosen(bank(), USUAL, staff, seed)

    assert not lacking
    assert Counter(one.kind for one in items) == {SINGLE: 20, MULTIPLE: 10, JUDGE: 15}
    assert len({one.number for one in items}) == 45
    assert all(one.audience in (staff, Audience.BOTH) for one in items)
    assert sum(one.points for one in items) == total_points(USUAL, staff) == 100
    assert chosen(list(reversed(bank())), USUAL, staff, seed) == (items, [])


@given(st.text(max_size=12), st.sampled_from("ABCD"))
def test_a_version_asks_the_same_and_the_answer_goes_with_its_option(seed, version):
    items, _ = chosen(bank(), USUAL, OTHER, seed)

    printed = laid_out(items, OTHER, version, seed)

    assert {one.number for one in printed} == {one.number for one in items}
    assert [one.kind for one in printed] == [one.kind for one in items]
    for one in printed:
        right = {
            text for letter, text in zip(LETTERS, one.options, strict=False) if letter in one.answer
        }
        assert right == {text for text in one.options if text.startswith("真")}


def test_two_versions_differ_in_the_order_of_questions_and_of_options():
    items, _ = chosen(bank(), USUAL, OTHER, "种子")
    a, b = (laid_out(items, OTHER, version, "种子") for version in "AB")

    assert [one.number for one in a] != [one.number for one in b]
    options = {one.number: one.options for one in b}
    assert any(one.options != options[one.number] for one in a)


def test_another_seed_gives_another_paper_and_avoided_questions_come_last():
    first, _ = chosen(bank(), USUAL, OTHER, "一")
    second, _ = chosen(bank(), USUAL, OTHER, "二")
    avoided = {one.number for one in first}
    third, _ = chosen(bank(), USUAL, OTHER, "一", avoided)

    assert first != second
    assert not avoided & {one.number for one in third if one.kind is not SINGLE}
    assert len(avoided & {one.number for one in third}) == 0


def test_a_subject_is_served_first_and_what_the_bank_lacks_is_said():
    parts = [
        PaperPart(OTHER, SINGLE, "", 35, 1),
        PaperPart(OTHER, SINGLE, "宪法", 10, 1),
        PaperPart(OTHER, JUDGE, "税法", 1, 1),
    ]

    items, lacking = chosen(bank(), parts, OTHER, "一")

    assert sum(one.subject == "宪法" for one in items) >= 10
    assert lacking == [
        "其他人员的判断题（税法）要 1 道，题库里只有 0 道",
        "其他人员的单选题要 35 道，题库里只有 30 道",
    ]


@pytest.mark.parametrize(
    ("kind", "right", "given_", "partial", "points"),
    [
        (SINGLE, "B", "B", False, 2),
        (SINGLE, "B", "AB", True, 0),  # two letters where one is right
        (SINGLE, "B", "", True, 0),
        (JUDGE, "对", "错", True, 0),
        (MULTIPLE, "ABD", "ABD", False, 2),
        (MULTIPLE, "ABD", "AB", False, 0),
        (MULTIPLE, "ABD", "AB", True, 1),
        (MULTIPLE, "ABD", "ABC", True, 0),  # one wrong letter
        (MULTIPLE, "ABD", "ABCD", True, 0),
        (MULTIPLE, "ABD", "", True, 0),
    ],
)
def test_an_answer_gives_all_half_or_nothing(kind, right, given_, partial, points):
    assert points_for(kind, right, given_, 2, partial=partial) == points


@pytest.mark.parametrize(
    ("mark", "total", "passed"),
    [(60, 100, True), (59.5, 100, False), (48, 80, True), (0, 0, False), (0.1 * 3, 0.5, True)],
)
def test_the_pass_mark_is_of_a_hundred_whatever_the_total(mark, total, passed):
    assert is_pass(mark, total, 60) == passed


def test_a_draw_can_be_reckoned_again_with_sha256_alone():
    assert drawn_order("2026", "x", "abcd") == ["d", "b", "c", "a"]
    assert [one for one in drawn_order("2026", "x", "abcde") if one != "e"] == ["d", "b", "c", "a"]
