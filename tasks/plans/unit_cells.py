"""Names of units that a person types into the review workbook, parted as they are in a document.

A name that was read and left alone comes back as it is. 市司法局 市公安局, 市司法局/市公安局 and
市司法局和市公安局 are two; a cell crossed out with 无 or / holds none; a name with more around it (等,
（牵头）) or one of the other column is a fault, since to leave that out would lose what was typed.
"""

import re

from models.plan.reading.roles.units import ends_like_a_unit, is_group, split_units
from models.plan.reading.text.patterns import pattern
from models.plan.vocabulary import in_force
from models.rules.bounds import LONGEST_NAME, shown, text_fault
from models.rules.calendar.days import half_width
from models.rules.text import squeeze
from tasks.workbook.cells import CellError, as_text

NONE = re.compile(r"[/／—–\-－\\]*|无")
_WIDE = str.maketrans("(),;", "（），；")
_NUMBERED = r"（?\d{1,2}[.．、）]|[{①}*★☆※●]"
_HAN = re.compile(r"[^\u4e00-\u9fff]+")


def units_typed(cell: object) -> list[str]:
    """Return the units of a cell. Raises CellError for a class of units and for what is no name."""
    names = names_typed(cell)
    for name in names:
        if is_group(name):
            raise CellError(f"“{shown(name)}”是一类单位，请写在旁边注明“一类单位”的那一列")
    return names


def names_typed(cell: object) -> list[str]:
    """Return the units or classes of units of a cell, split at 、 ， ； and line breaks outside brackets.

    各县（市、区）政府 is one name. Raises CellError for what is no name.
    """
    pieces = pieces_typed(as_text(cell))
    names = [name for piece in pieces if not is_crossed_out(piece) for name in parted(piece)]
    for name in names:
        if fault := text_fault(name, LONGEST_NAME):
            raise CellError(f"“{shown(name)}”{fault}")
    return names


def pieces_typed(text: str) -> list[str]:
    """Return what stands between 、 ， ； and line breaks outside brackets, blanks and all."""
    depth, pieces = 0, [""]
    for char in text:
        depth += (char in "（(") - (char in "）)")
        if depth <= 0 and char in "、，,；;\n":
            pieces.append("")
        else:
            pieces[-1] += char
    return pieces


def is_crossed_out(piece: str) -> bool:
    """Say whether a piece holds a word or a stroke for none: 无, /."""
    return NONE.fullmatch("".join(half_width(piece).split())) is not None


def parted(piece: str) -> list[str]:
    """Return the names in what was typed as one; what nobody can part stays as it is.

    Raises CellError for a name with more around it.
    """
    name, words = squeeze(piece), in_force()
    if len(name) > LONGEST_NAME or is_group(name):
        return [name]
    blanks = "、".join(piece.translate(_WIDE).split())
    for typed in (blanks, name.translate(_WIDE)):
        names = split_units(typed, words)
        whole = all(ends_like_a_unit(each, words) or is_group(each) for each in names)
        if len(names) > 1 and whole and _letters(names) >= _letters([typed]) - 1:
            return names
    if len(names) == 1 and pattern(_NUMBERED).match(name) and _letters(names) == _letters([name]):
        return names
    if names and whole and _letters(names) < _letters([name]):
        raise CellError(
            f"“{shown(name)}”不只是单位名称，请只写“{shown(names[0])}”，其余写到相应的列"
        )
    return [name]


def _letters(names: list[str]) -> int:
    return sum(len(_HAN.sub("", name)) for name in names)
