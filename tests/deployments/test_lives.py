"""Three starts of one home: a first day, the day after a power cut, the day Prefect's database is lost.

A start of the whole takes ten seconds of two cores, so each answers all that can be asked of it.
"""

import json
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from deployments.addresses import lan_addresses
from deployments.leftovers import CUT_OFF
from flows import clock
from tests.browser.office import Office, command, written_channels
from tests.fake_provider import FakeProvider
from tests.strangers import open_street, reached_by_others
from tests.upped import Up, asked, free_port, processes_of, wait_until

pytestmark = [pytest.mark.server, pytest.mark.timeout(400)]

PASSWORD = "Only-4-us!"
COUNTED = ("campaign", "stage", "milestone", "assignment", "notice")
SEALED = ("stage", "decision_code", "decision_try", "transition", "asked_post")


@dataclass
class Life:
    """A home in a folder that others walk into, its port, and what a start leaves for the next."""

    home: Path
    port: int
    provider: FakeProvider
    deployments: dict[str, str] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)
    question: tuple[int, str] = (0, "")
    code: str = ""
    sealed: dict[str, list[Any]] = field(default_factory=dict)

    def office(self, up: Up) -> Office:
        return Office(up, self.provider)


@pytest.fixture
def life(monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    """A home as a version before ours left it: open to everybody; one leader has a channel."""
    before = os.umask(0o022)  # a shell that would let others read every file
    with open_street() as street, FakeProvider() as provider:
        home = street / "home"
        channels = written_channels(street, provider, {"KEY-1": "组长"})
        monkeypatch.setenv("SHIFAN_CHANNELS", str(channels))
        (home / "backups").mkdir(parents=True)
        (home / "backups" / "old.db").write_text("codes")
        command(home, "db", "upgrade")
        with closing(sqlite3.connect(home / "shifan.db")) as connection:
            today = clock.today().isoformat()  # a working day, whatever the calendar says
            connection.execute("INSERT INTO special_day VALUES (?, 1, '')", (today,))
            connection.commit()
        for path in [home, *home.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        yield Life(home, free_port(), provider)
    os.umask(before)


def test_three_starts_of_one_home(life, subtests):
    first = Up(life.home, port=life.port)
    try:
        first.wait_until_ready()
        the_first_day(life, first, subtests)
        the_light_goes_out_in_the_midst_of_a_patrol(life, first)
    finally:
        first.kill()
    wait_for_end(life.home)

    with Up(life.home, "--host", "0.0.0.0", port=life.port, password=PASSWORD) as second:
        the_day_after(life, second, subtests)
        with_a_password(life, second, subtests)
        assert second.stop() == 0
    wait_for_end(life.home)
    with subtests.test("nobody else reads what a day of work leaves"):
        assert reached_by_others(life.home) == []

    life.question, life.sealed = latest_question(life), sealed(life)
    for file in (life.home / "prefect").glob("*.db*"):
        file.unlink()
    with Up(life.home, port=life.port) as third:
        prefect_s_database_is_lost(life, life.office(third), subtests)


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

    office, today = life.office(up), clock.today()
    plan = life.home.parent / "xj.yaml"
    plan.write_text(
        f"kind: implementation_plan\ntitle: 测试县方案\nissued_on: {today}\nstages:\n"
        f"- {{ordinal: 1, name: 动员, kind: launch, start: {today - timedelta(days=40)}, "
        f"end: {today + timedelta(days=1)}}}\n",
        encoding="utf-8",
    )
    command(life.home, "plan", "load", str(plan), "--slug", "xj")
    office.patrol()
    wait_until(lambda: office.is_asked("动员"), 120)
    office.send_now()
    life.code = office.code("动员")


def the_light_goes_out_in_the_midst_of_a_patrol(life: Life, up: Up) -> None:
    """Start a patrol and come back when its process runs; a machine that looks too late starts another."""
    life.deployments = deployments_of(up.url)
    patrol, until = life.deployments["每日巡查"], time.monotonic() + 120
    life.facts = {table: count(life, table) for table in COUNTED}
    run = asked(up.url, f"deployments/{patrol}/create_flow_run", {})["id"]
    while (state := asked(up.url, f"flow_runs/{run}")["state"]["type"]) != "RUNNING":
        assert time.monotonic() < until
        if state == "COMPLETED":
            run = asked(up.url, f"deployments/{patrol}/create_flow_run", {})["id"]
        time.sleep(0.02)


def the_day_after(life: Life, up: Up, subtests: Any) -> None:
    with subtests.test("a power cut loses nothing and doubles nothing"):
        cut = runs(up, "CRASHED")
        assert {run["state"]["message"] for run in cut} == {CUT_OFF}
        assert f"第一次巡查:{asked_again(cut)}" in up.said
        # What the cut left would look alive for ever; what was asked again waits in a moment.
        wait_until(lambda: runs(up, "PENDING", "RUNNING") == [], 60)
        assert {table: count(life, table) for table in life.facts} == life.facts
        assert "已装入演示数据" not in up.said

    with subtests.test("no link breaks"):
        assert deployments_of(up.url, up.service) == life.deployments
        links = json.loads((life.home / "links.json").read_text(encoding="utf-8"))
        assert links == {"ui": up.url, "deployments": life.deployments}

    with subtests.test("a second one on the same home is refused"):
        twice = Up(life.home, port=life.port)
        assert twice.process.wait(60) == 1
        assert "已在运行" in twice.said


def with_a_password(life: Life, up: Up, subtests: Any) -> None:
    login = ("admin", PASSWORD)

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


def prefect_s_database_is_lost(life: Life, office: Office, subtests: Any) -> None:
    number, before = life.question
    wait_until(lambda: office.decision("动员")[1] != before, 90)
    run = office.decision("动员")[1]
    wait_until(lambda: office.waits(run), 60)

    with subtests.test("nothing moves, and the open question is asked again"):
        assert office.decision("动员") == (number, run)
        assert sealed(life) == life.sealed
        [found] = office.rows(
            "SELECT facts FROM audit_entry WHERE what = 'decision-asked-again' AND facts LIKE ?",
            f"%{before}%",
        )
        assert "Prefect 数据库已更换" in found[0]
        patrolled = office.ask("flow_runs/filter", flow_runs={"tags": {"all_": ["启动时巡查"]}})
        said = str(patrolled[0]["state"]["message"])
        assert "“动员”的审批运行在 Prefect 里找不到" in said
        assert "阶段没有变动,已重新请求审批" in said
        assert "已重新请求审批" not in office.patrol()  # once

    with subtests.test("the code that was sent before is still good"):
        words = ("decision", "decide", str(number), "--answer", "批准")
        said = command(life.home, *words, typed=f"{life.code}\n")
        assert "“动员”已结束" in said
        office.patrol()
        wait_until(lambda: office.state(run)["name"] == "已失效", 60)
        assert "记录链完整" in command(life.home, "audit", "verify")


def latest_question(life: Life) -> tuple[int, str]:
    """Return the open question and its run: a power cut may have had it asked again."""
    with closing(sqlite3.connect(life.home / "shifan.db")) as connection:
        sql = "SELECT d.id, d.flow_run FROM decision d JOIN stage s ON s.id = d.stage_id"
        [found] = connection.execute(f"{sql} WHERE s.name = '动员' AND d.status = 'asked'")
        return int(found[0]), str(found[1])


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
    assert processes_of(home) == []


def asked_again(cut: list[dict[str, Any]]) -> str:
    """Return what the first patrol says before all else: which questions the power cut reached.

    The patrol before it asks about a stage in a run of its own, which waits a second or two later;
    whether the light went out before or after that is up to the machine.
    """
    questions = {
        run["parameters"]["decision_id"]: re.sub("^审批|\\(编号.*", "", run["name"])
        for run in cut
        if "decision_id" in run["parameters"]
    }
    return "".join(
        f"{questions[number]}的审批运行意外中断,阶段没有变动,已重新请求审批 "
        for number in sorted(questions)
    )


def runs(up: Up, *types: str) -> list[dict[str, Any]]:
    body = {"flow_runs": {"state": {"type": {"any_": types}}}}
    return list(asked(up.url, "flow_runs/filter", body, headers=up.service))


def deployments_of(url: str, login: dict[str, str] | None = None) -> dict[str, str]:
    found = asked(url, "deployments/filter", {}, headers=login)
    return {one["name"]: one["id"] for one in found}
