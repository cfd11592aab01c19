"""A process ends with the one that started it, however that ended."""

import ctypes
import os
import signal
import sys

# The environment of a run names it, and the process that serves it.
RUN, SERVICE = "PREFECT__FLOW_RUN_ID", "SHIFAN_SERVICE"
PR_SET_PDEATHSIG = 1


def end_with(parent: int) -> None:
    """End this process at once, by force, when ``parent`` ends or has ended already.

    By force: a parent that was killed waits for no polite end, and a child that hung on its way out
    would stay for ever. What runs inside meets a power cut, which every step of ours bears. Does
    nothing where the kernel cannot be asked (other systems than Linux).
    """
    if sys.platform != "linux":
        return
    if os.getppid() == parent:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if not _lives(parent):  # it ended before we could ask
        os._exit(1)


def tie_run() -> None:
    """Tie the process of a run to the service that started it; do nothing where none runs.

    Before the flow begins: Prefect asks a server that is gone for a minute before it gives up.
    """
    service = os.environ.get(SERVICE)
    if service and RUN in os.environ:
        end_with(int(service))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
