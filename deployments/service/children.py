"""Child processes that end with their parent, however it ends."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from flows.running.tether import end_with

GRACE_SECONDS = 10


class Child:
    """A process that is started again when it dies, and told to end when the parent ends."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        folder: Path,
    ) -> None:
        """Start ``command`` in ``folder``; its output is appended to ``log``."""
        self.name, self.log, self._folder = name, log, folder
        self._command, self._environment = command, dict(environment)
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            return subprocess.Popen(  # noqa: S603
                self._command,
                env=self._environment,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the parent alone, which ends all in order
                preexec_fn=partial(end_with, os.getpid()),
            )

    @property
    def alive(self) -> bool:
        """Say whether it runs."""
        return self._process.poll() is None

    def restart(self) -> None:
        """Start it once more."""
        self._process = self._start()

    def tell_to_end(self) -> None:
        """Ask it and its own children to end."""
        self._signal(signal.SIGTERM)

    def wait_for_end(self) -> None:
        """Wait until it ended; after ten seconds end it by force."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE_SECONDS)
        self._signal(signal.SIGKILL)  # the group: nothing it started stays behind
        self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)
