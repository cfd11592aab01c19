"""What counts as switched on."""

import pytest

from deployments.service.server import runs_by_itself


@pytest.mark.parametrize(
    ("paused", "active", "runs"),
    [
        (False, [True], True),
        (False, [False, True], True),
        (False, [False], False),
        (True, [True], False),
        (False, [], True),  # a form: on as soon as it has a schedule
        (True, [], False),
    ],
)
def test_a_deployment_runs_by_itself_when_neither_switch_is_off(paused, active, runs):
    asked = {"paused": paused, "schedules": [{"active": one} for one in active]}

    assert runs_by_itself(asked) is runs
