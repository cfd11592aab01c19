"""Read a file into a document: the one way from whatever is in it to lines."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from models.files.whole_file import FileFault, Unread, read_whole, shown_name
from models.plan.reading.doubts.unread import by_reason
from models.plan.reading.text.document import BROKEN, MISSING, UNREADABLE, Document
from models.plan.reading.text.traditional import simplified
from models.plan.schema import NotRead
from models.rules.bounds import UNSEEN, shown
from tasks.documents.apart import TooLongError, check_length, parse_apart
from tasks.documents.checks import LARGEST, DocumentError, kind_of
from tasks.documents.converted.old_word import from_doc
from tasks.documents.converted.open_shown import as_on_paper
from tasks.documents.converted.pair import paired
from tasks.documents.converted.rich_sets import with_known_sets
from tasks.documents.converted.rich_text import with_shown_numbers
from tasks.documents.drawn.reading import read_ofd
from tasks.documents.kinds.told import MAIL
from tasks.documents.libreoffice import to_word
from tasks.documents.mail.reading import read_letter
from tasks.documents.scans.reading import Tell, as_scan, say_nothing, with_scans, word_or_scan
from tasks.documents.text import read_text


def _rich_text(content: bytes, name: str) -> bytes:
    return to_word(with_shown_numbers(with_known_sets(content)), name, kind="rtf")


def _open_document(content: bytes, name: str, *, kind: str) -> bytes:
    return to_word(as_on_paper(content), name, kind=kind)


# What becomes .docx first, and how, the way that keeps more of its tables and numbers first.
WAYS: dict[str, tuple[Callable[[bytes, str], bytes], ...]] = {
    "doc": (from_doc, to_word),
    "rtf": (_rich_text,),
    **{kind: (partial(_open_document, kind=kind),) for kind in ("odt", "fodt")},
}


def read_document(path: Path, tell: Tell = say_nothing) -> Document:
    """Return the lines of ``path`` with their places; tables become rows of cells.

    Of a text in traditional characters the lines are in simplified ones, and kept beside as they are written.
    What of the file is in no line is named in ``not_read``. The file is read once, and whatever becomes
    of it afterwards does not matter. Raises DocumentError, one Chinese line, for what is missing, empty,
    locked, too large, broken or hostile, and for a scan where no text recognition is installed; where it
    is, ``tell`` is given one line before a reading that takes its time. Asks nothing of any other machine, whatever the file
    links to. Nothing is written anywhere but in a folder of its own, which is gone afterwards.
    """
    name = shown_name(path)
    content = _content(path, name)
    document = _broken_named(_seen(_document(content, kind_of(content, name), name, tell)))
    if not any(line.text.strip() for line in document.lines):
        named = by_reason(document.not_read)
        raise DocumentError(f"“{name}”的正文里没有文字" + (f"，只有{named}" if named else ""))
    check_length(name, sum(len(line.text) for line in document.lines), len(document.lines))
    return simplified(document)


def _seen(document: Document) -> Document:
    """Return ``document`` without the characters nobody can see; some databases refuse them."""
    if not any(UNSEEN.search(text) for line in document.lines for text in (line.text, *line.cells)):
        return document
    lines = (
        replace(
            line,
            text=UNSEEN.sub("", line.text),
            cells=tuple(UNSEEN.sub("", cell) for cell in line.cells),
        )
        for line in document.lines
    )
    return replace(document, lines=tuple(lines))


def _broken_named(document: Document) -> Document:
    """Return ``document`` with the lines named that hold characters nobody can read."""
    broken = [
        NotRead(
            why=UNREADABLE, words=shown(line.text), letters=number, line=line.number, page=line.page
        )
        for line in document.lines
        if (number := line.text.count(BROKEN))
    ]
    return replace(document, not_read=(*document.not_read, *broken)) if broken else document


def _content(path: Path, name: str) -> bytes:
    try:
        return read_whole(path, LARGEST)
    except FileFault as fault:
        if fault.why is Unread.MISSING:
            raise DocumentError(f"找不到文件“{path}”") from None
        if fault.why is Unread.LARGE:
            size, limit = fault.size // 2**20, LARGEST // 2**20
            words = f"有 {size} MB，超过 {limit} MB 的上限，请删去图片后再试"
            raise DocumentError(f"“{name}”{words}") from None
        raise DocumentError(f"“{name}”{fault.why.value}") from None


def _document(content: bytes, kind: str, name: str, tell: Tell) -> Document:
    if kind == "text":
        return read_text(content, name)
    if kind == "picture":
        return as_scan(content, kind, name, tell)
    if kind == "mail":
        return read_letter(content, name, partial(_attached, tell=tell), tell)
    if kind == "ofd":
        return read_ofd(content, name, tell)
    if kind == "pdf":
        return with_scans(content, name, tell)
    if kind == "docx":
        return word_or_scan(content, name, tell)
    return _converted(content, kind, name) if kind in WAYS else parse_apart(content, kind, name)


def _attached(content: bytes, name: str, *, tell: Tell) -> Document:
    """Return what an attachment says; a letter within a letter is not opened."""
    kind = kind_of(content, name)
    if kind == "mail":
        raise DocumentError(f"“{name}”也是电子邮件，{MAIL}")
    return _seen(_document(content, kind, name, tell))


def _converted(content: bytes, kind: str, name: str) -> Document:
    """Read what becomes .docx first, in the way that loses least.

    A way that loses nothing is the last one tried; one with fewer tables in it is no better.
    """
    best, fault = None, None
    for turn in WAYS[kind]:
        try:
            word = turn(content, name)
            kind_of(word, name)
            found = parse_apart(paired(kind, content, word), "converted", name)
        except TooLongError:
            raise
        except DocumentError as error:
            fault = error
            continue
        if best is None or _lost(found) < _lost(best) and _rows(found) >= _rows(best):
            best = found
        if not _lost(best):
            break
    if best is None:
        raise fault or DocumentError(f"“{name}”打不开")
    return best


def _lost(document: Document) -> int:
    return sum(each.letters for each in document.not_read if each.why == MISSING)


def _rows(document: Document) -> int:
    return sum(1 for line in document.lines if line.cells)
