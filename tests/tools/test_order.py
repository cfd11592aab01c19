"""What waits for servers begins first, each kind on a worker of its own, and nothing is left out."""

import os
from types import SimpleNamespace

import pytest

from tests.tools.order import dealt, pytest_xdist_auto_num_workers

HEADS = [["up", "lost"], ["flow"]]


# (workers, how the even parts begin)
@pytest.mark.parametrize(
    ("workers", "begins"),
    [
        (1, {0: ["up", "lost", "flow"]}),
        (2, {0: ["up", "lost"], 50: ["flow", 48]}),  # 101 items: 50 and 51
        (3, {0: ["up", "lost"], 33: ["flow", 31], 67: [64]}),  # 33, 34 and 34
    ],
)
def test_each_even_part_begins_with_what_waits(workers, begins):
    order = dealt(HEADS, range(98), workers)

    assert {at: order[at : at + len(first)] for at, first in begins.items()} == begins
    assert sorted(map(str, order)) == sorted(["up", "lost", "flow", *map(str, range(98))])


def test_a_head_longer_than_its_part_loses_nothing():
    assert dealt([["a", "b", "c"], ["d"]], ["e"], 4) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(("part", "more"), [("browser", 0), ("office", 1), ("not browser", 1)])
def test_a_core_is_left_idle_by_whoever_waits_and_not_by_whoever_draws(part, more, monkeypatch):
    monkeypatch.delenv("PYTEST_XDIST_AUTO_NUM_WORKERS", raising=False)
    asked = SimpleNamespace(getoption={"markexpr": part}.get)

    cores = len(os.sched_getaffinity(0))
    assert pytest_xdist_auto_num_workers(asked) == cores + more
