"""Try every file of a folder: ``make corpora DIR=folder``, ``make corpora MUTATE=1000``, or ``python -m tests.tools.corpora DIR``.

Compile and the five lists take each file in a process of its own, two at a time, with limits of time
and memory, on a database that is thrown away. Printed by kind: how many were tried, read and refused,
what letters were lost, what took long or much memory, what was answered in no Chinese line, and which
refusal changed the database. Exit code 1 where an error of ours, a silent loss or a changed database
was found. ``--mutate N`` makes N files of the tests' own first (`tests.tools.file_mutations`).
"""

import argparse
import json
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.letter_count import shown_kind
from tests.support.scratch import scratch
from tests.tools.corpora_try import Tried, set_up, try_file

AT_ONCE = 2
WALL = 60  # seconds for everything that is done with one file
MEMORY = 700 * 2**20  # bytes of writable memory of each process
MAKING = 2**31  # of that which makes the files
SLOW, LARGE = 10, 500  # seconds, MiB
MOST_SHOWN = 200  # faults told one by one
MOST_REASONS = 20


@dataclass(slots=True)
class Kind:
    """What became of the files of one kind."""

    tried: int = 0
    read: int = 0
    taken: int = 0  # by a list
    refused: int = 0
    named: int = 0  # files of which the reader itself says that letters were not read
    silent: int = 0
    cells: int = 0  # files of which a list took cells neither in nor by name
    twice: int = 0
    slow: int = 0
    large: int = 0
    ended: int = 0
    errors: int = 0
    odd: int = 0
    changed: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, one: Tried) -> None:
        """Count one file."""
        self.tried += 1
        self.read += one.read
        self.taken += bool(one.taken)
        self.refused += not (one.read or one.taken or one.ended)
        self.named += one.named > 0
        self.silent += one.silent > 0
        self.cells += bool(one.cells)
        self.twice += bool(one.twice)
        self.slow += one.slowest > SLOW
        self.large += one.mebibytes > LARGE
        self.ended += bool(one.ended)
        self.errors += bool(one.errors)
        self.odd += bool(one.odd)
        self.changed += bool(one.changed)
        self.seconds.append(one.slowest)


COLUMNS = (
    ("试了", "tried"), ("读了", "read"), ("名册收下", "taken"), ("拒绝", "refused"), ("说明少字", "named"),
    ("悄悄少字", "silent"), ("悄悄少格", "cells"), ("读两遍", "twice"), ("超过 10 秒", "slow"), ("超过 500 MiB", "large"),
    ("没读完", "ended"), ("内部错误", "errors"), ("不是中文一行", "odd"), ("改了数据库", "changed"),
)  # fmt: skip
GRAVE = ("silent", "cells", "errors", "changed")  # what makes the exit code 1


def files_in(folder: Path, limit: int | None = None) -> list[Path]:
    """Return every file below ``folder``, of every suffix; the first ``limit`` where one is given."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return found[:limit]


def try_all(files: Sequence[Path]) -> Iterator[tuple[Path, Tried]]:
    """Yield what became of each file, as they are done."""
    with tempfile.TemporaryDirectory(prefix="shifan-corpora-", dir=scratch()) as kept:
        folder = Path(kept)
        set_up(folder)
        running: dict[int, tuple[Path, Path, float]] = {}
        waiting = list(reversed(files))
        while waiting or running:
            while waiting and len(running) < AT_ONCE:
                path = waiting.pop()
                answer = folder / f"{len(waiting)}.json"
                running[_start(path, folder, answer)] = path, answer, time.monotonic()
            yield from _ended(running)


def _start(path: Path, folder: Path, answer: Path) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.setpgid(0, 0)
        _limit(MEMORY)
        answer.write_text(json.dumps(try_file(path, folder).as_facts()), encoding="utf-8")
        code = 0
    finally:
        os._exit(code)


def _held() -> int:
    """Return how many MiB this process holds: a child begins with as much, and that is none of its file's."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def _limit(memory: int) -> None:
    """Let this process have no more than ``memory`` bytes that it can write, beside those it began with."""
    import resource

    status = Path("/proc/self/status").read_text(encoding="ascii")
    begun = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmData"))
    resource.setrlimit(resource.RLIMIT_DATA, (memory + begun * 1024, resource.RLIM_INFINITY))


def _ended(running: dict[int, tuple[Path, Path, float]]) -> Iterator[tuple[Path, Tried]]:
    """Yield those that are done; one that takes too long is ended with all that it started."""
    for child, (path, answer, began) in list(running.items()):
        done, status, used = os.wait4(child, os.WNOHANG)
        late = time.monotonic() - began > WALL
        if not done and late:
            os.killpg(child, signal.SIGKILL)
            done, status, used = os.wait4(child, 0)
        if not done:
            continue
        del running[child]
        if answer.is_file() and status == 0:
            tried = Tried.of(json.loads(answer.read_text(encoding="utf-8")))
            answer.unlink()
        else:
            tried = Tried(ended=f"{WALL} 秒没有读完" if late else f"进程以 {status} 结束")
            tried.slowest = time.monotonic() - began
        tried.mebibytes = max(0, used.ru_maxrss // 1024 - _held())
        yield path, tried
    time.sleep(0.01)


def table(kinds: dict[str, Kind]) -> list[str]:
    """Return the table by kind."""
    names = [name for name, _ in COLUMNS]
    lines = [f"| 种类 | {' | '.join(names)} | 中位 |", "| --- " * (len(names) + 2) + "|"]
    total = Kind()
    for kind in kinds.values():
        for _, name in COLUMNS:
            setattr(total, name, getattr(total, name) + getattr(kind, name))
        total.seconds += kind.seconds
    for name, kind in [*sorted(kinds.items()), ("合计", total)]:
        figures = [str(getattr(kind, each)) for _, each in COLUMNS]
        middle = sorted(kind.seconds)[len(kind.seconds) // 2] if kind.seconds else 0
        lines.append(f"| {name} | {' | '.join(figures)} | {middle:.2f} s |")
    return lines


def report(files: Sequence[Path], folder: Path) -> int:
    """Try ``files``, print what was found, and return the exit code."""
    kinds: dict[str, Kind] = {}
    reasons: Counter[str] = Counter()
    shown = 0
    for path, tried in try_all(files):
        kind = kinds.setdefault(shown_kind(path), Kind())
        kind.add(tried)
        if not tried.read and tried.said:
            reasons[tried.said.replace(path.name, "…")] += 1
        if tried.faults() and shown < MOST_SHOWN:
            shown += 1
            _print([f"{path.relative_to(folder)}：{'；'.join(tried.faults())}"])
    _print(table(kinds))
    _print(f"{times} 份没有读：{words}" for words, times in reasons.most_common(MOST_REASONS))
    grave = sum(getattr(kind, name) for kind in kinds.values() for name in GRAVE)
    return 1 if grave else 0


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Return the exit code of what was typed."""
    typed = argparse.ArgumentParser(prog="python -m tests.tools.corpora", description=__doc__)
    typed.add_argument("folder", nargs="?", type=Path)
    typed.add_argument("--limit", type=int)
    typed.add_argument("--mutate", type=int, metavar="N")
    typed.add_argument("--seed", type=int, default=1)
    given = typed.parse_args(arguments)
    if given.mutate:
        from tests.tools.file_mutations import make

        folder = given.folder or Path(tempfile.mkdtemp(prefix="shifan-mutated-", dir=scratch()))
        # Elsewhere: what making them takes of memory would be counted for every child.
        with multiprocessing.get_context("spawn").Pool(1, _limit, (MAKING,)) as apart:
            made = apart.apply(make, (folder, given.mutate, given.seed))
        code = report(made[: given.limit], folder)
        if given.folder is None:
            shutil.rmtree(folder, ignore_errors=True)
        return code
    if given.folder is None or not given.folder.is_dir():
        sys.stderr.write("请写明文件夹：make corpora DIR=文件夹\n")
        return 2
    return report(files_in(given.folder, given.limit), given.folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
