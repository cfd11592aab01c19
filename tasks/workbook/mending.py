"""Cells that a clerk's program or hand turned into something else: read for what was meant, and said so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.rules.bounds import shown
from tasks.workbook.cells import as_text
from tasks.workbook.rows import Row

ROWS = 10  # of a kind that are shown one by one


@dataclass(frozen=True, slots=True)
class Mended:
    """What a cell is taken for; ``guess`` says how that was found, "" where it could be nothing else."""

    cell: object
    guess: str = ""


Mend = Callable[[object], Mended | None]  # None: the cell stands as it is
Mends = Mapping[tuple[str, str], Mend]  # by sheet, as it is declared, and column


class Doubts:
    """What was guessed of single cells, by sheet, column and how; said to whoever sent the file in."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], list[str]] = {}

    def add(self, place: tuple[str, int, str], given: object, taken: object, how: str) -> None:
        """Keep that the cell at ``place`` (sheet, row, column) was taken for ``taken``, and ``how`` that was found."""
        sheet, number, column = place
        said = f"“{shown(text)}”" if (text := as_text(given)) else ""
        line = f"第 {number} 行{said}认作 {shown(as_text(taken))}"
        self._found.setdefault((sheet, column, how), []).append(line)

    def lines(self) -> list[str]:
        """Return a line for each sheet, column and kind, the first rows one by one."""
        return [
            f"表“{sheet}”“{column}”列{how}：{'，'.join(rows[:ROWS])}"
            + (f"，等 {len(rows)} 行" if len(rows) > ROWS else "")
            for (sheet, column, how), rows in self._found.items()
        ]


def mend_row(row: Row, mends: Mapping[str, Mend], doubts: Doubts) -> None:
    """Put into a row what ``mends`` make of its cells, by column."""
    for column, mend in mends.items():
        given = row.cell(column)
        if given == "" or (mended := mend(given)) is None:
            continue
        row.line = list(row.line)
        row.line[row.places[column]] = mended.cell
        if mended.guess:
            doubts.add((row.sheet, row.number, column), given, mended.cell, mended.guess)
