"""Whatever a file makes a parser do, it is read or given up in one line, and only the worker suffers."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tasks.guarded.guard import ROOT, GivenUp, Limits, worker

SMALL = Limits(memory=200 * 2**20, part=1, whole=3, wall=20)


def parts(parser: str, limits: Limits = SMALL, content: bytes = b"") -> list[object]:
    with worker(f"tests.support.odd_parsers:{parser}", limits) as reader:
        return list(reader.parts(content))


def test_a_file_larger_than_any_pipe_arrives_whole():
    assert parts("lengths", content=bytes(5_000_000)) == [5_000_000]


@pytest.mark.parametrize("module", ["tasks.guarded.worker", "tasks.workbook.marks"])
def test_what_starts_for_every_workbook_imports_next_to_nothing(module):
    slow = "{'typing', 'dataclasses', 'inspect', 'signal'}"
    words = f"import sys, {module}; sys.exit(' '.join({slow} & set(sys.modules)) or 0)"
    command = [sys.executable, "-S", "-c", words]
    assert subprocess.run(command, cwd=ROOT, capture_output=True).stderr == b""


def test_each_page_has_its_own_time():
    assert parts("many_slow_pages") == ["page"] * 4


def test_a_busy_machine_makes_no_file_harmful():
    assert parts("waits") == ["page"]  # more than a page's time by the clock, none of it worked


@pytest.mark.parametrize(
    ("parser", "says"),
    [
        ("works_for_ever", "读了太久，没有读完"),
        ("wants_memory", "内存不够，没有读完"),
        ("dies", "太复杂或已损坏，没有读完"),
        ("raises", "已损坏，打不开"),
    ],
)
def test_a_parser_that_goes_astray_is_given_up_in_one_line(parser, says):
    start = time.monotonic()

    with pytest.raises(GivenUp, match=says) as caught:
        parts(parser)

    assert "有害" not in str(caught.value)
    assert time.monotonic() - start < SMALL.wall


def test_a_worker_that_sleeps_is_ended_by_the_clock():
    with pytest.raises(GivenUp, match="读了太久"):
        parts("sleeps_for_ever", Limits(wall=1))


def test_the_whole_file_has_a_limit_too():
    with pytest.raises(GivenUp, match="读了太久"):
        parts("many_slow_pages", Limits(part=1, whole=1, wall=20))


def test_the_worker_knows_none_of_our_secrets(monkeypatch, tmp_path):
    monkeypatch.setenv("SHIFAN_PASSWORD", "x")
    monkeypatch.setenv("SHIFAN_DATABASE_URL", "x")
    (tmp_path / "json.py").write_text("raise SystemExit\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    names, [first] = parts("settings")

    assert not [name for name in names if name.startswith("SHIFAN")]
    assert Path(first) == ROOT  # not the folder one happens to stand in


def test_a_worker_ends_although_we_were_killed(tmp_path):
    program = (
        "import sys\nfrom tasks.guarded.guard import Limits, worker\n"
        "with worker('tests.support.odd_parsers:sleeps_for_ever', Limits(wall=2)) as reader:\n"
        "    print(reader._process.pid, flush=True)\n"
        "    list(reader.parts(b''))\n"
    )
    ours = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert ours.stdout is not None
    pid = int(ours.stdout.readline())
    ours.kill()
    ours.wait()
    ours.stdout.close()

    assert gone(pid)


def gone(pid: int, within: float = 10) -> bool:
    """Say whether a process is gone, or only its entry is left because nobody asks for it."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except (ProcessLookupError, FileNotFoundError):
            return True
        if state[0] == "Z":
            return True
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    return False
