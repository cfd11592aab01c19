"""Identifiers that a spreadsheet or a clerk's hand changed: the one that was sent and can be meant, or a fault."""

import re
from collections.abc import Collection, Hashable, Iterator
from datetime import date

from models.rules.bounds import shown
from models.rules.calendar.days import half_width
from models.rules.evidence.pieces import CODE, item_of
from tasks.ledgers.guessing.days import DAY_ZERO, number_of_day
from tasks.workbook.cells import as_code, as_names, as_text
from tasks.workbook.mending import Mended
from tasks.workbook.opening import Broken

# Marks that a Chinese keyboard or a lost text format leaves in a code, and what they stand for.
QUOTES = "'‘’`´＇"
POINTS = str.maketrans({"。": ".", "·": ".", "．": ".", "・": "."})
RETYPED = "写法与发出的不同，按发出的编号认"
TURNED = "被表格软件变成了数或日期，按发出的编号认"
SEVERAL = "；请把这一格设为文本，照发出的编号填写"
NAMED = 5  # codes of a fault


class Codes:
    """The identifiers that were sent out, found again by what became of them."""

    def __init__(self, codes: Collection[str]) -> None:
        self._by_code = {as_code(code): code for code in codes}
        self._by_shape: dict[Hashable, list[str]] = {}
        for code in self._by_code:
            for shape in dict.fromkeys(_shapes(code)):
                self._by_shape.setdefault(shape, []).append(code)

    def mended(self, cell: object) -> Mended | None:
        """Return what a cell with one identifier is taken for; None where it says it, or means none."""
        if isinstance(cell, str):
            code = as_code(cell)
            if code in self._by_code or isinstance(cell, Broken):
                return None  # nearly every cell
            plain = _retyped(code)
            if plain in self._by_code:
                return Mended(self._by_code[plain], RETYPED)
            meant = self._by_shape.get(_shape_of_text(plain), [])
            return self._one_of(cell, meant, RETYPED)
        meant = [code for shape in _shapes_of_cell(cell) for code in self._by_shape.get(shape, ())]
        if meant == [as_code(cell)]:
            return None  # it shows just what was sent
        return self._one_of(cell, list(dict.fromkeys(meant)), TURNED)

    def mended_list(self, cell: object) -> Mended | None:
        """The same of a cell that lists identifiers, each perhaps with the number of a demand behind #."""
        if not isinstance(cell, str) or isinstance(cell, Broken):
            return None if isinstance(cell, Broken) else self.mended(cell)
        found, guess = [], ""
        for name in as_names(cell):
            code, ordinal = item_of(name)
            one = self.mended(code or name)
            if one is not None and isinstance(one.cell, Broken):
                return one
            if one is not None:
                name = str(one.cell) + (f"#{ordinal}" if ordinal else "")
                guess = one.guess
            found.append(name)
        return Mended("、".join(found), guess) if guess else None

    def _one_of(self, cell: object, meant: list[str], how: str) -> Mended | None:
        if not meant:
            return None
        if len(meant) == 1:
            return Mended(self._by_code[meant[0]], how)
        either = "或".join(f"“{self._by_code[one]}”" for one in meant[:NAMED])
        given = as_text(cell)
        return Mended(Broken(given, f"成了“{shown(given)}”，可能是{either}{SEVERAL}"))


def mended_demand(cell: object, items: Codes, demands: Collection[str]) -> Mended | None:
    """Return what a cell is taken for that names a demand of ``demands`` (1.1.2#1), or its item alone."""
    code = as_code(cell)
    if not code or isinstance(cell, Broken) or code in demands:
        return None
    base, _, ordinal = code.partition("#")
    item = items.mended(base if isinstance(cell, str) else cell)
    if item is not None and isinstance(item.cell, Broken):
        return item
    base = as_code(item.cell) if item else base
    if ordinal:
        return Mended(f"{base}#{ordinal}", item.guess) if item else None
    own = sorted(one for one in demands if one.partition("#")[0] == base)
    if len(own) > 1:
        either = "或".join(own[:NAMED])
        words = f"写的是“{shown(as_text(cell))}”，没有写是第几项要求；请照发出的填 {either}"
        return Mended(Broken(as_text(cell), words))
    return Mended(own[0], item.guess if item else "") if own else None


def mended_piece(cell: object) -> Mended | None:
    """Return the code of a piece of evidence (E0003) where a cell has it in full width or behind a quote."""
    if not isinstance(cell, str) or isinstance(cell, Broken):
        return None
    code = as_code(cell).lstrip(QUOTES)
    return Mended(code) if code != cell and CODE.fullmatch(code) else None


def _retyped(code: str) -> str:
    return half_width(code.lstrip(QUOTES).translate(POINTS)).strip(".")


def _shapes(code: str) -> Iterator[Hashable]:
    """Yield what a spreadsheet can make of a code: 1.10 the number 1.1, 1-2 the second of January."""
    if shape := _shape_of_text(code):
        yield shape
    if found := re.fullmatch("([0-9]{1,2})[-/]([0-9]{1,2})", code):
        yield "day", int(found[1]), int(found[2])
    if found := re.fullmatch("([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", code):
        yield "whole day", *(int(part) for part in found.groups())


def _shape_of_text(code: str) -> Hashable:
    return float(code) if re.fullmatch("[0-9]{1,9}([.][0-9]{1,9})?", code) else None


def _shapes_of_cell(cell: object) -> Iterator[Hashable]:
    if isinstance(cell, date) and cell.year == DAY_ZERO.year + 1:
        yield number_of_day(cell)
    elif isinstance(cell, date):
        yield "day", cell.month, cell.day
        yield "whole day", cell.year % 100, cell.month, cell.day
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        yield float(cell)
