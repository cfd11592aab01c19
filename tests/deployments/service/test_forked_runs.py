"""A run is a fork of a process that has imported all: it is a process like any other, and no run is lost."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

# What a run does here, instead of asking a server for its flow.
ENGINE = """
import json, os, signal, sys, time
from pathlib import Path

for name in ("prefect.flow_engine", "flows.patrol", "models.tables", "chinese_calendar.constants"):
    assert name in sys.modules, name
told = {"id": sys.argv[1], "of": os.environ["OF_THE_SERVICE"], "parent": os.getppid()}
kept = sys.modules["notifications.channels.channels"]._kept.cache_info()
told["files"] = kept.currsize
told["ends"] = signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
Path(sys.argv[1] + ".run").write_text(json.dumps(told))
time.sleep(float(os.environ.get("LASTS", "0")))
sys.exit(int(os.environ.get("CODE", "0")))
"""
SERVICE = """
import asyncio, json, os, signal, sys
from pathlib import Path
from types import SimpleNamespace

from prefect.runner import _starter_engine

from deployments.service import forked_runs, schedules

forked_runs.ENGINE = "engine_of_the_test"
os.environ["OF_THE_SERVICE"] = "yes"
origin = forked_runs.Origin()


def run(name, **more):
    return origin.run({"PREFECT__FLOW_RUN_ID": name} | more)


async def began(name):
    while not Path(name + ".run").exists() or not Path(name + ".run").read_text():
        await asyncio.sleep(0.02)


async def ended(number):
    while Path(f"/proc/{number}").exists():
        await asyncio.sleep(0.02)


async def by_prefect_s_runner(name):
    starter, told = _starter_engine.EngineCommandStarter(), []
    task_status = SimpleNamespace(started=told.append)
    await starter.start(SimpleNamespace(id=name), task_status=task_status)
    return [told[0].pid, told[0].returncode]


async def day():
    said = {"origin": origin.pid}
    os.kill(origin.pid, signal.SIGTERM)
    os.kill(origin.pid, signal.SIGINT)
    long, short = await asyncio.gather(run("long", LASTS="60"), run("short", CODE="3"))
    await short.wait()
    await began("long")
    os.kill(long.pid, signal.SIGTERM)
    await long.wait()
    said |= {"long": [long.pid, long.returncode], "short": [short.pid, short.returncode]}
    left = await run("left", LASTS="60")
    await began("left")
    waiting = asyncio.create_task(left.wait())
    await asyncio.sleep(0)
    waiting.cancel()
    await ended(left.pid)
    origin.serve()
    said["served"] = await by_prefect_s_runner("served")
    Path("channels.yaml").write_text("urls: []")  # the office changes it
    last = await run("last", LASTS="60")
    await began("last")
    os.kill(origin.pid, signal.SIGKILL)
    await last.wait()
    await ended(last.pid)
    said["last"] = [last.pid, last.returncode]
    said["after"] = await by_prefect_s_runner("after")
    print(json.dumps(said), flush=True)


async def night():
    long = await run("night", LASTS="60")
    await began("night")
    print(json.dumps([origin.pid, long.pid]), flush=True)
    await asyncio.sleep(60)


asyncio.run(globals()[sys.argv[1]]())
"""


def service(folder: Path, what: str) -> subprocess.Popen[str]:
    (folder / "engine_of_the_test.py").write_text(ENGINE)
    channels = folder / "channels.yaml"
    channels.write_text("urls:\n  - wecomrobot://key-0001-0000:\n      tag: 创建办\n")
    channels.chmod(0o600)
    # What Prefect itself starts where nothing can be forked.
    found = os.pathsep.join([str(folder), *sys.path])
    return subprocess.Popen(
        [sys.executable, "-c", SERVICE, what],
        cwd=folder,
        env=os.environ
        | {"PYTHONPATH": found, "PREFECT_API_URL": "http://127.0.0.1:9/api"}
        | {"SHIFAN_CHANNELS": str(channels)},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a service told of its runs, and what these wrote."""
    folder = tmp_path_factory.mktemp("service")
    with service(folder, "day") as running:
        assert running.stdout
        told = json.loads(running.stdout.read())
    told["of"] = {path.stem: json.loads(path.read_text()) for path in folder.glob("*.run")}
    return told


def test_each_of_two_runs_at_once_is_its_own_and_has_what_the_service_has(said):
    for name in ("long", "short"):
        run = {"id": name, "of": "yes", "parent": said["origin"], "ends": True, "files": 1}
        assert said["of"][name] == run
    assert said["long"][0] != said["short"][0]


def test_a_run_ends_with_its_own_code_or_signal_and_a_group_s_signal_leaves_the_origin(said):
    assert said["short"][1] == 3
    assert said["long"][1] == -signal.SIGTERM


def test_a_run_finds_the_channels_read_also_after_the_office_changed_them(said):
    assert said["of"]["served"]["files"] == 1
    assert said["of"]["last"]["files"] == 2


def test_prefect_s_runner_starts_its_runs_so(said):
    assert said["served"][1] == 0
    assert said["of"]["served"]["parent"] == said["origin"]


def test_with_the_origin_its_runs_end_and_later_ones_start_as_prefect_starts_them(said):
    assert said["last"][1] == -signal.SIGKILL
    assert said["after"][0] > 0
    assert "after" not in said["of"]  # an interpreter of its own, with Prefect's engine
    assert said["after"][1] == 1  # which found no server


def test_a_killed_service_leaves_no_run_behind(tmp_path):
    with service(tmp_path, "night") as running:
        assert running.stdout
        numbers = json.loads(running.stdout.readline())
        running.kill()

        until = time.monotonic() + 20
        while any(Path(f"/proc/{n}").exists() for n in numbers) and time.monotonic() < until:
            time.sleep(0.02)
    assert not [n for n in numbers if Path(f"/proc/{n}").exists()]
