"""What the rows of the arrangement of inspection say: teams, areas, rounds, lines of the checklist."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.inspection.area import AreaEntry
from models.inspection.arranging import round_faults
from models.inspection.checklist_line import LineEntry
from models.inspection.team import TeamEntry
from models.inspection.visit_round import VisitRound
from models.loading.units import UnitEntry
from models.rules.bounds import A_DAY, LONGEST_NOTE
from models.rules.visits.asked_of_units import burden_fault
from models.rules.visits.words import MOST_A_DAY, MOST_ROUNDS, OF_THE_OFFICE, USUAL_A_DAY
from tasks.lists.belonging import INSPECTION
from tasks.lists.names import names_of_units, unit_in
from tasks.lists.typed_names import names_in
from tasks.workbook.cells import YES_NO, as_day, as_name, as_names, as_number, as_text, as_yes
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

TEAMS = Sheet(
    "督导组",
    (
        Column("督导组", ("组别", "名称"), width=18),
        Column("组成单位", ("成员单位",), many=True, width=44, hint="派人参加的单位，用顿号隔开"),
        Column("优先片区", required=False, many=True, width=22, hint="最好由这个组去的片区"),
        Column(
            "回避单位", required=False, many=True, width=26, hint="组成单位以外、也不由它去的单位"
        ),
        Column("停用", required=False, width=8, choices=YES_NO),
    ),
    title=INSPECTION,
    note=(
        "一行一个督导组，由几个单位派人组成；组里有自己人的单位，不由这个组去督导。"
        "不再工作的组在停用列选“是”，不要删行。"
    ),
    spare=10,
)
AREAS = Sheet(
    "单位片区",
    (
        Column("单位", ("单位名称",), width=34),
        Column("片区", required=False, width=18, hint="同一片区的单位尽量安排同一个组、同一天去"),
        Column("不督导的理由", required=False, longest=LONGEST_NOTE, width=44),
    ),
    title=INSPECTION,
    note=(
        "一行一个单位，每轮每个单位都要去一次。片区按路程远近划分，没有片区的单位单独安排。"
        "确实不督导的单位（如创建办自己）写明理由，它就不排走访，也不算漏下。"
    ),
    spare=10,
)
ROUNDS = Sheet(
    "轮次",
    (
        Column("轮次", ("第几轮",), kind=Kind.NUMBER, width=8),
        Column("开始", ("开始日期",), kind=Kind.DAY, width=14),
        Column("结束", ("结束日期",), kind=Kind.DAY, width=14),
        Column("每组每天最多", ("每天最多",), kind=Kind.NUMBER, required=False, width=14),
    ),
    title=INSPECTION,
    note="一行一轮，前一轮结束以后才开始后一轮；只在工作日走访。每组每天最多几次不填时是 2 次。",
    spare=4,
)
LINES = Sheet(
    "检查内容",
    (
        Column("类别", width=16, choices=tuple(kind.chinese for kind in OF_THE_OFFICE)),
        Column("内容", longest=LONGEST_NOTE, width=70),
    ),
    title=INSPECTION,
    note=(
        "每次走访都要谈、要查、要看的内容，一行一条；这里列出的就是全部。"
        "不要求单位主要负责人陪同或汇报，不以有没有照片判断工作。"
    ),
    spare=15,
)
SHEETS = (TEAMS, AREAS, ROUNDS, LINES)
_KINDS = {kind.chinese: kind for kind in OF_THE_OFFICE}


@dataclass(frozen=True, slots=True)
class KnownUnits:
    """The units that a list may name: full names by every spelling, ids by full name."""

    names: Mapping[str, str]
    ids: Mapping[str, int]

    @classmethod
    def of(cls, units: Sequence[UnitEntry]) -> "KnownUnits":
        """Return those of a campaign."""
        return cls(names_of_units(units), {unit.name: unit.unit_id or 0 for unit in units})


def read_teams(book: Book, known: KnownUnits) -> list[TeamEntry]:
    """Return the teams that a list names; faults stay in the book."""
    found: dict[str, TeamEntry] = {}
    for row in book.rows(TEAMS):
        name = as_name(row.cell("督导组"))
        if not name:
            row.fault("督导组", "没有填写")
        elif name in found:
            row.fault("督导组", f"“{name}”写了两行")
        bodies = _units(book, row, "组成单位", known)
        avoids = _units(book, row, "回避单位", known)
        if not bodies and not row.text("组成单位"):
            row.fault("组成单位", "没有填写")
        if len(bodies) == 1:
            book.note(
                f"表“{row.sheet}”第 {row.number} 行：{name}只有一个组成单位，督导组一般由几个单位组成"
            )
        areas = tuple(as_names(row.cell("优先片区")))
        gone = bool(row.read("停用", as_yes, "是或否"))
        found[name] = TeamEntry(name, bodies, avoids, areas, gone)
    return list(found.values())


def _units(book: Book, row: Row, column: str, known: KnownUnits) -> tuple[int, ...]:
    hint = "；不在名册里的单位请先用 shifan units 列入"
    found = []
    for name in names_in(book, row, column, known.names):
        unit = unit_in(row, column, name, known.names, hint)
        if unit:
            found.append(known.ids[unit])
    return tuple(dict.fromkeys(found))


def read_areas(book: Book, known: KnownUnits) -> list[AreaEntry]:
    """Return the area of each unit that a list names; faults stay in the book."""
    first: dict[int, int] = {}
    found = []
    for row in book.rows(AREAS):
        unit = unit_in(row, "单位", as_name(row.cell("单位")), known.names)
        if unit is None:
            continue
        unit_id = known.ids[unit]
        if first.setdefault(unit_id, row.number) != row.number:
            row.fault("单位", f"“{unit}”与第 {first[unit_id]} 行重复")
        area, out = as_name(row.cell("片区")), row.text("不督导的理由")
        found.append(AreaEntry(unit_id, unit, area, out))
    return found


def read_rounds(book: Book, there: Sequence[VisitRound], campaign_id: int) -> list[VisitRound]:
    """Return the rounds that a list names; faults stay in the book, those between rounds too."""
    found: dict[int, tuple[Row, VisitRound]] = {}
    for row in book.rows(ROUNDS):
        if not row.text("开始") and not row.text("结束"):
            continue  # sent out for a round that has no days yet
        number = _whole(row, "轮次", MOST_ROUNDS)
        first, last = (row.read(column, as_day, A_DAY) for column in ("开始", "结束"))
        most = _whole(row, "每组每天最多", MOST_A_DAY) if row.text("每组每天最多") else USUAL_A_DAY
        for column, day in (("开始", first), ("结束", last)):
            if day is None and not row.text(column):
                row.fault(column, "没有填写")
        if number in found:
            row.fault("轮次", f"第 {number} 轮与第 {found[number][0].number} 行重复")
        elif number and first and last and most:
            one = VisitRound(
                campaign_id=campaign_id, number=number, first=first, last=last, most=most
            )
            found[number] = row, one
    after = {one.number: one for one in there} | {n: one for n, (_, one) in found.items()}
    for row, one in found.values():
        for fault in round_faults([each for each in after.values() if each is not one], one):
            row.fault("开始", fault)
    return [one for _, one in sorted(found.values(), key=lambda each: each[1].number)]


def _whole(row: Row, column: str, most: int) -> int | None:
    number = row.read(column, as_number, f"1 到 {most} 的整数")
    if number is None:
        if not row.text(column):
            row.fault(column, "没有填写")
        return None
    if not number.is_integer() or not 1 <= number <= most:
        row.fault(column, f"写的是“{as_text(row.cell(column))[:20]}”，应为 1 到 {most} 的整数")
        return None
    return int(number)


def read_lines(book: Book) -> list[LineEntry]:
    """Return the lines of the checklist that a list names; faults stay in the book."""
    found: dict[LineEntry, int] = {}
    for row in book.rows(LINES):
        kind, text = _KINDS.get(as_name(row.cell("类别"))), row.text("内容")
        if kind is None:
            row.fault("类别", f"只能是 {'、'.join(_KINDS)}")
        if not text:
            row.fault("内容", "没有填写")
        elif fault := burden_fault(text):
            row.fault("内容", fault)
        if kind and text and found.setdefault(LineEntry(kind, text), row.number) != row.number:
            row.fault("内容", f"与第 {found[LineEntry(kind, text)]} 行重复")
    return list(found)
