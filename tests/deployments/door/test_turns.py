"""Several who press a button at once: Prefect is asked for one change at a time."""

import asyncio

import httpx
import pytest

from tests.deployments.door.calls import RUN, Door

TOGETHER = 5


class Prefect:
    """Knows how many were in it at once; like its SQLite, it is too busy for two changes."""

    def __init__(self) -> None:
        self.inside = self.most = self.refused = 0

    async def __call__(self, scope, receive, send):
        self.inside += 1
        self.most = max(self.most, self.inside)
        busy = self.inside > 1 and scope["path"].endswith("/resume")
        self.refused += busy
        await asyncio.sleep(0.02)
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
