"""Refuse files that cannot or must not be read, in one Chinese line each, before anything is parsed."""

from pathlib import PurePath

from tasks.documents.faults import DocumentError
from tasks.documents.kinds.compounds import by_streams
from tasks.documents.kinds.packed import by_parts
from tasks.documents.kinds.signs import by_name, by_sign
from tasks.documents.kinds.told import AS_WORD
from tasks.documents.kinds.written import by_writing, is_text, steers

LARGEST = 50 * 1024 * 1024  # bytes of a file; plans with pictures stay far below
# Endings of files that are read; what is in them decides, and some lie.
TEXTS = (".txt", ".md", ".html", ".htm", ".mht", ".mhtml")
WORDS = (".doc", ".wps", ".docx", ".docm", ".dot", ".dotx", ".wpt", ".rtf", ".odt", ".fodt", ".xml")
READABLE = (*TEXTS, *WORDS, ".pdf")
NEVER_TEXT = (".docx", ".docm", ".dotx", ".odt", ".pdf", ".rtf", ".fodt", ".xml")


def kind_of(content: bytes, name: str) -> str:
    """Return what a file holds, whatever its name says: the name of the reader for it.

    text, html, mht (a page saved whole), docx, flat (the same in one file of XML), wordml (Word 2003),
    pdf; doc, rtf, odt and fodt are turned into docx first.

    Raises DocumentError for what is empty, locked by a password, too large once unpacked, or holds no
    document; the message says what it is and what to do with it.
    """
    if not content:
        raise DocumentError(f"“{name}”是空文件")
    suffix = PurePath(name).suffix.lower()
    looks = (by_sign, lambda c, _: by_parts(c), by_streams, by_writing)
    kind, words = next((found for look in looks if any(found := look(content, suffix))), ("", ""))
    if kind:
        return kind
    if not words:
        words = by_name(suffix).words or _unreadable(content, suffix)
    if words:
        raise DocumentError(f"“{name}”{words}")
    return "text"


def _unreadable(content: bytes, suffix: str) -> str:
    """Return why what has no sign of its own is not read as text; "" when it is."""
    if suffix not in READABLE:
        return f"这种文件不能读取，可以读取 {' '.join(READABLE)}"
    doubtful = suffix in NEVER_TEXT or suffix in WORDS and steers(content)
    if is_text(content) and not doubtful:
        return ""
    if suffix in (*WORDS, ".pdf"):
        return f"不是正常的 {suffix} 文件，可能已损坏；能打开的话，{AS_WORD}"
    return "不是文本文件"
