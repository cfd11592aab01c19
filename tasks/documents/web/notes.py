"""Foot- and endnotes: their marks in the text, and themselves where Word or LibreOffice saved the page."""

import re
from collections.abc import Mapping, Sequence

from tasks.documents.raised import MARKED, RAISED
from tasks.documents.web.nodes import Node, words_in

LONGEST_MARK = 8  # letters
_CALL = r"(?i)mso-(?:foot|end)note-id|\bhref\s*=\s*[\"']?[^\"'\s]*#(?:_(?:ft|ed)n(?:ref)?|sd(?:foot|end)note)\d"
_ITSELF = r"(?i)mso-element\s*:\s*(?:foot|end)note(?![\w-])|\bid\s*=\s*[\"']?(?:ftn|edn|sdfootnote|sdendnote)\d+(?!\w)"
_AT_END = r"(?i)mso-element\s*:\s*endnote|\bid\s*=\s*[\"']?(?:edn|sdendnote)"


def is_raised_mark(node: Node, said: Mapping[str, str], before: Sequence[str]) -> bool:
    """Say whether a raised number behind Chinese words is the mark of a note; ``before``: the line so far."""
    if node.tag != "sup" and said.get("vertical-align") != "super":
        return False
    if not 0 < node.size <= LONGEST_MARK or not re.fullmatch(RAISED, words_in(node)):
        return False
    words = next((each for each in reversed(before) if each.strip()), "")
    return MARKED.search(words) is not None


def is_mark(node: Node) -> bool:
    """Say whether an element is the mark of a note, in the text or before the note itself."""
    return (
        node.tag == "a" and 0 < node.size <= LONGEST_MARK and re.search(_CALL, node.raw) is not None
    )


def is_note(node: Node) -> bool:
    """Say whether an element holds one note."""
    return (
        "n" in node.raw and node.tag in ("div", "li") and re.search(_ITSELF, node.raw) is not None
    )


def kind_of_note(node: Node) -> str:
    """Return what a note is called before its number."""
    return "尾注" if re.search(_AT_END, node.raw) else "注"
