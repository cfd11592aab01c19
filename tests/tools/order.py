"""The order in which tests run: what waits for servers begins first, on workers of its own.

A test that starts the whole of Shifan waits for most of its minute. Begun last it keeps one worker
busy while the others are done; begun first, the others work through the rest meanwhile.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Return one worker more than there are cores: whoever waits for a server leaves its core idle.

    What draws pages in a browser waits for nobody, and is to be done before a page's own patience ends.
    """
    if os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS"):
        return None
    return len(os.sched_getaffinity(0)) + (config.getoption("markexpr") != "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the starts of the whole and the flows at the head of what each worker gets first."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    starts = [item for item in items if _waits(item) and not _shares(item)]
    flows = [item for item in items if _waits(item) and _shares(item)]
    rest = [item for item in items if not _waits(item)]
    items[:] = dealt([starts, flows], rest, workers)


def dealt(heads: Sequence[Sequence[T]], rest: Sequence[T], workers: int) -> list[T]:
    """Return all items in such an order that each of the even parts of ``workers`` begins with a head.

    pytest-xdist deals out even parts, and whoever is done takes from the end of what others have
    left. Where there are more heads than workers, the last one begins with all that remain.
    """
    firsts, others, order = list(heads), list(rest), []
    left = len(others) + sum(map(len, firsts))
    for workers_left in range(max(workers, 1), 0, -1):
        part = left // workers_left
        mine = [item for head in (firsts if workers_left == 1 else firsts[:1]) for item in head]
        more = max(0, part - len(mine))
        order += [*mine, *others[:more]]
        firsts, others, left = firsts[1:], others[more:], left - part
    return order + others


def _waits(item: pytest.Item) -> bool:
    return item.get_closest_marker("server") is not None


def _shares(item: pytest.Item) -> bool:
    """Say whether ``item`` asks the one server that all flows share."""
    return "prefect_server" in getattr(item, "fixturenames", ())
