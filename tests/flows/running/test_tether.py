"""A run ends with the service that started it, also when nobody could tell it to."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

RUN = "import time\nimport flows\nprint('up', flush=True)\ntime.sleep(60)"
OF_A_RUN = {"PREFECT__FLOW_RUN_ID": "b4a2f1de-0000-4000-8000-000000000001"}
SERVICE = (
    "import os, subprocess, sys, time\n"
    "os.environ['SHIFAN_SERVICE'] = str(os.getpid())\n"
    "run = subprocess.Popen([sys.executable, '-c', sys.argv[1]])\n"
    "print(run.pid, flush=True)\n"
    "time.sleep(60)"
)


def start(*words: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", *words],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def ends(process: int, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while Path(f"/proc/{process}").exists() and time.monotonic() < until:
        time.sleep(0.02)
    return not Path(f"/proc/{process}").exists()


def test_a_run_ends_when_its_service_is_killed():
    with start(SERVICE, RUN, **OF_A_RUN) as service:
        assert service.stdout
        run = int(service.stdout.readline())
        assert service.stdout.readline() == "up\n"
        service.kill()

        assert ends(run)


def test_a_run_whose_service_is_gone_already_does_not_begin():
    gone = start("pass")
    gone.wait(20)
    with start(RUN, SHIFAN_SERVICE=str(gone.pid), **OF_A_RUN) as run:
        assert run.wait(20) == 1
        assert run.stdout
        assert run.stdout.read() == ""


def test_whoever_only_imports_a_flow_is_tied_to_nobody():
    gone = start("pass")
    gone.wait(20)
    with start("import flows.patrol; print('up')", SHIFAN_SERVICE=str(gone.pid)) as reader:
        assert reader.wait(60) == 0


def test_what_a_run_starts_itself_is_left_alone():
    with start(RUN, SHIFAN_SERVICE=str(os.getppid()), **OF_A_RUN) as started:
        assert started.stdout
        assert started.stdout.readline() == "up\n"
        started.send_signal(signal.SIGKILL)


def test_a_command_is_tied_to_nobody():
    with start(RUN, SHIFAN_SERVICE="", **OF_A_RUN) as command:
        assert command.stdout
        assert command.stdout.readline() == "up\n"
        command.kill()
