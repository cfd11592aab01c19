"""What a paper says as a reader finds it: its length and blanks, whatever it was written by."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.papers.quoted import BLANK


@dataclass(frozen=True, slots=True)
class PaperText:
    """The paragraphs of a paper, the cells of its tables, and what stands beside them: heads, feet, notes."""

    lines: Sequence[str]
    cells: Sequence[str] = ()
    aside: Sequence[str] = ()

    @property
    def length(self) -> int:
        """Return how many characters the paragraphs have: what the limits of length are held against."""
        return _counted(self.lines)

    @property
    def characters(self) -> int:
        """Return how long the paper is as an office counts it: every character that is no white space."""
        return self.length + _counted(self.cells)

    @property
    def blanks(self) -> int:
        """Return how many places had to stay empty, wherever they stand."""
        return sum(one.count(BLANK) for one in (*self.lines, *self.cells, *self.aside))


def _counted(texts: Sequence[str]) -> int:
    return sum(len("".join(one.split())) for one in texts)
