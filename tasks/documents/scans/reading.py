"""Read scans and photographs of papers by text recognition, each line with how sure it is."""

import marshal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from models.plan.reading.text.document import PICTURE, Document, Line
from models.plan.schema import NotRead
from tasks.documents.apart import parse_apart
from tasks.documents.drawn.page import DrawnLetter, DrawnPage, DrawnRule
from tasks.documents.drawn.pdf import drawn_pdf
from tasks.documents.faults import DocumentError
from tasks.documents.kinds.told import NO_CODES, NO_OCR, NO_WORDS, ONLY_PICTURES, PICTURE_FILE, SCAN
from tasks.documents.scans.engine import can_read_scans
from tasks.documents.scans.pages import WantedPages
from tasks.documents.scans.surety import with_surety
from tasks.documents.scans.within import has_pictures
from tasks.guarded.guard import GivenUp, Limits, worker

READER = "tasks.documents.scans.pages:scanned_pages"
LIMITS = Limits(memory=6 * 1024**3, part=90, whole=1800, wall=3600)
SECONDS = 5  # of a page, on a machine of two cores

Tell = Callable[[str], None]


def say_nothing(_: str) -> None:
    """Take a line and tell nobody."""


def as_scan(
    content: bytes, kind: str, name: str, tell: Tell, pages: Sequence[int] = ()
) -> Document:
    """Return what is recognised on the pages of a picture or a PDF; raises DocumentError in one line.

    The pages are drawn anew with the letters and rules that were seen, and read as any PDF is: in columns,
    tables and lines that go on over the end of a page.
    """
    what = {"picture": PICTURE_FILE, "word": ONLY_PICTURES}.get(kind, SCAN)
    if not can_read_scans():
        raise DocumentError(f"“{name}”{what}；{NO_OCR}")
    drawn: list[DrawnPage] = []
    seen: list[list[tuple[float, str]]] = []
    with worker(READER, LIMITS) as process:
        try:
            parts = process.parts(WantedPages(kind, content, pages).packed())
            count = next(parts)
            tell(_waiting(name, count))
            for wide, high, letters, rules, lines in parts:
                drawn.append(
                    DrawnPage(
                        wide,
                        high,
                        [DrawnLetter(*each) for each in letters],
                        [DrawnRule(*each) for each in rules],
                    )
                )
                seen.append(lines)
        except GivenUp as reason:
            raise DocumentError(f"“{name}”{reason}") from None
    if not any(page.letters for page in drawn):
        raise DocumentError(f"“{name}”{what}，{NO_WORDS}")
    return with_surety(parse_apart(drawn_pdf(drawn), "pdf", name), seen)


def of_pictures(pictures: Sequence[bytes], name: str, tell: Tell) -> Document:
    """Return what is recognised on pictures, a page each: those of a file that holds nothing else."""
    return as_scan(marshal.dumps(list(pictures)), "pictures", name, tell)


def word_or_scan(content: bytes, name: str, tell: Tell) -> Document:
    """Return what a Word file says; one that holds pictures and no letter is recognised."""
    document = parse_apart(content, "docx", name)
    if any(line.text.strip() for line in document.lines) or not has_pictures(content):
        return document
    return as_scan(content, "word", name, tell)


def _waiting(name: str, count: int) -> str:
    return f"“{name}”有 {count} 页要做文字识别，约需 {max(1, round(count * SECONDS / 60))} 分钟，请稍候……"


def with_scans(content: bytes, name: str, tell: Tell) -> Document:
    """Return what a PDF says, its pages that are pictures recognised where that is installed.

    Where it is not, such pages are named, and a file of nothing else is refused with what to do.
    """
    try:
        document = parse_apart(content, "pdf", name)
    except DocumentError as error:
        why = next((words for words in (SCAN, NO_CODES) if str(error).endswith(words)), "")
        if not why:
            raise
        if not can_read_scans():
            raise DocumentError(f"“{name}”{why}；{NO_OCR}") from None
        try:
            return as_scan(content, "pdf", name, tell)
        except DocumentError as fault:
            if NO_WORDS in str(fault):
                raise DocumentError(f"“{name}”{why}，{NO_WORDS}") from None
            raise
    pages = sorted({each.page for each in document.not_read if each.why == PICTURE and each.page})
    if not pages or not can_read_scans():
        return document
    for run in _runs(pages):
        document = _spliced(document, run, content, tell)
    return document


def _runs(pages: Sequence[int]) -> Iterator[list[int]]:
    """Yield the pages that follow one another: a table may go on from one to the next."""
    for _, run in groupby(enumerate(pages), lambda each: each[1] - each[0]):
        yield [page for _, page in run]


def _spliced(document: Document, pages: Sequence[int], content: bytes, tell: Tell) -> Document:
    """Return ``document`` with the lines recognised on ``pages`` in place of what was read there."""
    try:
        found = as_scan(content, "pdf", document.source, tell, [page - 1 for page in pages])
    except DocumentError:
        return document  # the pages stay named as pictures
    place = dict(enumerate(pages, start=1))
    lines = [replace(line, page=place[line.page or 1]) for line in found.lines]
    first = max((line.table for line in document.lines), default=0)
    lines = [replace(line, table=line.table + first) if line.table else line for line in lines]
    kept = [line for line in document.lines if line.page not in pages]
    at = next((at for at, line in enumerate(kept) if (line.page or 1) > pages[-1]), len(kept))
    left = [each for each in document.not_read if each.page not in pages or each.why != PICTURE]
    left += [each.model_copy(update={"page": place[each.page or 1]}) for each in found.not_read]
    return _numbered([*kept[:at], *lines, *kept[at:]], document.source, left)


def _numbered(lines: Sequence[Line], source: str, left: Sequence[NotRead]) -> Document:
    numbered = tuple(replace(line, number=at) for at, line in enumerate(lines, start=1))
    first: dict[int | None, int] = {}
    for line in numbered:
        first.setdefault(line.page, line.number)
    # Where it stood within its page is lost with the old numbers; the page is not.
    placed = [each.model_copy(update={"line": first.get(each.page)}) for each in left]
    return Document(numbered, source, tuple(sorted(placed, key=lambda each: each.page or 0)))
