"""Cells of a returned sheet that are only for the eye and were written in: never taken, always named."""

from collections.abc import Iterable, Sequence
from datetime import date

from tasks.workbook.cells import as_day, as_name, as_text, mark_of
from tasks.workbook.declaring import Sheet
from tasks.workbook.opening import Page
from tasks.workbook.rows import Row


class GreyCells:
    """Counts the cells that were changed where only we write, by sheet and column."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], list[int]] = {}

    def compare(self, row: Row, sheet: Sheet, cells: Sequence[str | date | None]) -> None:
        """Keep the columns for the eye that say something else than ``cells``, as they are registered.

        An empty cell says nothing: of cells that are merged all but one are empty.
        """
        for column, value in zip(sheet.columns, cells, strict=False):
            if not column.shown or (cell := row.cell(column.name)) == value or cell == "":
                continue
            same = (
                _says(cell, value) if isinstance(value, date) else as_name(cell) == as_name(value)
            )
            if not same:
                self.add(row, column.name)

    def add(self, row: Row, column: str, changed: str = "与登记的不同") -> None:
        """Keep one cell, and in what way it was ``changed``."""
        self._found.setdefault((row.sheet, column, changed), []).append(row.number)

    def notes(self) -> list[str]:
        """Return a line for each column."""
        return [
            f"表“{sheet}”的“{column}”列有 {len(rows)} 行{changed}，没有收（第一处在第 {rows[0]} 行）"
            for (sheet, column, changed), rows in self._found.items()
        ]


class KeptPage:
    """What a workbook keeps out of sight: a text, and the marks of all we wrote for the eye only.

    None is one that keeps nothing; then nothing is known to be ours. Without marks, as older ones
    come back, everything is.
    """

    def __init__(self, page: Page | None) -> None:
        grid = page.grid if page else []
        self.text = "".join(str(line[0]) for line in grid if line) if page else None
        self._marks = set("".join(as_text(line[1]) for line in grid if len(line) > 1).split())

    def wrote(self, text: str) -> bool:
        """Say whether a text is ours."""
        return self.text is not None and (not self._marks or mark_of(text) in self._marks)

    def marked(self, text: str) -> bool:
        """Say whether a text surely is ours: what keeps no marks knows of none."""
        return mark_of(text) in self._marks

    def ours(self, texts: Iterable[str], explained: tuple[str, ...]) -> set[str]:
        """Return those of ``texts`` that we wrote, in whichever version of the program.

        Where no line that begins as ``explained`` is marked, as in older ones, all of these are ours.
        """
        found = set(texts)
        known = {text for text in found if self.marked(text)}
        like_ours = {text for text in found if text.startswith(explained)}
        return known if known & like_ours else known | like_ours

    def rewritten(self, row: Row, names: Iterable[str]) -> list[str]:
        """Return the columns of a row that say something else than what we wrote."""
        if not self._marks:
            return []
        return sorted(n for n in names if (text := row.text(n)) and not self.wrote(text))


def _says(cell: object, day: date) -> bool:
    try:
        return as_day(cell) == day
    except (ValueError, OverflowError):
        return False
