"""The parts of the tests that need a program of their own: each begins at once, on workers of its own.

To find sixty tests of thirteen thousand, every file of the suite would be imported and every case
made. A file says in its own words to which part it belongs, and the others are not opened.
"""

from functools import cache
from pathlib import Path

import pytest

PARTS = ("browser", "imap", "office")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out a file of tests in which the one mark that was asked for (``-m imap``) does not stand."""
    asked = config.getoption("markexpr")
    if asked not in PARTS or not _holds_tests(collection_path):
        return None
    return True if _mark(asked) not in _words(collection_path) else None


def pytest_itemcollected(item: pytest.Item) -> None:
    """Raise UsageError where a test belongs to a part and its file does not say so: nobody would run it."""
    for part in PARTS:
        if item.get_closest_marker(part) and _mark(part) not in _words(item.path):
            raise pytest.UsageError(f"{item.nodeid}: its file must say {_mark(part)}")


def _holds_tests(path: Path) -> bool:
    return path.name.startswith("test_") and path.suffix == ".py"


def _mark(part: str) -> str:
    return f"pytest.mark.{part}"


@cache
def _words(path: Path) -> str:
    return path.read_text(encoding="utf-8")
