"""When one of a pool's workers asks for the day's patrol once more."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from prefect.client.schemas.objects import FlowRun, State
from prefect.states import Cancelled, Completed, Crashed, Failed, Running, Scheduled

from deployments.pools.caretaker import CRASHES, key_of_another
from deployments.service.first_patrol import PATROL
from models.rules.calendar.moment import Moment

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE, EIGHT = (Moment(datetime(2025, 7, 21, hour, tzinfo=UTC), SHANGHAI) for hour in (1, 0))
AGAIN, TODAY = f"{PATROL} {UUID(int=0)}", f"{PATROL} 2025-07-21"


def patrols(*states: State) -> list[FlowRun]:
    """Newest first."""
    return [
        FlowRun(id=UUID(int=n), flow_id=UUID(int=9), state=state, state_type=state.type)
        for n, state in enumerate(states)
    ]


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("states", "key"),
    [
        ([Crashed()], AGAIN),
        ([Crashed(), Failed()], AGAIN),
        ([Crashed(), Crashed()], AGAIN),
        ([Crashed()] * CRASHES, ""),  # it takes its worker along: somebody must look
        ([Running(), Crashed()], ""),
        ([Scheduled(), Crashed()], ""),
        ([Completed(), Crashed()], ""),
        ([Failed()], ""),  # it names whom it did not reach; the next hour makes up for them
    ],
)
def test_a_patrol_that_crashed_is_asked_for_again_and_not_for_ever(states, key, first):
    assert key_of_another(patrols(*states), NINE, first=first) == key


@pytest.mark.parametrize("states", [[], [Cancelled()]])
def test_a_morning_without_a_patrol_gets_one_at_the_first_look_alone(states):
    assert key_of_another(patrols(*states), NINE, first=True) == TODAY
    assert key_of_another(patrols(*states), NINE, first=False) == ""
    assert key_of_another(patrols(*states), EIGHT, first=True) == ""
