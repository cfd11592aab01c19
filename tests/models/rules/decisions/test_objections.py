"""Until when an objection stands, and where a stage stays in spite of one."""

from datetime import date, timedelta

import pytest

from models.campaign.campaign import Stage
from models.rules.calendar.workdays import WorkCalendar
from models.rules.decisions.answers import Answer
from models.rules.decisions.objections import (
    LONGEST_REASON,
    last_day,
    objection_faults,
    stands_anyway,
    waits_again,
)
from models.rules.words import StageStatus

CALENDAR = WorkCalendar({date(2025, 7, 23): False})  # a Wednesday off
MONDAY = date(2025, 7, 21)
BEFORE, AFTER = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("decided_on", "last"),
    [
        (MONDAY, date(2025, 7, 25)),  # Tuesday, Thursday, Friday
        (date(2025, 7, 24), date(2025, 7, 29)),  # over a weekend
        (date(2025, 7, 26), date(2025, 7, 30)),  # decided on a Saturday
    ],
)
def test_there_are_three_working_days_to_object(decided_on, last):
    assert last_day(decided_on, CALENDAR) == last
    assert objection_faults("不是我", decided_on, last, CALENDAR) == []
    [late] = objection_faults("不是我", decided_on, last + timedelta(days=1), CALENDAR)
    assert f"异议应在 {last} 前提出" in late


@pytest.mark.parametrize(
    ("reason", "count"),
    [("", 1), ("  ", 1), ("字" * LONGEST_REASON, 0), ("字" * (LONGEST_REASON + 1), 1)],
)
def test_an_objection_needs_a_reason_of_some_length(reason, count):
    assert len(objection_faults(reason, None, MONDAY, CALENDAR)) == count


def test_every_fault_is_named_at_once():
    assert len(objection_faults("", MONDAY, MONDAY + timedelta(days=30), CALENDAR)) == 2


def stage(status: StageStatus, start: date | None = AFTER, end: date | None = None) -> Stage:
    return Stage(
        campaign_id=1,
        ordinal=1,
        kind="launch",
        name="部署启动",
        status=status,
        planned_start=start,
        planned_end=end,
    )


CLOSED, ACTIVE, PENDING = StageStatus.CLOSED, StageStatus.ACTIVE, StageStatus.PENDING


@pytest.mark.parametrize(
    ("answer", "now", "opening", "words"),
    [
        (Answer.FORCE, stage(CLOSED), False, ""),
        (Answer.RETURN, stage(ACTIVE), False, ""),
        (Answer.APPROVE, stage(StageStatus.WITHDRAWN), False, "没有这个阶段"),
        (Answer.APPROVE, stage(ACTIVE), True, ""),  # opens tomorrow by plan: it waits again
        (Answer.APPROVE, stage(ACTIVE, MONDAY), True, "照方案进行"),  # its day has come
        (
            Answer.APPROVE,
            stage(ACTIVE, None, AFTER),
            True,
            "照方案进行",
        ),  # under way from the first
        (Answer.APPROVE, stage(ACTIVE, None), True, ""),  # without any day: only by decision
        (Answer.RETURN, stage(PENDING), True, ""),
        (Answer.RETURN, stage(ACTIVE), True, "已经启动"),
    ],
)
def test_where_a_stage_stays_in_spite_of_an_objection(answer, now, opening, words):
    said = stands_anyway(answer, now, MONDAY, opening=opening)
    assert words in said
    assert bool(said) is bool(words)


def test_the_only_stage_under_way_goes_on():
    early = stage(ACTIVE)
    assert "照常进行" in stands_anyway(Answer.APPROVE, early, MONDAY, opening=True, alone=True)
    assert stands_anyway(Answer.FORCE, stage(CLOSED), MONDAY, opening=False, alone=True) == ""


@pytest.mark.parametrize(
    ("now", "waits"),
    [
        (stage(ACTIVE), True),
        (stage(ACTIVE, MONDAY), False),
        (stage(ACTIVE, BEFORE), False),
        (stage(StageStatus.DECIDING), False),  # somebody is asked about it already
        (stage(CLOSED), False),
    ],
)
def test_which_opened_stage_waits_for_its_day_again(now, waits):
    assert waits_again(now, MONDAY) is waits
