"""Cut a text to a number of UTF-8 bytes: at a sentence where possible, never inside a character."""

import re
import unicodedata

# Full-width marks end a sentence anywhere, ASCII ones only before a space (not inside an address).
_SENTENCE_END = re.compile("[\u3002\uff01\uff1f\uff1b\u2026\n]|[.!?;](?=\\s)")
_JOINERS = ("\u200d", "\ufe0f", "\ufe0e")
_OPEN_LINK = re.compile(r"!?\[[^\]\n]*(\]\([^)\s]*)?$")
_UNFINISHED = re.compile(r"(!?\[[^\]\n]*(\]\([^)\s]*)?|https?://[^\s)>\]]*|<[^>\n]{0,40})$")


def size(text: str) -> int:
    """Return how many bytes ``text`` takes in UTF-8."""
    return len(text.encode("utf-8", "replace"))


def characters(text: str) -> list[str]:
    """Return ``text`` in pieces that must not be parted: a character with its accents and joiners."""
    pieces: list[str] = []
    for one in text:
        if pieces and (_belongs_before(one) or pieces[-1].endswith("\u200d")):
            pieces[-1] += one
        else:
            pieces.append(one)
    return pieces


def shorten(text: str, limit: int) -> str:
    """Return the longest good beginning of ``text`` of at most ``limit`` bytes.

    Good: it ends with a sentence when one ends in its second half, and never inside a character, an
    address or a Markdown link. ``text`` comes back unchanged when it fits.
    """
    if size(text) <= limit:
        return text
    piece = _whole_characters(text, limit)
    if (unfinished := _UNFINISHED.search(piece)) and text[len(piece) : len(piece) + 1].strip():
        piece = piece[: unfinished.start()]
    ends = [m.end() for m in _SENTENCE_END.finditer(piece)]
    if ends and ends[-1] * 2 >= len(piece):
        piece = _OPEN_LINK.sub("", piece[: ends[-1]])
    return _closed(piece.rstrip())


def _whole_characters(text: str, limit: int) -> str:
    """Return the start of ``text`` in ``limit`` bytes, not parting a character from its marks."""
    piece = text.encode("utf-8", "replace")[: max(0, limit)].decode("utf-8", "ignore")
    end = len(piece)
    while 0 < end < len(text) and (_belongs_before(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return piece[:end]


def _belongs_before(character: str) -> bool:
    return character in _JOINERS or bool(unicodedata.combining(character))


def _closed(piece: str) -> str:
    """Drop a bold mark that was opened and not closed."""
    if piece.count("**") % 2:
        head, _, tail = piece.rpartition("**")
        return head + tail
    return piece
