"""Functions that misbehave on some files, for the tests of the worker that takes many."""

import os
import signal
import time


def length(name: str, content: bytes) -> tuple[str, int, int]:
    """Return the name, how long the file is, and which process it was; do what the name asks for."""
    if name == "dies":
        signal.signal(signal.SIGABRT, signal.SIG_DFL)
        os.abort()
    if name == "works":
        while True:
            pass
    if name == "sleeps":
        time.sleep(3600)
    if name == "raises":
        raise KeyError("x")
    if name == "wants":
        return name, sum(map(len, [bytes(2**24) for _ in range(1000)])), 0
    return name, len(content), os.getpid()
