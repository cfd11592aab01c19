"""Tables drawn in a file of text, made into Word files and workbooks; every place is invented.

A row is a line, its cells parted by |; ^ is a cell merged with the one above, < with the one to the left,
/ within a cell starts a new line in it. Lines without | are text before and behind the table.
"""

from pathlib import Path

from docx import Document
from openpyxl import Workbook

ABOVE, LEFT = "^", "<"


def drawn(text: str) -> tuple[list[str], list[list[str]], list[str]]:
    """Return the lines before the table, its rows, and the lines behind it."""
    lines = [line.strip() for line in text.strip().splitlines()]
    tabled = [n for n, line in enumerate(lines) if "|" in line]
    first, last = tabled[0], tabled[-1]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines[first : last + 1]]
    width = max(map(len, rows))
    rows = [row + [LEFT] * (width - len(row)) if len(row) == 1 else row for row in rows]
    assert {len(row) for row in rows} == {width}, [len(row) for row in rows]
    return lines[:first], rows, lines[last + 1 :]


def merges(rows: list[list[str]]) -> list[tuple[int, int, int, int]]:
    """Return what is merged: first row and column, last row and column, from 0."""
    found = []
    for top, row in enumerate(rows):
        for left, cell in enumerate(row):
            if cell in (ABOVE, LEFT):
                continue
            right = left
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            bottom = top
            while bottom + 1 < len(rows) and rows[bottom + 1][left] == ABOVE:
                bottom += 1
            if (top, left) != (bottom, right):
                found.append((top, left, bottom, right))
    return found


def shown(cell: str) -> str:
    """Return what a cell says."""
    return "" if cell in (ABOVE, LEFT) else cell.replace(" / ", "\n")


def word_of(text: str, path: Path) -> Path:
    """Write a drawn table as a Word file with its cells merged as Word does it."""
    before, rows, behind = drawn(text)
    document = Document()
    for line in before:
        document.add_paragraph(line)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    cells = [list(row.cells) for row in table.rows]
    for own, row in zip(cells, rows, strict=True):
        for cell, said in zip(own, row, strict=True):
            if shown(said):
                cell.text = shown(said)
    for top, left, bottom, right in merges(rows):
        cells[top][left].merge(cells[bottom][right])
    for line in behind:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def workbook_of(text: str, path: Path) -> Path:
    """Write a drawn table as a workbook, what stands around it in merged rows above and below."""
    before, rows, behind = drawn(text)
    book = Workbook()
    page = book.active
    page.title = "Sheet1"
    for line in before:
        page.append([line])
        page.merge_cells(
            start_row=page.max_row, end_row=page.max_row, start_column=1, end_column=len(rows[0])
        )
    start = len(before)
    for row in rows:
        page.append([_value(shown(cell)) for cell in row])
    for top, left, bottom, right in merges(rows):
        page.merge_cells(
            start_row=start + top + 1,
            start_column=left + 1,
            end_row=start + bottom + 1,
            end_column=right + 1,
        )
    for line in behind:
        page.append([line])
    book.save(path)
    return path


def _value(text: str) -> str | float | None:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text or None
