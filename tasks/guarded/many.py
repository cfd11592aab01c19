"""Look at file after file in one process under limits: a process for each would cost more than the look.

What breaks the process is said of the file that broke it; a new one goes on with the next.
"""

import marshal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tasks.guarded.guard import LONGEST_MESSAGE, TIME_IS_UP, environment, read_within

TOO_LONG = "读了太久，没有读完"
BROKE = "太复杂或已损坏，没有读完"


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What each file may cost; ``memory`` is the process's, in which files come one after another."""

    memory: int = 1024 * 1024 * 1024  # bytes of address space, the libraries' included
    seconds: int = 10  # of the processor
    wall: int = 60  # seconds by the clock: for a process that sleeps, not for a busy machine
    files: int = 2000  # before a new process takes over: what libraries leak does not pile up


FILE_LIMITS = FileLimits()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a function found in a file, or why it found nothing, in words behind the file's name."""

    found: Any = None
    fault: str = ""


class ManyWorker:
    """A process that answers for file after file; it is started when the first one comes.

    A ``with`` around it ends the process. ``function`` (module:function) takes a name and bytes and
    returns plain values: numbers, texts, bytes, lists and tuples of them.
    """

    def __init__(self, function: str, limits: FileLimits = FILE_LIMITS) -> None:
        self._function, self._limits = function, limits
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0

    def __enter__(self) -> "ManyWorker":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process, whatever it does."""
        self.stop()

    def look(self, name: str, content: bytes) -> Answer:
        """Return what the function finds in a file; never raises for what is in it.

        A process that dies after other files may have died of them: the file is tried once more in a
        new one. One that took too long is not.
        """
        if self._done >= self._limits.files:
            self.stop()
        fresh = self._process is None
        answer = self._try(name, content)
        if answer.fault == BROKE and not fresh:
            answer = self._try(name, content)
        return answer

    def stop(self) -> None:
        """End the process; the next file starts a new one."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with suppress(BrokenPipeError):
                    stream.close()
        self._process, self._done = None, 0

    def _try(self, name: str, content: bytes) -> Answer:
        process = self._process = self._process or self._started()
        assert process.stdin is not None and process.stdout is not None
        end = time.monotonic() + self._limits.wall + 5  # its own alarm comes first
        message = marshal.dumps((name, content))
        with suppress(BrokenPipeError):  # it ended; how, is asked below
            process.stdin.write(len(message).to_bytes(8, "big"))
            process.stdin.write(message)
            process.stdin.flush()
        head = read_within(process.stdout, 8, end)
        length = int.from_bytes(head, "big")
        body = b""
        if len(head) == 8 and length <= LONGEST_MESSAGE:
            body = read_within(process.stdout, length, end)
        if not body or len(body) < length:
            return Answer(fault=self._how_it_ended(end))
        kind, value = marshal.loads(body)  # noqa: S302
        self._done += 1
        if kind == "worn":  # with no room left, the next file would be given up for nothing
            self.stop()
        return Answer(found=value) if kind == "found" else Answer(fault=value)

    def _how_it_ended(self, end: float) -> str:
        assert self._process is not None
        if time.monotonic() < end:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
        code = self._process.returncode
        self.stop()
        return TOO_LONG if code is None or -code in TIME_IS_UP else BROKE

    def _started(self) -> "subprocess.Popen[bytes]":
        limits = self._limits
        program = "from tasks.guarded.many_worker import answer_for_each as run; run()"
        # -S, -P: as in `worker`. One thread for algebra: each would claim address space of its own.
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-S", "-P", "-c", program, self._function]
            + [str(n) for n in (limits.memory, limits.seconds, limits.wall)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment() | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )


def look_at_each(
    function: str, files: Iterable[tuple[str, bytes]], limits: FileLimits = FILE_LIMITS
) -> Iterator[Answer]:
    """Yield an answer for every file, in order."""
    with ManyWorker(function, limits) as process:
        for name, content in files:
            yield process.look(name, content)
