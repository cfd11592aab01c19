"""A run that waits for an answer is ended from a thread beside the server, and what was typed goes first."""

import asyncio
import json

import pytest

from deployments.door.calls.inside import past_the_door
from deployments.door.calls.waiting import WaitingRuns
from tests.deployments.door.own_door import RUN


class Prefect:
    """Answers as Prefect does of one run, and remembers what was asked of it in what order."""

    def __init__(self, state: str) -> None:
        self.state, self.asked, self.said = state, [], {}

    async def __call__(self, scope, receive, send):
        message = await receive()
        method, path = scope["method"], scope["path"].removeprefix("/api")
        self.asked.append((method, path))
        status, answer = self._answer(path, message.get("body", b""))
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    def _answer(self, path, body):
        if path == f"/flow_runs/{RUN}" and self.state != "GONE":
            return 200, {"state_type": self.state}
        if path.endswith("/input/filter"):
            return 200, [{"key": "suspended-decision-1-response"}, {"key": "suspended-decision-1"}]
        if path.endswith("/set_state"):
            self.said = json.loads(body)
            return 201, {}
        return (204, None) if "/input/" in path else (404, {})


def ended(prefect):
    runs = WaitingRuns(past_the_door(prefect))

    async def nothing(*_call):
        pass

    async def server():
        await runs.heard_by(nothing)({}, None, None)
        return await asyncio.to_thread(runs.end, RUN, "Completed", "组长批准")

    return asyncio.run(server())


def test_what_was_typed_is_deleted_and_then_the_run_ends_with_the_words():
    prefect = Prefect("PAUSED")

    assert ended(prefect) is True
    assert prefect.said["force"] is True
    assert prefect.said["state"] == {
        "type": "COMPLETED",
        "name": "Completed",
        "message": "组长批准",
    }
    assert prefect.asked[-2:] == [
        ("DELETE", f"/flow_runs/{RUN}/input/suspended-decision-1-response"),
        ("POST", f"/flow_runs/{RUN}/set_state"),
    ]


@pytest.mark.parametrize(
    ("state", "over"),
    [
        ("COMPLETED", True),
        ("CANCELLED", True),
        ("GONE", True),
        ("RUNNING", False),
        ("PENDING", False),
    ],
)
def test_a_run_that_is_over_or_works_on_an_answer_is_left_alone(state, over):
    prefect = Prefect(state)

    assert ended(prefect) is over
    assert prefect.said == {}


def test_before_the_server_runs_nothing_is_ended():
    assert WaitingRuns(past_the_door(Prefect("PAUSED"))).end(RUN, "x", "x") is False
