"""The list of figures: a row for each demand with a target, unit and period."""

import zlib
from collections.abc import Mapping, Sequence
from datetime import date

from models.figures.goals import Counted
from models.figures.lines import Measured
from models.figures.measuring import NewMeasurement, period_faults
from models.rules.bounds import LONGEST_NOTE
from models.rules.figures.measuring import measurement_faults
from models.rules.figures.periods import EXAMPLES, period_on, read_period
from models.rules.figures.targets import Goal
from models.rules.registrar import registrar_fault
from tasks.lists.belonging import FIGURES as TITLE
from tasks.lists.names import unit_in, with_bodies
from tasks.workbook.cells import YES_NO, as_code, as_name, as_number, as_text, as_yes
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

FIGURES = Sheet(
    "指标数据",
    (
        Column("编号", width=11, hint="如 1.1.2#1，# 后是第几项要求"),
        Column("要求", locked=True, shown=True, width=30),
        Column("目标", locked=True, shown=True, width=16),
        Column("单位", width=16),
        Column("期间", required=False, width=10, hint="如 2025、2025Q1、2025-03"),
        Column("数什么", locked=True, shown=True, width=18),
        Column("分子", kind=Kind.NUMBER, width=9, hint="只填数字；没有发生的填 0，没有统计的空着"),
        Column(
            "分母", kind=Kind.NUMBER, required=False, width=9, hint="目标是百分数或平均数的必填"
        ),
        Column(
            "数据来源",
            ("来源",),
            required=False,
            longest=LONGEST_NOTE,
            width=20,
            hint="如 政务服务网月报",
        ),
        Column("证明材料", required=False, width=11, hint="材料编号，如 E0003"),
        Column("撤回", required=False, choices=YES_NO, width=7, hint="登记错了要撤回的选 是"),
        Column("核对码", required=False, locked=True, hidden=True, width=8),
    ),
    title=TITLE,
    note=(
        "填分子、分母和数据来源。没有统计的空着，不要填 0；确实没有发生的填 0。各单位只填自己的数，合计由程序把分子、分母分别相加，"
        "不是各单位百分数的平均。补填以前的期间，在下面的空行写编号、单位和期间。"
    ),
    spare=20,
    still=1,
)

Cells = tuple[str | float | date | None, ...]


def figure_cells(line: Measured) -> Cells:
    """Return the cells of a unit's figure as it stands."""
    goal = line.goal
    place = (f"{line.code}#{line.ordinal}", line.unit, line.period)
    said = (_number(line.numerator), _number(line.denominator), line.source, line.evidence)
    name, unit, period = place
    head = (name, line.text, goal.words, unit, period, what_is_counted(goal))
    return (*head, *said, "", figure_mark(place, said))


def what_is_counted(goal: Goal) -> str:
    """Return in words what is to be counted, and divided by what."""
    above = goal.counted or (f"{goal.unit}数" if not goal.scale else "达到要求的")
    return f"分子：{above}；分母：{goal.out_of or '全部'}" if goal.scale or goal.out_of else above


def _number(number: float | None) -> float | None:
    return int(number) if number is not None and number == int(number) else number


def figure_mark(place: Sequence[object], said: Sequence[object]) -> str:
    """Return by what a row is seen to be as it went out: its code, unit and period, and its four values."""
    cells = (_number(one) if isinstance(one, float) else one for one in (*place, *said))
    return f"{zlib.crc32('|'.join(as_text(one) for one in cells).encode()):08x}"


class FigureRows:
    """Reads the rows of a returned list against the demands and units they speak of."""

    def __init__(
        self,
        book: Book,
        demands: Mapping[str, Counted],
        units: tuple[Mapping[str, str], Mapping[str, int]],
        pieces: Mapping[str, int],
        said: tuple[str, date],
        sheet: Sheet = FIGURES,
    ) -> None:
        """Read ``book``; ``units`` gives the full name of each name, and its id; ``said`` who and when."""
        self._book, self._demands, self._pieces, self._sheet = book, demands, pieces, sheet
        self._names, self._ids = units
        self._bodies = with_bodies(self._names)
        self._by, self._today = said
        self.rows = 0

    def figures(self) -> list[tuple[Row, NewMeasurement]]:
        """Return the rows that say something else than was sent out, and what; faults stay in the book."""
        first: dict[tuple[int, int, str], int] = {}
        found = []
        for row in self._book.rows(self._sheet):
            self.rows += 1
            new = self._of(row)
            if new is None:
                continue
            if first.setdefault(new.key, row.number) != row.number:
                row.fault("编号", f"与第 {first[new.key]} 行说的是同一项、同一单位、同一期间")
            found.append((row, new))
        return found

    def _of(self, row: Row) -> NewMeasurement | None:
        said = tuple(row.text(name) for name in ("分子", "分母", "数据来源", "证明材料"))
        withdraw = row.read("撤回", as_yes, "是或否")
        place = [row.text(name) for name in ("编号", "单位", "期间")]
        touched = row.text("核对码") != figure_mark(place, said) or withdraw
        if not touched or (not any(said) and not withdraw and not row.text("核对码")):
            return None
        demand, unit = self._demand(row), self._unit(row)
        if demand is None or unit is None:
            return None
        period = self._period(row, demand)
        if period is None:
            return None
        if fault := registrar_fault(self._by, {unit}, self._names):
            row.fault("单位", fault)
        if not any(said[:2]) and not withdraw:
            row.fault("分子", "没有数；要撤回登记过的数，请在“撤回”列选 是")
            return None
        return self._figure(row, demand, (self._ids[unit], period), bool(withdraw))

    def _figure(
        self, row: Row, demand: Counted, place: tuple[int, str], withdraw: bool
    ) -> NewMeasurement | None:
        before = len(self._book.faults.lines)
        numerator = row.read("分子", as_number, "数字")
        denominator = row.read("分母", as_number, "数字")
        if len(self._book.faults.lines) > before:
            return None
        code = as_code(row.cell("证明材料"))
        if code and code not in self._pieces:
            row.fault("证明材料", f"没有编号为“{code}”的证明材料，应为 E0003 这样的编号")
        if not withdraw:
            for fault in measurement_faults(demand.goal, numerator, denominator):
                row.fault("分母" if fault.startswith(("目标", "分母")) else "分子", fault)
        source, piece = row.text("数据来源"), self._pieces.get(code)
        unit, period = place
        return NewMeasurement(
            demand.demand_id, unit, period, numerator, denominator, source, piece, withdraw
        )

    def _demand(self, row: Row) -> Counted | None:
        code = as_code(row.cell("编号"))
        demand = self._demands.get(code) or self._demands.get(f"{code}#1")
        if demand is None:
            row.fault("编号", f"没有编号为“{code}”、带目标值的要求" if code else "没有填写")
        return demand

    def _unit(self, row: Row) -> str | None:
        return unit_in(row, "单位", as_name(row.cell("单位")), self._bodies)

    def _period(self, row: Row, demand: Counted) -> str | None:
        per, cell = demand.goal.per, row.cell("期间")
        if isinstance(cell, date):  # 2025-03 typed into a cell of Excel is a day
            period = period_on(cell, per)
        else:
            try:
                period = read_period(as_text(cell), per)
            except ValueError:
                row.fault("期间", f"写的是“{as_text(cell)[:40]}”，应为{EXAMPLES[per]}")
                return None
        for fault in period_faults(per, period, self._today):
            row.fault("期间", fault)
        return period
