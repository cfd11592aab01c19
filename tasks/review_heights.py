"""How high a row of the review workbook must be, for not every program fits rows to their text."""

from collections.abc import Sequence
from typing import Any

from tasks.review_layout import Column, get


def shown(item: Any, column: Column) -> str:
    value = get(item, column.field)
    return str(column.kind.show(value)) if value is not None else ""


def height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Return the height in points that shows every text whole; a Chinese character is two wide."""
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        pieces = [sum(1 + (ord(char) > 0x2E7F) for char in piece) for piece in text.split("\n")]
        lines = max(lines, sum(-(-size // max(1, width - 2)) or 1 for size in pieces))
    return 14.0 * min(lines, 20) + 2
