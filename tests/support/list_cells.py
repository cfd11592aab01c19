"""Holds what a list took in to the law: every filled cell was read, or is named in what was said.

The cells are asked of the file by another library than the reader's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from models.rules.bounds import shown
from tasks.workbook.cells import as_name, as_text
from tasks.workbook.declaring import Sheet
from tasks.workbook.left_over import MOST_NOTES
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

FIRST_WORDS = 12  # characters of a text by which a note is known to name it


@dataclass(slots=True)
class Watched:
    """The books that were read, and the cells of each that the reader gave out."""

    books: list[Book] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    cells: set[tuple[str, int, int]] = field(default_factory=set)  # sheet, row and column (from 1)


@contextmanager
def watched_books() -> Iterator[Watched]:
    """Yield what is read of books while the block runs."""
    seen, rows = Watched(), Book.rows

    def watch(book: Book, sheet: Sheet) -> Iterator[Row]:
        seen.books.append(book)
        seen.sheets.append(sheet)
        for row in rows(book, sheet):
            seen.cells |= {(row.sheet, row.number, place + 1) for place in row.places.values()}
            yield row

    Book.rows = watch  # type: ignore[method-assign]
    try:
        yield seen
    finally:
        Book.rows = rows  # type: ignore[method-assign]


def silent_cells(path: Path, seen: Watched) -> list[str]:
    """Return the filled cells of a list that was taken in which were neither read nor named."""
    from openpyxl import load_workbook

    notes = [note for book in seen.books for note in book.notes()]
    if len(notes) > MOST_NOTES:  # the rest is only counted
        return []
    heads = {
        as_name(name)
        for sheet in seen.sheets
        for column in sheet.columns
        for name in (column.name, *column.others)
    }
    aside = {name for book in seen.books for name in book.left.aside}
    known = {page.name for book in seen.books for page in book.pages}  # less those for us
    found = []
    for page in load_workbook(path, data_only=True).worksheets:
        of_sheet = [note for note in notes if f"表“{page.title}”" in note]
        whole = any(
            f"表“{page.title}”{sign}" in note for note in of_sheet for sign in ("没有收", "与")
        )
        if whole or page.title not in known or as_name(page.title) in aside:
            continue
        for column in page.iter_cols():
            texts = [(cell, text) for cell in column if (text := as_text(cell.value))]
            signs = {f"“{shown(text)}”列" for _, text in texts} | {f" {column[0].column_letter} 列"}
            if any(sign in note for note in of_sheet for sign in signs if "没有收" in note):
                continue
            for cell, text in texts:
                if (page.title, cell.row, cell.column) in seen.cells or as_name(text) in heads:
                    continue
                named = any(sign in note for note in of_sheet for sign in _signs(cell.row, text))
                if not (named or any(sheet.wrote_above(text) for sheet in seen.sheets)):
                    found.append(f"表“{page.title}”{cell.coordinate}“{shown(text)}”")
    return found


def _signs(row: int, text: str) -> tuple[str, str]:
    """Return by what a note is known to name a cell: its words, or its row."""
    return text[:FIRST_WORDS], f"第 {row} 行"
