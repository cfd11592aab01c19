"""An incident is told at once to office, leaders and who caused it, and goes step by step to its end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from models.audit.chain import AuditEntry
from models.campaign.milestone import Milestone
from models.database import open_session
from models.errors import NotFoundError, ProgressError
from models.notices.notice import Notice
from models.rules.notices.rule_words import INCIDENT, INCIDENT_LATE
from models.units.unit import Post
from tasks.audit.chain import verify
from tasks.campaign.life import close_campaign
from tasks.notices.delivery import deliver, foresee
from tasks.publicity.incident_back import take_back_step
from tasks.publicity.incident_hours import incidents_list
from tasks.publicity.incidents import (
    SeenIncident,
    TakenStep,
    name_responsible,
    register_incident,
    register_step,
)
from tests.tasks.publicity.conftest import SLUG, on

pytestmark = pytest.mark.usefixtures("jiaozuo")
NOON = on(date(2023, 11, 25))  # a Saturday: it waits for no morning
SEEN = SeenIncident("网帖反映执法不规范", "创建办", "论坛", unit="市城管局", at=NOON.now)


def later(hours):
    return replace(NOON, now=NOON.now + timedelta(hours=hours), day=None)


def step(word, hours, note=""):
    return register_step(SLUG, TakenStep(1, word, "创建办", note=note), later(hours))


def told():
    with open_session(read_only=True) as session:
        query = (
            select(Post.level, Post.unit_id, Notice.hold_until)
            .join(Notice, col(Notice.post_id) == Post.id)
            .where(Notice.rule == INCIDENT)
        )
        return list(session.exec(query))


def milestone():
    with open_session(read_only=True) as session:
        row = session.exec(select(Milestone).where(Milestone.code == "Y1")).one()
        return row.due, row.state, row.unit_id


def test_office_leader_and_who_caused_it_hear_at_once():
    said = register_incident(SLUG, SEEN, NOON)

    assert "市城管局" in said
    found = told()
    assert sorted(level for level, unit, _ in found) == [1, 2, 3, 4]
    assert {hold for *_, hold in found} == {NOON.now}


def test_the_same_incident_again_tells_nobody_twice():
    register_incident(SLUG, SEEN, NOON)
    said = register_incident(SLUG, SEEN, NOON)

    assert "此前已登记" in said
    assert len(told()) == 4


def test_a_major_one_is_told_to_the_head_of_the_group_and_its_hours_are_shorter():
    said = register_incident(SLUG, replace(SEEN, major=True), NOON)
    step("报告", 1)

    assert 5 in {level for level, *_ in told()}
    assert "报告期限 2023-11-25 12:00" in said
    assert "回应期限 2023-11-26 10:00" in incidents_list(SLUG, later(1))[0][-1]


def test_it_goes_from_finding_to_end_and_each_step_says_whether_it_was_in_time():
    register_incident(SLUG, SEEN, NOON)
    assert milestone()[:2] == (date(2023, 11, 25), "open")

    assert "在期限内" in step("报告", 1)
    assert milestone()[0] == date(2023, 11, 27)
    step("处置", 20)
    assert "超过期限" in step("回应", 49)
    assert "已结束" in step("结束", 60)

    assert milestone()[1] == "done"
    with open_session(read_only=True) as session:
        whats = [one.what for one in session.exec(select(AuditEntry))]
    assert whats.count("incident-step") == 4


def test_an_hour_that_is_over_is_said():
    register_incident(SLUG, SEEN, NOON)

    assert incidents_list(SLUG, later(3))[0][-1] == "报告期限 2023-11-25 12:00，已超过"


def test_whose_it_is_may_be_said_later_and_the_unit_hears_then():
    register_incident(SLUG, replace(SEEN, unit=""), NOON)
    assert milestone()[2] is None
    before = len(told())

    for _ in range(2):
        name_responsible(SLUG, 1, "市教育局", "创建办", NOON)

    assert len(told()) == before + 2
    assert milestone()[2] is not None


@pytest.mark.parametrize(
    ("taken", "error", "word"),
    [
        (TakenStep(7, "报告", "创建办"), NotFoundError, "没有第 7 号"),
        (TakenStep(1, "开会", "创建办"), ProgressError, "应为"),
        (TakenStep(1, "回应", "创建办"), ProgressError, "还没有登记“报告”"),
        (TakenStep(1, "报告", "王伟"), ProgressError, "像是姓名|职务"),
        (TakenStep(1, "报告", "创建办", NOON.now + timedelta(days=9)), ProgressError, "还没有到"),
        (TakenStep(1, "报告", "创建办", NOON.now - timedelta(days=9)), ProgressError, "早于"),
    ],
)
def test_a_step_that_cannot_be_is_refused(taken, error, word):
    register_incident(SLUG, SEEN, NOON)

    with pytest.raises(error, match=word):
        register_step(SLUG, taken, later(1))


def late_ones():
    with open_session(read_only=True) as session:
        query = (
            select(Notice.words, Post.level, Post.unit_id)
            .join(Post, col(Post.id) == Notice.post_id)
            .where(Notice.rule == INCIDENT_LATE)
            .order_by(Notice.id)
        )
        return list(session.exec(query))


@pytest.mark.parametrize(
    ("registered", "hours", "late"),
    [
        ([], 2, []),  # the hour itself is in time
        ([], 2.1, ["报告"]),
        ([("报告", 1)], 3, []),
        ([("报告", 3)], 48, []),  # reported late, and it is over
        ([("报告", 1)], 48.1, ["回应"]),
        ([], 49, ["报告", "回应"]),
        ([("报告", 1), ("回应", 20)], 90, []),
        ([("报告", 1), ("结束", 20)], 90, []),  # ended without an answer, with a reason
    ],
)
def test_an_hour_that_goes_by_is_told_by_the_next_round_of_delivery(registered, hours, late):
    register_incident(SLUG, SEEN, NOON)
    for word, at in registered:
        step(word, at, note="不需要公开回应")

    for _ in range(2):  # the second round has nothing new to say
        deliver(lambda: later(hours).now)

    said = late_ones()
    assert [word for word in ("报告", "回应") for one in said if f"前{word}，" in one[0]] == [
        word for word in late for _ in range(4)
    ]
    assert sorted(level for _, level, _ in said) == sorted([1, 2, 3, 4] * len(late))


def test_a_unit_that_is_named_after_the_hour_hears_then_and_nobody_else_again():
    register_incident(SLUG, replace(SEEN, unit=""), NOON)
    deliver(lambda: later(3).now)
    before = late_ones()

    name_responsible(SLUG, 1, "市教育局", "创建办", later(4))
    deliver(lambda: later(4).now)

    assert {unit for *_, unit in before} == {None}
    assert len({unit for *_, unit in late_ones()}) == 2
    assert len(late_ones()) == len(before) + 2


def test_a_preview_says_the_late_hour_and_writes_nothing():
    register_incident(SLUG, SEEN, NOON)

    foresee(later(3).now)

    assert late_ones() == []


def test_an_incident_of_a_closed_campaign_is_told_no_more():
    register_incident(SLUG, SEEN, NOON)
    close_campaign(SLUG, "创建办", "已经结束", later(1))

    deliver(lambda: later(3).now)

    assert late_ones() == []


def back(hours, why="登记错了"):
    return take_back_step(SLUG, 1, "创建办", why, later(hours))


def test_a_step_that_was_registered_by_mistake_is_taken_back_and_taken_anew():
    register_incident(SLUG, SEEN, NOON)
    step("报告", 1)
    step("结束", 2, note="不需要公开回应")
    heard = len(told())

    assert "撤回登记的“结束”；回应期限" in back(3)
    assert milestone()[1] == "open"
    assert len(told()) == heard + 4  # who heard of the end hears of this
    step("回应", 4)
    step("结束", 5)

    assert milestone()[1] == "done"
    assert verify().lines == []


def test_only_what_was_registered_can_be_taken_back():
    register_incident(SLUG, SEEN, NOON)

    with pytest.raises(ProgressError, match="没有可撤回的"):
        back(1)
    step("报告", 1)
    with pytest.raises(ProgressError, match="理由"):
        back(2, why=" ")


def test_an_hour_counts_again_once_its_step_is_taken_back():
    register_incident(SLUG, SEEN, NOON)
    step("报告", 1)
    back(3)

    deliver(lambda: later(3).now)

    assert len(late_ones()) == 4
