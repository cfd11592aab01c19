"""The sources of a table's numbers: a numbered list under it, to which each number points.

Not footnotes: in cells they make LibreOffice leave most of a page empty where the table begins at an
unlucky place, 103 pages instead of 49. Footnotes stay in running text.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from models.papers.quoted import Quoted, Run
from notifications.paper_blocks import Grid, plain

SOURCES_HEAD = "资料来源："
_ITS_OWN = "本行"
_COUNT = re.compile("，共 ([0-9]+)(?: [项条份个])?。$")
_FIGURES = re.compile("[0-9]+")


class TableSources:
    """The sources of one table, numbered from 1 as they come; equal ones have one number."""

    def __init__(self) -> None:
        self._notes: dict[str, int] = {}

    def number_of(self, note: str) -> int:
        """Take ``note`` in where it is new and return its number."""
        return self._notes.setdefault(note, len(self._notes) + 1)

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """Yield each number with its source."""
        return ((number, note) for note, number in self._notes.items())


def source_mark(number: int) -> str:
    """Return the mark of a source: unlike the number of a footnote."""
    return f"[{number}]"


def sourced_by_row(grid: Grid) -> Grid:
    """Return ``grid`` with sources that say 本行 instead of the code at the head of their row.

    Nor how many there are, where the number itself says it. So a hundred rows share a source, and the list
    under the table is read instead of skipped.
    """
    rows = []
    for row in grid.rows:
        code = plain(row[0]).strip()
        if len(code) < 2 or code.isdecimal():  # no code: the number of the row, or nothing
            rows.append(row)
            continue
        itself = re.compile(rf"“{re.escape(code)}”|(?<![\w.#]){re.escape(code)}(?![\w.#])\s*")
        rows.append(tuple(tuple(_by_row(run, itself) for run in cell) for cell in row))
    return replace(grid, rows=tuple(rows))


def _by_row(run: Run, itself: re.Pattern[str]) -> Run:
    if not isinstance(run, Quoted):
        return run
    note = itself.sub(_ITS_OWN, run.note)
    again = _COUNT.search(note)
    if again and again[1] in _FIGURES.findall(run.text):
        note = f"{note[: again.start()]}。"
    return replace(run, note=note)
