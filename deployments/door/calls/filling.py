"""What the door adds to a body that has the right shape, because only the door knows it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from deployments.door.calls.foreseen import fault_of_answer, fault_of_run
from deployments.door.calls.inside import past_the_door
from deployments.door.calls.shapes import JsonObject
from deployments.door.refused import BUSY, NOT_SO, WRONG_BODY, Refused
from deployments.door.transport import App
from deployments.service.server import runs_by_itself
from tasks.decisions.sealing import sealed

SECRET = "code"  # noqa: S105 - the field of a decision's form that holds a one-time code
ANSWERING = 4  # forms held against the facts at once; each may wait half a minute for a lock
SOURCE = "source"  # where an answer came from; wrong codes are counted by it


async def seal_answer(_path: str, source: str, said: JsonObject) -> JsonObject:
    """Say where an answer to a form comes from, and seal its code before Prefect keeps it.

    Whatever a client calls its source, and whatever looks sealed already, is replaced.
    """
    answer = said.get("run_input")
    if not answer:
        return said
    answer = {**answer, SOURCE: source[:60]}
    if isinstance(code := answer.get(SECRET), str) and code:
        answer[SECRET] = await asyncio.to_thread(sealed, code)
    return {**said, "run_input": answer}


class Deployments:
    """Holds what is asked of a deployment against the deployment as our service registered it."""

    def __init__(self, app: App) -> None:
        """Ask ``app``, Prefect's application behind the door."""
        self._inside = past_the_door(app)
        # Threads of their own: what waits for a lock here keeps no page from being shown.
        self._answering = ThreadPoolExecutor(ANSWERING, "answering")

    async def fill_run(self, path: str, _source: str, said: JsonObject) -> JsonObject:
        """Have Prefect check the values by the form's schema; raises Refused on a field it has not.

        Prefect checks only fields it knows; one that is not there would be a run that dies at its
        start. A deployment that is not there is Prefect's to refuse. A click has a key of its own:
        asked for again after an answer that was lost, it is the same run.
        """
        known = await self._read(path.removesuffix("/create_flow_run"))
        if known is not None:
            fields = known["parameter_openapi_schema"].get("properties", {})
            for name in said.get("parameters") or {}:
                if name not in fields:
                    raise Refused(WRONG_BODY, f"parameters.{name[:40]}")
            await self._hold(fault_of_run, known["name"], said.get("parameters") or {})
        key = said.get("idempotency_key") or str(uuid4())
        return {**said, "enforce_parameter_schema": True, "idempotency_key": key}

    async def fill_answer(self, path: str, source: str, said: JsonObject) -> JsonObject:
        """Seal an answer as `seal_answer` does; raises Refused where the run would ask for another."""
        answer, client = said.get("run_input"), source[:60]
        run = await self._read(path.removesuffix("/resume")) if answer else None
        if run and run["state_type"] == "PAUSED":
            await self._hold(fault_of_answer, run["parameters"], answer, client)
        return await seal_answer(path, source, said)

    async def fill_switch(self, path: str, _source: str, said: JsonObject) -> JsonObject:
        """Hand on whether a schedule runs, and nothing else of it; raises Refused when more would change."""
        deployment, _, number = path.rpartition("/schedules/")
        kept = await self._read(f"{deployment}/schedules") or []
        schedule: JsonObject = next((o for o in kept if o["id"] == number.lower()), {})
        for name in said.keys() - {"active"}:
            if said[name] is not None and _said(said[name]) != _said(schedule.get(name)):
                raise Refused(WRONG_BODY, name)
        return {"active": said["active"]}

    async def switched(self, path: str) -> dict[str, bool]:
        """Return by name whether the deployment that ``path`` switched runs by itself now.

        Empty where it has no schedule, or is gone.
        """
        found = await self._read(path.partition("/schedules/")[0])
        if not found or not found["schedules"]:
            return {}
        return {str(found["name"]): runs_by_itself(found)}

    async def _read(self, path: str) -> Any:
        """Return what Prefect says of ``path``, None where it is not there; raises Refused when it is busy."""
        answer = await self._inside.get(path)
        if answer.is_server_error:
            raise Refused(BUSY)
        return answer.json() if answer.is_success else None

    async def _hold(self, fault: Callable[..., str], *what: Any) -> None:
        """Raise Refused with the ``fault`` that a form has, or busy where the facts cannot be asked now."""
        loop = asyncio.get_running_loop()
        if words := await loop.run_in_executor(self._answering, fault, *what):
            raise Refused(NOT_SO, words)


def _said(value: Any) -> Any:
    """Return ``value`` without the fields of an object that say nothing."""
    if isinstance(value, dict):
        return {name: one for name, one in value.items() if one is not None}
    return value
