"""Read the .docx made of another file, and name what that file held besides."""

import struct
from collections.abc import Iterator

from tasks.documents.comparing import Piece
from tasks.documents.converted.losses import lost_letters
from tasks.documents.converted.open_document import open_pieces
from tasks.documents.converted.pair import unpaired
from tasks.documents.converted.stories import story_pieces
from tasks.documents.pages import Part, Row
from tasks.documents.word.pages import word_pages

COUNTED = {"doc": story_pieces, "odt": open_pieces, "fodt": open_pieces}

OBJECT = "\ufffc"


def converted_pages(both: bytes) -> Iterator[Part]:
    """Yield the one page of a file that was converted; letters that went astray are named.

    Of .doc (from Word 97 on), .odt and .fodt every letter is counted; of .rtf, and where the tables of
    a .doc are broken, only what LibreOffice made of it.
    """
    kind, content, word = unpaired(both)
    for rows, left in word_pages(word):
        yield _without_objects(rows), [*left, *lost_letters(_pieces(kind, content), word, rows)]


def _without_objects(rows: list[Row]) -> list[Row]:
    """Return ``rows`` without the characters that stand for pictures and boxes, if there are any."""
    if not any(OBJECT in row[0] for row in rows):
        return rows
    out = str.maketrans("", "", OBJECT)
    return [(text.translate(out), [c.translate(out) for c in cells], t) for text, cells, t in rows]


def _pieces(kind: str, content: bytes) -> list[Piece]:
    count = COUNTED.get(kind)
    try:
        return list(count(content)) if count else []
    except (ValueError, struct.error):
        return []
