"""Foot- and endnotes of pages that Word and LibreOffice save: their marks in the text, and themselves."""

import re

from tasks.documents.web.nodes import Node

LONGEST_MARK = 8  # letters
_CALL = r"(?i)mso-(?:foot|end)note-id|\bhref\s*=\s*[\"']?[^\"'\s]*#(?:_(?:ft|ed)n(?:ref)?|sd(?:foot|end)note)\d"
_ITSELF = r"(?i)mso-element\s*:\s*(?:foot|end)note(?![\w-])|\bid\s*=\s*[\"']?(?:ftn|edn|sdfootnote|sdendnote)\d+(?!\w)"
_AT_END = r"(?i)mso-element\s*:\s*endnote|\bid\s*=\s*[\"']?(?:edn|sdendnote)"


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
