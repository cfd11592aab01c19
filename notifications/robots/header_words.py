"""Words in a mail's header, folded as RFC 2047 and RFC 5322 have it; never inside a character.

Of our own: the standard library's newer writer adds blanks of its own to mixed text, the older one and
Apprise's write words of more than 75 octets, and both part an accent from its letter.
"""

import base64
from collections.abc import Iterator

from notifications.saying.shorten import characters

LINE = 76  # octets of a line that holds an encoded word
WORD = 75  # octets of an encoded word
_FRAME = len("=?utf-8?b??=")


def folded(name: str, words: str, behind: str = "") -> str:
    """Return the header ``name`` with ``words`` encoded where they must be, then ``behind`` as it is."""
    first = LINE - len(name) - 2
    words = " ".join(words.split())
    parts = list(encoded(words, first)) if words else []
    lines, line = [], f"{name}:"
    for part in [*parts, *behind.split()]:
        if len(line) + 1 + len(part) > LINE and line != f"{name}:":
            lines.append(line)
            line = ""
        line += f" {part}"
    return "\r\n".join([*lines, line])


def encoded(words: str, first: int = WORD) -> Iterator[str]:
    """Yield ``words`` as pieces for a header, the first of at most ``first`` octets, each of at most 75."""
    if words.isascii() and words.isprintable() and "=?" not in words and not _is_special(words):
        yield from words.split(" ")
        return
    piece, room = b"", _bytes_in(first)
    for one in characters(words):
        raw = one.encode("utf-8", "replace")
        if piece and len(piece) + len(raw) > room:
            yield _word(piece)
            piece, room = b"", _bytes_in(WORD)
        piece += raw
    yield _word(piece)


def _is_special(words: str) -> bool:
    """Say whether a name would have to be quoted; it is encoded instead."""
    return any(mark in words for mark in '()<>[]:;@\\,"') or max(map(len, words.split(" "))) > WORD


def _bytes_in(octets: int) -> int:
    return (min(octets, WORD) - _FRAME) // 4 * 3


def _word(piece: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(piece).decode()}?="
