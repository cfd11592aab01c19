"""The first reader of PDF: what stands on a page, line by line and table by table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page as PlumberPage

from models.plan.reading.text.document import EMBEDDED, UNREADABLE
from tasks.documents.faults import DocumentError
from tasks.documents.pages import CROSSED, NOTE_MARK, PageRead
from tasks.documents.pdf.bare_tables import bare_tables, may_have_heads
from tasks.documents.pdf.damaged import broken_streams, is_damaged, is_unpacked, watch
from tasks.documents.pdf.drawing import NO_CODE, OfFile, Print
from tasks.documents.pdf.garbled import is_garbled
from tasks.documents.pdf.joining import Words
from tasks.documents.pdf.layout import in_order
from tasks.documents.pdf.letters import ACROSS, DOWNWARDS, OVER, UPWARDS, Glyph, once, straightened
from tasks.documents.pdf.lines import Strip, strip_text
from tasks.documents.pdf.looks import Seen, no_text
from tasks.documents.pdf.note_marks import note_marks
from tasks.documents.pdf.notes import attached, lay_on
from tasks.documents.pdf.pen import Pen, layers_off
from tasks.documents.pdf.printed import PrintedPage
from tasks.documents.pdf.shapes import filled, thin
from tasks.documents.pdf.struck import NOTHING, Ruled, closed, ruled
from tasks.documents.pdf.tables import Table, tables_of
from tasks.documents.pdf.tree import pages_in

LOCKED = "设有打开密码，请去掉密码后再试"
_TURNS = {UPWARDS: 90, OVER: 180, DOWNWARDS: 270}  # clockwise, for the letters to stand across
_MOST = 0.6  # of the letters, that turn a page


@dataclass(frozen=True, slots=True)
class PdfFile:
    """An open file: its pages in order, not more than were asked for."""

    pdf: Any
    pages: list[PDFPage]
    kept: OfFile
    attached: list[str]  # files that are packed into it
    missed: list[int]  # objects that were asked for and not found
    broken: list[str]  # what was said of streams that did not unpack
    damaged: bool  # its pages may not be all


def opened(content: bytes, most: int) -> PdfFile:
    """Open a file and find ``most`` pages at most; raises DocumentError when it is locked."""
    broken = broken_streams()
    try:
        pdf = pdfplumber.open(BytesIO(content))
    except Exception as error:
        if isinstance(error, PDFPasswordIncorrect) or "Password" in repr(error):
            raise DocumentError(LOCKED) from error
        raise
    catalog = pdf.doc.catalog
    inside = attached(catalog)
    missed = watch(pdf.doc)
    pages = pages_in(pdf.doc, most)
    damaged = bool(missed or broken) or is_damaged(pdf.doc, pages)
    return PdfFile(pdf, pages, OfFile({}, layers_off(catalog)), inside, missed, broken, damaged)


def page_of(file: PdfFile, number: int, above: Table | None = None) -> PrintedPage:
    """Return what stands on a page, the first being 0; ``above`` is the table that ended the one before."""
    missed, broken = len(file.missed), len(file.broken) if number else 0
    page, drawn = _drawn(file, number)
    letters = once([letter for letter in drawn.letters if letter.text])
    edges = drawn.edges
    seen = Seen(edges, drawn.pictures, filled(drawn) if drawn.looks else [])
    why = no_text(letters, drawn.looks, seen)
    why.update({each.number: UNREADABLE for each in letters if each.text == NO_CODE})
    text = [letter for letter in letters if letter.number not in why] if why else letters
    lined = _lined(drawn, text) if drawn.shapes else NOTHING
    marks = note_marks(text)
    if gone := lined.struck | marks:
        why.update(dict.fromkeys(marks, NOTE_MARK))
        why.update(dict.fromkeys(lined.struck, CROSSED))
        beside = closed(text, gone)
        text = [beside.get(each.number, each) for each in text if each.number not in gone]
    text = straightened(text, drawn.slopes) if drawn.slopes else text
    text = [Glyph(*letter[:5], at, letter[6]) for at, letter in enumerate(text)]
    tables = tables_of(page, text, above) if drawn.shapes or above else []
    laid = _laid_out(text, tables, float(page.height))
    suspect = (above is not None and above.bare) or any(
        isinstance(piece, Words) and may_have_heads(piece.text) for piece in laid.pieces
    )
    if suspect:
        bare = bare_tables(laid.rest, float(page.height), above)
        tables = sorted([*tables, *bare.tables], key=lambda table: (table.top, table.left))
        laid = _laid_out(text, tables, float(page.height)) if bare.tables else laid
        laid.unsure.extend([bare.unsure] if bare.unsure and not laid.unsure else [])
    out = PageRead()
    for reason, words in (*_left_out(letters, why), *drawn.notes):
        out.leave(reason, words)
    held = ("".join(e.text for e in line) for _, line in groupby(letters, lambda e: e.top))
    return PrintedPage(
        [piece for piece in laid.pieces if isinstance(piece, Table) or piece.text],
        out=out,
        held=[*(each.replace(NO_CODE, "□") for each in held), *(words for _, words in drawn.notes)],
        unsure=laid.unsure,
        ruled_over=lined.doubtful,
        covered=_covered(drawn.pictures, edges),
        torn=len(file.broken) > broken,
        damaged=bool(file.broken)
        or len(file.missed) > missed
        or not is_unpacked(file.pages[number]),
        doubtful=drawn.undecoded or is_garbled([letter.text for letter in letters]),
    )


def _drawn(file: PdfFile, number: int) -> tuple[PlumberPage, Print]:
    """Return a page, turned so that most of its letters stand across."""
    page, drawn = _draw(file, number)
    ways = [letter.way for letter in drawn.letters]
    for way, turn in _TURNS.items():
        if ways.count(way) > _MOST * len(ways):
            file.pages[number].rotate = (file.pages[number].rotate + turn) % 360
            file.pages[number].attrs["Rotate"] = file.pages[number].rotate
            return _draw(file, number)
    return page, drawn


def _draw(file: PdfFile, number: int) -> tuple[PlumberPage, Print]:
    page = PlumberPage(file.pdf, file.pages[number], number + 1)
    corner = (page.mediabox[0], page.height + page.mediabox[1])
    drawn = Print(file.pdf.rsrcmgr, corner, file.kept)
    pen = Pen(file.pdf.rsrcmgr, drawn)
    pen.process_page(file.pages[number])
    drawn.notes = lay_on(pen, drawn, file.pages[number].annots)
    drawn.notes += [(EMBEDDED, name) for name in file.attached if number == 0]
    assert drawn.layout is not None
    page._layout = drawn.layout  # what the tables are found by
    return page, drawn


def _lined(drawn: Print, letters: Sequence[Glyph]) -> Ruled:
    """Return which letters rules run through; what strikes them out is no rule of a table from now on."""
    shapes = thin(drawn)
    lined = ruled(letters, [(box, light) for _, box, light in shapes], drawn.shares)
    if lined.shapes and drawn.layout is not None:
        strikes = {id(shapes[number][0]) for number in lined.shapes}
        drawn.layout._objs = [each for each in drawn.layout if id(each) not in strikes]
    return lined


class _Laid(NamedTuple):
    """A page as it is laid out: the letters that stand in no table, all pieces, and what is not sure."""

    rest: Sequence[Glyph]
    pieces: list[Words | Table]
    unsure: list[str]


def _laid_out(letters: Sequence[Glyph], tables: Sequence[Table], high: float) -> _Laid:
    taken = {number for table in tables for number in table.taken}
    rest = [letter for letter in letters if letter.number not in taken] if taken else letters
    pieces, unsure = in_order(rest, tables)
    return _Laid(rest, [_piece(piece, high) for piece in pieces], unsure)


def _piece(piece: Strip | Table, high: float) -> Words | Table:
    if isinstance(piece, Table):
        return piece
    if not high:
        return Words(strip_text(piece), 0.0)
    usual = piece.letters[len(piece.letters) // 2]
    size = (usual.bottom - usual.top if usual.way == ACROSS else 0.0) / high
    return Words(strip_text(piece), piece.middle / high, size)


def _left_out(letters: Sequence[Glyph], why: dict[int, str]) -> Iterator[tuple[str, str]]:
    """Yield what is left out, a reason for each, and its words as they were drawn; struck ones one by one."""
    for reason in dict.fromkeys(why.values()):
        if reason == CROSSED:
            for crossed, run in groupby(letters, lambda each: why.get(each.number) == CROSSED):
                if crossed:
                    yield CROSSED, "".join(each.text for each in run)
            continue
        words = "".join(each.text for each in letters if why.get(each.number) == reason)
        yield reason, words.replace(NO_CODE, "□")


def _covered(pictures: Sequence[tuple[float, ...]], edges: tuple[float, ...]) -> float:
    """Return how much of a page pictures cover; a scan may come in strips."""
    left, top, right, bottom = edges
    area = sum(
        max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, bottom) - max(y0, top))
        for x0, y0, x1, y1 in pictures
    )
    whole = (right - left) * (bottom - top)
    return area / whole if whole > 0 else 0.0
