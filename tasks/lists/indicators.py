"""The table of indicators: the official system as the office has it, with who leads and who helps."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from models.audit import record
from models.campaign import campaign_named
from models.database import open_session
from models.indicator_store import IndicatorChanges, IndicatorEntry, store_indicators
from models.rules.targets import RELATIONS, relation
from models.rules.words import Role
from models.unit import unexpanded_groups
from models.unit_store import UnitEntry, add_units, group_ids, listed_units
from tasks.lists.names import SURELY_MEANT, key, nearest, perhaps
from tasks.lists.units import OPERATOR
from tasks.workbook.cells import as_code, as_name, as_names, as_number, as_text, half_width
from tasks.workbook.reading import Book, Heading, Row, open_book
from tasks.workbook.writing import Column, Sheet, write_workbook

INDICATORS, EXAMPLE, GUIDE = "指标", "示例", "填写说明"
LEVELS = {"1": 1, "2": 2, "3": 3, "一级": 1, "二级": 2, "三级": 3, "一": 1, "二": 2, "三": 3}
ROLES = ((Role.LEAD, "牵头单位"), (Role.RESPONSIBLE, "责任单位"))
TAKEN_CODE = re.compile(r"[WSMD]\d.*")  # codes of work items, steps, measures, duties
HEADINGS = (
    Heading("编号", ("指标编号",)),
    Heading("级别", ("指标级别", "层级")),
    Heading("上级编号", ("上级指标", "上级指标编号")),
    Heading("指标内容", ("指标", "指标名称", "内容")),
    Heading("关系", ("比较", "关系符")),
    Heading("目标值", ("目标",)),
    Heading("计量单位", ("单位(计量)", "单位")),
    Heading("牵头单位", ("牵头部门",)),
    Heading("责任单位", ("责任部门", "配合单位")),
)
COLUMNS = (
    Column("编号", width=11, hint="如 1.1.2;不可重复"),
    Column("级别", width=8, choices=("1", "2", "3")),
    Column("上级编号", width=11, hint="一级指标留空"),
    Column("指标内容", width=52),
    Column("关系", width=10, choices=tuple(words[0] for words in RELATIONS.values())),
    Column("目标值", width=10, hint="只填数字,或如 95%"),
    Column("计量单位", width=10, hint="如 %、个、次"),
    Column("牵头单位", width=22, hint="多个用顿号隔开"),
    Column("责任单位", width=34, hint="多个用顿号隔开;可写单位类别"),
)
NOTE = (
    "一行一个指标,从一级到三级。没有量化要求的,关系、目标值、计量单位留空。"
    "单位用名册里的名称或别名,多个用顿号隔开;责任单位可以写单位类别(如市直有关部门单位)。"
)
EXAMPLES = (
    ("1", "1", "", "(示例)政府职能依法全面履行", "", "", "", "", ""),
    ("1.1", "2", "1", "(示例)优化法治化营商环境", "", "", "", "市司法局", ""),
    (
        *("1.1.1", "3", "1.1", "(示例)行政许可事项按时办结率", "不低于", "95", "%"),
        *("市政务服务中心", "市司法局、市市场监管局"),
    ),
    (
        *("1.1.2", "3", "1.1", "(示例)涉企重复检查次数", "不超过", "2", "次"),
        *("市司法局", "各行政执法部门单位"),
    ),
    ("1.1.3", "3", "1.1", "(示例)建立公平竞争审查制度", "", "", "", "市市场监管局", ""),
)
GUIDANCE = (
    (
        "编号",
        "官方指标体系里的编号,如 1、1.1、1.1.1。不可重复,不可用 W、S、M、D 加数字的写法(那是任务和节点的编号)。",
    ),
    ("级别", "1、2、3,即一级、二级、三级指标。"),
    ("上级编号", "二级指标写所属一级指标的编号,三级指标写所属二级指标的编号;一级指标留空。"),
    ("指标内容", "指标的名称或要求,必填。"),
    ("关系", "不低于(>=)、不超过(<=)、高于(>)、低于(<)、等于(==),与目标值同时填或同时空。"),
    ("目标值", "只填数字。百分数写 95 并在计量单位写 %,或直接写 95%。"),
    ("计量单位", "%、个、次、件等。"),
    ("牵头单位", "名册里的单位名称或别名,多个用顿号隔开。"),
    ("责任单位", "同上;也可写单位类别,成员在 shifan units export 导出的表里填写。"),
    ("截止日期", "不用填:指标的截止日期是实施推进阶段的结束日。"),
    ("再次装入", "修改后再装入同一张表即可;表里删去的指标标为撤销,已登记的进展保留。"),
)


@dataclass(frozen=True, slots=True)
class IndicatorsLoaded:
    """What a table came to; ``unassigned`` third-level indicators have nobody, ``units`` were added."""

    title: str
    changes: IndicatorChanges
    by_level: tuple[int, int, int]
    unassigned: int
    units: Sequence[str]
    open_groups: Sequence[str]


def write_template(path: Path) -> None:
    """Write an empty table of indicators with an example and a guide beside it."""
    guide = Sheet(
        GUIDE,
        "指标表填写说明",
        "在“指标”表里填写,填好后运行 shifan indicators load 文件名",
        (Column("列", locked=True, width=16), Column("怎么填", locked=True, width=100)),
        GUIDANCE,
    )
    example = Sheet(EXAMPLE, "指标表示例(内容为虚构,不会装入)", NOTE, COLUMNS, EXAMPLES)
    write_workbook(
        path, [Sheet(INDICATORS, "指标与责任分解表", NOTE, COLUMNS, (), spare=160), example, guide]
    )


def load_indicators(
    slug: str | None, path: Path, *, now: datetime, today: date, may_add_units: bool = False
) -> IndicatorsLoaded:
    """Take the office's table of indicators in; the second time it changes nothing.

    Unknown units are faults, or are added with ``may_add_units`` unless they look like a slip of the
    pen. Raises PlanError with every fault; nothing is written then.
    """
    book = open_book(path)
    with open_session() as session:
        campaign = campaign_named(session, slug)
        campaign_id = campaign.id or 0
        names = _Names(listed_units(session, campaign_id), group_ids(session, campaign_id))
        lines = _read(book, names)
        names.tell_unknown(may_add_units)
        book.faults.stop()
        fresh = names.unknown()
        names.units |= {key(n): i for n, i in add_units(session, campaign_id, fresh).items()}
        entries = [names.resolved(line) for line in lines]
        changes = store_indicators(session, campaign_id, entries)
        if changes.count or fresh:
            record(
                session,
                campaign_id,
                at=now,
                day=today,
                who=OPERATOR,
                what="indicators-loaded",
                subject=path.name,
                facts=changes.facts() | ({"units_added": fresh} if fresh else {}),
            )
        levels = [entry.level for entry in entries]
        return IndicatorsLoaded(
            campaign.title,
            changes,
            (levels.count(1), levels.count(2), levels.count(3)),
            sum(e.level == 3 and not e.units and not e.groups for e in entries),
            fresh,
            unexpanded_groups(session, campaign_id),
        )


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the table: the indicator, and the names written for each role."""

    row: Row
    entry: IndicatorEntry
    named: tuple[tuple[Role, tuple[str, ...]], ...]


@dataclass(slots=True)
class _Names:
    """The units and groups that a name can mean, and what was written that means nothing."""

    listed: Sequence[UnitEntry]
    groups_by_name: Mapping[str, int]
    units: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    retired: dict[str, str] = field(default_factory=dict)
    _unknown: dict[str, list[tuple[Row, str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for unit in self.listed:
            for name in (unit.name, *unit.aliases):
                self.units[key(name)] = unit.unit_id or 0
                if unit.retired:
                    self.retired[key(name)] = unit.name
        self.groups = {key(name): found for name, found in self.groups_by_name.items()}

    def check(self, row: Row, column: str, name: str) -> None:
        """Keep what is wrong with ``name``: unknown, or the name of a retired unit."""
        word = key(name)
        if word in self.retired:
            row.fault(column, f"“{name}”已停用;如已并入其他单位,请写新的单位")
        elif word not in self.units and word not in self.groups:
            self._unknown.setdefault(word, []).append((row, column, name))

    def unknown(self) -> list[str]:
        """Return the names that mean nothing yet, as first written."""
        return [places[0][2] for places in self._unknown.values()]

    def tell_unknown(self, may_add: bool) -> None:
        """Make one fault of each unknown name, however often it was written."""
        known = [n for unit in self.listed for n in (unit.name, *unit.aliases)]
        known += list(self.groups_by_name)
        for places in self._unknown.values():
            row, column, name = places[0]
            times = f"(共 {len(places)} 处)" if len(places) > 1 else ""
            if not may_add:
                row.fault(
                    column,
                    f"没有“{name}”这个单位或单位类别{perhaps(name, known)}{times};"
                    "新单位请先用 shifan units load 装入,或加上 --add-units",
                )
            elif meant := nearest(name, known, SURELY_MEANT):
                row.fault(
                    column,
                    f"“{name}”与已有的“{meant}”只差一点{times};是同一单位请写“{meant}”,"
                    "确是新单位请先用 shifan units load 装入",
                )

    def resolved(self, line: _Line) -> IndicatorEntry:
        """Return the indicator with ids for names; who leads is not listed again as responsible."""
        units: dict[int, Role] = {}
        groups: dict[int, Role] = {}
        for role, names in line.named:
            for name in names:
                if unit_id := self.units.get(key(name)):
                    units.setdefault(unit_id, role)
                else:
                    groups.setdefault(self.groups[key(name)], role)
        return replace(line.entry, units=units, groups=groups)


def _read(book: Book, names: _Names) -> list[_Line]:
    lines: list[_Line] = []
    first: dict[str, int] = {}
    for row in book.rows(INDICATORS, HEADINGS):
        entry = _entry(row)
        if not entry.code:
            row.fault("编号", "没有填写")
        elif TAKEN_CODE.fullmatch(entry.code):
            row.fault("编号", f"“{entry.code}”像任务或节点的编号,指标请用 1.1.1 这样的编号")
        elif first.setdefault(entry.code, row.number) != row.number:
            tail = ";如应为 1.10,请把单元格设为文本格式再填" if "." in entry.code else ""
            row.fault("编号", f"“{entry.code}”与第 {first[entry.code]} 行重复{tail}")
        named = tuple((role, tuple(as_names(row.cell(column)))) for role, column in ROLES)
        for (_, found), (_, column) in zip(named, ROLES, strict=True):
            for name in found:
                names.check(row, column, name)
        lines.append(_Line(row, entry, named))
    if not lines and not book.faults.lines:
        book.faults.add(f"表“{INDICATORS}”里一个指标也没有")
    _check_parents(lines)
    return lines


def _entry(row: Row) -> IndicatorEntry:
    level = LEVELS.get(half_width(as_name(row.cell("级别"))).removesuffix("指标"), 0)
    if not level:
        row.fault("级别", f"写的是“{row.text('级别')}”,只能是 1、2、3")
    title = row.text("指标内容")
    if not title:
        row.fault("指标内容", "没有填写")
    op, value, unit = _target(row)
    return IndicatorEntry(
        as_code(row.cell("编号")),
        level,
        as_code(row.cell("上级编号")),
        title,
        op,
        value,
        unit,
    )


def _target(row: Row) -> tuple[str, float | None, str]:
    """Return the sign, the number and its unit; all empty where nothing is measured."""
    cell = row.cell("目标值")
    word = half_width(as_name(row.cell("关系")))
    op = relation(word) if word else ""
    if op is None:
        row.fault(
            "关系",
            f"写的是“{word}”,只能是 {'、'.join(w[0] for w in RELATIONS.values())} 或 >= <= > < ==",
        )
    value = row.read("目标值", as_number, "数字")
    unit = as_name(row.cell("计量单位"))
    if isinstance(cell, str):
        unit = unit or ("%" if half_width(cell).strip().endswith("%") else "")
    elif half_width(unit) == "%" and value is not None and 0 < value <= 1:
        # A cell in percent format shows 95% and holds 0.95.
        row.fault(
            "目标值",
            f"是 {value:g}% 还是 {value * 100:g}%?请在格子里写成带 % 的文本,如 {value * 100:g}%",
        )
    if op and value is None and not as_text(cell):
        row.fault("目标值", f"关系写了“{word}”,却没有目标值")
    if value is not None and not word:
        row.fault("关系", "填了目标值,却没有写关系(不低于、不超过等)")
    return op or "", value, unit if value is not None else ""


def _check_parents(lines: Sequence[_Line]) -> None:
    levels = {line.entry.code: line.entry.level for line in lines}
    for line in lines:
        level, parent = line.entry.level, line.entry.parent
        if level == 1 and parent:
            line.row.fault("上级编号", f"一级指标没有上级,却写了“{parent}”")
        elif level > 1 and not parent:
            line.row.fault("上级编号", f"{level}级指标没有填上级编号")
        elif level > 1 and parent not in levels:
            line.row.fault("上级编号", f"表里没有编号为“{parent}”的指标")
        elif level > 1 and levels[parent] and levels[parent] != level - 1:
            line.row.fault(
                "上级编号",
                f"“{parent}”是{levels[parent]}级指标,{level}级指标的上级应为{level - 1}级",
            )
