"""Old office files, which all begin alike: told apart by the streams in their outermost folder."""

import struct

from tasks.documents.kinds import told
from tasks.documents.kinds.signs import by_name
from tasks.documents.kinds.told import Known
from tasks.guarded.archives import has_stream
from tasks.guarded.compound import SIGNATURE, Compound

# A stream that only such a file has, and what is said of it; the first that fits.
STREAMS = (
    ("EncryptedPackage", Known(words=told.LOCKED)),
    ("WordDocument", Known("doc")),
    ("Workbook", Known(words=told.OLD_SHEET)),
    ("Book", Known(words=told.OLD_SHEET)),
    ("PowerPoint Document", Known(words=told.SLIDES)),
    ("__properties_version1.0", Known("mail")),
    ("VisioDocument", Known(words=f"是 Visio 图，{told.NO_PLAN}")),
    ("MatOST", Known(words=f"是微软 Works 文件，{told.AS_WORD}")),
)


ENCRYPTED = 0x01  # in the second byte of the flags that a WordDocument begins with ([MS-DOC] 2.5.2)


def by_streams(content: bytes, suffix: str) -> Known:
    """Return what an old office file is, by its name where no stream tells; nothing when it is none."""
    if not content.startswith(SIGNATURE):
        return Known()
    for name, found in STREAMS:
        if has_stream(content, name):
            return (
                Known(words=told.LOCKED) if found.kind == "doc" and _is_locked(content) else found
            )
    named = by_name(suffix)
    return named if any(named) else Known(words=f"不是 Word 文档，也可能已损坏；{told.AS_WORD}")


def _is_locked(content: bytes) -> bool:
    try:
        return bool(Compound(content).stream("WordDocument")[11] & ENCRYPTED)
    except (ValueError, IndexError, struct.error):
        return False
