"""Several who press a button at once: Prefect is asked for one change at a time."""

import asyncio

import httpx
import pytest

from deployments.door import patience
from tests.deployments.door.own_door import RUN, Door

TOGETHER = 5


class Prefect:
    """Knows how many were in it at once; like its SQLite, it is too busy for two changes.

    A search ends when so many are in it as came together.
    """

    def __init__(self) -> None:
        self.inside = self.most = self.refused = 0
        self.all_in = asyncio.Event()

    async def __call__(self, scope, receive, send):
        self.inside += 1
        self.most = max(self.most, self.inside)
        change = scope["path"].endswith("/resume")
        busy = self.inside > 1 and change
        self.refused += busy
        if self.inside == TOGETHER:
            self.all_in.set()
        await (asyncio.sleep(0.02) if change else asyncio.wait_for(self.all_in.wait(), 20))
        self.inside -= 1
        await send({"type": "http.response.start", "status": 503 if busy else 201, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})


@pytest.mark.parametrize(
    ("path", "most"),
    [(f"/api/flow_runs/{RUN}/resume", 1), ("/api/flow_runs/filter", TOGETHER)],
)
def test_changes_are_made_in_turn_and_searches_together(monkeypatch, path, most):
    door, prefect = Door(), Prefect()
    monkeypatch.setattr(door.guard, "_app", prefect)

    async def press() -> list[int]:
        transport = httpx.ASGITransport(app=door._come_to_us, client=("127.0.0.1", 50000))
        url = "http://127.0.0.1:4200"
        async with httpx.AsyncClient(transport=transport, base_url=url) as client:
            answers = await asyncio.gather(*(client.post(path, json={}) for _ in range(TOGETHER)))
        return [answer.status_code for answer in answers]

    assert asyncio.run(press()) == [201] * TOGETHER
    assert (prefect.most, prefect.refused) == (most, 0)


class Hanging(Prefect):
    """Hangs in the first change and does the next."""

    async def __call__(self, scope, receive, send):
        self.inside += 1
        if self.inside == 1:
            await asyncio.sleep(30)
        await send({"type": "http.response.start", "status": 201, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})


@pytest.mark.parametrize(
    ("longest", "ceiling", "second"),
    [(0.05, 0.3, (503, "没有执行；请过几秒再点一次")), (5.0, 0.1, (201, ""))],
    ids=["the others are told so", "its turn ends"],
)
def test_a_change_that_hangs_stops_nobody_else(monkeypatch, longest, ceiling, second):
    monkeypatch.setattr(patience, "LONGEST", longest)
    monkeypatch.setattr(patience, "CEILING", ceiling)
    door = Door()
    monkeypatch.setattr(door.guard, "_app", Hanging())

    async def press() -> list[tuple[int, str]]:
        transport = httpx.ASGITransport(app=door._come_to_us, client=("127.0.0.1", 50000))
        url = "http://127.0.0.1:4200"
        async with httpx.AsyncClient(transport=transport, base_url=url) as client:
            path = f"/api/flow_runs/{RUN}/resume"
            answers = await asyncio.wait_for(
                asyncio.gather(*(client.post(path, json={}) for _ in range(2))), 5
            )
        return [(answer.status_code, answer.json().get("detail", "")) for answer in answers]

    hung, waited = asyncio.run(press())

    assert hung[0] == 503
    assert "不知道有没有执行" in hung[1]
    assert waited[0] == second[0]
    assert second[1] in waited[1]
    assert door.refusals == []  # nobody did anything that he may not
