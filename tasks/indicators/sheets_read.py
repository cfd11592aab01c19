"""A workbook as a document: each sheet a table, what is merged shown in each of its cells and told apart."""

from collections.abc import Iterator
from pathlib import Path

from models.errors import CampaignError, PlanError
from models.files.whole_file import shown_name
from models.plan.reading.text.document import Document, Line
from tasks.workbook.cells import as_text
from tasks.workbook.opening import Broken, Page, read_pages

MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_LETTERS = 600_000
MOST_MERGED = 200_000  # cells that merged ones reach over, all together


def document_of_workbook(path: Path) -> tuple[Document, dict[int, frozenset[int]]]:
    """Return the rows of all sheets, and for each line which of its cells go on with the one above.

    Raises CampaignError, one line, for what is no workbook, broken, or larger than any such table.
    """
    name = shown_name(path)
    try:
        pages, _ = read_pages(path)
    except PlanError as error:
        raise CampaignError(f"“{name}”{'；'.join(error.faults)}") from None
    lines: list[Line] = []
    joined: dict[int, frozenset[int]] = {}
    letters = 0
    for table, page in enumerate((page for page in pages if not page.hidden), 1):
        for cells, goes_on in _rows(page, name):
            number = len(lines) + 1
            letters += sum(map(len, cells))
            if number > MOST_ROWS or letters > MOST_LETTERS:
                raise CampaignError(f"“{name}”太大，不像一份指标表，没有读")
            lines.append(Line(" ".join(filter(None, cells)), number, table, cells, table))
            joined[number] = goes_on
        for beside in page.beside:
            lines.append(Line(f"（{page.name}：{beside}）", len(lines) + 1, table))
    if not lines:
        raise CampaignError(f"“{name}”是空的，没有任何内容")
    return Document(tuple(lines), name), joined


def _rows(page: Page, name: str) -> Iterator[tuple[tuple[str, ...], frozenset[int]]]:
    """Yield the rows that say something, as wide as the sheet, and which cells go on with those above."""
    width = max(
        (at + 1 for line in page.grid for at, cell in enumerate(line) if _text(cell)), default=0
    )
    if width > MOST_COLUMNS:
        raise CampaignError(f"“{name}”的表“{page.name}”有 {width} 列，不像一份指标表，没有读")
    grid = [[_text(cell) for cell in line] + [""] * (width - len(line)) for line in page.grid]
    down: dict[int, set[int]] = {}
    left = MOST_MERGED
    for top, first, bottom, last in page.merges:
        if top >= len(grid) or first >= width:
            continue
        bottom, last = min(bottom, len(grid) - 1), min(last, width - 1)
        left -= (bottom - top + 1) * (last - first + 1)
        if left < 0:
            raise CampaignError(f"“{name}”里合并的单元格太多，没有读")
        for row in range(top, bottom + 1):
            for column in range(first, last + 1):
                grid[row][column] = grid[row][column] or grid[top][first]
                if row > top:
                    down.setdefault(row, set()).add(column)
    for row, cells in enumerate(grid):
        if any(cells):
            yield tuple(cells[:width]), frozenset(down.get(row, ()))


def _text(cell: object) -> str:
    if isinstance(cell, Broken):
        return str(cell)
    text = as_text(cell)
    return "" if not text.strip() else text
