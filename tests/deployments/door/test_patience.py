"""A click while Prefect's database is busy: done once when it is free, or said to have failed."""

import asyncio

import pytest

from deployments.door import guard
from deployments.door.patience import LONGEST, PAUSES, patiently
from tests.deployments.door.own_door import Door


class Prefect:
    """Answers with each of ``statuses`` in turn; after an error it raises too, as Starlette does."""

    def __init__(self, *statuses: int, lasts: float = 0.0) -> None:
        self.statuses, self.lasts = list(statuses), lasts
        self.asked, self.time = 0, 0.0

    async def __call__(self, send):
        self.asked += 1
        self.time += self.lasts
        status = self.statuses.pop(0)
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": True})
        await send({"type": "http.response.body", "body": str(status).encode()})
        if status >= 500:
            raise RuntimeError(status)


def answered(prefect):
    """Return the statuses and bodies that went out, and how long was waited."""
    said, waited = [], []

    async def send(message):
        said.append(message.get("status") or message["body"])

    async def pause(seconds):
        waited.append(seconds)
        prefect.time += seconds

    try:
        asyncio.run(patiently(prefect, send, pause, lambda: prefect.time))
    except RuntimeError:
        said.append("raised")
    return said, waited


@pytest.mark.parametrize("busy", range(len(PAUSES) + 1))
def test_what_is_busy_for_a_moment_is_asked_again_and_answered_once(busy):
    prefect = Prefect(*[503] * busy, 201)

    assert answered(prefect) == ([201, b"", b"201"], list(PAUSES[:busy]))
    assert prefect.asked == busy + 1


@pytest.mark.parametrize(
    ("a_try_takes", "tries"),
    [(0.0, 5), (0.3, 5), (0.4, 4), (2.0, 3), (3.0, 2), (4.5, 2), (4.9, 1), (60.0, 1)],
)
def test_what_stays_busy_says_so_while_who_clicked_still_looks(a_try_takes, tries):
    prefect = Prefect(*[503] * 9, lasts=a_try_takes)
    said, waited = answered(prefect)

    assert said == [503, b"", b"503", "raised"]
    assert prefect.asked == tries
    assert waited == list(PAUSES[: tries - 1])
    assert sum(waited) + a_try_takes * (tries - 1) <= LONGEST


@pytest.mark.parametrize("status", [404, 409, 422, 500])
def test_any_other_answer_stands(status):
    prefect = Prefect(status, 200)
    said, waited = answered(prefect)

    assert (said[0], waited, prefect.asked) == (status, [], 1)


def test_a_call_at_the_door_reaches_prefect_again_with_the_same_body(monkeypatch):
    door, statuses = Door(), [503, 503]
    behind = door.behind

    async def busy(scope, receive, send):
        if not statuses:
            await behind(scope, receive, send)
            return
        held = []
        await behind(scope, receive, held_by(held))
        held[0]["status"] = statuses.pop()
        for message in held:
            await send(message)

    def held_by(messages):
        async def send(message):
            messages.append(message)

        return send

    async def at_once(_seconds):
        return None

    monkeypatch.setattr(door.guard, "_app", busy)
    monkeypatch.setattr(guard, "patiently", lambda ask, send: patiently(ask, send, at_once))
    answer = door.call("POST", "/api/flow_runs/filter", {"limit": 3})

    assert answer.status_code == 200
    assert behind.reached == [("POST", "/api/flow_runs/filter", {"limit": 3})] * 3
