"""Rows with fewer cells than their table has heads: each cell where it can only stand."""

from collections.abc import Sequence
from itertools import combinations

from models.plan.reading.roles.roles import COOPERATING, DEADLINE, LEAD, POST, RESPONSIBLE
from models.plan.reading.text.patterns import pattern

MOST_MISSING = 3
MOST_COLUMNS = 16
_ENDS = r"(?:{局}|{县}|{机构}|组)"
_UNITS = rf"(?:[^、，；。]*{_ENDS}(?:（[^（）]*）)?(?:等|{{角色}})?[、，；]?)+"
# …and those that are nothing else: 市司法局, 各县区, 有关部门.
_SURELY_UNITS = rf"(?:(?:[{{县}}各]|有关|相关)[^、，；。]*{_ENDS}(?:（[^（）]*）)?[、，；]?)+"
_TIME = r"20\d\d[年.．/-]|\d月|前$|[年月]底|季度|年[内末中]|长期|持续|常态|立即|即日|全年|每[年月周季]|半年|\d{1,2}[.．]\d{1,2}"
_SURELY_TIME = r"(?:20\d\d年?|\d{1,2}月|每[年月周季]度?|长期|持续|全年)[^，。；]{0,12}(?:前|底|末|{周期}|坚持|推进|长期|全年|持续)?"


def placed(
    cells: Sequence[str], columns: Sequence[str], title: str, section: str, number: str
) -> list[str] | None:
    """Return ``cells`` with empty ones put in; None when they may stand in several ways or in none.

    ``title``, ``section`` and ``number`` are the meanings of those columns in ``columns``.
    A column of categories, whose cells are merged, is the likeliest to lack one.
    """
    missing = len(columns) - len(cells)
    if not 0 < missing <= MOST_MISSING or len(columns) > MOST_COLUMNS:
        return None
    ways: list[tuple[bool, list[str]]] = []
    for left_out in combinations(range(len(columns)), missing):
        left = iter(cells)
        row = ["" if at in left_out else next(left) for at in range(len(columns))]
        if all(
            not cell or _fits(cell, meaning, (title, section), number)
            for cell, meaning in zip(row, columns, strict=True)
        ) and any(cell for cell, meaning in zip(row, columns, strict=True) if meaning == title):
            ways.append((all(columns[at] == section for at in left_out), row))
    likely = [row for of_categories, row in ways if of_categories] or [row for _, row in ways]
    return likely[0] if len(likely) == 1 else None


def says_what_and_who(cells: Sequence[str]) -> bool:
    """Say whether a cell can only be bodies, and another one is longer words of something else."""
    units = [cell for cell in cells if pattern(_SURELY_UNITS).fullmatch(cell)]
    others = [cell for cell in cells if not pattern(_UNITS).fullmatch(cell)]
    what = [c for c in others if len(c) >= 4 and pattern(r"{H}{4}").search(c)]
    return bool(units) and any(not pattern(_SURELY_TIME).fullmatch(cell) for cell in what)


def is_surely_units(cell: str) -> bool:
    """Say whether a cell is bodies and can be nothing else: 市司法局, 各县区."""
    return bool(pattern(_SURELY_UNITS).fullmatch(cell))


def says_when(cell: str) -> bool:
    """Say whether a cell is a time and can be nothing else: 2026年6月底前, 长期坚持."""
    day = r"(?:20\d\d[年./—]?|\d{1,2}月|第?{四}季度|[上下]半年|年底)"
    rest = r"[\d年月日号./、—至到上中下旬初第{四}季度半]{0,14}(?:之?前|以前|[底末]前?)?"
    return bool(pattern(rf"{day}{rest}|长期(?:坚持)?|持续(?:推进)?|全年|常态化?").fullmatch(cell))


def _fits(cell: str, meaning: str, said: tuple[str, str], number: str) -> bool:
    if meaning == number:
        return len(cell) <= 8 and bool(pattern(r"[（]?[\dA-Za-z{①}{一}]").match(cell))
    if meaning in {LEAD, RESPONSIBLE, COOPERATING}:
        return bool(pattern(_UNITS).fullmatch(cell)) and not pattern(_SURELY_TIME).fullmatch(cell)
    if meaning == DEADLINE:
        return len(cell) <= 40 and bool(pattern(_TIME).search(cell))
    if meaning == POST:
        return not pattern(_SURELY_TIME).fullmatch(cell)
    if meaning in said:
        surely = pattern(_SURELY_UNITS).fullmatch(cell) or pattern(_SURELY_TIME).fullmatch(cell)
        return not surely and not cell.isdecimal()
    return True
