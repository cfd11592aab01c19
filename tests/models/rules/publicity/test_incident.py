"""The clock of an incident, and the order of its steps."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.rules.calendar.workdays import WorkCalendar
from models.rules.publicity.incident import IncidentFound, next_due, step_due, step_fault
from models.rules.publicity.incident_clock import EXPECTED_OF_CLOCK, IncidentClock
from models.rules.publicity.words import IncidentStep as Step

AT = datetime(2026, 7, 24, 12, 0, tzinfo=UTC)  # a Friday evening: hours run on over the week-end
ZONE = ZoneInfo("Asia/Shanghai")


def hours(step, *, major=False):
    due = step_due(IncidentFound(AT, major), step, IncidentClock(), WorkCalendar(), ZONE)
    return due and (due - AT) / timedelta(hours=1)


@pytest.mark.parametrize(
    ("step", "major", "expected"),
    [
        (Step.REPORTED, False, 2),
        (Step.ANSWERED, False, 48),
        (Step.ANSWERED, True, 24),  # 国办发〔2016〕61号
        (Step.HANDLED, False, None),
        (Step.FOUND, False, None),
    ],
)
def test_an_hour_is_counted_by_the_clock(step, major, expected):
    assert hours(step, major=major) == expected


def test_the_end_is_counted_in_working_days():
    due = step_due(IncidentFound(AT), Step.ENDED, IncidentClock(), WorkCalendar(), ZONE)

    assert due is not None
    assert (
        f"{due.astimezone(ZONE):%m-%d %H:%M}" == "08-09 23:59"
    )  # ten working days, and the Sunday


def test_the_next_hour_is_that_of_the_next_step_that_has_one():
    dues = {one: AT + timedelta(hours=one.place) for one in (Step.REPORTED, Step.ANSWERED)}

    assert next_due(dues, Step.FOUND) == (Step.REPORTED, AT + timedelta(hours=1))
    assert next_due(dues, Step.REPORTED) == (Step.ANSWERED, AT + timedelta(hours=3))
    assert next_due(dues, Step.ENDED) is None


@pytest.mark.parametrize(
    ("at", "wanted", "note", "allowed"),
    [
        (Step.FOUND, Step.REPORTED, "", True),
        (Step.FOUND, Step.ANSWERED, "", False),  # nobody was told yet
        (Step.REPORTED, Step.ANSWERED, "", True),  # 处置 may be passed over
        (Step.ANSWERED, Step.HANDLED, "", False),  # steps go forward only
        (Step.HANDLED, Step.ENDED, "", False),
        (Step.HANDLED, Step.ENDED, "只在内部群里，不需要公开回应", True),
        (Step.ANSWERED, Step.ENDED, "", True),
        (Step.ENDED, Step.ENDED, "", False),
    ],
)
def test_steps_go_forward_and_an_answer_is_left_out_only_with_a_reason(at, wanted, note, allowed):
    assert (step_fault(at, wanted, note) == "") is allowed


def test_every_setting_of_the_clock_says_what_it_takes():
    assert set(EXPECTED_OF_CLOCK) == set(IncidentClock.model_fields)
