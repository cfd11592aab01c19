"""Rows as a workbook keeps them: texts are texts, whatever they begin with or look like."""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from tasks.workbook.cells import EPOCH, LONGEST_CELL, SAME

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# What XML does not know is written by its number, and so is what looks like such a number.
_UNKNOWN = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class Texts:
    """The texts of one workbook, each kept once, and the cells that point to them."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def row(
        self, number: int, values: Sequence[Any], styles: Sequence[int], height: int | None = None
    ) -> str:
        """Return a row (from 1) with ``values`` from its first cell on, ``height`` points high."""
        return self.rows(number, [[value] for value in values], styles, [height])

    def rows(
        self,
        first: int,
        columns: Sequence[Sequence[Any]],
        styles: Sequence[int],
        heights: Sequence[int | None],
    ) -> str:
        """Return rows from ``first`` on with the values of ``columns``, as many points high as ``heights`` says.

        By columns: what stands around a cell's number is the same down a column, and so are many values.
        """
        numbers = [str(n) for n in range(first, first + len(heights))]
        begun = _around(tuple(styles))
        pieces: list[Iterable[str]] = [
            (
                f'<row r="{n}"{_high(height)}>{begun[0][0]}'
                for n, height in zip(numbers, heights, strict=True)
            )
        ]
        ends = [*(head for head, _ in begun[1:]), "</row>"]
        for values, (_, foot), end in zip(columns, begun, ends, strict=True):
            cells = {value: f"{foot}{self._cell(value)}{end}" for value in dict.fromkeys(values)}
            pieces += numbers, map(cells.__getitem__, values)
        return "".join(map("".join, zip(*pieces, strict=True)))

    def _cell(self, value: Any) -> str:
        """Return what a cell ends with, behind its style."""
        if value is None or value == "":
            return "/>"
        if isinstance(value, str):
            return f' t="s"><v>{self._places.setdefault(value, len(self._places))}</v></c>'
        return f"><v>{_number(value)}</v></c>"

    def xml(self) -> bytes:
        """Return the part that has the texts."""
        texts = "".join(map(_text, self._places))
        return (
            f'{_HEAD}<sst xmlns="{_SPACE}" uniqueCount="{len(self._places)}">{texts}</sst>'.encode()
        )


@lru_cache(64)
def empty_rows(first: int, end: int, styles: tuple[int, ...]) -> str:
    """Return rows from ``first`` on and before ``end``, with nothing in their cells."""
    nothing = [None] * (end - first)
    return Texts().rows(first, [nothing] * len(styles), styles, nothing)


@lru_cache(SAME)
def _high(height: int | None) -> str:
    return "" if height is None else f' ht="{height}" customHeight="1"'


def column_letters(number: int) -> str:
    """Return how a column (from 1) is called."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(64)
def _around(styles: tuple[int, ...]) -> list[tuple[str, str]]:
    """Return what stands in each cell of a row before and behind the row's number."""
    return [(f'<c r="{column_letters(n)}', f'" s="{style}"') for n, style in enumerate(styles, 1)]


@lru_cache(SAME)
def _text(text: str) -> str:
    """Return an entry of the table of texts."""
    text = text[:LONGEST_CELL]
    if "_x" in text or not text.isprintable():
        text = _UNKNOWN.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    kept = "" if text == text.strip() else ' xml:space="preserve"'
    return f"<si><t{kept}>{escape(text)}</t></si>"


def _number(value: float | date) -> str:
    """Return a number, or a day as the number it is to Excel."""
    if isinstance(value, datetime):
        value = (value - datetime.combine(EPOCH, datetime.min.time())) / timedelta(days=1)
    elif isinstance(value, date):
        return str((value - EPOCH).days)
    if not math.isfinite(value):
        raise ValueError(value)
    return f"{value:.16G}"
