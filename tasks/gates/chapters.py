"""A chapter of the page of a stage."""

from collections.abc import Sequence
from dataclasses import dataclass

ROWS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one look at a stage came to: one line, the rows behind it, and ``brief`` for the line of the run."""

    heading: str
    line: str
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    brief: str = ""  # empty where nothing is to be done

    @property
    def shown(self) -> Sequence[Sequence[str]]:
        """Return the rows that a page has room for."""
        return self.rows[:ROWS_SHOWN]
