"""`shifan up` on a real machine: start, stop, power cut, second start, taken port."""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from deployments.addresses import lan_addresses
from deployments.leftovers import CUT_OFF
from tests.upped import Up, asked, free_port, processes_of, wait_until

pytestmark = [pytest.mark.server, pytest.mark.timeout(400)]


def rows(home, table: str) -> int:
    with closing(sqlite3.connect(home / "shifan.db")) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def wait_for_end(home) -> None:
    until = time.monotonic() + 20
    while processes_of(home) and time.monotonic() < until:
        time.sleep(0.2)
    assert processes_of(home) == []


def test_a_power_cut_loses_nothing_doubles_nothing_and_breaks_no_link(tmp_path):
    home, port = tmp_path / "home", free_port()
    first = Up(home, port=port)
    try:
        first.wait_until_ready()
        facts = {
            t: rows(home, t) for t in ("campaign", "stage", "milestone", "assignment", "notice")
        }
        deployments = _deployments(first.url)
        assert "演示" in first.said
        assert "定时任务正常" in first.said
        _start_patrol(first.url, deployments["每日巡查"])  # the light goes out in its midst
    finally:
        first.kill()
    wait_for_end(home)

    with Up(home, port=port) as second:
        cut = _runs(second.url, "CRASHED")
        assert {run["state"]["message"] for run in cut} == {CUT_OFF}
        assert f"第一次巡查:{_asked_again(cut)}金昌市" in second.said
        # What the cut left would look alive for ever; what was asked again waits in a moment.
        wait_until(lambda: _runs(second.url, "PENDING", "RUNNING") == [], 60)
        assert {t: rows(home, t) for t in facts} == facts
        assert _deployments(second.url) == deployments
        assert "已装入演示数据" not in second.said

        links = json.loads((home / "links.json").read_text(encoding="utf-8"))
        assert links == {"ui": second.url, "deployments": deployments}

        twice = Up(home, port=port)
        assert twice.process.wait(60) == 1
        assert "已在运行" in twice.said
        assert second.stop() == 0

    wait_for_end(home)


def _asked_again(cut: list[dict]) -> str:
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


def _start_patrol(url: str, deployment: str) -> None:
    """Start a patrol and come back when its process runs; a machine that looks too late starts another."""
    until = time.monotonic() + 120
    run = asked(url, f"deployments/{deployment}/create_flow_run", {})["id"]
    while (state := asked(url, f"flow_runs/{run}")["state"]["type"]) != "RUNNING":
        assert time.monotonic() < until
        if state == "COMPLETED":
            run = asked(url, f"deployments/{deployment}/create_flow_run", {})["id"]
        time.sleep(0.02)


def _runs(url: str, *types: str) -> list[dict]:
    body = {"flow_runs": {"state": {"type": {"any_": types}}}}
    return asked(url, "flow_runs/filter", body)


def _deployments(url: str) -> dict[str, str]:
    found = asked(url, "deployments/filter", {})
    return {one["name"]: one["id"] for one in found}


def test_with_a_password_the_api_is_closed_and_our_own_client_still_works(tmp_path):
    password = "Only-4-us!"
    with Up(tmp_path / "home", "--no-demo", "--host", "0.0.0.0", password=password) as running:
        for address in lan_addresses():  # as a phone reaches it
            assert f"http://{address}:{running.port}" in running.said
            known = httpx.get(f"http://{address}:{running.port}/api/health", trust_env=False)
            assert known.status_code == 200
        strange = httpx.get(f"{running.url}/api/health", headers={"host": "x.example"})
        assert strange.status_code == 421
        for path in ("api/deployments/filter", "docs", "redoc", "openapi.json", "ui-settings"):
            method = "POST" if path.startswith("api") else "GET"
            closed = httpx.request(method, f"{running.url}/{path}", trust_env=False)
            assert closed.status_code == 401, path
        login = ("admin", password)
        opened = httpx.post(
            f"{running.url}/api/deployments/filter", json={}, auth=login, trust_env=False
        )
        assert len(opened.json()) > 10
        token = running.service["x-shifan-service"]
        settings = httpx.get(f"{running.url}/api/admin/settings", auth=login, trust_env=False)
        assert token not in settings.text
        assert "第一次巡查:还没有创建活动" in running.said
        assert list(
            (tmp_path / "home" / "tmp").iterdir()
        )  # Prefect's runner shares none with others
        files = [p for p in (tmp_path / "home").rglob("*") if p.is_file()]
        kept = b"".join(p.read_bytes() for p in files) + running.said.encode()
        assert password.encode() not in kept
        assert token.encode() not in kept
        shown = [Path(f"/proc/{n}/cmdline").read_bytes() for n in processes_of(running.home)]
        assert password.encode() not in b"".join(shown)
        assert token.encode() not in b"".join(shown)


@pytest.mark.parametrize(
    ("options", "password", "said"),
    [
        ((), "口令", "不能有汉字"),
        (("--password", "Only-4-us!"), "", "--ask-password"),
        (("--host", "0.0.0.0"), "", "--password-file"),
        (("--host", "192.0.2.1"), "", "必须有口令"),
        (("--host", "::"), "", "必须有口令"),
        (("--ask-password",), "", "在终端里"),
        (("--password-file", "不在"), "", "找不到文件"),
    ],
)
def test_a_password_that_cannot_be_used_or_is_missing_is_one_line(
    tmp_path, options, password, said
):
    refused = Up(tmp_path / "home", *options, password=password)

    assert refused.process.wait(60) == 1
    assert said in refused.said
    assert len(refused.said.strip().splitlines()) == 1
    assert "Only-4-us!" not in refused.said
    assert not (tmp_path / "home").exists()


def test_a_taken_port_is_one_clear_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = Up(tmp_path / "home", port=taken.getsockname()[1])
        assert refused.process.wait(120) == 1

    assert "--port" in refused.said.splitlines()[-1]
    assert "Traceback" not in refused.said
    assert processes_of(tmp_path / "home") == []


def test_a_wrong_plan_stops_before_anything_starts(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("title: 甲\n", encoding="utf-8")
    command = [sys.executable, "-m", "deployments.cli", "up", "--plan", str(bad)]
    ended = subprocess.run(
        command, env=os.environ | {"SHIFAN_HOME": str(tmp_path / "home")}, capture_output=True
    )

    assert ended.returncode == 1
    assert "kind:缺少这一项" in ended.stderr.decode()
    assert not (tmp_path / "home").exists()
