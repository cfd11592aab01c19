"""Read the .docx made of another file, and name what that file held besides."""

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence

from lxml import etree

from models.plan.reading.text.marks import UNCOUNTED
from tasks.documents.comparing import Piece
from tasks.documents.converted.losses import lost_letters
from tasks.documents.converted.open_document import open_pieces
from tasks.documents.converted.pair import unpaired
from tasks.documents.converted.revisions import struck_as_text
from tasks.documents.converted.rich_letters import rich_lines
from tasks.documents.converted.rich_sets import with_known_sets
from tasks.documents.converted.shown_numbers import lost_numbers
from tasks.documents.converted.stories import story_pieces
from tasks.documents.pages import Left, Part, Row
from tasks.documents.word.pages import word_pages

COUNTED: dict[str, Callable[[bytes], Iterable[Piece]]] = {
    "doc": story_pieces,
    "odt": open_pieces,
    "fodt": open_pieces,
}
# What a file raises that is broken, and which others open all the same.
BROKEN = (ValueError, KeyError, struct.error, etree.XMLSyntaxError)
DAMAGED = "文件可能已损坏"
OLD = "Word 95 或更早的 .doc，或者已损坏"

OBJECT = "\ufffc"


def converted_pages(both: bytes) -> Iterator[Part]:
    """Yield the one page of a file that was converted; letters that went astray are named.

    Every letter of the file is counted; where it cannot be (Word 95 and older, broken tables), that is
    named.
    """
    kind, content, word = unpaired(both)
    for rows, left in word_pages(word):
        yield _without_objects(rows), [*left, *_lost(kind, content, word, rows)]


def _lost(kind: str, content: bytes, word: bytes, rows: Sequence[Row]) -> list[Left]:
    try:
        if kind == "rtf":
            lines = list(rich_lines(with_known_sets(content)))
            lost = lost_letters(((each.why, each.text) for each in lines), word, rows)
            return [*lost, *lost_numbers(lines, rows)]
        lost = lost_letters(list(COUNTED[kind](content)), word, rows)
        shown = struck_as_text(content, word) if kind == "doc" else ""
        return [*lost, (UNCOUNTED, shown, 0, 0)] if shown else lost
    except BROKEN:
        return [(UNCOUNTED, OLD if kind == "doc" else DAMAGED, 0, 0)]


def _without_objects(rows: list[Row]) -> list[Row]:
    """Return ``rows`` without the characters that stand for pictures and boxes, if there are any."""
    if not any(OBJECT in row[0] for row in rows):
        return rows
    out = str.maketrans("", "", OBJECT)
    return [(text.translate(out), [c.translate(out) for c in cells], t) for text, cells, t in rows]
