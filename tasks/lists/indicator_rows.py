"""What the rows of a table of indicators say, and which units their names mean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.loading.indicators import IndicatorEntry, Worth
from models.loading.units import UnitEntry
from models.rules.bodies import Bodies
from models.rules.figures.decimals import exact
from models.rules.figures.points import worth_fault
from models.rules.targets import relation
from models.rules.words import Role
from tasks.lists.indicator_sheets import (
    INDICATORS,
    LOWEST,
    METHODS,
    PROOFS,
    RELATION_WORDS,
    SCORED,
    SCORING,
)
from tasks.lists.names import SURELY_MEANT, key, meant, nearest, perhaps, with_bodies
from tasks.lists.typed_names import names_in
from tasks.workbook.cells import as_code, as_name, as_number, as_text, half_width
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row, ask_percent

LEVELS = {"1": 1, "2": 2, "3": 3, "一级": 1, "二级": 2, "三级": 3, "一": 1, "二": 2, "三": 3}
ROLES = ((Role.LEAD, "牵头单位"), (Role.RESPONSIBLE, "责任单位"))
TAKEN_CODE = re.compile(r"[WSMD]\d.*")  # codes of work items, steps, measures, duties
# A row of the table, its indicator without units and groups, and the names that are written for them.
Line = tuple[Row, IndicatorEntry, Mapping[str, Role]]


class Names:
    """The units and groups that a name can mean, and what was written that means nothing."""

    def __init__(self, listed: Sequence[UnitEntry], groups: Mapping[str, int]) -> None:
        named = [(name, unit) for unit in listed for name in (unit.name, *unit.aliases)]
        self._known = [*(name for name, _ in named), *groups]
        self.units = with_bodies({name: unit.unit_id or 0 for name, unit in named})
        self._retired = with_bodies({name: unit.name for name, unit in named if unit.retired})
        self.spelled = {key(name) for name in self._known}
        self._groups = {key(name): group for name, group in groups.items()}
        self._unknown: dict[str, list[tuple[Row, str, str]]] = {}

    def check(self, row: Row, column: str, name: str) -> None:
        """Keep what is wrong with ``name``: unknown, or the name of a retired unit."""
        word = key(name)
        if word not in self._groups and meant(name, self._retired) is not None:
            row.fault(column, f"“{name}”已停用；如已并入其他单位，请写新的单位")
        elif meant(name, self.units) is None and word not in self._groups:
            self._unknown.setdefault(word, []).append((row, column, name))

    def unknown(self) -> list[str]:
        """Return the names that mean nothing yet, as first written."""
        return [places[0][2] for places in self._unknown.values()]

    def tell_unknown(self, may_add: bool) -> None:
        """Make one fault of each unknown name, however often it was written."""
        known = self._known
        bodies = Bodies(known)
        for places in self._unknown.values():
            row, column, name = places[0]
            alike = [*bodies.same(name), *bodies.perhaps(name)]
            bodies.add(name)
            times = f"（共 {len(places)} 处）" if len(places) > 1 else ""
            if not may_add:
                row.fault(
                    column,
                    f"没有“{name}”这个单位或单位类别{perhaps(name, known)}{times}；"
                    "新单位请先用 shifan units load 装入，或加上 --add-units",
                )
            elif other := next(iter(alike), None) or nearest(name, known, SURELY_MEANT):
                row.fault(
                    column,
                    f"“{name}”与“{other}”只差一点{times}；是同一单位请写“{other}”，"
                    "确是新单位请先用 shifan units load 装入",
                )

    def resolved(self, entry: IndicatorEntry, named: Mapping[str, Role]) -> IndicatorEntry:
        """Return the indicator with ids for names; who leads is not listed again as responsible."""
        units: dict[int, Role] = {}
        groups: dict[int, Role] = {}
        for name, role in named.items():
            if unit_id := meant(name, self.units):
                units.setdefault(unit_id, role)
            else:
                groups.setdefault(self._groups[key(name)], role)
        return replace(entry, units=units, groups=groups)


def read_rows(book: Book, names: Names) -> list[Line]:
    """Return every row of the table; what is wrong with it is kept as faults of the book."""
    lines: list[Line] = []
    first: dict[str, int] = {}
    for row in book.rows(INDICATORS):
        entry = _entry(row)
        if not entry.code:
            row.fault("编号", "没有填写")
        elif TAKEN_CODE.fullmatch(entry.code):
            row.fault("编号", f"“{entry.code}”像任务或节点的编号，指标请用 1.1.1 这样的编号")
        elif first.setdefault(entry.code, row.number) != row.number:
            tail = "；如应为 1.10，请把单元格设为文本格式再填" if "." in entry.code else ""
            row.fault("编号", f"“{entry.code}”与第 {first[entry.code]} 行重复{tail}")
        named: dict[str, Role] = {}
        for role, column in ROLES:
            for name in names_in(book, row, column, names.spelled):
                names.check(row, column, name)
                named.setdefault(name, role)
        lines.append((row, entry, named))
    if not lines and not book.faults.lines:
        book.faults.add(f"表“{INDICATORS.name}”里一个指标也没有")
    _check_parents(lines)
    return lines


def _entry(row: Row) -> IndicatorEntry:
    level = LEVELS.get(half_width(as_name(row.cell("级别"))).removesuffix("指标"), 0)
    if not level:
        row.fault("级别", f"写的是“{row.text('级别')}”，只能是 1、2、3")
    title = row.text("指标内容")
    if not title:
        row.fault("指标内容", "没有填写")
    code, parent = as_code(row.cell("编号")), as_code(row.cell("上级编号"))
    return IndicatorEntry(
        code,
        level,
        parent,
        title,
        *_target(row),
        methods=_lines(row, METHODS),
        proofs=_lines(row, PROOFS),
        worth=_worth(row),
    )


def _lines(row: Row, column: str) -> str | None:
    """Return a cell with a line for each thing; None where the table has no such column."""
    if not row.has(column):
        return None
    return "\n".join(filter(None, map(str.strip, row.text(column).splitlines())))


def _worth(row: Row) -> Worth | None:
    """Return what a row says of points; None where it says nothing."""
    points = row.read(SCORED, as_number, "数字")
    floor = row.read(LOWEST, as_number, "数字")
    if points is None:
        if floor is not None:
            row.fault(LOWEST, "填了最低分，却没有分值")
        return None
    if fault := worth_fault(exact(points), exact(floor or 0)):
        row.fault(LOWEST if fault.startswith("最低分") else SCORED, fault)
        return None
    return Worth(points, row.text(SCORING), floor or 0.0)


def _target(row: Row) -> tuple[str, float | None, str]:
    """Return the sign, the number and its unit; all empty where nothing is measured."""
    cell = row.cell("目标值")
    word = half_width(as_name(row.cell("关系")))
    op = relation(word) if word else ""
    if op is None:
        row.fault("关系", f"写的是“{word}”，只能是 {'、'.join(RELATION_WORDS)} 或 >= <= > < ==")
    value = row.read("目标值", as_number, "数字")
    unit = as_name(row.cell("计量单位"))
    if isinstance(cell, str):
        unit = unit or ("%" if half_width(cell).strip().endswith("%") else "")
    else:
        ask_percent(row, "目标值", unit)
    if op and value is None and not as_text(cell):
        row.fault("目标值", f"关系写了“{word}”，却没有目标值")
    if value is not None and not word:
        row.fault("关系", "填了目标值，却没有写关系（不低于、不超过等）")
    return op or "", value, unit if value is not None else ""


def _check_parents(lines: Sequence[Line]) -> None:
    levels = {entry.code: entry.level for _, entry, _ in lines}
    for row, entry, _ in lines:
        level, parent = entry.level, entry.parent
        if level == 1 and parent:
            row.fault("上级编号", f"一级指标没有上级，却写了“{parent}”")
        elif level > 1 and not parent:
            row.fault("上级编号", f"{level}级指标没有填上级编号")
        elif level > 1 and parent not in levels:
            row.fault("上级编号", f"表里没有编号为“{parent}”的指标")
        elif level > 1 and levels[parent] and levels[parent] != level - 1:
            row.fault(
                "上级编号",
                f"“{parent}”是{levels[parent]}级指标，{level}级指标的上级应为{level - 1}级",
            )
