"""The window's figures: the board of a real campaign as it is made and as it is kept, fifty readers, memory.

The process is the one that ``shifan window`` starts, with a home of 6,370 assignments; a patrol runs beside the
readers. Run by ``python -m tests.tools.bench_window``; prints rows of the table, asserts nothing.
"""

import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep

from models.settings import moment_of
from tests.tools.bench import prepare
from tests.tools.bench_patrol import asked, recorded
from tests.tools.bench_table import Figure, at_most, say, taken

READERS, ROUNDS = 50, 8
ADDRESS = "/c/jc"
MIB = 1024
# Every page that one gets to from the board, each over all that there is.
OTHERS = (
    *("/", "/me", f"{ADDRESS}/week", f"{ADDRESS}/chart", f"{ADDRESS}/gate", f"{ADDRESS}/sheet"),
    *(f"{ADDRESS}/u/1", f"{ADDRESS}/u/1?all=1", f"{ADDRESS}/i/W1", f"{ADDRESS}/find?q=%E5%B1%80"),
    *(f"{ADDRESS}/wall", f"{ADDRESS}/feeds", f"{ADDRESS}/o", f"{ADDRESS}/o/unheard"),
)


def main() -> None:
    """Print the figures as rows."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        for figure in _figures():
            say(figure)


def _figures() -> Iterator[Figure]:
    from flows.running import clock
    from tasks.patrol.patrol import patrol_all

    now = clock.now()
    day = moment_of(now).today
    patrol_all(None, day, now)
    yield from _made(now)
    with _window() as (port, process):
        page = _reader(port, _cookie(now))
        page()
        yield Figure("窗", "总览从库里做成，经过整个窗口", _made_anew(page), at_most(0.1))
        yield Figure(
            "窗", "总览没有新事，经过整个窗口", median(page() for _ in range(30)), at_most(0.04)
        )
        others = {path: _reader(port, _cookie(now), path) for path in OTHERS}
        slowest = max(median(read() for _ in range(5)) for read in others.values())
        yield Figure("窗", f"另外 {len(others)} 种页面里最慢的一页", slowest, at_most(0.3))
        yield Figure(
            "窗", f"{READERS} 人同时看总览，旁边在巡查，p95", _crowd(port, now), at_most(0.15)
        )
        yield Figure("窗", "窗口进程占的内存", _memory(process), at_most(120), unit="MiB")


def _made(now: datetime) -> Iterator[Figure]:
    """Yield what the board takes in the server, and what it asks and weighs."""
    from deployments.window import board as pages
    from deployments.window.asking import Asked
    from deployments.window.files import HERE
    from deployments.window.kept import Kept
    from deployments.window.rendering import rendered
    from models.rules.window.sight import VisitorRole
    from tasks.window.naming import campaign_at
    from tests.support.windows import account

    moment, campaign = moment_of(now), campaign_at("jc")
    there = account(now, role=VisitorRole.OFFICE)
    asked_for = Asked(there, moment, {"slug": "jc"}, {}, {}, "", campaign)
    around = {"visitor": there, "to_login": False, "wrong_fields": {}}

    def board() -> str:
        pages._KEPT = Kept()  # made anew each time
        facts = {**around, **pages.board(asked_for).facts}
        return rendered("board.html", facts, "", there.csrf, moment.today)

    with recorded() as statements:
        words = board()
    took = median(taken(board) for _ in range(25))
    yield Figure("窗", "总览在服务器里，6,370 条责任分解", took, at_most(0.04))
    yield Figure("窗", "总览的 SQL 语句", len(asked(statements)), at_most(8), unit="条")
    weight = (len(words.encode()) + (HERE / "window.css").stat().st_size) / 1024
    yield Figure("窗", "总览连样式的大小", weight, at_most(80), unit="KB")


def _cookie(now: datetime) -> str:
    """Return the cookie of an account that is in."""
    from deployments.window.cookies import STAY
    from models.rules.window.sight import VisitorRole
    from tasks.window.visitors import begin_stay
    from tests.support.windows import account

    visitor = account(now, role=VisitorRole.OFFICE)
    return f"{STAY}={begin_stay(visitor, now)}"


@contextmanager
def _window() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Yield the port of a window that answers, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words = [sys.executable, "-m", "deployments.window.alone", "127.0.0.1", str(port)]
    process = subprocess.Popen(words)
    try:
        for _ in range(600):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            sleep(0.05)
        yield port, process
    finally:
        process.terminate()
        process.wait()


def _reader(port: int, cookie: str, path: str = ADDRESS) -> Callable[[], float]:
    """Return what opens a page once on a connection of its own and returns the seconds."""
    connection = HTTPConnection("127.0.0.1", port)

    def read() -> float:
        start = perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        told = answer.read()
        assert answer.status == 200, (answer.status, told[:300])
        return perf_counter() - start

    return read


def _made_anew(page: Callable[[], float]) -> float:
    """Return what a reader waits for after something was registered."""
    from flows.running import clock
    from models.campaign.progress import Report
    from models.rules.words import Progress
    from tasks.campaign.progress import register_report

    times = []
    for n in range(7):
        report = Report("W1", Progress.STARTED, "创建办", note=f"第 {n} 次")
        register_report("jc", report, moment_of(clock.now()))
        times.append(page())
    return median(times)


def _crowd(port: int, now: datetime) -> float:
    """Return within how many seconds nineteen of twenty pages came, while a patrol runs again and again.

    The patrol has a process of its own, as it has in an office: it takes no turn from the readers here.
    """
    cookie = _cookie(now)
    beside = subprocess.Popen([sys.executable, "-m", __spec__.name, "patrol"])
    try:
        sleep(3)  # until it has begun
        with ThreadPoolExecutor(READERS) as readers:
            pages = [_reader(port, cookie) for _ in range(READERS)]
            times = [one for _ in range(ROUNDS) for one in readers.map(lambda page: page(), pages)]
    finally:
        beside.terminate()
        beside.wait()
    return quantiles(times, n=20)[-1]


def patrol_for_ever() -> None:
    """Patrol again and again, until somebody ends it."""
    from flows.running import clock
    from tasks.patrol.patrol import patrol_all

    while True:
        now = clock.now()
        patrol_all(None, moment_of(now).today, now)


def _memory(process: subprocess.Popen[bytes]) -> float:
    """Return the MiB that are the process's own and what it shares."""
    said = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    [line] = [line for line in said.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / MIB


if __name__ == "__main__":
    patrol_for_ever() if sys.argv[1:] == ["patrol"] else main()
