"""Which of the hours that passed without power are still worth a run."""

from datetime import UTC, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from prefect.client.schemas.objects import FlowRun, StateType

from deployments.service.leftovers import CUT_OFF, left_as, stale
from flows.running.missed import BY_SCHEDULE
from models.rules.calendar.moment import Moment

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 5, 20, 1, 0, tzinfo=UTC)  # 9:00 in the office
PATROL, ROUND, POST = (UUID(int=n) for n in (1, 2, 3))


def due(deployment: UUID, day: int, hour: int, minute: int = 0) -> FlowRun:
    at = datetime(2026, 5, day, hour, minute, tzinfo=ZONE)
    return FlowRun(id=uuid4(), flow_id=uuid4(), deployment_id=deployment, expected_start_time=at)


def test_the_newest_of_today_runs_late_and_nothing_of_yesterday():
    kept = [due(POST, 20, 8, 55), due(ROUND, 20, 8, 40)]
    passed = [
        due(POST, 20, 8, 50),
        due(PATROL, 20, 8, 30),  # the start asks for a patrol of its own
        due(POST, 20, 0, 0),
        due(POST, 19, 23, 55),  # 15:55 of the day before in UTC
        due(ROUND, 19, 8, 40),
        due(PATROL, 18, 8, 30),
    ]
    newest_first = [kept[0], passed[0], kept[1], *passed[1:]]

    assert stale(newest_first, Moment(NOW, ZONE), PATROL) == passed


def test_today_is_the_offices_day():
    yesterday, today = due(POST, 19, 23, 59), due(POST, 20, 0, 1)  # one day in UTC
    night = datetime(2026, 5, 20, 0, 5, tzinfo=ZONE)

    assert stale([today, yesterday], Moment(night, ZONE), PATROL) == [yesterday]
    assert stale([yesterday], Moment(night, ZONE), PATROL) == [yesterday]


@pytest.mark.parametrize(
    ("state", "began", "tags", "deployment", "runs_now"),
    [
        (StateType.PENDING, 0, [], POST, True),  # a form that was filled in as the service ended
        (StateType.PENDING, 1, [], POST, False),  # it went on after a wait: it did something before
        (StateType.RUNNING, 1, [], POST, False),
        (StateType.CANCELLING, 0, [], POST, False),
        (StateType.PENDING, 0, [BY_SCHEDULE], ROUND, False),  # its next hour comes
        (StateType.PENDING, 0, [], PATROL, False),  # the start asks for one itself
    ],
)
def test_what_somebody_asked_for_that_had_not_begun_is_run_now(
    state, began, tags, deployment, runs_now
):
    run = FlowRun(
        id=uuid4(),
        flow_id=uuid4(),
        deployment_id=deployment,
        state_type=state,
        run_count=began,
        tags=tags,
    )

    left = left_as(run, PATROL)

    assert left.type == (StateType.SCHEDULED if runs_now else StateType.CRASHED)
    assert (left.message == CUT_OFF) == (not runs_now)
