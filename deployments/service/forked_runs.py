"""Runs as forks of a process that has imported everything: a click starts one in a moment, not in seconds.

Prefect starts an interpreter for each run, which imports Prefect and us for seconds of a core. The
process that runs are forked from is itself forked from the service before that has threads or a loop
(a lock that another thread holds would stay locked in a fork for ever); memory is shared until written.
"""

import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from importlib import import_module
from runpy import run_module
from typing import Any

import anyio
from prefect.runner import _starter_engine

from flows.running.tether import RUN, end_with
from models.ready import get_ready
from tasks.office.reach import read_channels_ahead

ENGINE = "prefect.engine"
# What a run would import first of all, each for itself.
OF_EVERY_RUN = (
    ENGINE,
    "prefect.flow_engine",
    "prefect.task_engine",
    "prefect.deployments",
    "prefect._internal.metrics",
    "prefect.utilities.visualization",
)
LONGEST = 65_536  # bytes of what is asked: a run's own variables
_ANSWER = 32


class Origin:
    """The process that runs are forked from; it ends with the service, and every run with it.

    Made once, by a process of one thread. Of two runs asked for at once each gets its own; where it
    was ended by force its runs end too, and each later run starts as Prefect starts it.
    """

    def __init__(self) -> None:
        """Fork it; what the service has imported by now no run imports again."""
        for name in OF_EVERY_RUN:
            import_module(name)
        get_ready()
        gc.collect()
        gc.freeze()  # a collection in a fork would write to every page that is shared
        service = os.getpid()
        self._asks, asked = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # What is sent to the group in between must not end it before it ignores these.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
        self.pid = os.fork()
        if self.pid == 0:
            self._asks.close()
            end_with(service)
            _fork_what_is_asked(asked, before)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        asked.close()

    async def run(self, variables: Mapping[str, str]) -> "ForkedRun":
        """Return the run of which ``variables`` tell. Raises OSError where no run can be forked."""
        answers, answered = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with closing(answered):
            words = "\0".join(f"{name}={value}" for name, value in variables.items()).encode()
            socket.send_fds(self._asks, [words], [answered.fileno()])
        run = ForkedRun(answers)
        try:
            await run.begin()
        except BaseException:
            answers.close()
            raise
        return run

    def serve(self) -> None:
        """Let Prefect's runner start each run by a fork from now on."""
        as_prefect_does = _starter_engine.run_process

        async def run_process(
            command: list[str],
            *,
            task_status: Any,
            task_status_handler: Callable[[Any], Any],
            env: Mapping[str, str],
            **more: Any,
        ) -> Any:
            own = {name: value for name, value in env.items() if os.environ.get(name) != value}
            try:
                run = await self.run(own)
            except OSError:
                return await as_prefect_does(
                    command,
                    task_status=task_status,
                    task_status_handler=task_status_handler,
                    env=env,
                    **more,
                )
            task_status.started(task_status_handler(run))
            await run.wait()
            return run

        _starter_engine.run_process = run_process  # type: ignore[assignment] # its own place to


class ForkedRun:
    """A run of its own process; `pid` and `returncode` are what Prefect's runner looks at."""

    def __init__(self, answers: socket.socket) -> None:
        """Hear of it by ``answers``: its number first, how it ended at last."""
        self._answers = answers
        self.pid = 0
        self.returncode: int | None = None

    async def begin(self) -> None:
        """Come back when it runs. Raises OSError where nobody forks it."""
        number = await self._next()
        if not number:
            raise ConnectionResetError("no run was forked")
        self.pid = int(number)

    async def wait(self) -> None:
        """Come back when it ended; told to end, as Prefect tells a process, where nobody waits any more."""
        try:
            # Nobody says how it ended where the process it came from was killed: it was killed too.
            self.returncode = int(await self._next() or -signal.SIGKILL)
        except BaseException:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)
            raise
        finally:
            self._answers.close()

    async def _next(self) -> bytes:
        await anyio.wait_readable(self._answers)
        try:
            return self._answers.recv(_ANSWER)
        except ConnectionResetError:
            return b""


def _fork_what_is_asked(asked: socket.socket, unblocked: set[int]) -> None:
    """Fork a run for each ask until the service is gone; come back in each run only, by its exit."""
    # Sent to the whole group: the runs end first, each by itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, unblocked)
    ended, wakes = os.pipe()
    for end in (ended, wakes):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    answered: dict[int, socket.socket] = {}
    _look_ahead()
    while True:
        ready, _, _ = select.select([asked.fileno(), ended], [], [])
        if ended in ready:
            os.read(ended, LONGEST)
            _say_who_ended(answered)
        if asked.fileno() not in ready:
            continue
        words, handed, _, _ = socket.recv_fds(asked, LONGEST, 1)
        if not handed:  # the service is gone
            os._exit(0)
        answer = socket.socket(fileno=handed[0])
        _look_ahead()
        origin = os.getpid()
        number = os.fork()
        if number == 0:
            signal.set_wakeup_fd(-1)
            for each in (asked, answer, *answered.values()):
                each.close()
            os.close(ended)
            os.close(wakes)
            _run(words.decode(), origin)
        answered[number] = answer
        with suppress(OSError):  # nobody waits for it any more
            answer.send(str(number).encode())


def _look_ahead() -> None:
    """Read what most runs read first, which seldom changes; where that cannot be done, each run reads and says so."""
    with suppress(Exception):
        read_channels_ahead()


def _say_who_ended(answered: dict[int, socket.socket]) -> None:
    while answered:
        number, status = os.waitpid(-1, os.WNOHANG)
        if number == 0:
            return
        with closing(answered.pop(number)) as answer, suppress(OSError):
            answer.send(str(os.waitstatus_to_exitcode(status)).encode())


def _run(words: str, origin: int) -> None:
    """Be the run of which ``words`` tell, and exit as `python -m prefect.engine` does."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    end_with(origin)
    os.environ |= dict(word.split("=", 1) for word in words.split("\0"))
    sys.argv = [ENGINE, os.environ[RUN]]
    sys.modules.pop(ENGINE, None)  # it is run, not imported
    run_module(ENGINE, run_name="__main__")
    sys.exit(0)
