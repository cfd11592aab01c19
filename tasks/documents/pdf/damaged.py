"""Files that are damaged: the two readers side by side, so that no page is lost that either one finds."""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from pdfminer import pdftypes
from pdfminer.pdfdocument import PDFXRefFallback
from pdfminer.pdftypes import PDFObjectNotFound, PDFStream, resolve1

from tasks.documents.faults import DocumentError
from tasks.documents.pages import letters_of
from tasks.documents.pdf.garbled import is_garbled
from tasks.documents.pdf.printed import PrintedPage

PLAIN = 200  # bytes of what is drawn on a page, that two empty pages may share
FEW = 10  # letters that tell nothing of which page it is
SAME = 0.8  # of the letters of a page, that two readings of it share
_tolerant = pdftypes.decompress_corrupted
WHOLE = 0.95  # of the letters of a page; with fewer a reading is not whole


def is_damaged(document: Any, pages: Sequence[Any]) -> bool:
    """Say whether the index of a file is broken, or names more than these ``pages``, or two show the same."""
    if any(isinstance(index, PDFXRefFallback) for index in document.xrefs):
        return True
    root = resolve1(document.catalog.get("Pages"))
    named = resolve1(root.get("Count")) if isinstance(root, dict) else None
    if isinstance(named, int) and named > len(pages):
        return True
    drawn = [each for page in pages for each in map(_raw, page.contents[:1]) if len(each) > PLAIN]
    return len(set(drawn)) < len(drawn)


def _raw(stream: Any) -> bytes:
    stream = resolve1(stream)
    return (stream.rawdata or b"") if isinstance(stream, PDFStream) else b""


def watch(document: Any) -> list[int]:
    """Return a list that every object goes down in from now on that is asked for and not found."""
    missed: list[int] = []
    find = document.getobj

    def getobj(number: int) -> Any:
        try:
            return find(number)
        except PDFObjectNotFound:
            missed.append(number)
            raise

    document.getobj = getobj
    return missed


def is_unpacked(page: Any) -> bool:
    """Say whether all that is drawn on a page came out of its packing, once it is drawn."""
    streams = (resolve1(each) for each in page.contents)
    return all(
        each.data != b"" or resolve1(each.attrs.get("Length")) in (0, None)
        for each in streams
        if isinstance(each, PDFStream)
    )


def broken_streams() -> list[str]:
    """Return a list that every packed stream goes down in from now on that does not unpack as it was packed.

    One without the sum of its bytes is none of them: some programs leave it away.
    """
    broken: list[str] = []

    def unpacked(data: bytes) -> bytes:
        try:
            zlib.decompress(data)
        except zlib.error as error:
            if not _lacks_its_sum(data):
                broken.append(str(error))
        return _tolerant(data)

    pdftypes.decompress_corrupted = unpacked  # pdfminer calls it, and tells nobody
    return broken


def _lacks_its_sum(packed: bytes) -> bool:
    """Say whether what is packed comes to its own end, with nothing behind it that could be its sum."""
    inner = zlib.decompressobj(-15)
    try:
        inner.decompress(packed[2:])
    except zlib.error:
        return False
    return inner.eof and (len(inner.unused_data) < 4 or inner.unused_data[:4] == bytes(4))


def surplus(one: PrintedPage, other: PrintedPage) -> str:
    """Return the letters of ``one`` that ``other`` has not as often: the later ones."""
    known = Counter(_letters(other))
    found = []
    for letter in _letters(one):
        known[letter] -= 1
        if known[letter] < 0:
            found.append(letter)
    return "".join(found)


def is_more(second: PrintedPage, first: PrintedPage) -> bool:
    """Say whether the second reading of a page has letters that the first has not."""
    ours, theirs = _letters(first), _letters(second)
    return len(theirs) >= FEW and len(ours) < WHOLE * len(theirs)


def side_by_side(
    first: Iterable[PrintedPage], second: Iterable[PrintedPage]
) -> Iterator[PrintedPage]:
    """Yield the pages of both readings in order, each once: as the first has it, if that is whole."""
    ours = iter(first)
    mine = next(ours, None)
    shown: list[PrintedPage] = []
    taken = 0
    with suppress(DocumentError):
        for theirs in second:
            same = mine is not None and is_same(mine, theirs)
            page = mine if mine and same and not is_more(theirs, mine) else _named(theirs)
            page.torn = page.torn or (mine is not None and mine.torn)
            shown.append(page)
            yield page
            if same:
                taken, mine = taken + 1, next(ours, None)
    rest = [*([mine] if mine else ()), *ours]
    # Where the second reader has no fewer pages, the first has taken one for another.
    known = set(map(_letters, shown)) if len(shown) >= taken + len(rest) else set()
    yield from (page for page in rest if _letters(page) not in known)


def _named(page: PrintedPage) -> PrintedPage:
    """Return a page of the second reader; one that is nothing but signs of another encoding is broken."""
    broken = page.broken or is_garbled(list(_letters(page)))
    return PrintedPage([], held=[], broken=True) if broken else page


def is_same(one: PrintedPage, other: PrintedPage) -> bool:
    """Say whether two readings are of one page; with too few letters nothing says that they are not."""
    a, b = _letters(one), _letters(other)
    if len(a) < FEW or len(b) < FEW:
        return True
    return (Counter(a) & Counter(b)).total() >= SAME * min(len(a), len(b))


def _letters(page: PrintedPage) -> str:
    return letters_of("".join(page.held))
