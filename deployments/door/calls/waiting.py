"""End a run of Prefect that waits for an answer, and start one that asks, from a page of ours in the same process."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

import httpx

from deployments.door.transport import App, Receive, Scope, Send

OVER = ("COMPLETED", "FAILED", "CANCELLED", "CANCELLING", "CRASHED")
AT_WORK = ("RUNNING", "PENDING")  # on an answer: it finds its question closed by itself
LONGEST = 30.0  # seconds for one run, with all tries
ASKS = "/deployments/name/阶段审批/阶段审批"  # what asks a question
TYPED = "suspended-"  # the keys of what was typed into a form begin so, and end in:
ANSWER = "-response"
Came = TypeVar("Came")


class WaitingRuns:
    """Ends and starts runs on the loop of the server, for whoever works in a thread beside it."""

    def __init__(self, inside: httpx.AsyncClient) -> None:
        """Ask Prefect through ``inside``, which leads past the door."""
        self._inside = inside
        self._loop: asyncio.AbstractEventLoop | None = None

    def heard_by(self, app: App) -> App:
        """Return ``app``; its first call says on which loop the server runs."""

        async def listening(scope: Scope, receive: Receive, send: Send) -> None:
            self._loop = asyncio.get_running_loop()
            await app(scope, receive, send)

        return listening

    def end(self, run: str, name: str, message: str) -> bool:
        """End the waiting ``run`` under ``name``; False where it works, or where Prefect cannot say.

        What was typed into its form is deleted first: it may hold a code. Not to be called on the loop
        itself. Repeatable: one that is over, or gone, is left alone.
        """
        return bool(self._done(self._end(run, name, message)))

    def start(self, decision_id: int, title: str, key: str) -> str:
        """Start a run that asks a question, and return its id; "" where Prefect cannot.

        Not to be called on the loop itself. Repeatable: ``key`` starts one run, whoever asks for it.
        """
        return self._done(self._start(decision_id, title, key)) or ""

    def _done(self, work: Coroutine[None, None, Came]) -> Came | None:
        if self._loop is None:
            work.close()
            return None
        waiting = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return waiting.result(LONGEST)
        except TimeoutError:
            waiting.cancel()
            return None

    async def _start(self, decision_id: int, title: str, key: str) -> str:
        found = await self._inside.get(ASKS)
        if found.is_error:
            return ""
        asked = {
            "parameters": {"decision_id": decision_id},
            "name": title,
            "idempotency_key": key,
            "state": {"type": "SCHEDULED"},
        }
        path = f"/deployments/{found.json()['id']}/create_flow_run"
        made = await self._inside.post(path, json=asked)
        return str(made.json()["id"]) if made.is_success else ""

    async def _end(self, run: str, name: str, message: str) -> bool:
        found = await self._inside.get(f"/flow_runs/{run}")
        if found.status_code == httpx.codes.NOT_FOUND:
            return True
        if found.is_error or (kind := found.json()["state_type"]) in AT_WORK:
            return False
        if kind in OVER:
            return True
        await self._forget_typed(run)
        state = {"type": "COMPLETED", "name": name, "message": message}
        said = {"state": state, "force": True}
        return (await self._inside.post(f"/flow_runs/{run}/set_state", json=said)).is_success

    async def _forget_typed(self, run: str) -> None:
        about = {"prefix": TYPED, "limit": 200, "exclude_keys": []}
        kept = await self._inside.post(f"/flow_runs/{run}/input/filter", json=about)
        for one in kept.json() if kept.is_success else ():
            if one["key"].endswith(ANSWER):
                await self._inside.delete(f"/flow_runs/{run}/input/{one['key']}")
