"""The lines of one cell: names of bodies that stand on lines of their own, chapters that a table only lays out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.reading.text.stops import outside

ROLE = r"(?:{角色}|{时限}|完成)(?:{单位}|{领导}|{时限})?[：:]"
# A name of a body, or of a kind of bodies.
NAME = r"{H}{2,20}?(?:{局}|{县}|{机构}|组)(?:（[^（）]*）)?"
# The rest of a name that was wrapped: 市政府办 / 公室, 市发展和改革委 / 员会.
REST = r"公室|员会|导小组|理局|务局|镇街|分局|办公室|办公厅"
# What begins a list of its own: 各县（市、区）人民政府, 县政府, 市公安局, 有关乡镇.
CLASS = r"(?:各|有关|相关|所有|全{区划}|{区划}(?:直|级|属)?){H}*(?:（[^（）]{1,12}）{H}*)?"
CLASS_ENDS = r"(?:[{县}）]|{机构}|{基层})$"
# The end of a list: 市城管局等; 市城管局等部门 is a name as others are.
AND_OTHERS = r"(?:{局}|{机构})等$"
KINDS = r"(?:有关|相关|{区划}(?:直|级|属))?.{0,4}{单位}"
# What belongs to the body above: 市公安局 / 交警支队, 市生态环境局 / 芦汀分局.
BELOW = r"(?!{县}){H}{1,6}{下级}"
PARTS = r"[、，,；;：:。\s]+"


def names_apart(cell: str) -> str:
    """Put 、 between the names of a cell that stand on lines of their own, ； before a role.

    A name that was only wrapped stays whole: 市委 / 宣传部, 市城市管 / 理局.
    """
    lines = [line.strip() for line in cell.split("\n")]
    lines = [line for line in lines if line]
    joined = lines[:1]
    for before, after in zip(lines, lines[1:], strict=False):
        joined += [_between(before, after), "\n", after]
    return "".join(joined)


def _between(before: str, after: str) -> str:
    if pattern(ROLE).match(after):
        return "" if pattern(r"[；;。，,、（(]$").search(before) else "；"
    last, first = _pieces(before)[-1], _pieces(after)[0]
    if len(first) < 3 or pattern(REST).match(first) or pattern(BELOW).fullmatch(first):
        return ""
    begins = _begins_a_class(first)
    if pattern(AND_OTHERS).search(last):  # 市城管局等 / 有关部门 is one name
        own = pattern(r"{区划}").match(first) and pattern(NAME).fullmatch(first)
        return "、" if (begins or own) and not pattern(KINDS).fullmatch(first) else ""
    named = begins or pattern(NAME).fullmatch(first)
    if pattern(NAME).fullmatch(last):
        return "、" if named else ""
    whole = begins or (named and pattern(r"{区划}").match(first))
    head = pattern(r"{区划}(?:{五套})").fullmatch(last)
    return "、" if whole and (head or _begins_a_class(last)) else ""


def _begins_a_class(name: str) -> bool:
    return bool(pattern(CLASS).fullmatch(name) and pattern(CLASS_ENDS).search(name))


def _pieces(line: str) -> list[str]:
    """Split a line at its marks outside of brackets: 各县（市、区）人民政府 is one piece."""
    spans = [mark.span() for mark in outside(line, pattern(PARTS).finditer(line))]
    starts, ends = [0, *(end for _, end in spans)], [*(at for at, _ in spans), len(line)]
    return [line[start:end] for start, end in zip(starts, ends, strict=True)]


CHAPTER = r"\s*(?:{章号}、|第{N}[章部])"
ITEM = r"\s*(?:{题号}|第.{1,3}[章条])"


def unfolded(lines: Iterable[Line], is_head: Callable[[Sequence[str]], bool]) -> Iterator[Line]:
    """Yield ``lines`` with the cells of tables that lay out chapters as lines of text.

    Such a table has no row that ``is_head``, a cell of several lines that begin like items, and a
    chapter (一、) in one of its cells.
    """
    for table, group in groupby(lines, lambda line: line.table if line.cells else 0):
        rows = list(group)
        if not table or not _lays_out(rows, is_head):
            yield from rows
            continue
        above: tuple[str, ...] = ()
        for row in rows:
            merged = {cell for cell, over in zip(row.cells, above, strict=False) if cell == over}
            for cell in dict.fromkeys(row.cells):
                for text in cell.split("\n") if cell not in merged else ():
                    yield replace(row, text=text, cells=(), table=0)
            above = row.cells


def _lays_out(rows: Sequence[Line], is_head: Callable[[Sequence[str]], bool]) -> bool:
    cells = [cell for row in rows for cell in row.cells if cell]
    parted = [cell.split("\n") for cell in cells]
    return (
        any(len(each) > 1 and any(map(pattern(ITEM).match, each[1:])) for each in parted)
        and any(pattern(CHAPTER).match(text) for each in parted for text in each)
        and not any(is_head([squeeze(cell) for cell in row.cells]) for row in rows)
    )
