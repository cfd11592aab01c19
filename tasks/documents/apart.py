"""Have a file parsed in a process of its own, and make lines of what it hands on."""

from dataclasses import replace

from models.plan.reading.text.document import Document, Line
from models.plan.schema import NotRead
from tasks.documents.faults import DocumentError
from tasks.documents.pages import APART
from tasks.guarded.guard import GivenUp, worker

PARSERS = {
    "mht": "tasks.documents.mht:mht_pages",
    "flat": "tasks.documents.single.pages:flat_pages",
    "wordml": "tasks.documents.single.pages:wordml_pages",
    "html": "tasks.documents.web.pages:html_pages",
    "docx": "tasks.documents.word.pages:word_pages",
    "pdf": "tasks.documents.pdf.pages:pdf_pages",
    "converted": "tasks.documents.converted.pages:converted_pages",
}
LONGEST = 600_000  # characters; the longest plans have a third of that
LINES = 30_000


class TooLongError(DocumentError):
    """More than any plan; another way of reading would find as much."""


def check_length(name: str, letters: int, lines: int) -> None:
    """Raise TooLongError for more than any plan has."""
    if letters > LONGEST or lines > LINES:
        raise TooLongError(f"“{name}”有 {letters // 10_000} 万字、{lines} 行，不像一份方案，没有读")


def parse_apart(content: bytes, kind: str, name: str) -> Document:
    """Parse in a process of its own, which is ended when it takes too much."""
    lines: list[Line] = []
    not_read: list[NotRead] = []
    tables = pages = length = 0
    with worker(PARSERS[kind]) as reader:
        try:
            for rows, left in reader.parts(content):
                pages += 1
                last, before = tables, len(lines)
                for text, cells, table in rows:
                    tables = max(tables, last + table)
                    place = last + table if cells else 0
                    number, apart = len(lines) + 1, table == APART
                    lines.append(Line(text, number, pages, tuple(cells), place, apart))
                    length += len(text)
                for why, words, letters, row in left:
                    place = before + row + 1
                    not_read.append(
                        NotRead(why=why, words=words, letters=letters, line=place, page=pages)
                    )
                check_length(name, length, len(lines))
        except GivenUp as reason:
            raise DocumentError(f"“{name}”{reason}") from None
    if pages == 1:
        lines = [replace(line, page=None) for line in lines]
        not_read = [each.model_copy(update={"page": None}) for each in not_read]
    return Document(tuple(lines), name, tuple(not_read))
