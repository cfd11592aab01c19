"""What a round on the pool makes of each state that a run can be in."""

from datetime import UTC, datetime, timedelta

import pytest
from prefect.client.schemas.objects import State
from prefect.states import (
    AwaitingRetry,
    Cancelled,
    Cancelling,
    Completed,
    Crashed,
    Failed,
    Pending,
    Running,
    Scheduled,
)

from flows.running.pool_runs import BY_OPERATOR, NOBODY, STUCK, Limits, what_is_wrong

BEGAN = datetime(2025, 7, 21, 0, 30, tzinfo=UTC)
LIMITS = Limits(timedelta(minutes=10), picked_up_within=timedelta(minutes=3))
TOO_LONG = "10 分钟没有办完，已停下"


@pytest.mark.parametrize(
    ("state", "minutes", "why"),
    [
        (
            Scheduled(),
            60,
            "",
        ),  # whoever works may be busy; where nobody works is seen of all together
        (AwaitingRetry(scheduled_time=BEGAN), 60, ""),
        (Pending(), 3, ""),
        (Pending(), 4, STUCK),  # the worker took it over and was killed
        (Running(), 10, ""),
        (Running(), 11, TOO_LONG),
        (Completed(), 60, ""),
        (Failed(message="坏了"), 0, "运行失败：坏了"),
        (Crashed(), 0, "意外中断"),
        (Cancelling(), 0, BY_OPERATOR),
        (Cancelled(message="Flow run was cancelled."), 0, BY_OPERATOR),
        # Another round of the day, which has the same runs.
        (Cancelling(message=TOO_LONG), 0, f"被取消：{TOO_LONG}"),
        (Cancelled(message=NOBODY), 0, f"被取消：{NOBODY}"),
    ],
)
def test_a_run_is_given_up_when_nothing_will_come_of_it(state: State, minutes: int, why: str):
    assert what_is_wrong(state, timedelta(minutes=minutes), LIMITS) == why
