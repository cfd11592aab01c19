"""What a rehearsal brings to light, and how it differs from another."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.rehearsal.comparing import MessageChange, changes_in_words, compared, counted
from models.rules.rehearsal.findings import Topic, by_week, findings, heaviest, rehearsal_line
from models.rules.rehearsal.values import (
    AskedQuestion,
    DueDayOff,
    MissingPost,
    Rehearsal,
    RehearsedMessage,
    Unsaid,
    WalkedDay,
    WalkedStage,
    WeekOfUnit,
)
from models.rules.rehearsal.values_json import NoRehearsal, as_values, from_values

MONDAY = date(2025, 6, 2)


def message(day: date = MONDAY, to: str = "甲联络员", **more: object) -> RehearsedMessage:
    said = {"at": "08:35", "recipient": to, "tag": to, "unit": "甲", "channel": "邮件"}
    said |= {"subject": "1 项提醒", "body": "W1", "items": ["W1"]}
    return RehearsedMessage(day=day, **(said | more))  # type: ignore[arg-type]


def stage(ordinal: int, start: date | None, end: date | None, **more: object) -> WalkedStage:
    days = {"workdays": 5, "deciders": ["组长"], "open_ended": False}
    return WalkedStage(ordinal, f"第{ordinal}步", start, end, **(days | more))  # type: ignore[arg-type]


EMPTY = Rehearsal("jc", "金昌 2025", "方案", MONDAY, MONDAY + timedelta(days=4), "谁也不办", False)
EMPTY = replace(EMPTY, holidays_until=2026)


def topics(found: Rehearsal) -> list[Topic]:
    return [one.topic for one in findings(found)]


def test_a_campaign_without_faults_has_nothing_to_look_at():
    assert findings(EMPTY) == []
    assert "0 处要看" in rehearsal_line(EMPTY)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (replace(EMPTY, missing=[MissingPost("甲联络员", True, ["甲负责人"], 3)]), [Topic.POST]),
        (replace(EMPTY, missing=[MissingPost("组长", False, [], 0)]), [Topic.POST]),
        (
            replace(EMPTY, missing=[MissingPost(str(n), True, [], 0) for n in range(9)]),
            [Topic.POST] * 9,
        ),
        (replace(EMPTY, unsaid=[Unsaid(MONDAY, "甲", "没有通道", 2)]), [Topic.UNSAID]),
        (replace(EMPTY, assumed=True), [Topic.CHANNELS]),
        (replace(EMPTY, stages=[stage(1, MONDAY, MONDAY, workdays=0)]), [Topic.STAGE]),
        (replace(EMPTY, stages=[stage(1, MONDAY, MONDAY, deciders=[])]), [Topic.STAGE]),
        (replace(EMPTY, stages=[stage(1, None, MONDAY)]), [Topic.STAGE]),
        (replace(EMPTY, stages=[stage(1, MONDAY, None)]), [Topic.STAGE]),
        (replace(EMPTY, stages=[stage(1, MONDAY, None, open_ended=True)]), []),
        (
            replace(EMPTY, questions=[AskedQuestion(1, "一", False, MONDAY, MONDAY, ["组长"])]),
            [Topic.DECISION],
        ),
        (replace(EMPTY, open_groups=["各部门"]), [Topic.GROUP]),
        (
            replace(EMPTY, due_days_off=[DueDayOff("W1", "事", "甲", MONDAY, MONDAY)]),
            [Topic.DAY_OFF],
        ),
        (replace(EMPTY, holidays_until=2024), [Topic.HOLIDAYS]),
        (replace(EMPTY, holidays_until=2025), []),
    ],
)
def test_each_fault_is_found(found, expected):
    assert topics(found) == expected
    assert all(one.what and one.todo for one in findings(found))


@pytest.mark.parametrize(
    ("second", "seen"),
    [
        ((MONDAY + timedelta(days=10), MONDAY + timedelta(days=19)), False),  # one after the other
        ((MONDAY + timedelta(days=5), MONDAY + timedelta(days=19)), False),  # five of ten days
        ((MONDAY + timedelta(days=4), MONDAY + timedelta(days=19)), True),  # six, and four apart
        ((MONDAY, MONDAY + timedelta(days=19)), True),
        ((MONDAY, None), True),
    ],
)
def test_stages_that_overlap_by_more_than_they_stand_apart_are_found(second, seen):
    first = stage(1, MONDAY, MONDAY + timedelta(days=9))
    other = stage(2, *second, open_ended=second[1] is None)
    found = replace(EMPTY, stages=[first, other])

    assert topics(found) == [Topic.STAGE] * seen


def test_the_heaviest_days_come_first_and_of_equal_ones_the_earlier():
    days = [MONDAY + timedelta(days=n) for n in range(7)]
    found = [message(day, to) for day in days for to in ("甲", "乙")] + [message(days[3], "丙")]

    heavy = heaviest(replace(EMPTY, messages=found))

    assert [one.day for one in heavy] == [days[3], *days[:3], days[4]]
    assert (heavy[0].messages, heavy[0].recipients) == (3, 3)


def test_a_week_with_as_much_as_the_plan_allows_a_unit_is_found():
    found = replace(
        EMPTY,
        messages=[message(MONDAY + timedelta(days=n)) for n in range(3)],
        weeks=[WeekOfUnit("甲", MONDAY, 3, 3)],
    )

    [week] = by_week(found)

    assert (week.messages, week.asks, week.budget, week.full) == (3, 3, 3, True)
    assert topics(found) == [Topic.BUDGET]


def test_what_became_of_each_message_is_told():
    old = [message(), message(to="乙"), message(to="丙"), message(to="丁")]
    new = [
        message(),
        message(MONDAY + timedelta(days=1), "乙"),
        message(to="丙", body="W1 改了"),
        message(to="戊"),
    ]

    found = compared(replace(EMPTY, messages=old), replace(EMPTY, messages=new))

    assert {one.shown.recipient: one.change for one in found} == {
        "乙": MessageChange.MOVED,
        "丙": MessageChange.CHANGED,
        "丁": MessageChange.GONE,
        "戊": MessageChange.NEW,
    }
    assert set(counted(found).values()) == {1}
    assert (
        changes_in_words(found)
        == "与上次演练相比：不再发 1 条、新增 1 条、改了时间 1 条、改了内容 1 条"
    )


MESSAGES = st.lists(
    st.builds(
        message,
        st.dates(MONDAY, MONDAY + timedelta(days=9)),
        st.sampled_from(["甲", "乙"]),
        body=st.sampled_from(["一", "二"]),
    ),
    max_size=12,
)


@given(MESSAGES, MESSAGES)
def test_every_message_is_the_same_or_told_once(old, new):
    found = compared(replace(EMPTY, messages=old), replace(EMPTY, messages=new))

    assert sum(one.old is not None for one in found) - sum(
        one.new is not None for one in found
    ) == (len(old) - len(new))
    assert compared(replace(EMPTY, messages=old), replace(EMPTY, messages=old)) == []


def test_a_rehearsal_can_be_read_again():
    whole = replace(
        EMPTY,
        messages=[message()],
        days=[WalkedDay(MONDAY, 1, 2, 3, ["第 1 阶段启动"])],
        stages=[stage(1, MONDAY, None)],
        questions=[AskedQuestion(1, "一", True, MONDAY, MONDAY, ["组长"], MONDAY, "批准")],
        missing=[MissingPost("甲", True, [], 0)],
        notes=["说明"],
    )

    assert as_values(from_values(as_values(whole))) == as_values(whole)


@pytest.mark.parametrize(
    ("spoiled", "words"),
    [
        ([], "不是演练的结果"),
        ({"version": 2}, "不是演练的结果"),
        ({"version": 1}, "没有 slug"),
        ({**as_values(EMPTY), "first": "昨天"}, "first 应是日期"),
        ({**as_values(EMPTY), "messages": 3}, "messages 应是一个列表"),
        ({**as_values(EMPTY), "messages": [3]}, "应是一个对象"),
        ({**as_values(EMPTY), "items": True}, "items 的值不能用"),
        ({**as_values(EMPTY), "label": 3}, "label 的值不能用"),
    ],
)
def test_what_is_no_rehearsal_is_said_with_its_place(spoiled, words):
    with pytest.raises(NoRehearsal, match=words):
        from_values(spoiled)
