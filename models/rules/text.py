"""White space in Chinese text: it carries no meaning but between words that are written apart."""

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import BeforeValidator

# Scripts whose words are written apart end before this sign: Latin, Greek, Cyrillic, Arabic, Tibetan.
_HAN = "\u2e80"
_WORDS = re.compile(r"[^\W\d_\u2e80-\U0010ffff]")  # a letter of theirs
# A number that belongs to the word before it: Office365, Word 2016.
_NAMED = re.compile(r"(?:[A-Za-z][A-Za-z0-9./-]*| \d[\d.]*)$")
_WITHIN = tuple("/-.'’")  # GB/T 19001
_LONGEST = 24  # characters of such a name that are looked at


def squeeze(text: str) -> str:
    """Drop white space (a stray break, an OCR space), and leave one blank between words of letters.

    Word 2016 Office, Smart City and ISO 9001 stay apart; 2 0 2 5 年, W o r d and 5 MW do not.
    """
    pieces = text.split()
    if len(pieces) < 2 or not _WORDS.search(text):
        return "".join(pieces)
    return join_words(pieces)


def join_words(pieces: Iterable[str]) -> str:
    """Join pieces that a blank or the end of a line parted; none of them begins or ends with one."""
    out: list[str] = []
    for piece in pieces:
        out.append(gap(out[-1], piece) + piece if out else piece)
    return "".join(out)


def gap(left: str, right: str) -> str:
    """Return what stands between two pieces of one text: a blank where it parts words, else nothing.

    A letter alone is an OCR's and no word, and a number is none unless it belongs to one.
    """
    if not left or not right or left[-1] >= _HAN or right[0] >= _HAN:
        return ""
    last, first = left[-1], right[0]
    if not (_is_letter(last) or last.isdecimal()) or not (_is_letter(first) or first.isdecimal()):
        return ""
    before = _is_letter(last) and (_is_letter(left[-2:-1]) or left[-2:-1] in _WITHIN)
    behind = _is_letter(first) and _is_letter(right[1:2])
    if last.isdecimal():
        apart = (behind or first.isdecimal()) and _NAMED.search(left[-_LONGEST:]) is not None
    else:
        apart = before or behind
    return " " if apart else ""


def _is_letter(char: str) -> bool:
    return (char.isalpha() and char < _HAN) or char == "&"


def _squeezed(value: object) -> object:
    return squeeze(value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_squeezed)]
Texts = list[Text]
