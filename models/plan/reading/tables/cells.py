"""What the cells of a table can only be, bodies or a time, and whether a cell goes on in the one below."""

from collections.abc import Sequence

from models.plan.reading.dates.lexer import times_in
from models.plan.reading.dates.periods import read_period
from models.plan.reading.dates.points import Context
from models.plan.reading.roles.roles import DEADLINE, POST
from models.plan.reading.tables.heads import DOERS, NUMBER, SECTION, TITLE
from models.plan.reading.text.cell_lines import NAME, REST
from models.plan.reading.text.patterns import pattern

_ENDS = r"(?:{局}|{县}|{机构}|组)"
_UNITS = rf"(?:[^、，；。]*{_ENDS}(?:（[^（）]*）)?(?:等|{{角色}})?[、，；]?)+"
# …and those that are nothing else: 市司法局, 各县区, 有关部门.
_SURELY_UNITS = rf"(?:(?:[{{县}}各]|有关|相关)[^、，；。]*{_ENDS}(?:（[^（）]*）)?[、，；]?)+"
_OF_TIME = "前$|季度|长期|持续|常态|立即|即日|每[年月周季半]"
_ANY_YEAR = Context(year=2000)  # it is asked whether words are a time, not which


def may_mean(cell: str, meaning: str) -> bool:
    """Say whether a cell may stand in a column of this meaning."""
    if meaning == NUMBER:
        return len(cell) <= 8 and bool(pattern("（?(?:{N}|{项号}|[A-Za-z])").match(cell))
    if meaning == DEADLINE:
        return len(cell) <= 40 and bool(
            times_in(cell) or says_when(cell) or pattern(_OF_TIME).search(cell)
        )
    if meaning in DOERS:
        return bool(pattern(_UNITS).fullmatch(cell)) and not says_when(cell)
    if meaning == POST:
        return not says_when(cell)
    if meaning in {TITLE, SECTION}:
        return not (is_surely_units(cell) or says_when(cell) or cell.isdecimal())
    return True


def is_surely_units(cell: str) -> bool:
    """Say whether a cell is bodies and can be nothing else: 市司法局, 各县区."""
    return bool(pattern(_SURELY_UNITS).fullmatch(cell))


def says_when(cell: str) -> bool:
    """Say whether a cell is a time and can be nothing else: 2026年6月底前, 长期坚持."""
    period = read_period(cell, _ANY_YEAR)
    return period is not None and period.end_at == len(cell)


def says_what_and_who(cells: Sequence[str]) -> bool:
    """Say whether a cell can only be bodies, and another one is longer words of something else."""
    others = [cell for cell in cells if not pattern(_UNITS).fullmatch(cell)]
    what = [c for c in others if len(c) >= 4 and pattern(r"{H}{4}").search(c)]
    return any(map(is_surely_units, cells)) and any(not says_when(cell) for cell in what)


_PARTS = r"[、，,；;。\s]+"
_GOES_ON = r"(?:[、，,（(《“—~－和及与至]|[^\d]-)$"
_WENT_ON = r"[、，,；;。：:）)》”]"
# A name that begins at its beginning: 市公安局, 各镇街, 有关部门.
_BEGINS = r"[{县}各全属]|有关|相关|人民|公安|税务|气象"
# The end of a date: 底前, 日前, 月底前 behind a digit.
_REST_OF_TIME = r"(?:底|前(?!.?季度)|末|内|月?[）)]|0?日(?!常))"


def breaks(above: str, below: str, meaning: str) -> bool:
    """Say whether a cell in a column of this meaning visibly goes on in the cell below, on the next page."""
    if not below:
        return False
    if meaning in DOERS:
        return _names_break(above, below)
    return _time_breaks(above, below) if meaning == DEADLINE else _text_breaks(above, below)


def _text_breaks(above: str, below: str) -> bool:
    """Say whether any text goes on: an open bracket, a comma."""
    if not above:
        return False
    opened = any(above.count(a) > above.count(b) for a, b in ("（）", "《》", "“”"))
    return opened or bool(pattern(_GOES_ON).search(above) or pattern(_WENT_ON).match(below))


def _names_break(above: str, below: str) -> bool:
    """Say whether a list of bodies goes on: 县文 / 旅局, 市发展和改革委 / 员会."""
    if len(below) < 2 or _text_breaks(above, below):
        return True
    last, first = pattern(_PARTS).split(above)[-1], pattern(_PARTS).split(below)[0]
    if not last:
        return False
    if pattern(REST).fullmatch(first):
        return True
    if pattern(NAME).fullmatch(last) or pattern(_BEGINS).match(first):
        return False
    return bool(pattern(NAME).fullmatch(last + first))


def _time_breaks(above: str, below: str) -> bool:
    """Say whether a date goes on, or one of both together is over the seam: 9月 / 底前, 2026年9 / 月底前."""
    if pattern(_REST_OF_TIME).match(below) or _text_breaks(above, below):
        return True
    return any(time.start < len(above) < time.stop for time in times_in(above + below))


def is_whole_time(above: str) -> bool:
    """Say whether a cell holds a date, and none that may go on below: not 2024年, nor nothing."""
    return bool(above) and not (above[-1].isdecimal() or pattern("{某年}$").search(above))
