"""When a decision is asked, what an answer needs, what it does, who hears when none comes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.campaign.campaign import Stage
from models.rules.calendar.workdays import WorkCalendar
from models.rules.decisions.answers import (
    Answer,
    Circumstances,
    Said,
    Voice,
    answer_faults,
    status_after,
    verdict,
)
from models.rules.decisions.decisions import Chase, Why, chase, opens_after, when_to_ask
from models.rules.words import StageStatus

PENDING, ACTIVE, DECIDING, CLOSED, _ = StageStatus
CALENDAR = WorkCalendar()
MONDAY, END = date(2025, 7, 21), date(2025, 7, 31)


def stage_of(ordinal: int, status: StageStatus, end: date | None = None) -> Stage:
    return Stage(
        campaign_id=1, ordinal=ordinal, kind="launch", name="", status=status, planned_end=end
    )


@pytest.mark.parametrize(
    ("today", "gate_open", "returned_on", "expected"),
    [
        (date(2025, 7, 21), False, None, None),  # eight working days left: nothing is asked
        (date(2025, 7, 25), False, None, None),  # four left
        (date(2025, 7, 28), False, None, Why.END_NEAR),  # three left
        (date(2025, 8, 20), False, None, Why.END_NEAR),  # long past
        (date(2025, 7, 21), True, None, Why.GATE_OPEN),  # an open gate does not wait for the end
        (date(2025, 7, 28), True, None, Why.GATE_OPEN),  # both: the better news
        (date(2025, 7, 28), False, date(2025, 7, 24), None),  # returned two working days ago: rests
        (date(2025, 7, 31), False, date(2025, 7, 24), Why.END_NEAR),  # a working week later
    ],
)
def test_a_decision_is_asked_when_the_gate_opens_or_the_end_is_near(
    today, gate_open, returned_on, expected
):
    asked = when_to_ask(
        stage_of(2, ACTIVE, END),
        gate_open=gate_open,
        returned_on=returned_on,
        today=today,
        calendar=CALENDAR,
        near_end_workdays=3,
    )

    assert asked is expected


@pytest.mark.parametrize("status", [PENDING, DECIDING, CLOSED])
def test_only_an_active_stage_is_asked_about(status):
    stage = stage_of(1, status, END)

    assert (
        when_to_ask(
            stage,
            gate_open=True,
            returned_on=None,
            today=MONDAY,
            calendar=CALENDAR,
            near_end_workdays=3,
        )
        is None
    )


def test_a_stage_without_an_end_is_asked_about_only_when_its_gate_opens():
    endless = stage_of(5, ACTIVE, None)
    asked = [
        when_to_ask(
            endless,
            gate_open=is_open,
            returned_on=None,
            today=MONDAY,
            calendar=CALENDAR,
            near_end_workdays=3,
        )
        for is_open in (False, True)
    ]

    assert asked == [None, Why.GATE_OPEN]


@pytest.mark.parametrize(
    ("said", "obstacles", "words"),
    [
        (Said(Answer.APPROVE), [], []),
        (Said(Answer.APPROVE), ["培训尚未完成"], ["还有 1 项没有满足，不能批准"]),
        (Said(Answer.FORCE, "上级要求"), ["培训尚未完成"], []),
        (Said(Answer.FORCE), ["培训尚未完成"], ["强制推进必须写明理由"]),
        (Said(Answer.FORCE, " \n"), [], ["强制推进必须写明理由"]),  # blanks are no reason
        (Said(Answer.RETURN), [], ["退回必须写明理由"]),
        (Said(Answer.RETURN, "材料不实"), [], []),
        (Said(Answer.POSTPONE, "等复核", date(2025, 8, 1)), [], []),  # the day after the end
        (Said(Answer.POSTPONE, "等复核", END), [], ["不晚于原来的结束日"]),
        (Said(Answer.POSTPONE, "等复核", MONDAY), [], ["不晚于今天"]),
        (Said(Answer.POSTPONE, "等复核"), [], ["必须填写延期到哪一天"]),
        (Said(Answer.POSTPONE), [], ["必须写明理由", "必须填写延期到哪一天"]),  # all at once
        (Said(Answer.APPROVE, "", date(2025, 8, 1)), [], ["决定却是批准"]),
        (Said(Answer.POSTPONE, "等复核", unread="日期写错"), [], ["日期写错"]),
        (Said(Answer.APPROVE, unread="日期写错"), [], ["日期写错"]),
        (Said(None), [], ["没有选择决定"]),
        (Said(Answer.RETURN, "长" * 501), [], ["压缩到 500 个字"]),
        (Said(Answer.TRANSFER, "", None, "分管领导"), [], ["没有允许转办"]),
    ],
)
def test_what_an_answer_needs(said, obstacles, words):
    found = answer_faults(said, Circumstances(MONDAY, END, obstacles, ["分管领导"]))

    assert len(found) == len(words)
    assert all(word in fault for word, fault in zip(words, found, strict=True))


@pytest.mark.parametrize(
    ("to", "allowed"), [("分管领导", True), (" 分管领导 ", True), ("市长", False), ("", False)]
)
def test_a_question_is_handed_on_only_to_a_post_that_is_there(to, allowed):
    said = Said(Answer.TRANSFER, transfer_to=to)
    at = Circumstances(MONDAY, END, ["x"], ["分管领导"], may_transfer=True)
    found = answer_faults(said, at)

    assert (found == []) is allowed


A, R, P, F = Answer.APPROVE, Answer.RETURN, Answer.POSTPONE, Answer.FORCE


@pytest.mark.parametrize(
    ("voices", "all_must_agree", "expected"),
    [
        ([Voice("甲", A)], False, A),
        ([Voice("甲", A), Voice("乙")], False, A),  # either will do
        ([Voice("甲", A), Voice("乙")], True, None),  # 会签: the other must still be heard
        ([Voice("甲", A), Voice("乙", A)], True, A),
        ([Voice("甲", A), Voice("乙", F)], True, F),  # one forced it: it is a forced one
        ([Voice("甲", A), Voice("乙", R)], True, R),  # one 退回 settles it
        ([Voice("甲", R), Voice("乙")], True, R),
        ([Voice("甲"), Voice("乙", P)], True, P),
        ([Voice("甲"), Voice("丙", A, escalated=True)], True, A),  # the next level decides alone
        ([Voice("甲", A), Voice("丙", escalated=True)], True, A),  # nobody waits for it
        ([Voice("甲"), Voice("乙")], False, None),
    ],
)
def test_what_several_voices_come_to(voices, all_must_agree, expected):
    assert verdict(voices, all_must_agree) is expected


@pytest.mark.parametrize(
    ("statuses", "closing", "opens"),
    [
        ((DECIDING, PENDING, PENDING), 1, 2),  # the next one starts, before its planned day
        ((DECIDING, ACTIVE, PENDING), 1, None),  # another is under way already
        ((CLOSED, DECIDING, PENDING), 2, 3),
        ((PENDING, DECIDING, CLOSED), 2, 1),  # one left behind is not lost
        ((CLOSED, CLOSED, DECIDING), 3, None),  # the last one: the campaign is over
        ((DECIDING, DECIDING, PENDING), 1, None),
    ],
)
def test_which_stage_opens_when_one_closes(statuses, closing, opens):
    stages = [stage_of(n, status) for n, status in enumerate(statuses, 1)]

    assert opens_after(closing, stages) == opens


@pytest.mark.parametrize(
    ("today", "escalated", "expected"),
    [
        (date(2025, 7, 23), False, Chase(0)),  # not due yet
        (date(2025, 7, 24), False, Chase(0, remind=True)),  # due today
        (date(2025, 7, 25), False, Chase(1, remind=True)),
        (date(2025, 7, 28), False, Chase(2, remind=True, escalate=True)),  # the week-end between
        (date(2025, 7, 28), True, Chase(2, remind=True)),  # once is enough
        (date(2025, 8, 21), True, Chase(20, expire=True)),
    ],
)
def test_an_unanswered_question_reminds_climbs_and_expires(today, escalated, expected):
    assert chase(date(2025, 7, 24), escalated, today, CALENDAR) == expected


@given(
    st.lists(st.sampled_from([PENDING, ACTIVE]), min_size=1, max_size=7),
    st.lists(st.tuples(st.integers(0, 6), st.sampled_from([A, R, P, F])), max_size=40),
)
def test_no_sequence_of_decisions_loses_a_stage_or_leaves_none_under_way(statuses, answers):
    stages = dict(enumerate(statuses, 1))
    stages[1] = ACTIVE
    closed: list[int] = []
    for place, answer in answers:
        under_way = [n for n, s in stages.items() if s in (ACTIVE, DECIDING)]
        if not under_way:
            break
        n = under_way[place % len(under_way)]
        stages[n] = DECIDING
        stages[n] = status_after(answer)
        if stages[n] is CLOSED:
            closed.append(n)
            opened = opens_after(n, [stage_of(i, s) for i, s in stages.items()])
            if opened is not None:
                assert stages[opened] is PENDING
                stages[opened] = ACTIVE

        assert len(closed) == len(set(closed))  # none closed twice
        over = all(s is CLOSED for s in stages.values())
        assert over or any(s in (ACTIVE, DECIDING) for s in stages.values())
    assert len(stages) == len(statuses)
