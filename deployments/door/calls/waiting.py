"""End a run of Prefect that waits for an answer, from a page of ours in the same process."""

import asyncio

import httpx

from deployments.door.transport import App, Receive, Scope, Send

OVER = ("COMPLETED", "FAILED", "CANCELLED", "CANCELLING", "CRASHED")
AT_WORK = ("RUNNING", "PENDING")  # on an answer: it finds its question closed by itself
LONGEST = 30.0  # seconds for one run, with all tries
TYPED = "suspended-"  # the keys of what was typed into a form begin so, and end in:
ANSWER = "-response"


class WaitingRuns:
    """Ends waiting runs on the loop of the server, for whoever works in a thread beside it."""

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
        if self._loop is None:
            return False
        ending = asyncio.run_coroutine_threadsafe(self._end(run, name, message), self._loop)
        try:
            return ending.result(LONGEST)
        except TimeoutError:
            ending.cancel()
            return False

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
