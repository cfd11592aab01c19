"""After a day of work nobody else on the machine reads, lists or writes anything of ours."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deployments.cli import run
from models.database import engine_for
from models.settings import settings
from tests.strangers import open_street, reached_by_others
from tests.upped import Up, processes_of

ROOT = Path(__file__).resolve().parents[2]


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
    ("清单", "checklist", "--out", "清单", "--today", "2025-07-21"),
    ("方案.yaml", "plan", "compile", "通知.txt", "--output", "方案.yaml", "--review", "校对.xlsx"),
]


def test_what_a_command_makes_is_its_owner_s_alone_in_the_home_and_elsewhere(street):
    document = ROOT / "tests" / "documents" / "01-fazhi-shifan-shishi.txt"
    (street / "通知.txt").write_text(document.read_text(encoding="utf-8"), encoding="utf-8")
    shifan("plan", "load", "jinchang-2025", "--slug", "jc")
    shifan("patrol", "--today", "2025-07-21")
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


@pytest.mark.server
@pytest.mark.timeout(400)
def test_a_day_of_shifan_up_leaves_nothing_open_and_mends_what_the_day_before_left(street):
    home = street / "home"
    (home / "backups").mkdir(parents=True)
    shifan("plan", "load", "jinchang-2025", "--slug", "jc")
    (home / "backups" / "old.db").write_text("codes")
    engine_for(settings().database).dispose()
    for path in [home, *home.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)

    with Up(home) as up:
        while_it_runs = reached_by_others(home)
        said = up.said
        files = {path.name for path in home.rglob("*")}
        assert up.stop() == 0

    assert while_it_runs == []
    assert reached_by_others(home) == []
    assert said.count("已改为只有本人能读写") == 1
    assert {"shifan.db-wal", "server.log", "serve.log", "up.lock", "links.json"} <= files
    assert {"prefect.db", "heartbeat.json", "old.db"} <= files
    assert processes_of(home) == []
