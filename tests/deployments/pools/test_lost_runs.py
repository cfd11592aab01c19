"""Which run in a container of its own is taken for lost: nothing tells of it but itself."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Cancelling, Pending, Running, State

from deployments.pools.lost_runs import HEARTBEAT, QUEUED, SILENT, is_silent

NOW = datetime(2025, 7, 21, 1, 0, tzinfo=UTC)
LONG_AGO, A_MOMENT = NOW - timedelta(hours=1), timedelta(seconds=1)
ID = UUID(int=1)


@pytest.mark.parametrize(
    ("state", "lasts", "heard", "lost"),
    [
        (Running, SILENT, False, False),
        (Running, SILENT + A_MOMENT, False, True),
        (Running, timedelta(hours=5), True, False),  # it is long, and it lives
        (Cancelling, SILENT + A_MOMENT, False, True),
        (Pending, QUEUED, False, False),  # its image is fetched
        (Pending, QUEUED + A_MOMENT, True, True),  # that it was taken is no sign of its life
    ],
)
def test_a_run_is_lost_when_nothing_was_heard_of_it_for_long(state, lasts, heard, lost):
    since = NOW - lasts

    assert is_silent(_run(state(timestamp=since)), {ID} if heard else (), NOW, since) is lost


def test_nothing_is_lost_while_we_could_not_listen():
    run = _run(Running(timestamp=LONG_AGO))

    assert not is_silent(run, (), NOW, since=NOW - SILENT)
    assert is_silent(run, (), NOW, since=NOW - SILENT - A_MOMENT)


def test_a_run_may_miss_two_signs_of_life():
    assert SILENT > 3 * HEARTBEAT


def _run(state: State) -> FlowRun:
    assert state.type in StateType
    return FlowRun(id=ID, flow_id=UUID(int=9), state=state, state_type=state.type)
