"""A worker of `make province`: that of a pool, on a working morning.

    python -m tests.tools.province_worker POOL NAME LIMIT

PROVINCE_AHEAD in the environment says by how many seconds the office's clock is put forward, so that
the tool can be run on any day and at any hour; no setting of the product can do that.
"""

import asyncio
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from deployments.pools.work import work
from deployments.service.forked_runs import Origin
from flows.running import clock
from flows.running.tether import SERVICE
from models.files.home import home


def put_forward() -> None:
    """Let `clock.now` be later than it is; runs are forks and inherit it."""
    ahead = timedelta(seconds=float(os.environ["PROVINCE_AHEAD"]))
    clock.now = lambda: datetime.now(UTC) + ahead


if __name__ == "__main__":
    import deployments.service.schedules  # noqa: F401 - what a run needs is imported before it is forked

    put_forward()
    os.environ[SERVICE] = str(os.getpid())  # its runs end with it
    Origin().serve()
    with suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(work(home(), sys.argv[1], sys.argv[2], int(sys.argv[3])))
