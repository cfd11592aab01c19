"""A rehearsal in a process of its own, which says when it is on its way: to be stopped in the middle."""

import signal
import sys
from datetime import UTC, datetime

from models.settings import moment_of
from tasks.rehearsal.asked import AskedRehearsal
from tasks.rehearsal.rehearsing import rehearse


def _tell(done: int, _of: int) -> None:
    if done == 1:
        sys.stdout.write("begun\n")
        sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # where tests run behind, it is ignored
    rehearse(AskedRehearsal(sys.argv[1]), moment_of(datetime(2025, 6, 3, tzinfo=UTC)), _tell)
