"""The body of a Word file in the order of the paper: lines, rows of tables, boxes and notes in their places."""

from collections.abc import Callable, Iterator
from typing import Any

from tasks.documents.pages import CONTENTS, PLACEHOLDER, STRUCK, WATERMARK, PageRead, Part
from tasks.documents.word.boxes import is_watermark, stands_before
from tasks.documents.word.names import (
    ALTERNATE,
    BODY,
    BOX,
    CHUNKS,
    CONTROL,
    CONTROL_SAYS,
    FORMULAS,
    RUN,
    SILENT,
    STRUCK_TAGS,
    TABLE,
    VALUE,
    WORD_ART,
    P,
    R,
    W,
    chosen,
    holds_placeholder,
    words_of,
)
from tasks.documents.word.notes import SideNotes, leave_comment
from tasks.documents.word.numbering import Numbering
from tasks.documents.word.rows import Item, OwnLine, Told, told_row
from tasks.documents.word.runs import Paragraph, RunReader
from tasks.documents.word.styles import Styles
from tasks.documents.word.tables import GridCell, word_rows

# Nobody should put a run or a formula where blocks stand, but it is text.
_RUNS = {P, RUN, *FORMULAS}
_BLOCKS = {TABLE, *_RUNS, *CHUNKS}
_NOTE = {"footnote": "注", "endnote": "尾注"}


class BodyReader:
    """Reads one body onto a page; what is left out is named there as it is met."""

    def __init__(
        self,
        root: Any,
        page: PageRead,
        numbering: Numbering,
        styles: Styles,
        notes: SideNotes,
        chunk: Callable[[str], Part | None] = lambda relation: None,
    ) -> None:
        """Take the root of a document; ``chunk`` reads the file that a relation's id calls in."""
        self.page, self.tables = page, 0
        self._root, self._numbering, self._styles, self._notes = root, numbering, styles, notes
        self._chunk = chunk
        self._runs = RunReader(root, styles)
        self._depth = 0  # of cells around
        self._waiting: list[tuple[str, str]] = []  # notes of a table
        self._counts = dict.fromkeys(_NOTE, 0)
        self._told: set[tuple[str, str]] = set()
        self._notes_left: dict[tuple[str, str], str] = {}
        self._left: list[tuple[str, str]] = []

    def read(self) -> None:
        """Put the whole body onto the page, and the comments that nothing of it calls behind it."""
        for body in self._root.findall(BODY) or [self._root]:  # Word itself writes one
            for item in self._items(body, ""):
                self._put(item)
        for key, element in self._notes.elements.items():
            if key not in self._told:
                for line in self._note(key, element, self._notes_left.get(key, "")):
                    self._put(line)
        self._name()

    def _put(self, item: Item) -> None:
        self._name()
        if isinstance(item, str):
            self.page.line(str(item), apart=isinstance(item, OwnLine))
        elif isinstance(item, tuple):
            self.tables += self.page.take(item, self.tables)
        else:
            self.tables += 1
            for row in item:
                self.page.row([cell.text for cell in row], self.tables)
                for cell in row:
                    if cell.again:
                        self.page.again(cell.text)

    def _leave(self, why: str, text: str) -> None:
        """Keep what is left out until the next line comes, so that a contents list is one piece."""
        if self._left and self._left[-1][0] != why:
            self._name()
        self._left.append((why, text))

    def _name(self) -> None:
        if self._left:
            self.page.leave(self._left[0][0], "".join(text for _, text in self._left))
            self._left.clear()

    def _items(self, parent: Any, why: str) -> Iterator[Item]:
        """Yield what stands below ``parent``, all of it left out when there is a reason."""
        carried: Paragraph | None = None
        for element, reason in self._blocks(parent, why):
            if element.tag in _RUNS:
                paragraph, goes_on = self._runs.read(element, reason, carried)
                carried = paragraph if goes_on else None
                if not goes_on:
                    yield from self._paragraph(paragraph)
                continue
            if carried is not None:
                yield from self._paragraph(carried)
                carried = None
            if element.tag == TABLE:
                yield from self._table(element, reason)
            elif element.tag in CHUNKS:
                found = self._chunk(element.get(f"{R}id") or "")
                if found is not None:
                    yield from self._whole(found, reason)
        if carried is not None:
            yield from self._paragraph(carried)

    def _whole(self, found: Part, why: str) -> Iterator[Item]:
        """Yield what another reader made of a file within; in a cell there is room for lines alone."""
        if not self._depth and not why:
            yield found
            return
        rows, left = found
        self.page.take(([], left), 0)
        for text, _, _ in rows:
            self.page.again(text)
            if why:
                self._leave(why, text)
            else:
                yield text

    def _blocks(self, parent: Any, why: str) -> Iterator[tuple[Any, str]]:
        """Yield paragraphs, tables and bodies of other files, through whatever is wrapped around them."""
        for child in parent:
            tag = child.tag
            if tag in _BLOCKS:
                yield child, why
            elif tag == CONTROL:
                yield from self._blocks(child, why or _control_says(child))
            elif tag == ALTERNATE:
                if (form := chosen(child)) is not None:
                    yield from self._blocks(form, why)
            elif len(child) and tag not in SILENT:
                yield from self._blocks(child, why or (STRUCK if tag in STRUCK_TAGS else ""))

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Item]:
        for why, text in paragraph.left:
            self._leave(why, text)
        text = paragraph.text
        gone = bool(paragraph.why or paragraph.left) and not text.strip()
        number = "" if paragraph.why else self._numbering.number(paragraph.element)
        number = "" if gone else number  # counted all the same, as on paper
        for shown in (number, *paragraph.own):
            self.page.again(shown)
        behind: list[tuple[Any, str]] = []
        for box, why, behind_words in paragraph.boxes:
            if stands_before(box, behind_words, number + text):
                yield from self._box(box, why)
            else:
                behind.append((box, why))
        if not gone and (text or number or not paragraph.boxes):
            yield from (number + text).split("\n")
        for box, why in behind:
            yield from self._box(box, why)
        self._waiting += paragraph.notes
        self._notes_left |= paragraph.notes_left
        if not self._depth:
            yield from self._notes_waiting()

    def _box(self, box: Any, why: str) -> Iterator[Item]:
        if box.tag != WORD_ART:
            with self._runs.fields.apart():
                for item in self._items(box if box.tag == BOX else [box], why):
                    yield OwnLine(item) if isinstance(item, str) else item
        elif why or is_watermark(box):
            self._leave(why or WATERMARK, words_of(box))
        else:
            yield OwnLine(words_of(box))

    def _notes_waiting(self) -> Iterator[Item]:
        waiting, self._waiting = self._waiting, []
        for key in waiting:
            element = self._notes.elements.get(key)
            if element is not None and key not in self._told:
                yield from self._note(key, element)

    def _note(self, key: tuple[str, str], element: Any, why: str = "") -> Iterator[Item]:
        """Yield a note as a line of its own with its mark: 注1：各县区，指……。"""
        self._told.add(key)
        if key[0] == "comment":
            leave_comment(self.page, element)
            return
        self._counts[key[0]] += not why
        mark = f"{_NOTE[key[0]]}{self._counts[key[0]]}："
        runs, self._runs = self._runs, RunReader(element, self._styles)
        for item in self._items(element, why):
            if isinstance(item, str) and mark and item.strip():
                self.page.again(mark)
                item, mark = mark + item.lstrip(), ""
            yield OwnLine(item) if isinstance(item, str) else item
        self._runs = runs

    def _table(self, table: Any, why: str) -> Iterator[Item]:
        grid = word_rows(table)
        if all(len(row.cells) <= 1 for row in grid):  # lays out the page, or is a frame
            for row in grid:
                for cell in row.cells:
                    yield from self._items(cell.element, why or row.why or cell.why)
            return
        rows: list[list[Told]] = []
        above: list[Told] = []
        for row in grid:
            told, found = told_row(row, above, why, self._within)
            above = told
            if why or row.why:
                continue
            if found is None:
                rows.append(told)
                continue
            if rows:
                yield rows
            rows = []
            yield from found
        if rows:
            yield rows
        if not self._depth:
            yield from self._notes_waiting()

    def _within(self, cell: GridCell, why: str) -> list[Item]:
        self._depth += 1
        items = list(self._items(cell.element, why))
        self._depth -= 1
        return items


def _control_says(control: Any) -> str:
    """Return why the words of a content control are none of the document's, "" when they are."""
    if holds_placeholder(control):
        return PLACEHOLDER
    gallery = control.find(f"{CONTROL_SAYS}/{W}docPartObj/{W}docPartGallery")
    named = "" if gallery is None else gallery.get(VALUE) or ""
    return CONTENTS if named.lower() == "table of contents" else ""
