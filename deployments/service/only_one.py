"""One `shifan up` at a time on a home, and nobody who must not meet it: the lock both take."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.errors import ServerError


@contextmanager
def only_one(home: Path, taken: str = "要停止请在那个窗口按 Ctrl-C") -> Iterator[None]:
    """Hold the home's lock; the kernel lets go of it when the process ends, even by kill -9.

    Raises ServerError where `shifan up` runs; ``taken`` says what to do then.
    """
    with (home / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ServerError(f"这个数据目录（{home}）的 shifan up 已在运行；{taken}") from None
        yield
