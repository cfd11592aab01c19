"""What the marks of reviewers come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.assessment.criteria import Criterion, default_sheets, sheet_faults
from models.rules.assessment.marking import MACHINE, SETTLED, ReviewMark, judged, marked, mean_of
from models.rules.assessment.words import CaseKind, ReviewOutcome

VETO = Criterion("A1", "主体合法", "基础标准")
FORM = Criterion("B1", "装订", "形式", 2, 20)
STYLE = Criterion("B2", "文书", "形式", 15, 20)
CONTENT = Criterion("C1", "证据", "内容", 8, 80)
SHEET = (VETO, FORM, STYLE, CONTENT)


def marks(veto="met", form=0, style=0, content=0):
    return [
        ReviewMark("A1", veto),
        ReviewMark("B1", count=form),
        ReviewMark("B2", count=style),
        ReviewMark("C1", count=content),
    ]


@pytest.mark.parametrize(
    ("said", "score"),
    [
        (marks(), 100),
        (marks(form=1), 98),
        (marks(form=3, style=1), 80),  # 21 off a section of 20: not below zero
        (marks(content=11), 20),  # 88 off 80, and the form is not touched
        (marks(form=99, style=99, content=99), 0),
        (marks(veto="missed"), 0),  # one miss fails the whole file
        (marks(veto="not-applicable"), 100),
        (marks(veto="unseen"), None),
    ],
)
def test_a_file_is_vetoed_or_loses_within_each_section(said, score):
    assert marked(SHEET, said).score == score


def test_a_missed_base_standard_fails_a_file_of_which_another_could_not_be_looked_at():
    sheet = (VETO, Criterion("A2", "程序", "基础标准"), FORM, STYLE, CONTENT)
    said = [*marks(veto="unseen"), ReviewMark("A2", "missed")]

    assert (marked(sheet, said).score, marked(sheet, said).vetoes) == (0, ["A2"])


def test_what_the_machine_found_counts_only_until_a_person_has_looked():
    machine = {MACHINE: marks(content=5)}

    assert judged(SHEET, machine).score == 60
    assert judged(SHEET, machine | {"甲组": marks()}).score == 100


def test_a_file_that_is_not_marked_whole_has_no_score():
    assert marked(SHEET, marks()[:-1]).score is None
    assert marked(SHEET, marks()[:-1]).unmarked == 1
    assert marked(SHEET, [*marks()[:-1], ReviewMark("C1", "met")]).unmarked == 1  # no count


@given(st.lists(st.integers(0, 50), min_size=3, max_size=3))
def test_a_score_lies_between_nothing_and_all_and_more_faults_never_raise_it(counts):
    score = marked(SHEET, marks("met", *counts)).score
    worse = marked(SHEET, marks("met", *(count + 1 for count in counts))).score

    assert 0 <= worse <= score <= 100


@pytest.mark.parametrize(
    ("outcomes", "score"),
    [
        (("met", "partly", "missed", "met"), 62.5),
        (("met", "unseen", "not-applicable"), 100),  # neither for nor against
        (("unseen",), None),
    ],
)
def test_what_nobody_could_look_at_counts_neither_way(outcomes, score):
    criteria = [Criterion(f"D{n}", "要求") for n in range(len(outcomes))]
    said = [ReviewMark(f"D{n}", outcome) for n, outcome in enumerate(outcomes)]

    assert marked(criteria, said).score == score


def test_two_reviewers_who_nearly_agree_count_half_each():
    found = judged(SHEET, {"甲组": marks(form=1), "乙组": marks(form=3)})

    assert (found.score, found.apart, found.disputed) == (96, 4, False)


@pytest.mark.parametrize("other", [marks(veto="missed"), marks(content=2)])
def test_two_who_differ_much_or_on_a_veto_wait_for_a_common_word(other):
    both = {"甲组": marks(), "乙组": other}

    assert judged(SHEET, both).disputed
    assert judged(SHEET, both).score is None
    settled = judged(SHEET, both | {SETTLED: marks(form=1)})
    assert (settled.score, settled.disputed) == (98, False)
    assert settled.apart > 10  # their difference stays to be seen


def test_nothing_is_the_mean_of_nothing():
    assert mean_of([None, None]) is None
    assert mean_of([None, 50.0, 100.0]) == 75


def test_our_sample_sheets_are_sheets():
    sheets = default_sheets()

    assert list(sheets) == [kind.chinese for kind in CaseKind]
    for rows in sheets.values():
        assert not sheet_faults(rows)
        assert len({one.code for one in rows}) == len(rows)
        whole = [
            ReviewMark(one.code, ReviewOutcome.MET, None if not one.is_counted else 0)
            for one in rows
        ]
        assert marked(rows, whole).score == 100


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((VETO, FORM), "合计是 20 分"),
        ((FORM, CONTENT), "没有“基础标准”"),
        ((VETO, FORM, Criterion("B2", "x", "形式", 1, 30), CONTENT), "不同的数：20、30"),
    ],
)
def test_a_sheet_that_does_not_come_to_a_hundred_is_named(rows, words):
    assert words in "；".join(sheet_faults(rows))
