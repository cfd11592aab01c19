"""Keeps LibreOffice: a process between us and it that ends it in time, and when we are gone.

`python -m tasks.documents.libreoffice_keeper PARENT FOLDER PROCESSOR WALL MEMORY COMMAND...`, started by `tasks.documents.libreoffice` alone.
LibreOffice starts a second process behind the first; both are one group here, and end together.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress

TOO_LONG = 3  # exit code
LOOK_SECONDS = 0.05
LARGEST_FILE = 500_000_000  # bytes it may write
_TIME_IS_UP = {-int(getattr(signal, name, 0)) for name in ("SIGXCPU", "SIGKILL")}


def keep(arguments: list[str]) -> int:
    """Run the command until it ends, its time is up, or whoever started us is gone."""
    folder, command = arguments[1], arguments[5:]
    parent, processor, wall, memory = map(int, (arguments[0], *arguments[2:5]))
    end = time.monotonic() + wall
    signal.signal(signal.SIGTERM, _leave)
    _limit(processor, memory)
    office = subprocess.Popen(command, process_group=0)  # noqa: S603
    code = TOO_LONG
    try:
        while time.monotonic() < end and os.getppid() == parent:
            with suppress(subprocess.TimeoutExpired):
                code = office.wait(LOOK_SECONDS)
                break
        return TOO_LONG if code in _TIME_IS_UP else code
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(office.pid, signal.SIGKILL)
        office.wait()
        if os.getppid() != parent:  # nobody else is left to do it
            shutil.rmtree(folder, ignore_errors=True)


def _leave(*_: object) -> None:
    sys.exit(TOO_LONG)


def _limit(processor: int, memory: int) -> None:
    """Bound what the keeper, which does nothing, hands down to what it starts."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))


if __name__ == "__main__":
    sys.exit(keep(sys.argv[1:]))
