"""Upgrade homes that older releases of this program made, and go back: what was lost?

    python -m tests.tools.upgrade_try         from the last three versions of the database
    python -m tests.tools.upgrade_try 8       from the last eight

Each older release is taken from this repository's history and run as it was, on this machine's
libraries: it loads a plan, patrols and registers what an office does. Then this program opens its
home, and the older one comes back by the backup that the upgrade kept.
"""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from models.schema import REVISION
from tests.places import ROOT
from tests.support.scratch import scratch

VERSIONS = "models/migrations/versions/0*.py"
CHANGES = {"alembic_version", "database_state"}  # which version and which state: by their nature
ACTS = (
    ("plan", "load", "jinchang-2025"),
    ("patrol",),
    ("silence", "add", "W6", "--until", "2099-01-04", "--by", "创建办", "--reason", "等待文件"),
    ("progress", "set", "W5", "--state", "已完成", "--by", "创建办", "--note", "材料已交"),
    ("evidence", "add", "LICENSE", "--item", "W1#1", "--title", "放假通知", "--by", "创建办"),
    ("patrol",),
)
_RUN = "import json, sys; from deployments.cli import run; sys.exit(max(run(w) for w in json.loads(sys.argv[1])))"
Rows = dict[str, list[str]]  # of each table, in an order of their own


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one older release: what differed after the upgrade, and what each command said."""

    version: str
    rows: int
    changed: tuple[str, ...]  # tables whose rows are not as they were
    upgraded: str
    back: str

    @property
    def sound(self) -> bool:
        """Say whether every row is there, the chain whole after each step, and the way back open."""
        whole = "记录链完整" in self.upgraded and "记录链完整" in self.back
        return not self.changed and whole and "已恢复到" in self.back

    def __str__(self) -> str:
        lost = f"{'、'.join(self.changed)} 不同" if self.changed else "一行不差"
        way = "记录链完整，退回后也完整" if self.sound else f"\n{self.upgraded}\n{self.back}"
        return f"从版本 {self.version} 升到 {REVISION}：{self.rows} 行，{lost}；{way}"


def older(count: int) -> list[str]:
    """Return the commits before each of the last ``count`` versions of the database, newest first."""
    words = ("log", "--format=%H", "--diff-filter=A", f"-{count}", "--", VERSIONS)
    return [f"{commit}^" for commit in _git(*words).decode().split()]


def tried(commit: str) -> Trial:
    """Make a home with the program of ``commit``, upgrade it with this one, and go back."""
    folder = Path(tempfile.mkdtemp("", "shifan-upgrade-", scratch()))
    try:
        code, home = folder / "code", folder / "var"
        with tarfile.open(fileobj=io.BytesIO(_git("archive", commit))) as packed:
            packed.extractall(code, filter="data")
        made = _run(code, home, *ACTS)
        if made.returncode:
            return Trial(commit, 0, ("都",), made.stdout + made.stderr, "")
        [(version,)] = _query(home, "SELECT version_num FROM alembic_version")
        before = _rows(home)
        new = _run(ROOT, home, ("db", "upgrade"), ("audit", "verify"))
        after = _rows(home, before)
        changed = tuple(name for name in before if before[name] != after[name])
        [copy] = (home / "backups").iterdir()
        restore = ("db", "restore", str(copy), "--by", "创建办")
        old = _run(code, home, restore, ("audit", "verify"))
        rows = sum(len(lines) - 1 for lines in before.values())
        said = [one.stdout + one.stderr for one in (new, old)]
        return Trial(str(version), rows, changed, *said)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(code: Path, home: Path, *commands: Sequence[str]) -> subprocess.CompletedProcess[str]:
    around = {**os.environ, "PYTHONPATH": str(code), "SHIFAN_HOME": str(home)}
    around.pop("SHIFAN_DATABASE_URL", None)
    words = [sys.executable, "-P", "-c", _RUN, json.dumps(commands)]
    return subprocess.run(words, cwd=code, env=around, capture_output=True, text=True, check=False)


def _query(home: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "shifan.db")) as connection:
        return connection.execute(question).fetchall()


def _rows(home: Path, like: Rows | None = None) -> Rows:
    """Return every row of every table, by the columns that ``like`` knows (its first line names them)."""
    tables = [
        str(name) for (name,) in _query(home, "SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    found: Rows = {}
    for table in like or sorted(set(tables) - CHANGES):
        info = _query(home, f"PRAGMA table_info('{table}')")
        columns = like[table][0] if like else ", ".join(f'"{name}"' for _, name, *_ in info)
        rows = _query(home, f'SELECT {columns} FROM "{table}"')
        found[table] = [columns, *sorted(map(repr, rows))]
    return found


def _git(*words: str) -> bytes:
    return subprocess.run(("git", "-C", ROOT, *words), capture_output=True, check=True).stdout


if __name__ == "__main__":
    trials = [tried(commit) for commit in older(int(sys.argv[1]) if sys.argv[1:] else 3)]
    sys.stdout.write("".join(f"{trial}\n" for trial in trials))
    sys.exit(0 if all(trial.sound for trial in trials) else 1)
