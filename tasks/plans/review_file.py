"""Open a review workbook: its tables, the head of the plan, and the plan it was made from."""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from models.errors import PlanError
from models.files.whole_file import shown_name
from models.plan.schema import Plan
from models.rules.bounds import shown
from tasks.documents.checks import DocumentError
from tasks.plans.review_layout import (
    DOUBT,
    EXPLAIN,
    FIELDS,
    HIDDEN,
    INFO,
    LATER,
    ORIGIN,
    PLACE,
    SENTENCE,
    SHEETS,
    Sheet,
)
from tasks.workbook import opening
from tasks.workbook.cells import as_name, as_text
from tasks.workbook.grey_cells import GreyCells
from tasks.workbook.headers import plain
from tasks.workbook.matching import LISTS
from tasks.workbook.opening import Page, broken
from tasks.workbook.reading import Book, Heading, Table


def _table(sheet: Sheet) -> Table:
    headings = (Heading(column.head) for column in sheet.columns)
    origin = Heading(ORIGIN, required=False, quiet=True)
    beside = frozenset((PLACE, SENTENCE, DOUBT))
    return Table(sheet.name, (*headings, origin), beside, measured=False)


SUFFIXES = frozenset((".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods", ".et", ".csv"))
TABLES = {sheet.name: _table(sheet) for sheet in SHEETS}


def mark_of(text: str) -> str:
    """Return the mark of a text that stands beside the reading, whatever becomes of its blanks."""
    return f"{zlib.crc32(as_name(text).encode()):08x}"


@dataclass(frozen=True, slots=True)
class Review:
    """An opened review workbook: its tables, the sheet with the plan's head, the plan as it was read."""

    book: Book
    tables: Mapping[str, Table]
    info: Page
    original: Plan

    def rows(self, sheet: Sheet, grey: GreyCells) -> Iterator[tuple[int, dict[str, object], str]]:
        """Yield row, cells by head and origin of the rows that hold something.

        A row like one above is a fault; what was written beside the reading is kept in ``grey``.
        """
        table = self.tables[sheet.name]
        seen: dict[tuple[str, ...], int] = {}
        for row in self.book.rows(table):
            for column in sorted(table.shown):
                if (text := row.text(column)) and not table.ours(text):
                    grey.add(row, column)
            cells = {column.head: row.cell(column.head) for column in sheet.columns}
            origin = row.text(ORIGIN).removesuffix(".0")
            first = seen.setdefault((origin, *map(as_text, cells.values())), row.number)
            if first != row.number:
                self.book.faults.add(
                    f"{sheet.name}表 第{row.number}行：与第{first}行完全相同，请删去一行"
                )
                continue
            yield row.number, cells, origin


def is_workbook(path: Path) -> bool:
    """Say whether a file is to be taken for a workbook: by its name, else by what is in it."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with zipfile.ZipFile(path) as parts:
            return "xl/workbook.xml" in parts.namelist()
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False


def open_review(path: Path) -> Review:
    """Return what a review workbook holds.

    Raises NotFoundError when there is no such file, DocumentError when it is no review workbook.
    """
    name = shown_name(path)
    try:
        pages, notes = opening.read_pages(path)
    except PlanError as error:
        raise DocumentError(f"“{name}”{'；'.join(error.faults)}") from None
    info, hidden = _named(pages, INFO), _named(pages, HIDDEN)
    rest = [page for page in pages if page is not info and page is not hidden]
    tables = {sheet: replace(table, ours=_ours(hidden)) for sheet, table in TABLES.items()}
    book = Book(f"“{name}”", rest, tuple(tables.values()), notes=notes)
    missing = [sheet for sheet, table in tables.items() if not book.has(table)]
    missing += [each for each, page in ((INFO, info), (HIDDEN, hidden)) if page is None]
    if missing or info is None or hidden is None:
        lists = [LISTS[sheet] for page in rest if (sheet := as_name(page.name)) in LISTS]
        hint = (
            f"；像是另一种表，请用 {lists[0]} 装回" if lists and len(missing) > len(TABLES) else ""
        )
        raise DocumentError(f"“{name}”不是审核表，缺少工作表：{'、'.join(missing)}{hint}")
    return Review(book, tables, info, _original(hidden, name))


def _named(pages: Sequence[Page], name: str) -> Page | None:
    """Return the sheet of a name, or the first copy of it."""
    found = [page for page in pages if as_name(page.name).startswith(name)]
    return min(found, key=lambda page: len(page.name), default=None)


def _ours(page: Page | None) -> Callable[[str], bool]:
    """Return what says whether a text beside the reading is ours; any is where no marks are kept."""
    cells = [as_text(row[1]) for row in page.grid if len(row) > 1] if page else []
    marks = set("".join(cells).split())
    return (lambda text: mark_of(text) in marks) if marks else (lambda _text: True)


def _original(page: Page, name: str) -> Plan:
    text = "".join(str(row[0]) for row in page.grid if row)
    try:
        return Plan.model_validate_json(text)
    except ValidationError:
        raise DocumentError(f"“{name}”里的原始数据已损坏，请重新生成审核表") from None


def head_cells(review: Review) -> dict[str, tuple[int, object]]:
    """Return row and value of every field of the plan's head, by its name.

    A field twice, or not at all, is a fault; what else stands on the sheet is named.
    """
    page, book = review.info, review.book
    known = {plain(column.head): column.head for column in FIELDS}
    joined = {
        r
        for top, left, bottom, right in page.merges
        if left <= 1 <= right
        for r in range(top + 1, min(bottom + 1, len(page.grid)))
    }
    found: dict[str, tuple[int, object]] = {}
    for number, line in enumerate(page.grid, 1):
        cells = [*line, "", ""]
        head = known.get(plain(as_text(cells[0])))
        if head in found:
            book.faults.add(f"{INFO}表 第{number}行：又写了一次“{head}”，请只留一行")
        elif head:
            found[head] = number, cells[1]
            if number - 1 in joined:
                found[head] = number, broken("", "与上面的格合并了，请取消合并后填写")
        for text in map(as_text, cells[2:] if head else cells):
            if text and not text.startswith(EXPLAIN):
                book.note(f"表“{page.name}”第 {number} 行的“{shown(text)}”没有收")
    for head in known.values():
        if head not in found and head not in LATER:
            book.faults.add(f"{INFO}表：缺少“{head}”一行，请补上（没有内容的留空）")
    for words in page.beside:
        book.note(f"表“{page.name}”{words}")
    return found
