"""A worker of `make province`: that of a pool, on a working morning.

python -m tests.tools.province_worker POOL NAME LIMIT
"""

import asyncio
import os
import sys
from contextlib import suppress

from deployments.pools.work import work
from deployments.service.forked_runs import Origin
from flows.running.tether import SERVICE
from models.files.home import home
from tests.tools.province_day import put_forward

if __name__ == "__main__":
    import deployments.service.schedules  # noqa: F401 - what a run needs is imported before it is forked

    put_forward()
    os.environ[SERVICE] = str(os.getpid())  # its runs end with it
    Origin().serve()
    with suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(work(home(), sys.argv[1], sys.argv[2], int(sys.argv[3])))
