"""Parsers that misbehave harmlessly, for the tests of the guarded worker: each takes bytes, yields parts."""

import os
import signal
import time
from collections.abc import Iterator


def lengths(content: bytes) -> Iterator[int]:
    """Yield how long the file is."""
    yield len(content)


def many_slow_pages(_content: bytes) -> Iterator[str]:
    """Work for longer in all than one page may take, a little for each page."""
    for _ in range(4):
        _work(0.6)
        yield "page"


def waits(_content: bytes) -> Iterator[str]:
    """Wait as on a busy machine, where little is worked in much time."""
    time.sleep(2.5)
    yield "page"


def works_for_ever(_content: bytes) -> Iterator[str]:
    """Yield a page and never another."""
    yield "page"
    _work(3600)


def sleeps_for_ever(_content: bytes) -> Iterator[str]:
    """Do nothing at all."""
    time.sleep(3600)
    yield "page"


def wants_memory(_content: bytes) -> Iterator[str]:
    """Take more memory than there is."""
    kept = [bytes(2**24) for _ in range(1000)]
    yield f"{len(kept)}"


def dies(_content: bytes) -> Iterator[str]:
    """End as a failed allocation in a library of another language ends a process."""
    signal.signal(signal.SIGABRT, signal.SIG_DFL)
    os.abort()
    yield "never"


def raises(_content: bytes) -> Iterator[str]:
    """Meet what it was not made for."""
    raise KeyError("x")
    yield "never"


def settings(_content: bytes) -> Iterator[list[str]]:
    """Yield the names of what it is told, and the folder it would import from first."""
    import sys

    yield sorted(os.environ)
    yield sys.path[:1]


def _work(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
