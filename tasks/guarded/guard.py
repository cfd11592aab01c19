"""Take a file apart in a process of its own, under limits: whatever it holds, only that process suffers."""

import marshal
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from models.errors import CampaignError

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MESSAGE = 512 * 1024 * 1024  # bytes; more than the worker's memory holds
KEPT = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LANG", "LC_ALL", "TZ")  # no secrets


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost; times of the processor count what was worked, not waited."""

    memory: int = 480 * 1024 * 1024  # bytes of address space, the interpreter's included
    part: int = 10  # seconds of the processor from one part (page, sheet) to the next
    whole: int = 120  # seconds of the processor for the whole file
    wall: int = 900  # seconds by the clock: for a worker that sleeps, not for a busy machine


LIMITS = Limits()


class GivenUp(CampaignError):
    """A file that was not read to its end; the message says why, to be put behind the file's name."""


class Worker:
    """A worker that is ready, or about to be, and reads one file."""

    def __init__(self, process: "subprocess.Popen[bytes]", limits: Limits) -> None:
        self._process, self._limits = process, limits

    def parts(self, content: bytes) -> Iterator[Any]:
        """Yield the parts of a file as they come. Raises GivenUp in the middle when it has to."""
        assert self._process.stdin is not None and self._process.stdout is not None
        end = time.monotonic() + self._limits.wall + 5  # the worker's own alarm comes first
        with suppress(BrokenPipeError):  # it ended; its answer or its end says why
            self._process.stdin.write(content)
            self._process.stdin.close()
        while True:
            kind, value = self._message(self._process.stdout, end)
            if kind == "fault":
                raise GivenUp(value)
            if kind == "done":
                return
            yield value

    def _message(self, stream: IO[bytes], end: float) -> tuple[str, Any]:
        head = read_within(stream, 8, end)
        length = int.from_bytes(head, "big")
        if len(head) == 8 and length <= LONGEST_MESSAGE:
            body = read_within(stream, length, end)
            if len(body) == length:
                kind, value = marshal.loads(body)  # noqa: S302
                return kind, value
        return "fault", self._how_it_ended(end)

    def _how_it_ended(self, end: float) -> str:
        if time.monotonic() < end:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
        code = self._process.returncode
        if code is None or -code in TIME_IS_UP:
            return "读了太久，没有读完；请另存为新文件，或拆成几份后再试"
        return "太复杂或已损坏，没有读完"


# SIGKILL: the hard limit of the processor's time, or a machine out of memory.
TIME_IS_UP = {
    int(getattr(signal, name, 0)) for name in ("SIGXCPU", "SIGALRM", "SIGVTALRM", "SIGKILL")
}


def read_within(stream: IO[bytes], length: int, end: float) -> bytes:
    """Return ``length`` bytes, fewer when the stream ends or the time is up."""
    parts, missing = [], length
    waiting = select.poll()
    waiting.register(stream, select.POLLIN)
    while missing:
        if not waiting.poll(max(0, round((end - time.monotonic()) * 1000))):
            break
        part = os.read(stream.fileno(), min(missing, 1 << 20))
        if not part:
            break
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


@contextmanager
def worker(parser: str, limits: Limits = LIMITS) -> Iterator[Worker]:
    """Start a worker that takes a file apart with ``parser`` (module:function); it is ended on the way out.

    The function takes the bytes of a file and yields its parts: numbers, texts, lists, tuples of them.

    It starts while the caller still looks at the file from outside. It sees nothing of our settings,
    writes nothing, and ends by itself when we are killed: its time runs out in any case.
    """
    given = (limits.memory, limits.part, limits.whole, limits.wall)
    program = "from tasks.guarded.worker import main; main()"
    # -S: what site does costs more than the rest of the start; our own paths are handed on.
    # -P: a json.py in the folder one happens to stand in is not ours.
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-S", "-P", "-c", program, parser, *map(str, given)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    try:
        yield Worker(process, limits)
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                with suppress(BrokenPipeError):
                    stream.close()


def environment() -> dict[str, str]:
    """Return what such a process may know: where our code is, none of our settings and secrets."""
    paths = os.pathsep.join([str(ROOT), *(path for path in sys.path if path)])
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    # One thread of numbers: each takes room from the memory there is, and the others are at work already.
    room = {"MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"}
    return {**kept, "PYTHONPATH": paths, "PYTHONUTF8": "1", **room}
