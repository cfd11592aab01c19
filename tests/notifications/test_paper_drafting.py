"""What a table of a paper prints: no column that has nothing to say, and those that are written in by hand."""

import pytest

from notifications.paper_blocks import Grid, plain
from notifications.paper_drafting import _blocks


def grid_of(*lines):
    [grid] = _blocks("\n".join(lines), [])
    assert isinstance(grid, Grid)
    return grid.head, [tuple(map(plain, row)) for row in grid.rows], grid.widths


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        (("| 1 | — | 甲 |", "| 2 | — | — |"), ("编号", "事项")),
        (("| 1 | — | 甲 |", "| 2 | 乙 | — |"), ("编号", "说明", "事项")),
        (("| 1 |  | 甲 |", "| 2 |  | — |"), ("编号", "说明", "事项")),  # to be written in
        (("| 1 |  | 甲 |", "| 2 | — | — |"), ("编号", "说明", "事项")),
        ((), ("编号", "说明", "事项")),
    ],
)
def test_a_column_with_nothing_to_say_is_not_printed(rows, head):
    printed, cells, widths = grid_of("|~ 1 2 3", "| 编号 | 说明 | 事项 |", *rows)

    assert printed == head
    assert len(widths) == len(head)
    assert {len(row) for row in cells} <= {len(head)}
