"""What a command or a run makes nobody else on the machine reads, lists or writes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deployments.cli import run
from models.database import engine_for
from models.settings import settings
from tests.places import ROOT
from tests.support.strangers import open_street, reached_by_others


@pytest.fixture
def street(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder others walk into, with a home in it, and a shell that would let them read every file."""
    before = os.umask(0o022)
    with open_street() as found:
        monkeypatch.setenv("SHIFAN_HOME", str(found / "home"))
        monkeypatch.chdir(found)
        yield found
        engine_for(settings().database).dispose()
    os.umask(before)


def shifan(*words: str) -> None:
    """Run one command as a shell that hides nothing would."""
    os.umask(0o022)
    assert run(list(words)) == 0
    os.umask(0o022)


EXPORTS = [
    ("单位.xlsx", "units", "export", "单位.xlsx"),
    ("岗位.xlsx", "posts", "export", "岗位.xlsx"),
    ("进展.xlsx", "progress", "export", "进展.xlsx"),
    ("记录.csv", "audit", "export", "记录.csv"),
    ("记录.csv.head.json", "audit", "head"),
    ("副本.db", "db", "backup", "副本.db"),
    ("清单", "checklist", "--out", "清单"),
    ("方案.yaml", "plan", "compile", "通知.txt", "--output", "方案.yaml", "--review", "校对.xlsx"),
]


def test_what_a_command_makes_is_its_owner_s_alone_in_the_home_and_elsewhere(street, clock_at):
    clock_at(datetime(2025, 7, 21, 4, tzinfo=UTC))
    document = ROOT / "tests" / "documents" / "01-fazhi-shifan-shishi.txt"
    (street / "通知.txt").write_text(document.read_text(encoding="utf-8"), encoding="utf-8")
    shifan("plan", "load", "jinchang-2025", "--slug", "jc")
    shifan("patrol")
    for _, *words in EXPORTS:
        shifan(*words)

    for made, *_ in EXPORTS:
        assert (street / made).exists(), made
        assert reached_by_others(street / made) == []
    assert reached_by_others(street / "校对.xlsx") == []
    assert reached_by_others(street / "home") == []
    assert (street / "home" / "audit.key").exists()


def test_a_run_that_a_worker_starts_is_private_before_its_flow(street):
    asked = "import os, flows; print(oct(os.umask(0)))"
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert said.stdout.strip() == "0o77"
