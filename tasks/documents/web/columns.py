"""The columns of a table: where each cell stands when others span rows and columns (HTML 4.9.12.1)."""

import re
from collections.abc import Callable

WIDEST = 120  # columns that a cell may span; a page that claims more is broken or hostile
_TALLEST = 65_534  # rows that a cell may span (HTML 4.9.11)
_NUMBER = re.compile(
    r"[ \t\n\r\f]*\+?([0-9]{1,9})"
)  # what follows it does not matter (HTML 2.3.4.2)


class Columns:
    """The rows of one group of a table; ``again`` gives a text that is shown once more, or none."""

    def __init__(self, again: Callable[[str], str]) -> None:
        self._again = again
        self._hanging: dict[int, tuple[str, int]] = {}  # column -> a cell from above and its rows
        self._begin()

    def _begin(self) -> None:
        self._own: dict[int, str] = {}
        self._begun: dict[int, tuple[str, int]] = {}
        self._at = 0

    def put(self, text: str, said: dict[str, str]) -> None:
        """Put a cell into the first column that is free, and over all that it spans."""
        while self._at in self._hanging:
            self._at += 1
        first = self._at
        self._own[first] = text
        end = first + 1
        if "colspan" in said:
            end = max(end, min(first + _span(said["colspan"], WIDEST), WIDEST))
            for column in range(first + 1, end):
                self._own[column] = self._again(text)
        if "rowspan" in said and (rows := _span(said["rowspan"], _TALLEST)) != 1:
            hangs = text, rows - 1 if rows else _TALLEST
            self._begun.update(dict.fromkeys(range(first, min(end, WIDEST)), hangs))
        self._at = end

    def row(self) -> list[str]:
        """End the row and return its cells with those that hang into it; none where it has none of its own.

        A column into which nothing hangs is empty behind the last cell. Where a cell that spans columns
        meets one that hangs down, both would be shown over each other; that of the row stands there.
        """
        own, hanging = self._own, self._hanging
        if hanging and own:
            cells = [self._cell(column) for column in range(max(self._at, max(hanging) + 1))]
        else:
            cells = list(own.values())
        if hanging:
            hanging = {at: (text, rows - 1) for at, (text, rows) in hanging.items() if rows > 1}
        self._hanging = hanging | self._begun if self._begun else hanging
        self._begin()
        return cells

    def _cell(self, column: int) -> str:
        if column in self._own:
            return self._own[column]
        return self._again(self._hanging[column][0]) if column in self._hanging else ""


def _span(value: str, most: int) -> int:
    """Return a span as a number; what is none is 1, and none is larger than ``most``."""
    found = _NUMBER.match(value)
    return min(int(found[1]), most) if found else 1
