"""The parser of PDF: yields pages, a page being rows of (text, cells, table).

It runs in a process of its own with limits (`tasks.guarded.worker`), for such files can be made to eat
time and memory. What is wrong is said in words to be put behind the file's name.
"""

from collections.abc import Iterator
from contextlib import suppress

from models.plan.reading.text.document import MISSING, PICTURE, UNREADABLE
from tasks.documents.faults import DocumentError
from tasks.documents.kinds.told import NO_CODES, SCAN
from tasks.documents.pages import Part, letters_of
from tasks.documents.pdf.damaged import is_more, is_same, side_by_side, surplus
from tasks.documents.pdf.garbled import reads_better
from tasks.documents.pdf.heads import without_heads
from tasks.documents.pdf.joining import joined, last_table
from tasks.documents.pdf.printed import PrintedPage
from tasks.documents.pdf.repeats import Repeats
from tasks.documents.pdf.sheets import PdfFile, opened, page_of
from tasks.documents.pdf.tables import Table

PAGES = 1000  # long plans have a tenth of that
LEAST = 10  # letters of a file with text
FEW = 30  # letters on a picture of a page: its number, a stamp
MOST_OF_PAGE = 0.5  # that pictures cover


def pdf_pages(content: bytes) -> Iterator[Part]:
    """Yield the pages of a text PDF; raises DocumentError when it is locked, broken or has no text.

    A page that is a picture, or that no one can read, is named. A second reader takes what the first one
    cannot: files whose index or tree of pages is broken, and single pages; it gives lines, and no tables.
    What is left out of page after page is told once, and the rest of it with the last page.
    """
    letters = unknown = broken = 0
    repeats = Repeats()
    waiting: Part | None = None
    pages = joined(without_heads(_sheets(content)))
    for number, page in enumerate(pages, start=1):
        rows, left = page.part()
        found = sum(len(letters_of(text)) for text, _, _ in rows)
        if page.covered >= MOST_OF_PAGE and found < FEW:
            words = f"只读到 {found} 个字" if found else "没有文字"
            left = [*left, (PICTURE, f"第 {number} 页是图片，{words}", 0, len(rows))]
        else:
            letters += found
        if page.broken:
            broken += 1
            left = [*left, (MISSING, f"第 {number} 页已损坏，读不出", 0, 0)]
        if page.torn:
            left = [*left, (MISSING, f"第 {number} 页有损坏，可能没有读全", 0, 0)]
        unknown += sum(number for why, _, number, _ in left if why == UNREADABLE)
        if waiting is not None:
            yield waiting
        waiting = rows, repeats.without(left)
    if letters < LEAST:
        raise DocumentError("已损坏，打不开" if broken else NO_CODES if unknown else SCAN)
    if waiting is not None:
        yield waiting[0], [*waiting[1], *repeats.rest(len(waiting[0]))]


def _again(content: bytes, only: int | None = None) -> Iterator[PrintedPage]:
    """Ask the second reader, which is loaded when it is needed."""
    from tasks.documents.pdf.second import pages_again

    return pages_again(content, PAGES, only)


def _sheets(content: bytes) -> Iterator[PrintedPage]:
    try:
        file = opened(content, PAGES + 1)
    except DocumentError:
        raise
    except Exception:  # whatever breaks the first reader, the second may read
        file = None
    if file is None or not file.pages:
        yield from _again(content)
        return
    if len(file.pages) > PAGES:
        raise DocumentError(f"多于 {PAGES} 页，不像一份方案，没有读")
    first = _first(file, content)
    yield from side_by_side(first, _again(content)) if file.damaged else first


def _first(file: PdfFile, content: bytes) -> Iterator[PrintedPage]:
    """Yield the pages as the first reader finds them, and each that it cannot read as the second does."""
    above: Table | None = None
    seen: set[str] = set()
    for number in range(len(file.pages)):
        try:
            sheet = page_of(file, number, above)
        except DocumentError:
            raise
        except Exception:  # as above
            sheet = PrintedPage([], broken=True, torn=bool(file.broken))
        text = "".join(sheet.held)
        # Where two pages say the same, the first reader may have taken one for the other.
        if _is_suspect(sheet) or (text in seen and len(text) > LEAST):
            sheet = _better(sheet, content, number)
        seen.add(text)
        above = last_table(sheet)
        yield sheet


def _is_suspect(sheet: PrintedPage) -> bool:
    # A page without letters and pictures may have a stream that the first reader cannot unpack.
    empty = not any(map(letters_of, sheet.held)) and sheet.covered < MOST_OF_PAGE
    return empty or sheet.doubtful or sheet.damaged or sheet.broken


def _better(sheet: PrintedPage, content: bytes, number: int) -> PrintedPage:
    """Return a page as the second reader finds it, where that is better; it may not even open the file."""
    again = None
    with suppress(DocumentError):
        again = next(_again(content, number), None)
    if again is None:
        return sheet
    if sheet.doubtful or not any(map(letters_of, sheet.held)):
        better = reads_better("".join(again.held), "".join(sheet.held)) or sheet.broken
    else:
        better = is_more(again, sheet) or not is_same(again, sheet)
    chosen, other = (again, sheet) if better else (sheet, again)
    chosen.torn = sheet.torn
    if sheet.damaged and (rest := surplus(other, chosen)):
        chosen.out.leave(MISSING, rest)
        chosen.held.append(rest)
    return chosen
