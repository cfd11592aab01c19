"""The board on one sheet of A3: as many lines as fit, and how many do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from models.campaign.due_groups import Cut
from models.campaign.lights import Lights
from models.rules.words import OFFICE
from tasks.window.board import BoardPage, board_page

ON_PAPER = Cut(reds=20, soon=10)
ROWS, COLUMNS = 34, 2  # of units, and the same of work items


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of rows: a name and four numbers each; ``words`` stand above it."""

    words: str
    rows: Sequence[tuple[str, Lights]]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The board as it hangs on a wall."""

    page: BoardPage
    columns: Sequence[SheetColumn]


def sheet_page(slug: str, today: date) -> SheetPage:
    """Return the sheet of a campaign; eight statements at any size. Raises NotFoundError."""
    page = board_page(slug, today, ON_PAPER)
    units = [(one.name, one.lights) for one in page.units]
    units += [(OFFICE, page.office), ("工作任务整项", page.whole)]
    items = [(f"{one.key} {one.name}", one.lights) for one in page.work_items]
    return SheetPage(page, [*_columns("各单位", units), *_columns("工作任务", items)])


def _columns(words: str, rows: list[tuple[str, Lights]]) -> list[SheetColumn]:
    fit = ROWS * COLUMNS
    left_out = f"{words}（另有 {len(rows) - fit} 行没有列出）" if len(rows) > fit else words
    shown = rows[:fit]
    tall = ceil(len(shown) / max(1, ceil(len(shown) / ROWS)))  # columns of one height
    return [
        SheetColumn(f"{words}（续）" if n else left_out, shown[n : n + tall])
        for n in range(0, len(shown), max(1, tall))
    ]
