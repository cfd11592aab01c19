"""The letters of a .doc, straight from its table of pieces: counted apart from whoever converts it.

[MS-DOC] 2.4.1: the text of all parts of a document (its stories) is one run of characters, in pieces.
"""

import re
import struct
from collections.abc import Iterator

from models.plan.reading.text.document import MISSING
from tasks.documents.pages import COMMENT, HEADER
from tasks.guarded.compound import Compound

WORD_97 = 106  # the first version whose tables lie as here (2.5.15); 101 to 105 are Word 6 and 95
PIECES = 418  # where the head says where the table of pieces lies: fcClx, lcbClx (2.5.6)
# Where the head says how long a story is, in their order (2.5.4), and why letters of it may be left out.
STORIES = (
    (0x4C, MISSING),  # the body
    (0x50, MISSING),  # footnotes
    (0x54, HEADER),  # heads and feet of pages, often once more for each section
    (0x58, ""),  # macros
    (0x5C, COMMENT),
    (0x60, MISSING),  # endnotes
    (0x64, MISSING),  # text boxes
    (0x68, HEADER),  # text boxes in heads and feet
)
COMMAND = re.compile(
    r"\x13[^\x13\x15]*?\x14|\x13[^\x13\x14\x15]*\x15|\x15"
)  # of a field: no text (2.8.25)
DEEPEST = 20  # fields within fields
# A character of a symbol font is a bracket here, or private: which one it is stands elsewhere.
SYMBOLS = re.compile(r"[(\ue000-\uf8ff]")
BREAKS = re.compile(r"[\r\x07\x0b\x0c\x0e]")


def story_pieces(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the lines of a .doc with the reason for which they may be missing.

    Raises ValueError or struct.error where the tables are broken, and for Word 95 and older.
    """
    file = Compound(content)
    body = file.stream("WordDocument")
    (version,) = struct.unpack_from("<H", body, 2)
    (flags,) = struct.unpack_from("<H", body, 10)
    if version < WORD_97:
        raise ValueError("written otherwise")
    text = b"".join(_pieces(body, file.stream("1Table" if flags & 0x0200 else "0Table")))
    lengths = [2 * struct.unpack_from("<I", body, place)[0] for place, _ in STORIES]
    if len(text) < sum(lengths):
        raise ValueError("pieces are missing")
    at = 0
    for (_, why), length in zip(STORIES, lengths, strict=True):
        story, at = text[at : at + length].decode("utf-16-le", "replace"), at + length
        for line in BREAKS.split(_shown(story)) if why else ():
            if line:
                yield why, line


def _pieces(body: bytes, table: bytes) -> Iterator[bytes]:
    """Yield the text piece by piece (2.8.35, 2.9.73), in the units that its stories are counted in."""
    start, size = struct.unpack_from("<II", body, PIECES)
    clx, at = table[start : start + size], 0
    while clx[at : at + 1] == b"\x01":  # changes of format
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    (length,) = struct.unpack_from("<I", clx, at + 1)
    count = max(0, (min(length, len(clx) - at - 5) - 4) // 12)
    ends = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    for number in range(count):
        letters = min(ends[number + 1] - ends[number], len(body))
        (place,) = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)
        if place & 0x40000000:  # one byte each
            place = (place & 0x3FFFFFFF) // 2
            yield (
                body[place : place + max(0, letters)]
                .decode("cp1252", "replace")
                .encode("utf-16-le")
            )
        else:
            yield body[place : place + 2 * max(0, letters)]


def _shown(text: str) -> str:
    """Return ``text`` without the commands of fields, the innermost first, and without symbols."""
    for _ in range(DEEPEST):
        less = COMMAND.sub("", text)
        if less == text:
            break
        text = less
    return SYMBOLS.sub("", text)
