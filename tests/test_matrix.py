"""The matrix misses no test of the adapter, and knows a Python that runs from one that is only named."""

import re
import sys
from pathlib import Path

from tests.matrix import ADAPTER, CELLS, interpreter

ROOT = Path(__file__).resolve().parent.parent
SENDS = re.compile(r"\b(provider|mail)[,)]|load_channels|import apprise|from apprise")


def test_every_test_that_sends_is_tried_on_other_apprises():
    files = {path for part in ADAPTER for path in _files(ROOT / part)}
    sending = {
        path
        for folder in ("notifications", "tasks")
        for path in (ROOT / "tests" / folder).rglob("test_*.py")
        if SENDS.search(path.read_text(encoding="utf-8"))
    }

    assert all(path.is_file() for path in files)
    assert sending - files == set()


def test_what_is_not_installed_is_no_interpreter():
    assert interpreter("") == sys.executable
    assert interpreter("3.99") == ""
    assert {cell.python for cell in CELLS} == {"", "3.12", "3.13"}


def _files(path: Path) -> list[Path]:
    return list(path.rglob("test_*.py")) if path.is_dir() else [path]
