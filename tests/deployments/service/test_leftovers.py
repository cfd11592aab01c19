"""Which of the hours that passed without power are still worth a run."""

from datetime import UTC, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from prefect.client.schemas.objects import FlowRun

from deployments.service.leftovers import stale
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
