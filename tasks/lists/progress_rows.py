"""What the rows of a returned list of progress say of the lines they name."""

import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from models.loading.progress import Change, ProgressLine
from models.rules.bounds import A_DAY, LONGEST_NOTE, LONGEST_POST, shown
from models.rules.progress import progress_faults, state_named
from models.rules.registrar import registrar_fault
from models.rules.words import OFFICE, Level, MilestoneKind, Progress, Role
from tasks.lists.belonging import PROGRESS
from tasks.lists.names import unit_in
from tasks.workbook.cells import as_code, as_day, as_name
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

STATES = tuple(state.chinese for state in Progress)
FILLED_IN = (
    Column("状态", width=11, choices=STATES),
    Column(
        "完成日期",
        ("完成时间",),
        kind=Kind.DAY,
        width=13,
        hint="状态为已完成时填，如 2025-07-01；不填即为装入当天",
    ),
    Column(
        "登记人",
        ("登记人（职务）", "登记人职务"),
        required=False,
        longest=LONGEST_POST,
        width=16,
        hint="只写职务，如 市司法局联络员",
    ),
    Column("说明", ("备注",), longest=LONGEST_NOTE, width=26, hint="不适用时必须写明理由"),
    Column("核对码", required=False, locked=True, hidden=True, width=8),
)
NOTE = (
    "只填白色各列，灰色列请勿改动。状态从下拉列表选；不适用必须在说明里写理由。"
    "登记人只写职务，不填即为本单位联络员（没有单位的为创建办）。没有变化的行不必填。"
)
WHOLE = "整项工作任务（W 开头）记为已完成时，各单位尚未完成的部分一并记为已完成。"
MILESTONES = Sheet(
    "节点",
    (
        Column("编号", locked=True, width=15),
        Column("类别", locked=True, shown=True, width=11),
        Column("阶段", locked=True, shown=True, width=12),
        Column("事项", locked=True, shown=True, width=34),
        Column("负责单位", locked=True, shown=True, width=18),
        Column("截止日期", kind=Kind.DAY, locked=True, shown=True),
        *FILLED_IN,
    ),
    title=PROGRESS,
    note=NOTE + WHOLE,
    protected=True,
)
IN_PARTS = "分段时限"  # only where some deadline has parts
PARTS = Sheet(
    "责任分解",
    (
        Column("编号", locked=True, width=10),
        Column("分类", locked=True, shown=True, width=22),
        Column("工作任务或指标", locked=True, shown=True, width=34),
        Column("单位", locked=True, width=18),
        Column("角色", required=False, locked=True, width=11),
        Column("截止日期", kind=Kind.DAY, locked=True, shown=True),
        Column(IN_PARTS, required=False, locked=True, shown=True, width=24),
        *FILLED_IN,
    ),
    title=PROGRESS,
    note=NOTE,
    protected=True,
)


Grey = tuple[str | date | None, ...]
Named = Callable[[Row], ProgressLine | None]  # finds the line that a row names, or makes a fault


def check_mark(state: Progress, done_on: date | None, note: str) -> str:
    """Return the mark of what a row said when it was sent out.

    A row that comes back with its own mark was not touched and says nothing, however long the list
    was away and whatever was registered meanwhile.
    """
    return f"{zlib.crc32(f'{state.value}|{done_on or str()}|{note}'.encode()):08x}"


def milestone_cells(line: ProgressLine) -> Grey:
    """Return the grey cells of a milestone."""
    kind, unit = MilestoneKind(line.kind).chinese, line.unit or OFFICE
    return line.code, kind, line.group, line.title, unit, line.due


def part_cells(line: ProgressLine) -> Grey:
    """Return the grey cells of a unit's part."""
    return (
        line.code,
        line.group,
        line.title,
        line.unit,
        Role(line.role).chinese,
        line.due,
        line.parts,
    )


def answer_cells(line: ProgressLine) -> tuple[str | date | None, ...]:
    """Return the cells that are filled in, as they are registered, and their mark."""
    mark = check_mark(line.state, line.done_on, line.note)
    return line.state.chinese, line.done_on, line.by_post, line.note, mark


class ProgressRows:
    """Reads the rows of both sheets against the lines they speak of."""

    def __init__(
        self,
        book: Book,
        today: date,
        by: str,
        begins: date | None,
        units: Mapping[str, str],
        leads: Mapping[str, Collection[str]],
    ) -> None:
        """Read ``book``; ``units`` gives the unit of each name, ``leads`` who leads a work item by its code."""
        self._book = book
        self._begins, self._units, self._leads = begins, units, leads
        self._today = today
        self._by = by.strip()
        self.rows = 0
        self.edited: set[int] = set()  # lines whose row no longer bears its mark

    def milestones(self, lines: Sequence[ProgressLine]) -> list[Change]:
        """Return what the sheet of milestones says of each line it names."""
        if self._book.has(PARTS) and not self._book.has(MILESTONES):
            return []
        by_code = {as_code(line.code): line for line in lines}

        def named(row: Row) -> ProgressLine | None:
            code = as_code(row.cell("编号"))
            if code not in by_code:
                row.fault("编号", f"没有编号为“{code}”的事项" if code else "没有填写")
            return by_code.get(code)

        return self.changes(MILESTONES, milestone_cells, named)

    def parts(self, lines: Sequence[ProgressLine], names: Mapping[str, str]) -> list[Change]:
        """Return what the sheet of parts says of each line it names."""
        if not self._book.has(PARTS):
            return []
        exact = {(line.code, line.unit, Role(line.role).chinese): line for line in lines}

        def named(row: Row) -> ProgressLine | None:
            place = (row.cell("编号"), row.cell("单位"), row.cell("角色"))
            return exact.get(place) or _part(row, exact, names)  # type: ignore[arg-type]

        return self.changes(PARTS, part_cells, named)

    def changes(
        self, sheet: Sheet, grey: Callable[[ProgressLine], Grey], named: Named
    ) -> list[Change]:
        """Return what each row says of the line that is ``named`` in it; a line named twice is a fault."""
        first: dict[int, int] = {}
        changes = []
        for row in self._book.rows(sheet):
            line = named(row)
            if line is None:
                continue
            self._book.grey.compare(row, sheet, grey(line))
            self.rows += 1
            if first.setdefault(line.id, row.number) != row.number:
                row.fault("编号", f"{line.code} 与第 {first[line.id]} 行重复")
            elif new := self._said(row, line):
                changes.append(Change(line, new))
        return changes

    def _said(self, row: Row, line: ProgressLine) -> ProgressLine | None:
        """Return ``line`` as ``row`` says it is, None when nobody touched the row."""
        word, note, mark = row.text("状态"), row.text("说明"), row.text("核对码")
        state = state_named(word) if word else line.state
        if state is None:
            row.fault("状态", f"写的是“{shown(word)}”，只能是 {'、'.join(STATES)}")
            return line
        done_on = row.read("完成日期", as_day, f" {A_DAY}")
        if done_on is None and row.text("完成日期"):
            return line
        if mark and not word:
            row.fault("状态", f"被清空了；要撤回请选“{Progress.OPEN.chinese}”")
            return line
        untouched = mark == check_mark(state, done_on, note)
        if mark and not untouched:
            self.edited.add(line.id)
        if state is Progress.DONE and done_on is None and not untouched:
            done_on = line.done_on or self._today
        said = (state, done_on, note)
        post = row.text("登记人") if row.text("登记人") != line.by_post else ""
        if said == line.said and post:
            self._book.grey.add(row, "登记人")  # for who said it is not changed
        if untouched:
            return None
        if said == line.said:
            return line
        for fault in progress_faults(state, done_on, note, self._today, self._begins):
            row.fault("完成日期" if "完成日期" in fault else "说明", fault)
        owner = f"{line.unit}{Level.LIAISON.chinese}" if line.unit else OFFICE
        by_post = post or self._by or owner
        owners = {line.unit} if line.unit else self._leads.get(line.code, ())
        if fault := registrar_fault(by_post, owners, self._units, whole=not line.role):
            row.fault("登记人", fault)
        return line._replace(state=state, done_on=done_on, note=note, by_post=by_post)


def _part(
    row: Row, exact: Mapping[tuple[str, str, str], ProgressLine], names: Mapping[str, str]
) -> ProgressLine | None:
    """Return the part that a row means whose cells are not spelled as they were sent out."""
    code, written = as_code(row.cell("编号")), as_name(row.cell("单位"))
    role = as_name(row.cell("角色"))
    unit = unit_in(row, "单位", written, names)
    if unit is None:
        return None
    meant = [
        line
        for line in exact.values()
        if line.unit == unit and as_code(line.code) == code
        if not role or Role(line.role).chinese == role
    ]
    if len(meant) == 1:
        return meant[0]
    of = f"，角色 {role}" if role else ""
    row.fault("编号", f"{code} 没有分给 {unit}{of}" if code else "没有填写")
    return None
