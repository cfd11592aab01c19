"""A schedule that an operator switches: Prefect does it, and the chain keeps what is known of who."""

import asyncio
import json
import re

import httpx
import pytest

from deployments.door.app import behind_the_door
from deployments.door.callers.who import ASKS, Doorkeeper
from deployments.window.cookies import STAY
from flows.running import clock
from models.database import sqlite_file
from tasks.office.switches import off_in_words, schedules_off
from tests.deployments.door.own_door import RUN
from tests.support.windows import PASSWORD, account

pytestmark = pytest.mark.usefixtures("database")


class Prefect:
    """Holds one deployment, and switches it as Prefect does; or answers `no` to a switch."""

    def __init__(self, no: int = 0) -> None:
        self.no, self.paused, self.active = no, False, True

    async def __call__(self, scope, receive, send):
        status, said = 200, {"name": "发送提醒", "paused": self.paused}
        said["schedules"] = [{"id": RUN, "active": self.active}]
        if scope["method"] == "PATCH" and self.no:
            status = self.no
        elif scope["method"] == "PATCH":
            body = json.loads((await receive())["body"])
            self.paused = body.get("paused", self.paused)
            self.active = body.get("active", self.active)
            status = 204
        elif scope["path"].endswith("/schedules"):
            said = said["schedules"]
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(said).encode()})


class Office:
    """Two browsers and a program before one door."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, prefect: Prefect, *, asks: bool = True
    ) -> None:
        monkeypatch.setenv(ASKS, "1" if asks else "0")
        self.door, self.asks = behind_the_door(prefect), asks

    def switch(self, client: str, body: dict[str, bool], *, by_password: bool = False) -> int:
        """Log in at ``client``, switch, and return the status."""

        async def ask() -> int:
            transport = httpx.ASGITransport(app=self._as_a_server, client=(client, 50000))
            auth = httpx.BasicAuth("甲".encode(), PASSWORD) if by_password else None
            url = "http://127.0.0.1:4200"
            cookies = (
                {}
                if by_password or not self.asks
                else {STAY: account(clock.now()).pass_on(clock.now())}
            )
            async with httpx.AsyncClient(
                transport=transport, base_url=url, auth=auth, cookies=cookies
            ) as browser:
                path = f"/api/deployments/{RUN}" + ("/schedules/" + RUN if "active" in body else "")
                return (await browser.patch(path, json=body)).status_code

        return asyncio.run(ask())

    async def _as_a_server(self, scope, receive, send):
        await self.door({**scope, "server": ("127.0.0.1", 4200)}, receive, send)


def test_who_switched_a_schedule_off_and_since_when_is_kept(monkeypatch):
    office = Office(monkeypatch, Prefect())

    assert office.switch("10.0.0.7", {"active": False}) == 204
    assert office.switch("10.0.0.8", {"paused": True}, by_password=True) == 204

    [off] = schedules_off()
    assert (off.schedule, off.who) == ("发送提醒", "账号 甲（10.0.0.7）")
    [line] = off_in_words()
    assert line.startswith("定时任务“发送提醒”已停用（账号 甲（10.0.0.7），")
    assert not re.search("[A-Za-z]", line)

    # Off is off until both switches are on again.
    assert office.switch("10.0.0.7", {"active": True}) == 204
    assert [one.who for one in schedules_off()] == ["账号 甲（10.0.0.7）"]
    assert office.switch("10.0.0.7", {"paused": False}) == 204
    assert schedules_off() == []

    assert office.switch("10.0.0.8", {"paused": True}, by_password=True) == 204
    assert [one.who for one in schedules_off()] == ["账号 甲（10.0.0.8，用口令的调用）"]


def test_what_prefect_did_not_do_is_not_kept(monkeypatch):
    assert Office(monkeypatch, Prefect(no=404)).switch("10.0.0.7", {"active": False}) == 404
    assert schedules_off() == []


def test_a_database_that_is_gone_keeps_nobody_from_switching(monkeypatch):
    prefect = Prefect()
    monkeypatch.setattr(Doorkeeper, "require_neighbour", lambda *_: None)
    office = Office(monkeypatch, prefect, asks=False)
    if path := sqlite_file():
        path.write_bytes(b"torn" * 4096)
    else:
        monkeypatch.setenv("SHIFAN_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")

    assert office.switch("10.0.0.7", {"active": False}) == 204
    assert not prefect.active
