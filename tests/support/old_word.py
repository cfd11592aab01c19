"""Makes old Word files (.doc) of plain paragraphs, with their stories in one run of text ([MS-DOC])."""

import struct

from tests.support.compounds import compound

HEAD = 0x600  # bytes of the head of a WordDocument here; the text stands behind it
STORY_PLACES = (0x4C, 0x50, 0x54, 0x58, 0x5C, 0x60, 0x64, 0x68)
PIECES = 0x1A2


def old_word(body: str, *, others: dict[int, str] | None = None, locked: bool = False) -> bytes:
    """Return a .doc of ``body``, its lines ended by \\r; ``others`` are stories by their number, from 1."""
    stories = [body, *((others or {}).get(number, "") for number in range(1, 8))]
    text = "".join(stories) + ("\r" if others else "")  # one more ends the last story
    head = bytearray(HEAD)
    struct.pack_into(
        "<HHHHHHHI", head, 0, 0xA5EC, 0xC1, 0, 0x0804, 0, 0x0200 | locked << 8, 0xBF, 0
    )
    struct.pack_into("<H", head, 32, 14)
    struct.pack_into("<H", head, 62, 22)
    for place, story in zip(STORY_PLACES, stories, strict=True):
        struct.pack_into("<I", head, place, len(story))
    struct.pack_into("<H", head, 152, 0x5D)
    table = b"\x02" + struct.pack("<III", 16, 0, len(text)) + struct.pack("<HIH", 0, HEAD, 0)
    struct.pack_into("<II", head, PIECES, 0, len(table))
    written = bytes(head) + text.encode("utf-16-le")
    return compound({"WordDocument": written.ljust(5000, b"\0"), "1Table": table})
