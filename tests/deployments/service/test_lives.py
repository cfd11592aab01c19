"""Three starts of one home: a first day, the day after a power cut, the day Prefect's database is lost.

A start of the whole takes ten seconds of two cores, so each answers all that can be asked of it.
"""

import json
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from deployments.service.entrances import lan_addresses
from deployments.service.leftovers import CUT_OFF
from flows.running.missed import MISSED
from tests.browser.office import command
from tests.support.strangers import open_street, reached_by_others
from tests.support.upped import Up, asked, free_port, processes_of, wait_until

pytestmark = [pytest.mark.server, pytest.mark.timeout(900)]

PASSWORD = "Only-4-us!"
# What an office's shell holds: proxies that do not know us, and what another Prefect left.
OFFICE_SHELL = {
    "http_proxy": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "ALL_PROXY": "socks5://127.0.0.1:9",
    "PREFECT_SERVER_API_AUTH_STRING": "admin:another",
    "PREFECT_API_KEY": "pnu_another",
    "PREFECT_PROFILE": "another",
}
COUNTED = ("campaign", "stage", "milestone", "assignment", "notice")
OFF = "通道自检"  # what the operator switches off on the first day
SEALED = ("stage", "decision_code", "decision_try", "transition", "asked_post")


@dataclass
class Life:
    """A home in a folder that others walk into, its port, and what a start leaves for the next."""

    home: Path
    port: int
    deployments: dict[str, str] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)
    question: tuple[int, str, str] = (0, "", "")
    code: str = ""
    began: str = ""  # when the second start did
    sealed: dict[str, list[Any]] = field(default_factory=dict)


@pytest.fixture
def life() -> Iterator[Life]:
    """A home as a version before ours left it: open to everybody."""
    before = os.umask(0o022)  # a shell that would let others read every file
    with ExitStack() as undo:
        undo.callback(os.umask, before)
        street = undo.enter_context(open_street())
        home = street / "home"
        (home / "backups").mkdir(parents=True)
        (home / "backups" / "old.db").write_text("codes")
        command(home, "db", "upgrade")
        for path in [home, *home.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        yield Life(home, free_port())


def test_three_starts_of_one_home(life, subtests):
    office = life.home.parent  # a folder with settings of another Prefect
    (office / ".env").write_text("PREFECT_SERVER_API_AUTH_STRING=admin:another\n")
    (office / "prefect.toml").write_text('[server.api]\nauth_string = "admin:another"\n')
    first = Up(life.home, port=life.port, shell=OFFICE_SHELL, folder=office)
    try:
        first.wait_until_ready()
        assert "没有采用为别的 Prefect 设的环境变量" in first.said
        the_first_day(life, first, subtests)
        the_light_goes_out_in_the_midst_of_a_patrol(life, first)
    finally:
        first.kill()
    wait_for_end(life.home)
    days_pass(life)

    with Up(life.home, "--host", "0.0.0.0", port=life.port, password=PASSWORD) as second:
        the_day_after(life, second, subtests)
        with_a_password(life, second, subtests)
        assert second.stop() == 0
    wait_for_end(life.home)
    with subtests.test("nobody else reads what a day of work leaves"):
        assert reached_by_others(life.home) == []

    life.question, life.sealed = question(life), sealed(life)
    for file in (life.home / "prefect").glob("*.db*"):
        file.unlink()
    with Up(life.home, port=life.port) as third:
        prefect_s_database_is_lost(life, third, subtests)


def the_first_day(life: Life, up: Up, subtests: Any) -> None:
    with subtests.test("a new user sees the demonstration at work"):
        assert "已装入演示数据" in up.said
        assert "定时任务正常" in up.said

    with subtests.test("what the version before left open is closed, and said once"):
        assert up.said.count("已改为只有本人能读写") == 1
        assert reached_by_others(life.home) == []
        files = {path.name for path in life.home.rglob("*")}
        assert {"shifan.db-wal", "server.log", "serve.log", "up.lock", "links.json"} <= files
        assert {"prefect.db", "heartbeat.json", "old.db"} <= files

    with subtests.test("a question of the demonstration waits for its answer"):
        number, _, _ = wait_for_question(life, up)
        words = ("decision", "code", str(number), "--by", "创建办", "--reason", "试")
        printed = re.search(r"验 证 码：\s+(\w{6})", command(life.home, *words))
        assert printed
        life.code = printed[1]

    with subtests.test("who switches a schedule off is kept, with the hour"):
        life.deployments = deployments_of(up.url)
        switch(up, life.deployments[OFF], on=False)
        wait_until(lambda: OFF in command(life.home, "status"), 10)
        words = f"“{OFF}”已停用（这台电脑上启动示范的用户，"
        assert words in command(life.home, "status")
        wait_until(lambda: words in page(up, "chart"))

    with subtests.test("what a command registers stands on the pages in seconds"):
        for number in pages(life).values():
            assert f"/v2/artifacts/artifact/{number}" in up.said
        before = asked(up.url, f"artifacts/{pages(life)['chart']}")["data"]
        assert "【演示】" in before  # made before anybody patrolled anew
        command(life.home, "progress", "set", "S1.4", "--state", "已完成", "--by", "创建办")
        wait_until(lambda: shown(life, up, "chart") != before, 20)
        wait_until(lambda: "S1.4" not in shown(life, up, "this-week"), 20)  # made after the chart


def pages(life: Life) -> dict[str, str]:
    """Return the number of each page."""
    return dict(json.loads((life.home / "pages.json").read_text(encoding="utf-8")))


def shown(life: Life, up: Up, key: str) -> str:
    """Return what a page shows."""
    return str(asked(up.url, f"artifacts/{pages(life)[key]}")["data"])


def the_light_goes_out_in_the_midst_of_a_patrol(life: Life, up: Up) -> None:
    """Start a patrol and come back when its process runs; a machine that looks too late starts another."""
    patrol, until = life.deployments["每日巡查"], time.monotonic() + 120
    life.facts = {table: count(life, table) for table in COUNTED}
    run = asked(up.url, f"deployments/{patrol}/create_flow_run", {})["id"]
    while (state := asked(up.url, f"flow_runs/{run}")["state"]["type"]) != "RUNNING":
        assert time.monotonic() < until
        if state == "COMPLETED":  # and it may have told what fell due meanwhile
            life.facts = {table: count(life, table) for table in COUNTED}
            run = asked(up.url, f"deployments/{patrol}/create_flow_run", {})["id"]
        time.sleep(0.02)


def days_pass(life: Life) -> None:
    """Let all that Prefect has scheduled be of days before, and due at once."""
    life.began = datetime.now(UTC).isoformat()
    with closing(sqlite3.connect(life.home / "prefect" / "prefect.db")) as prefect, prefect:
        for column in ("expected_start_time", "next_scheduled_start_time"):
            prefect.execute(
                f"UPDATE flow_run SET {column} = datetime({column}, '-120 hours') || '.000000'"
                " WHERE state_type = 'SCHEDULED' AND auto_scheduled"
            )


def the_day_after(life: Life, up: Up, subtests: Any) -> None:
    with subtests.test("a power cut loses nothing and doubles nothing"):
        cut = runs(up, "CRASHED")
        assert {run["state"]["message"] for run in cut} == {CUT_OFF}
        assert not any("decision_id" in run["parameters"] for run in cut)  # the question had waited
        assert "第一次巡查：样例【演示】" in up.said
        # What the cut left would look alive for ever; what was asked again waits in a moment.
        wait_until(lambda: runs(up, "PENDING", "RUNNING") == [], 60)
        assert {table: count(life, table) for table in life.facts} == life.facts
        assert "已装入演示数据" not in up.said

    with subtests.test("no link breaks"):
        assert deployments_of(up.url, up.service) == life.deployments
        links = json.loads((life.home / "links.json").read_text(encoding="utf-8"))
        assert links == {"ui": up.url, "deployments": life.deployments}

    with subtests.test("nothing runs for the hours without power"):
        due = [run for run in runs(up) if run["expected_start_time"] < life.began]
        missed = [run for run in due if run["state"]["name"] == MISSED]
        assert len(missed) > 20
        assert not [run for run in due if run["state"]["type"] == "SCHEDULED"]

    with subtests.test("what was switched off stays off, and is said"):
        assert f"注意：定时任务“{OFF}”已停用（这台电脑上启动示范的用户，" in up.said
        assert schedules_on(up)[OFF] == [False]
        assert all(on == [True] for name, on in schedules_on(up).items() if name != OFF)

    with subtests.test("a second one on the same home is refused"):
        twice = Up(life.home, port=life.port)
        assert twice.process.wait(60) == 1
        assert "已在运行" in twice.said


def with_a_password(life: Life, up: Up, subtests: Any) -> None:
    login = ("创建办", PASSWORD)  # the first account, whose password the start gave

    def get(path: str, **more: Any) -> httpx.Response:
        return httpx.get(f"{up.url}/{path}", trust_env=False, **more)

    with subtests.test("a phone reaches it under the printed addresses"):
        for address in lan_addresses():
            assert f"http://{address}:{up.port}" in up.said
            known = httpx.get(f"http://{address}:{up.port}/api/health", trust_env=False)
            assert known.status_code == 200
        assert get("api/health", headers={"host": "x.example"}).status_code == 421

    with subtests.test("without it all is closed, with it all is open"):
        for path in ("docs", "redoc", "openapi.json", "ui-settings"):
            assert get(path).status_code == 401, path
        asks = {"url": f"{up.url}/api/deployments/filter", "json": {}, "trust_env": False}
        assert httpx.post(**asks).status_code == 401
        assert len(httpx.post(**asks, auth=login).json()) > 10

    with subtests.test("neither it nor the service's token is left anywhere"):
        token = up.service["x-shifan-service"]
        assert token not in get("api/admin/settings", auth=login).text
        files = [path for path in life.home.rglob("*") if path.is_file()]
        kept = b"".join(path.read_bytes() for path in files) + up.said.encode()
        shown = [Path(f"/proc/{n}/cmdline").read_bytes() for n in processes_of(up.home)]
        for secret in (PASSWORD, token):
            assert secret.encode() not in kept + b"".join(shown)

    with subtests.test("Prefect's runner shares no folder with other users"):
        assert list((life.home / "tmp").iterdir())


def prefect_s_database_is_lost(life: Life, up: Up, subtests: Any) -> None:
    with subtests.test("what was switched off stays off even so"):
        assert schedules_on(up)[OFF] == [False]
        assert f"“{OFF}”已停用（这台电脑上启动示范的用户，" in up.said

    with subtests.test("every page has a place again"):
        for key, number in pages(life).items():
            assert f"/v2/artifacts/artifact/{number}" in up.said
            wait_until(lambda key=key: "正在准备" not in shown(life, up, key), 30)

    number, before, stage = life.question
    wait_until(lambda: question(life)[1] not in ("", before), 90)
    run = wait_for_question(life, up)[1]

    with subtests.test("nothing moves, and the open question is asked again"):
        assert question(life) == (number, run, stage)
        assert sealed(life) == life.sealed
        assert "Prefect 数据库已更换" in asked_again_on_record(life, before)
        [first] = [run for run in runs(up, "COMPLETED") if "启动时巡查" in run["tags"]]
        said = first["state"]["message"]
        assert f"“{stage}”的审批运行在 Prefect 里找不到" in said
        assert "阶段没有变动，已重新请求审批" in said
        assert "已重新请求审批" not in patrol(up)  # once

    with subtests.test("the code from before is still good"):
        words = ("decision", "decide", str(number), "--answer", "强制推进", "--reason", "试")
        said = command(life.home, *words, typed=f"{life.code}\n")
        assert f"“{stage}”已结束" in said
        patrol(up)
        wait_until(lambda: asked(up.url, f"flow_runs/{run}")["state"]["name"] == "已失效", 60)
        assert "记录链完整" in command(life.home, "audit", "verify")


def question(life: Life) -> tuple[int, str, str]:
    """Return the open question of the demonstration: its number, its run, its stage."""
    sql = """SELECT d.id, coalesce(d.flow_run, ''), s.name FROM decision d
             JOIN stage s ON s.id = d.stage_id WHERE d.status = 'asked'"""
    with closing(sqlite3.connect(life.home / "shifan.db")) as connection:
        [found] = connection.execute(sql)
        return int(found[0]), str(found[1]), str(found[2])


def wait_for_question(life: Life, up: Up) -> tuple[int, str, str]:
    """Return the open question once its form waits."""
    wait_until(lambda: question(life)[1] in [run["id"] for run in runs(up, "PAUSED")])
    return question(life)


def asked_again_on_record(life: Life, run: str) -> str:
    """Return what the chain of audits says of asking again what ``run`` had asked."""
    sql = "SELECT facts FROM audit_entry WHERE what = 'decision-asked-again' AND facts LIKE ?"
    with closing(sqlite3.connect(life.home / "shifan.db")) as connection:
        [found] = connection.execute(sql, (f"%{run}%",))
        return str(found[0])


def patrol(up: Up) -> str:
    """Let the served patrol run once and return its line."""
    deployment = deployments_of(up.url)["每日巡查"]
    run = asked(up.url, f"deployments/{deployment}/create_flow_run", {})["id"]
    wait_until(lambda: asked(up.url, f"flow_runs/{run}")["state"]["type"] == "COMPLETED")
    return str(asked(up.url, f"flow_runs/{run}")["state"]["message"])


def sealed(life: Life) -> dict[str, list[Any]]:
    """Return every row that no start may touch."""
    with closing(sqlite3.connect(life.home / "shifan.db")) as connection:
        return {t: connection.execute(f"SELECT * FROM {t}").fetchall() for t in SEALED}


def count(life: Life, table: str) -> int:
    with closing(sqlite3.connect(life.home / "shifan.db")) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def wait_for_end(home: Path) -> None:
    until = time.monotonic() + 20
    while processes_of(home) and time.monotonic() < until:
        time.sleep(0.2)
    left = {n: Path(f"/proc/{n}/cmdline").read_bytes().split(b"\0") for n in processes_of(home)}
    assert left == {}


def runs(up: Up, *types: str) -> list[dict[str, Any]]:
    body = {"flow_runs": {"state": {"type": {"any_": types}}}} if types else {}
    return list(asked(up.url, "flow_runs/filter", body, headers=up.service))


def page(up: Up, key: str) -> str:
    """Return what the window shows under ``key``."""
    return str(asked(up.url, f"artifacts/{key}/latest", headers=up.service)["data"])


def switch(up: Up, deployment: str, *, on: bool) -> None:
    """Switch the one schedule of ``deployment`` as both UIs do."""
    [schedule] = asked(up.url, f"deployments/{deployment}/schedules")
    path = f"deployments/{deployment}/schedules/{schedule['id']}"
    asked(up.url, path, {"active": on}, method="PATCH")


def schedules_on(up: Up) -> dict[str, list[bool]]:
    """Return of every deployment with a schedule whether it is on."""
    found = asked(up.url, "deployments/filter", {}, headers=up.service)
    return {d["name"]: [s["active"] for s in d["schedules"]] for d in found if d["schedules"]}


def deployments_of(url: str, login: dict[str, str] | None = None) -> dict[str, str]:
    found = asked(url, "deployments/filter", {}, headers=login)
    return {one["name"]: one["id"] for one in found}
