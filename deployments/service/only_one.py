"""One `shifan up` at a time on a home, and nobody who must not meet it: the lock all take."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.errors import ServerError


@contextmanager
def only_one(
    home: Path, taken: str = "要停止请在那个窗口按 Ctrl-C", *, shared: bool = False
) -> Iterator[None]:
    """Hold the home's lock; the kernel lets go of it when the process ends, even by kill -9.

    A worker of a pool holds it ``shared``: others of its kind do too. Raises ServerError where
    `shifan up` runs, or what it must not meet; ``taken`` says what to do then.
    """
    with (home / "up.lock").open("a") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            others = "" if shared else "，或 shifan window、shifan worker 还开着"
            raise ServerError(
                f"这个数据目录（{home}）的 shifan up 已在运行{others}；{taken}"
            ) from None
        yield
