"""Foot- and endnotes of pages that Word and LibreOffice save: their marks in the text, and themselves."""

import re

from tasks.documents.web.nodes import Node

LONGEST_MARK = 8  # letters
_CALL = re.compile(
    r"mso-(?:foot|end)note-id|\bhref\s*=\s*[\"']?[^\"'\s]*#(?:_(?:ft|ed)n(?:ref)?|sd(?:foot|end)note)\d",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    r"mso-element\s*:\s*(?:foot|end)note(?![\w-])|\bid\s*=\s*[\"']?(?:ftn|edn|sdfootnote|sdendnote)\d+(?!\w)",
    re.IGNORECASE,
)
_AT_END = re.compile(r"mso-element\s*:\s*endnote|\bid\s*=\s*[\"']?(?:edn|sdendnote)", re.IGNORECASE)


def is_mark(node: Node) -> bool:
    """Say whether an element is the mark of a note, in the text or before the note itself."""
    return node.tag == "a" and 0 < node.size <= LONGEST_MARK and _CALL.search(node.raw) is not None


def is_note(node: Node) -> bool:
    """Say whether an element holds one note."""
    return "n" in node.raw and node.tag in ("div", "li") and _ITSELF.search(node.raw) is not None


def kind_of_note(node: Node) -> str:
    """Return what a note is called before its number."""
    return "尾注" if _AT_END.search(node.raw) else "注"
