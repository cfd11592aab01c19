"""Guarded workers of the tests: forked from one that has imported its parser, under the same limits.

A worker imports its libraries for a third of a second and takes a small file apart in a twentieth. Tests
of the start itself (tests/tasks/guarded) start it as we do.
"""

import gc
import marshal
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

MOST = 4  # parsers held ready at once, of some sixty megabytes each
READY = "from tests.support.ready_workers import fork_for_each_ask as run; run()"

_Key = tuple[str, str, tuple[tuple[str, str], ...]]
_ready: dict[_Key, socket.socket] = {}
_one_at_a_time = threading.Lock()


class ReadyWorker:
    """A worker as `subprocess.Popen` would hand it out, as far as a guard looks at it."""

    def __init__(
        self, command: Sequence[str], *, env: Mapping[str, str], **_pipes: int | None
    ) -> None:
        program, function, *limits = command[command.index("-c") + 1 :]
        theirs_in, ours_in = os.pipe()
        ours_out, theirs_out = os.pipe()
        self._answers, answered = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with _one_at_a_time:
            asks = _asks_of((program, function, tuple(sorted(env.items()))))
            words = marshal.dumps([program, function, *limits])
            socket.send_fds(asks, [words], [theirs_in, theirs_out, answered.fileno()])
        answered.close()
        for end in (theirs_in, theirs_out):
            os.close(end)
        self.stdin, self.stdout = os.fdopen(ours_in, "wb"), os.fdopen(ours_out, "rb")
        self.pid = int(self._answers.recv(32))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return how it ended, None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            return self.wait(0)
        return None

    def wait(self, timeout: float | None = None) -> int:
        """Return how it ended; raises TimeoutExpired as Popen does."""
        if self.returncode is None:
            if not select.select([self._answers], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("a worker", timeout or 0)
            self.returncode = int(self._answers.recv(32))
            self._answers.close()
        return self.returncode

    def kill(self) -> None:
        """End it by force."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


# What a guard takes from `subprocess`.
AS_SUBPROCESS = SimpleNamespace(
    Popen=ReadyWorker,
    PIPE=subprocess.PIPE,
    DEVNULL=subprocess.DEVNULL,
    TimeoutExpired=subprocess.TimeoutExpired,
)


def _asks_of(key: _Key) -> socket.socket:
    """Return by what the process of ``key`` is asked; the longest unused one ends where there are many."""
    found = _ready.pop(key, None) or _started(key)
    _ready[key] = found
    while len(_ready) > MOST:
        _ready.pop(next(iter(_ready))).close()
    return found


def _started(key: _Key) -> socket.socket:
    program, function, env = key
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        subprocess.Popen(
            [sys.executable, "-S", "-P", "-c", READY, program, function, str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(env),
            pass_fds=[theirs.fileno()],
        )
    return ours


def fork_for_each_ask() -> None:
    """Import what a worker needs, then fork one for each ask, until nobody can ask any more."""
    program, function, number = sys.argv[1:]
    with suppress(Exception):  # what it cannot import a worker says itself
        __import__(function.partition(":")[0])
    exec(program.partition(";")[0])  # noqa: S102 - imports the program's own module
    gc.collect()
    gc.freeze()  # a collection in a worker would write to every page that is shared
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    asks = socket.socket(fileno=int(number))
    while True:
        words, handed, _, _ = socket.recv_fds(asks, 65_536, 3)
        if not words:
            return
        if os.fork() == 0:
            asks.close()
            _keep(marshal.loads(words), *handed)
            return
        for end in handed:
            os.close(end)


def _keep(words: list[Any], given: int, taken: int, answered: int) -> None:
    """Fork the worker and tell how it ended; come back in the worker when it is done."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    answers = socket.socket(fileno=answered)
    worker = os.fork()
    if worker:
        os.close(given)
        os.close(taken)
        with suppress(OSError):  # nobody looks any more
            answers.send(str(worker).encode())
            _, status = os.waitpid(worker, 0)
            answers.send(str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)
    answers.close()
    os.dup2(given, 0)
    os.dup2(taken, 1)
    os.close(given)
    os.close(taken)
    program, *sys.argv[1:] = words
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    exec(program, {})  # noqa: S102 - what the guard itself has an interpreter run
