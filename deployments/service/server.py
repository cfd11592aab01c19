"""The Prefect server as its client sees it: whether it answers, what it runs, whether it schedules."""

import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx

from deployments.service.first_patrol import PatrolRun
from deployments.service.surroundings import HEADERS
from models.errors import ServerError

START_SECONDS = 180  # a first start makes the tables; slow machines are told of "一两分钟"
REFUSED = "Prefect 服务没有办成（{}），详情见它自己的日志"


class Server:
    """A running server as its client sees it."""

    def __init__(self, surroundings: Mapping[str, str]) -> None:
        """Talk to the server that ``surroundings`` name."""
        self._api = surroundings["PREFECT_API_URL"]
        login = surroundings.get("PREFECT_API_AUTH_STRING")
        user, _, password = (login or "").partition(":")
        auth = httpx.BasicAuth(user, password) if login else None
        headers = json.loads(surroundings.get(HEADERS) or "{}")
        self._client = httpx.Client(timeout=5, auth=auth, headers=headers, trust_env=False)

    def answers(self) -> bool:
        """Say whether the server answers."""
        try:
            return self._client.get(f"{self._api}/health").status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def wait(self, seconds: float = START_SECONDS) -> bool:
        """Return when the server answers, False when it does not in ``seconds``."""
        until = time.monotonic() + seconds
        while not (answers := self.answers()) and time.monotonic() < until:
            time.sleep(0.1)
        return answers

    def require_let_in(self) -> None:
        """Raise ServerError in one line where the server answers and does not let us in: another password."""
        answer = self._client.get(f"{self._api}/admin/version")
        if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            raise ServerError(
                "Prefect 服务不认这里的口令：PREFECT_API_AUTH_STRING 要和服务的 "
                "PREFECT_SERVER_API_AUTH_STRING 一样"
            )

    def pool_type(self, pool: str) -> str | None:
        """Return of which kind the work pool ``pool`` is, None where there is none.

        Raises ServerError where the server tells neither.
        """
        answer = self._client.get(f"{self._api}/work_pools/{quote(pool, safe='')}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        if not answer.is_success:
            raise ServerError(REFUSED.format(answer.status_code))
        return str(answer.json()["type"])

    def next_runs(self) -> int:
        """Return how many runs the scheduler has really made: a healthy server alone proves little."""
        scheduled = {"state": {"type": {"any_": ["SCHEDULED"]}}}
        return int(self._asked("flow_runs/count", flow_runs=scheduled) or 0)

    def runs_tagged(self, tag: str, since: str) -> list[PatrolRun]:
        """Return the runs tagged ``tag`` that were made after ``since`` (ISO instant), newest first."""
        found = self._asked(
            "flow_runs/filter",
            flow_runs={"tags": {"all_": [tag]}, "expected_start_time": {"after_": since}},
            sort="EXPECTED_START_TIME_DESC",
        )
        return [PatrolRun.of(run) for run in found or ()]

    def runs_of(self, deployment: str, since: str) -> list[PatrolRun]:
        """Return the runs of ``deployment`` that began after ``since`` or are about to, newest first.

        One that is about to has taken its place already; for its start Prefect takes the hour it was
        due, which may be before ``since``.
        """
        found = self._asked(
            "flow_runs/filter",
            deployments={"name": {"any_": [deployment]}},
            flow_runs={
                "operator": "or_",
                "start_time": {"after_": since},
                "state": {"type": {"any_": ["PENDING"]}},
            },
            sort="START_TIME_DESC",
        )
        return [PatrolRun.of(run) for run in found or () if run["state"]["type"] != "SCHEDULED"]

    def switched_off(self) -> list[str]:
        """Return the deployments with a schedule that do not run by themselves: it is off, or they are."""
        return [one["name"] for one in self._scheduled() if not runs_by_itself(one)]

    def all_off(self) -> bool:
        """Say whether nothing runs by itself, because all of it was switched off."""
        found = self._scheduled()
        return bool(found) and not any(map(runs_by_itself, found))

    def _scheduled(self) -> list[dict[str, Any]]:
        return [one for one in self._asked("deployments/filter") or () if one["schedules"]]

    def _asked(self, path: str, **asked: object) -> Any:
        """Return what Prefect answers at ``path``; None where it does not."""
        try:
            answer = self._client.post(f"{self._api}/{path}", json=asked)
            return answer.json() if answer.is_success else None
        except (httpx.HTTPError, ValueError):
            return None


def runs_by_itself(deployment: Mapping[str, Any]) -> bool:
    """Say whether a deployment (an answer of Prefect's) runs by itself, or would if it had a schedule.

    Paused or with every schedule off is the same to whoever waits for it.
    """
    active = [schedule["active"] for schedule in deployment["schedules"]]
    return not deployment["paused"] and (any(active) or not active)
