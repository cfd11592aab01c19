"""What a workbook is declared with: one declaration writes a sheet and reads it when it comes back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from models.rules.bounds import LONGEST_NAME, LONGEST_PASSAGE, shown, text_fault
from tasks.workbook.cells import as_name, as_names, as_text, half_width
from tasks.workbook.opening import Broken

FIRST_ROW = 3  # below title, note, header; counted from 0


class Kind(Enum):
    """What a column holds."""

    TEXT = "@"
    DAY = "yyyy-mm-dd"
    NUMBER = "General"


@dataclass(frozen=True)
class Column:
    """A column by its name, or one of its ``others`` when it comes back.

    Written: what it holds, and what may be chosen: fixed words, or the first column of the sheet
    that is named. ``hint`` shows when a cell is chosen. ``locked`` cells are grey, ``hidden`` ones
    are for us; a ``warning`` is red in rows that wait for an answer.

    Read: a column that is ``required`` must be there, and one that is ``shown`` is for the eye only.
    ``longest`` is how many characters a cell may hold, with ``many`` names in a cell each of them;
    0 where whoever reads it looks itself. A row in which only ``quiet`` columns are filled in
    says nothing; those are not printed.
    """

    name: str
    others: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT
    locked: bool = False
    hidden: bool = False
    shown: bool = False
    required: bool = True
    quiet: bool = False
    warning: bool = False
    many: bool = False
    choices: tuple[str, ...] | str = ()
    hint: str = ""
    width: float | None = None  # in digits; by default what fits
    longest: int = LONGEST_NAME

    def fault(self, cell: str) -> str:
        """Return what is wrong with the text of a cell; empty when it can be kept."""
        if len(cell) <= self.longest and cell.isprintable():
            return ""  # nearly every cell
        if isinstance(cell, Broken):
            return cell.words
        if not self.longest:
            return ""
        if not self.many:
            return text_fault(as_text(cell), self.longest, lines=True)
        if fault := text_fault(cell, LONGEST_PASSAGE, lines=True):
            return fault
        long = (name for name in as_names(cell) if len(name) > self.longest)
        return next((f"“{shown(name)}”{text_fault(name, self.longest)}" for name in long), "")


@dataclass(frozen=True)
class Look:
    """How the cells of a sheet look; ``passages`` need a large page, and share the room on it."""

    letters: int = 11  # points, of a letter and of a line
    line: int = 16
    border: str = "#808080"
    header: str = "#D9E2F3"
    grey: tuple[str, str] = ("bg_color", "#EDEDED")
    passages: bool = False


LIST = Look()
PASSAGES = Look(12, 18, "#D9D9D9", "#DDEBF7", ("font_color", "#7F7F7F"), passages=True)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its columns, what kind of list it is, and a note that says how to fill it in.

    One without a note begins with its header. ``spare`` empty rows below are there for additions.
    ``protected`` keeps grey cells from being edited (no password). The first ``still`` columns stay
    in sight.
    """

    name: str
    columns: Sequence[Column]
    title: str = ""
    note: str = ""
    spare: int = 0
    protected: bool = False
    still: int = 1
    look: Look = LIST

    @property
    def first_row(self) -> int:
        """Return where its rows begin when it is sent out; counted from 0."""
        return FIRST_ROW if self.note else 1

    @property
    def read(self) -> list[Column]:
        """Return the columns that are read when it comes back."""
        return [column for column in self.columns if not column.shown]

    @property
    def shown(self) -> list[str]:
        """Return the names of the columns for the eye only."""
        return [column.name for column in self.columns if column.shown]

    def wrote_above(self, text: str) -> bool:
        """Say whether ``text`` is what we write above the header, and nothing more.

        A title may have whose list it is before it, and for whom and from when behind it.
        """
        said, title, note = (half_width(as_name(each)) for each in (text, self.title, self.note))
        if note and said == note:
            return True
        return bool(title and re.fullmatch(rf"(.+:)?{re.escape(title)}(\(.*\))?", said))

    def filled(
        self, rows: Sequence[Sequence[Any]], title: str = "", asked: frozenset[int] = frozenset()
    ) -> "Filled":
        """Return it with ``rows`` under ``title``; those ``asked`` (from 0) wait for an answer and are yellow."""
        return Filled(self, rows, title or self.title, asked)


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet with its rows, to be written."""

    sheet: Sheet
    rows: Sequence[Sequence[Any]]
    title: str
    asked: frozenset[int] = frozenset()

    @property
    def ruled(self) -> int:
        """Return how many empty rows are drawn below."""
        return 0 if self.sheet.look.passages else self.sheet.spare

    @property
    def by_column(self) -> list[tuple[Any, ...]]:
        """Return the values of each column, from above."""
        return list(zip(*self.rows, strict=True)) or [()] * len(self.sheet.columns)

    @property
    def seen(self) -> list[int]:
        """Return the places of the columns that are printed."""
        columns = self.sheet.columns
        return [n for n, column in enumerate(columns) if not (column.hidden or column.quiet)]

    def without_empty(self, column: str) -> "Filled":
        """Return it without ``column`` where no row says anything there."""
        columns = self.sheet.columns
        at = [each.name for each in columns].index(column)
        if any(row[at] for row in self.rows):
            return self
        sheet = replace(self.sheet, columns=(*columns[:at], *columns[at + 1 :]))
        return replace(self, sheet=sheet, rows=[(*r[:at], *r[at + 1 :]) for r in self.rows])


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet of fields, one a row: names and values, then lines that explain.

    When it comes back, lines that begin as ``explained`` are ours.
    """

    name: str
    fields: Sequence[Column]
    explained: tuple[str, ...] = ()
    look: Look = PASSAGES


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form with its values, to be written."""

    form: Form
    values: Sequence[Any]
    lines: Sequence[str]
    title: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A sheet out of sight that keeps a text, and the marks of all cells that are only shown.

    By the marks it is seen, when the workbook comes back, what another hand wrote there.
    """

    name: str
    text: str


Part = Filled | FilledForm | Kept
