"""Another user of the machine: what they can read, list or write of a folder."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.support.scratch import scratch

NOBODY = 65534


@contextmanager
def open_street() -> Iterator[Path]:
    """Yield a new folder that every user of the machine can walk into, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="shifan-street-", dir=scratch()) as name:
        Path(name).chmod(0o755)
        yield Path(name)


def reached_by_others(root: Path) -> list[str]:
    """Return what another user reads, lists or writes from ``root`` down, one line each.

    Asked of a real user where the tests may become one, else of the modes; of the modes anyway, for
    what lies behind a closed folder.
    """
    found = [
        f"{oct(mode)} {path}"
        for path in [root, *sorted(root.rglob("*"))]
        if not path.is_symlink() and (mode := stat.S_IMODE(path.lstat().st_mode)) & 0o077
    ]
    return found + (_tried([root, *root.rglob("*")]) if os.geteuid() == 0 else [])


def _tried(paths: list[Path]) -> list[str]:
    """Try every path as another user, in a child process that can never become us again."""
    reader, writer = os.pipe()
    if child := os.fork():
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as answer:
            said = answer.read().splitlines()
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        return said
    code = 1
    try:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        said = [f"{way} {path}" for path in paths for way in _ways(path)]
        with os.fdopen(writer, "w", encoding="utf-8") as answer:
            answer.write("\n".join(said))
        code = 0
    finally:
        os._exit(code)


def _ways(path: Path) -> list[str]:
    """Return how ``path`` can be reached by whoever asks."""
    ways = []
    for way, flags in {"read": os.O_RDONLY, "write": os.O_WRONLY | os.O_APPEND}.items():
        with suppress(OSError):
            os.close(os.open(path, flags | os.O_NONBLOCK))
            ways.append(way)
    with suppress(OSError):
        list(path.iterdir())
        ways.append("list")
    return ways
