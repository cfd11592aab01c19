"""What follows an act at once and keeps no page waiting: messages go out, Prefect's waiting runs end or begin anew.

Neither is needed for what was done to stand: the next round sends, the next patrol ends the runs.
"""

import atexit
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock, Thread

from flows.running import clock
from models.errors import CampaignError
from models.settings import settings
from tasks.decisions.questions import title_of
from tasks.decisions.runs import (
    AskedRun,
    forget_runs,
    leftover_runs,
    open_runs,
    remember_run,
)
from tasks.window.visitors import Visitor

SEND = (sys.executable, "-m", "deployments.window.sending", str(os.getpid()))
VOID = "已失效"
# Ends a waiting run of Prefect by its id, under a name of the state, with words; False where it works on.
EndRun = Callable[[str, str, str], bool]
# Starts a run that asks a question, by its number, title and key; returns its id, "" where none starts.
StartRun = Callable[[int, str, str], str]
RENEWED = "已更新"
_log = logging.getLogger("shifan.window")


class Sender:
    """Runs ``command`` in a process of its own: one at a time, and once more for whoever asked meanwhile.

    What is asked for while one runs may come too late for it, so another follows; a hundred who ask
    meanwhile get that one together.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command, self._lock = list(command), Lock()
        self._wanted = self._busy = self._over = False
        self._child: subprocess.Popen[bytes] | None = None

    def soon(self) -> None:
        """Let it run as soon as none runs; returns at once."""
        with self._lock:
            self._wanted = True
            if self._busy or self._over:
                return
            self._busy = True
        Thread(target=self._work, name="sending", daemon=True).start()

    def end(self) -> None:
        """Start none any more, and end the one that runs: whatever it had not said is said later."""
        with self._lock:
            self._over, child = True, self._child
        if child is not None and child.poll() is None:
            child.terminate()

    def _work(self) -> None:
        while child := self._next():
            # This thread waits for it: a process ends with the thread that started it.
            if child.wait():
                _log.warning("sending ended with %s; the next round sends", child.returncode)

    def _next(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if not self._wanted or self._over:
                self._busy = False
                return None
            self._wanted = False
            try:
                self._child = _started(self._command)
            except OSError as error:
                _log.warning("cannot send now: %s; the next round sends", error)
                self._busy, self._child = False, None
            return self._child


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a process that knows neither the office's password nor the token of our service."""
    kept = {
        k: v for k, v in os.environ.items() if k not in ("SHIFAN_PASSWORD", "SHIFAN_DOOR_TOKEN")
    }
    return subprocess.Popen(  # noqa: S603
        list(command),
        env=kept,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


_sender = Sender(SEND)
atexit.register(_sender.end)


def send_soon() -> None:
    """Send what waits (codes, receipts) without waiting for the next round; returns at once."""
    if settings().channels is not None:
        _sender.soon()


class _Runs:
    """The way to the runs of a Prefect in this process, where there is one."""

    end: EndRun | None = None
    start: StartRun | None = None
    later = ThreadPoolExecutor(1, "runs")


def runs_by(end: EndRun | None, start: StartRun | None) -> None:
    """Let runs be ended and started through these from now on; without them the next patrol does it."""
    _Runs.end, _Runs.start = end, start


def runs_open_to(visitor: Visitor | None) -> bool:
    """Return whether ``visitor`` can open Prefect's pages: an account, where they are behind our own door."""
    return _Runs.end is not None and visitor is not None and visitor.kind == "account"


def end_run_of(decision_id: int, line: str) -> None:
    """End the runs that wait for questions already closed, that of ``decision_id`` with ``line``; returns at once."""
    if _Runs.end is not None:
        _Runs.later.submit(_end_left_runs, _Runs.end, decision_id, line)


def _end_left_runs(end: EndRun, decision_id: int, line: str) -> None:
    import httpx  # only where there is a Prefect: it brings much along

    try:
        over = [one.decision_id for one in leftover_runs() if _ended(end, one, decision_id, line)]
        forget_runs(over)
    except (CampaignError, httpx.HTTPError, OSError, RuntimeError) as error:
        _log.warning("runs not ended: %s; the next patrol ends them", error)


def renew_run_of(decision_id: int, line: str) -> None:
    """Let the question that an objection came to be asked anew at once, in Prefect too; returns at once.

    A run that still waits for it shows what stands no more: it ends with ``line``. One that it is put to
    again, or a question that came of it, has a run of its own from now on.
    """
    if _Runs.end is not None and _Runs.start is not None:
        _Runs.later.submit(_renew, _Runs.end, _Runs.start, (decision_id, line))


def _renew(end: EndRun, start: StartRun, said: tuple[int, str]) -> None:
    import httpx  # only where there is a Prefect: it brings much along

    decision_id, line = said
    try:
        for one in open_runs():
            mine = one.decision_id == decision_id
            if one.flow_run and not (mine and end(one.flow_run, RENEWED, line)):
                continue
            key = f"decision-{one.decision_id}-{one.flow_run or 'first'}"
            if run := start(one.decision_id, title_of(one.decision_id), key):
                found = line if one.flow_run else ""
                moment = clock.moment()
                remember_run(one.decision_id, run, before=one.flow_run, found=found, moment=moment)
    except (CampaignError, httpx.HTTPError, OSError, RuntimeError) as error:
        _log.warning("runs not renewed: %s; the next patrol renews them", error)


def _ended(end: EndRun, one: AskedRun, decision_id: int, line: str) -> bool:
    if one.decision_id == decision_id and line:
        return end(one.flow_run, "Completed", line)
    return end(one.flow_run, VOID, f"本次审批已失效：{one.ended}")
