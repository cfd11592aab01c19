"""Which step follows which, who may take it, what it must say."""

from dataclasses import replace
from datetime import date

import pytest

from models.rules.findings.life import (
    LIFE,
    MUST_SAY,
    FindingAsIs,
    StepRules,
    StepSaid,
    standing_steps,
    step_faults,
)
from models.rules.findings.words import FindingKind, FindingState, FindingStep

S, T = FindingState, FindingStep
TODAY = date(2025, 7, 10)
RULES = StepRules(
    TODAY,
    {"市司法局": "市司法局", "司法局": "市司法局", "市教育局": "市教育局"},
    {"第一督导组": {"市司法局"}, "第一督导组二分队": {"市财政局"}},
)
ASSIGNED = FindingAsIs("F1", FindingKind.PROBLEM, S.ASSIGNED, date(2025, 7, 1), "市司法局")
MENDED = replace(ASSIGNED, state=S.RECTIFIED, rectified_by="市司法局联络员", proofs=1)
WATCHED = replace(MENDED, state=S.WATCHED, watch_until=date(2025, 7, 9))


def faults(one, step, by, **more):
    return step_faults(one, StepSaid(step, by, **({"note": "说明"} | more)), RULES)


@pytest.mark.parametrize("step", list(LIFE))
@pytest.mark.parametrize("state", list(S))
def test_a_step_is_taken_from_where_the_table_says_and_from_nowhere_else(step, state):
    kind = FindingKind.COMPLAINT if step is T.ANSWER else FindingKind.PROBLEM
    one = replace(WATCHED, state=state, kind=kind)
    unit_speaks = step in (T.PROMISE, T.DECLINE, T.RECTIFY, T.ANSWER)
    by = "市司法局联络员" if unit_speaks else "创建办审核岗"
    day = date(2025, 7, 20)

    found = faults(one, step, by, day=day, unit="市司法局", pieces=("E0001",))

    assert bool(found) is (state not in LIFE[step][0])


@pytest.mark.parametrize(
    ("step", "one", "by", "words"),
    [
        (T.RECTIFY, ASSIGNED, "市教育局联络员", "不能登记"),
        (T.RECTIFY, ASSIGNED, "市司法局联络员", ""),
        (T.RECTIFY, ASSIGNED, "创建办", ""),  # in the unit's name
        (T.VERIFY, MENDED, "市司法局联络员", "应由另外的人登记"),
        (T.VERIFY, MENDED, "司法局负责人", "应由另外的人登记"),  # the same unit by another name
        (T.VERIFY, MENDED, "督导组", ""),
        (T.VERIFY, MENDED, "市教育局联络员", ""),  # of a team of several bodies
        (T.VERIFY, replace(MENDED, rectified_by="创建办"), "创建办", "应由另外的人登记"),
        (T.VERIFY, replace(MENDED, rectified_by="创建办"), " 创建 办", "应由另外的人登记"),
        # Mended before it became another's: the unit that is gone does not judge it either.
        (T.VERIFY, replace(MENDED, unit="市教育局"), "市司法局负责人", "应由另外的人登记"),
        (T.VERIFY, MENDED, "第一督导组组长", "第一督导组有市司法局的人"),
        (T.LOOK, replace(MENDED, state=S.CLOSED), "第一督导组", "第一督导组有市司法局的人"),
        (T.VERIFY, MENDED, "第一督导组二分队", ""),  # a longer name is another team
        (
            T.VERIFY,
            replace(MENDED, unit="市教育局", rectified_by="市教育局联络员"),
            "第一督导组",
            "",
        ),
        (T.CLOSE, WATCHED, "市司法局负责人", "应由另外的人登记"),
        (T.END, ASSIGNED, "市司法局负责人", "由创建办、领导或工作组登记"),
        (T.END, ASSIGNED, "分管领导", ""),
        (T.ASSIGN, ASSIGNED, "市教育局联络员", "由创建办、领导或工作组登记"),
        (T.END, ASSIGNED, "张三", "像是姓名"),
        (T.END, ASSIGNED, " ", "没有写明由谁"),
    ],
)
def test_each_step_has_its_own_hand(step, one, by, words):
    found = faults(one, step, by, pieces=("E0001",) if step is T.RECTIFY else ())

    assert words in "；".join(found) if words else not found


@pytest.mark.parametrize(
    ("watch_until", "proofs", "words"),
    [
        (date(2025, 7, 9), 1, ""),
        (date(2025, 7, 10), 1, "观察期到 2025-07-10"),  # the last day is watched too
        (date(2025, 7, 9), 0, "已退回或撤回"),
    ],
)
def test_nothing_is_closed_before_its_watch_is_over_and_without_evidence(
    watch_until, proofs, words
):
    found = faults(replace(WATCHED, watch_until=watch_until, proofs=proofs), T.CLOSE, "创建办")

    assert words in "；".join(found) if words else not found


@pytest.mark.parametrize("step", sorted(MUST_SAY.keys() & LIFE.keys()))
def test_what_owes_a_reason_is_refused_without_one(step):
    kind = FindingKind.COMPLAINT if step is T.ANSWER else FindingKind.PROBLEM
    one = replace(WATCHED, kind=kind, state=next(iter(sorted(LIFE[step][0]))))
    by = "市司法局联络员" if step in (T.DECLINE, T.RECTIFY, T.ANSWER) else "创建办审核岗"

    assert any("没有写" in line for line in faults(one, step, by, note=" "))


@pytest.mark.parametrize(
    ("step", "day", "words"),
    [
        (T.PROMISE, None, "没有写承诺"),
        (T.PROMISE, date(2025, 7, 9), "已经过去"),
        (T.PROMISE, TODAY, ""),
        (T.MOVE, None, "没有写调整到"),
        (T.MOVE, date(2025, 6, 30), "早于发现日期"),
    ],
)
def test_a_day_must_make_sense(step, day, words):
    by = "市司法局联络员" if step is T.PROMISE else "创建办"

    found = faults(ASSIGNED, step, by, day=day)

    assert words in "；".join(found) if words else not found


def test_a_complaint_is_answered_and_has_no_watch():
    one = replace(ASSIGNED, kind=FindingKind.COMPLAINT)

    assert "没有“报整改”这一步" in faults(one, T.RECTIFY, "市司法局联络员")[0]
    assert "没有“答复”这一步" in faults(ASSIGNED, T.ANSWER, "市司法局联络员")[0]
    assert not faults(one, T.ANSWER, "市司法局联络员")


@pytest.mark.parametrize(
    ("last", "by", "note", "words"),
    [
        (T.VERIFY, "创建办", "点错了", ""),
        (T.PROMISE, "分管领导", "看错了", ""),
        (T.ASSIGN, "创建办", "点错了", "上一步是“交办”，不能撤回"),
        (T.RECUR, "创建办", "点错了", "上一步是“再次发生”，不能撤回"),
        ("", "创建办", "点错了", "上一步是“提出”"),
        (T.VERIFY, "创建办", " ", "没有写撤回的理由"),
        (T.VERIFY, "市司法局联络员", "点错了", "由创建办、领导或工作组登记"),
    ],
)
def test_a_wrong_word_is_taken_back_by_the_office_with_a_reason(last, by, note, words):
    found = faults(replace(WATCHED, last=last), T.TAKE_BACK, by, note=note)

    assert words in "；".join(found) if words else not found


@pytest.mark.parametrize(
    ("steps", "standing"),
    [
        ([], []),
        ([T.RAISE, T.ASSIGN], [0, 1]),
        ([T.RAISE, T.ASSIGN, T.RECTIFY, T.TAKE_BACK], [0, 1]),
        ([T.ASSIGN, T.RECTIFY, T.VERIFY, T.TAKE_BACK, T.TAKE_BACK, T.RECTIFY], [0, 5]),
        ([T.TAKE_BACK, T.ASSIGN], [1]),
    ],
)
def test_what_was_taken_back_stands_no_more(steps, standing):
    assert standing_steps(steps) == standing
