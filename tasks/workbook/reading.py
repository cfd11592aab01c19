"""Read a workbook that came back, whatever Excel or WPS made of it.

Every sheet, row and cell is taken, refused as a fault, or named as not taken. A sheet is found by its
name, a copy's name or its columns; the header row by its column names, so columns may be moved and
titles may stand above. Rows and columns that are hidden or filtered away count like any other.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from models.errors import PlanError
from models.files.whole_file import shown_name
from tasks.guarded.many import ManyWorker
from tasks.workbook.cells import as_name, as_text
from tasks.workbook.declaring import Form, Sheet
from tasks.workbook.feet import is_foot
from tasks.workbook.grey_cells import GreyCells, KeptPage
from tasks.workbook.headers import (
    Header,
    columns_in,
    is_repeated,
    names_of,
    plain,
    shown_places,
    sound_header,
    spread,
)
from tasks.workbook.left_over import Notes
from tasks.workbook.matching import copies_fault, match, missing_fault, named
from tasks.workbook.mending import Doubts, Mends, mend_row
from tasks.workbook.opening import Broken, Page, pages_within, read_pages
from tasks.workbook.rows import Faults, Row
from tasks.workbook.strokes import ask_about_struck


class Book:
    """An opened workbook: its pages, which sheet stands on which, and the faults found so far."""

    def __init__(
        self,
        name: str,
        pages: Sequence[Page],
        sheets: Sequence[Sheet] = (),
        *,
        notes: Collection[str] = (),
        aside: Collection[str] = (),
    ) -> None:
        self.name = name
        self.faults = Faults(name)
        # Those that hold something, less the form and the hidden page once they are read.
        self.pages = [page for page in pages if page.beside or page.says_something]
        self._sheets = sheets
        self.left = Notes(notes, aside)
        self._kept = KeptPage(None)
        self.grey, self.doubts = GreyCells(), Doubts()
        self.mends: Mends = {}  # what they guess is kept in ``doubts``

    @cached_property
    def found(self) -> dict[str, list[Page]]:
        """Return the pages of each sheet that is there, by its name."""
        sent = [p for p in self.pages if not p.hidden and as_name(p.name) not in self.left.aside]
        return match(sent, self._sheets)

    def has(self, sheet: Sheet) -> bool:
        """Say whether some page holds ``sheet``."""
        return sheet.name in self.found

    def note(self, line: str) -> None:
        """Keep what else is to be told of this workbook."""
        self.left.add(line)

    def notes(self) -> list[str]:
        """Return what was not taken, or under another name, in lines; to be asked when all is read."""
        taken = {id(page) for pages in self.found.values() for page in pages}
        left = self.left.lines([page for page in self.pages if id(page) not in taken])
        return left + self.grey.notes()

    def kept(self, name: str) -> str | None:
        """Return the text kept out of sight as ``name``, else None; changes of grey cells are named from then on."""
        self._kept = KeptPage(self._taken_out(named(self.pages, name)))
        return self._kept.text

    def rewrote(self, row: Row, name: str) -> bool:
        """Say whether another hand wrote in a column that is only shown."""
        return bool(self._kept.rewritten(row, [name]))

    def fields(self, form: Form) -> dict[str, Row] | None:
        """Return a row for each field of ``form``, by its name; None when the form is not there.

        A field twice, or not there though required, is a fault; what else stands there is named.
        """
        page = self._taken_out(named(self.pages, form.name))
        if page is None:
            return None
        fields = {column.name: column for column in form.fields}
        known = {plain(name): name for name in fields}
        joined = {
            row
            for top, left, bottom, right in page.merges
            if left <= 1 <= right
            for row in range(top + 1, min(bottom + 1, len(page.grid)))
        }
        texts = {as_text(cell) for line in page.grid for cell in line}
        ours = self._kept.ours(texts, form.explained)
        found: dict[str, Row] = {}
        for number, line in enumerate(page.grid, 1):
            cells = [*line, "", ""]
            name = known.get(plain(as_text(cells[0])))
            if name:
                if number - 1 in joined:
                    cells[1] = Broken("", "与上面的格合并了，请取消合并后填写")
                row = Row(page.name, number, {name: 1}, cells, self.faults)
                row.check([(1, fields[name])])
                if found.setdefault(name, row) is not row:
                    row.fault(name, "又写了一次，请只留一行")
            for text in map(as_text, cells[2:] if name else cells):
                if text and text not in ours:
                    self.left.place(page, number, text)
        for name, column in fields.items():
            if column.shown and name in found and self._kept.rewritten(found[name], [name]):
                self.grey.add(found[name], name, "改过")
            if column.required and name not in found:
                self.faults.add(f"表“{page.name}”缺少“{name}”一行，请补上（没有内容的留空）")
        ask_about_struck(page, (1,), self.faults)
        self.left.beside(page)
        return found

    def look_aside(self, sheet: Sheet, texts: Collection[str] = ()) -> None:
        """Name what another hand wrote on a page that is ours and for the eye only.

        Ours are the names of its columns, what stands above them, ``texts``, and what was kept of it.
        """
        ours = {as_name(text) for text in texts} | {as_name(c.name) for c in sheet.columns}
        for page in self.pages:
            if as_name(page.name) == sheet.name:
                rows = [
                    number
                    for number, line in enumerate(page.grid, 1)
                    for text in map(as_text, line)
                    if text and as_name(text) not in ours
                    if not (sheet.wrote_above(text) or self._kept.wrote(text))
                ]
                if rows:
                    where = f"没有收（第一处在第 {rows[0]} 行）"
                    self.note(f"表“{page.name}”里有 {len(rows)} 处不是原来的文字，{where}")

    def _taken_out(self, page: Page | None) -> Page | None:
        self.pages = [each for each in self.pages if each is not page]
        return page

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """Yield the rows of ``sheet`` that say something in a column of it.

        A workbook of one page may call it anything. A missing page, header row or column is a
        fault, and yields nothing.
        """
        page = self._page(sheet)
        header = sound_header(page.name, page.grid, sheet, self.faults) if page else None
        if page is None or header is None:
            return
        spread(page.name, page.grid, page.merges, header, self.faults)
        self.left.page(page, sheet, header, self._kept.marked)
        ask_about_struck(page, header.places.values(), self.faults, header.row)
        yield from self._rows_below(page, sheet, header)

    def _page(self, sheet: Sheet) -> Page | None:
        """Return the page of ``sheet``; None, and a fault, when there is none or there are several."""
        found = self.found.get(sheet.name)
        if not found:
            self.faults.add(missing_fault(sheet, self.pages))
            return None
        if fault := copies_fault(sheet, found):
            self.faults.add(fault)
            return None
        for copy in found[1:]:
            self.left.beside(copy)
            self.left.add(f"表“{copy.name}”与“{found[0].name}”内容相同，只收一次")
        return found[0]

    def _rows_below(self, page: Page, sheet: Sheet, header: Header) -> Iterator[Row]:
        faults, names = self.faults, names_of(self._sheets)
        shown = shown_places(page.grid[header.row], sheet)
        places = header.places | shown
        columns = [c for c in sheet.read if c.name in places]
        measured = [(places[c.name], c) for c in columns]
        wanted = sorted(places[c.name] for c in columns if not c.quiet)
        mends = {n: self.mends[key] for n in places if (key := (sheet.name, n)) in self.mends}
        for number, line in enumerate(page.grid[header.row + 1 :], header.row + 2):
            row = Row(page.name, number, places, line, faults)
            for place in wanted:
                if place < len(line) and (text := as_text(line[place])):
                    if text in names:
                        if is_repeated(page.grid[header.row], line, wanted):
                            break  # as for a new page
                        its_own = plain(text) == plain(as_text(page.grid[header.row][place]))
                        if its_own or len(columns_in(line, names)) > 1:
                            faults.add(
                                f"表“{page.name}”第 {number} 行又是一个表头，与第 {header.row + 1} 行的不同；"
                                "一张表里只放一个表，请把它下面的内容移到上面的表里"
                            )
                            return
                    if is_foot(text):
                        words = " ".join(text for cell in line if (text := as_text(cell)))
                        self.left.place(page, number, words)
                        break
                    mend_row(row, mends, self.doubts)
                    row.check(measured)
                    for name in self._kept.rewritten(row, shown):
                        self.grey.add(row, name, "改过")
                    yield row
                    break
            else:
                others = [n for n in shown if row.text(n)] or [
                    c.name for c in columns if c.quiet and row.text(c.name)
                ]
                foreign = (n for n in others if n not in shown or not self._kept.wrote(row.text(n)))
                if name := next(foreign, ""):
                    self.note(f"表“{page.name}”第 {number} 行没有收，只有“{name}”列有内容")


def open_book(path: Path, sheets: Sequence[Sheet] = (), aside: Collection[str] = ()) -> Book:
    """Return what stands in a workbook in which ``sheets`` are looked for.

    The pages named ``aside`` are ours and for the eye only. Raises NotFoundError for no such file,
    PlanError with one line for no workbook of Excel, one locked, broken, empty, or too large.
    """
    return _opened(shown_name(path), read_pages(path), sheets, aside)


def book_of(
    name: str,
    content: bytes,
    sheets: Sequence[Sheet] = (),
    aside: Collection[str] = (),
    many: ManyWorker | None = None,
) -> Book:
    """Return what `open_book` does, of a file that is held already; ``many`` reads the next ones too."""
    return _opened(name, pages_within(name, content, many), sheets, aside)


def _opened(
    name: str, read: tuple[list[Page], list[str]], sheets: Sequence[Sheet], aside: Collection[str]
) -> Book:
    pages, notes = read
    book = Book(name, pages, sheets, notes=notes, aside=aside)
    if not any(page.says_something for page in pages if not page.hidden):
        raise PlanError(name, ["文件是空的，没有任何内容"])
    return book
