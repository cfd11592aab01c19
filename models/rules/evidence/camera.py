"""Whether a picture was taken by a camera or a phone, by what its EXIF says of the exposure or the place.

A scanner writes its maker and a day, never an aperture, a focal length or a place (EXIF 2.3, 4.6.5 and 4.6.6). What
a messenger has stripped of its EXIF cannot be told from a scan.
"""

import struct
from collections.abc import Iterator

# Exposure time, F number, sensitivity, focal length, 35 mm focal length, lens.
_OF_A_CAMERA = frozenset((0x829A, 0x829D, 0x8827, 0x920A, 0xA405, 0xA434))
_EXIF, _PLACE = 0x8769, 0x8825  # pointers to the exposure and to the place
_SIGNS = (b"Exif\0\0MM\0*", b"Exif\0\0II*\0")
_BARE = (b"MM\0*", b"II*\0")  # of a TIFF, of a PNG's eXIf and a HEIC's block
MOST_BLOCKS, MOST_TAGS = 60, 200
LONGEST_BLOCK = 65_536
HEAD = 2_000_000  # bytes in which a bare block is looked for


def taken_by_camera(content: bytes) -> bool:
    """Say whether ``content`` is, or a PDF among its pages holds, a picture of a camera. Raises nothing."""
    return any(_is_of_a_camera(block) for block in _blocks(content))


def _blocks(content: bytes) -> Iterator[bytes]:
    """Yield what may be EXIF, from the mark of its byte order on; at most so many."""
    found = 0
    for sign in _SIGNS:
        at = content.find(sign)
        while at >= 0 and found < MOST_BLOCKS:
            found += 1
            yield content[at + 6 : at + 6 + LONGEST_BLOCK]
            at = content.find(sign, at + 1)
    if content.startswith(_BARE):
        yield content  # a TIFF, whose tags may stand at its end
    elif content[:4] in (b"\x89PNG", b"RIFF") or content[4:8] == b"ftyp":
        for sign in _BARE:
            if (at := content.find(sign, 0, HEAD)) >= 0:
                yield content[at : at + LONGEST_BLOCK]


def _is_of_a_camera(block: bytes) -> bool:
    order = ">" if block.startswith(b"MM") else "<"
    try:
        tags = _tags(block, order, *struct.unpack_from(f"{order}I", block, 4))
        exposure = _tags(block, order, tags[_EXIF]) if _EXIF in tags else {}
    except struct.error:  # cut, or no EXIF at all
        return False
    return _PLACE in tags or bool(_OF_A_CAMERA & (tags.keys() | exposure.keys()))


def _tags(block: bytes, order: str, at: int) -> dict[int, int]:
    """Return the tags of a directory at ``at``, each with its value or where that stands."""
    [count] = struct.unpack_from(f"{order}H", block, at)
    entries = (
        struct.unpack_from(f"{order}HHII", block, at + 2 + 12 * n)
        for n in range(min(count, MOST_TAGS))
    )
    return {tag: value for tag, _, _, value in entries}
