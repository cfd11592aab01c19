"""A process of its own for what shall be killed, made of this one: all that it needs is imported already."""

import os
import traceback
from collections.abc import Callable

from models.database import engine_for
from models.settings import settings


class Forked:
    """A child of this process that is at work; it is waited for once."""

    def __init__(self, pid: int) -> None:
        """Take ``pid`` from `begun`."""
        self.pid = pid

    def wait(self) -> int:
        """Return its exit code when it ended, below nought the signal that ended it."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def forked(work: Callable[[], object]) -> int:
    """Do ``work`` in a child of this process; return its exit code, below nought the signal that ended it."""
    return begun(work).wait()


def begun(work: Callable[[], object]) -> Forked:
    """Begin ``work`` in a child of this process, which goes on beside us.

    What it changes in memory is gone with it. No connection goes along: two processes would speak on one.
    """
    engine_for(settings().database).dispose()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:  # nothing of pytest's may run twice
            traceback.print_exc()
        finally:
            os._exit(code)
    return Forked(child)
