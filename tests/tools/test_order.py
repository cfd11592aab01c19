"""What waits for servers begins first, each kind on a worker of its own, and nothing is left out."""

import pytest

from tests.tools.order import dealt

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
