"""What the rows of a list of scores say: points of each kind, and deductions with their reasons."""

import zlib
from collections.abc import Mapping, Sequence
from decimal import Decimal

from models.figures.score_faults import NewDeduction, NewScore
from models.figures.scoring import Deducted, ScoreLine
from models.rules.bounds import LONGEST_NOTE, LONGEST_PASSAGE
from models.rules.figures.points import points_of, verdict_of
from models.rules.figures.words import ScoreKind
from tasks.lists.belonging import SCORES as TITLE
from tasks.workbook.cells import YES_NO, as_code, as_name, as_number, as_text, as_yes
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

TAKE_BACK = "撤回"
KINDS = {kind.chinese: kind for kind in ScoreKind}
NOTES = {ScoreKind.SELF: "自评说明", ScoreKind.OFFICE: "初审说明", ScoreKind.MOCK: "模拟说明"}
_SCORED = [
    column
    for kind in ScoreKind
    for column in (
        Column(
            kind.chinese,
            kind=Kind.NUMBER,
            required=False,
            width=9,
            hint="填分数；没有分值的填 达到、基本达到、没有达到；要撤回的写 撤回",
        ),
        Column(NOTES[kind], required=False, longest=LONGEST_NOTE, width=14),
    )
]
SCORES = Sheet(
    "得分",
    (
        Column("编号", locked=True, width=10),
        Column("指标", locked=True, shown=True, longest=LONGEST_PASSAGE, width=34),
        Column("牵头单位", locked=True, shown=True, longest=LONGEST_NOTE, width=16),
        Column("分值", locked=True, shown=True, width=7),
        *_SCORED,
        Column("核对码", required=False, locked=True, hidden=True, width=8),
    ),
    title=TITLE,
    note=(
        "只填白色各列，没有变化的不必填。得分不高于分值；没有分值的指标填 达到、基本达到 或 没有达到。"
        "扣分逐条写在“扣分”表里，得分由程序算出（分值减各条扣分，扣到最低分为止），不必再填。要撤回得分的，格里写 撤回。"
    ),
    protected=True,
    still=1,
)
DEDUCTIONS = Sheet(
    "扣分",
    (
        Column("编号", width=10, hint="指标编号，如 1.1.2"),
        Column("得分类别", width=10, choices=tuple(KINDS)),
        Column("扣分", kind=Kind.NUMBER, width=8, hint="扣多少，如 0.5"),
        Column("理由", longest=LONGEST_NOTE, width=56, hint="哪一件、差在哪里；两件事分两行写"),
        Column("证明材料", required=False, width=11, hint="材料编号，如 E0003"),
        Column("撤销", required=False, choices=YES_NO, width=7, hint="扣错了要撤销的选 是"),
        Column("核对码", required=False, locked=True, hidden=True, width=12),
    ),
    title=TITLE,
    note="一条扣分一行，写明理由；可以在下面添加。删掉的行不算撤销，要撤销的在“撤销”列选 是。",
    spare=60,
    still=1,
)


def _number(number: Decimal) -> float:
    return int(number) if number == int(number) else float(number)


def _mark(*said: object) -> str:
    return f"{zlib.crc32('|'.join(as_text(one) for one in said).encode()):08x}"


def score_cells(line: ScoreLine) -> tuple[str | float | None, ...]:
    """Return the cells of an indicator as it is scored."""
    worth = None if line.possible is None else str(_number(line.possible))
    cells: list[str | float | None] = [line.code, line.title, "、".join(line.leads), worth]
    marks = []
    for kind in ScoreKind:
        score = line.scores.get(kind)
        shown: str | float | None = None
        if score:
            of_points = line.possible is not None
            shown = _number(score.points) if of_points else verdict_of(score.points)
        cells += [shown, score.note if score else ""]
        marks.append(_mark(shown, score.note if score else ""))
    return (*cells, ".".join(marks))


def deduction_cells(line: ScoreLine, off: Deducted) -> tuple[str | float, ...]:
    """Return the cells of a deduction; its mark names its row."""
    said = (line.code, off.kind.chinese, _number(off.points), off.reason, off.evidence)
    return (*said, "", f"{off.id}.{_mark(*said)}")


class ScoreRows:
    """Reads both sheets against the indicators they speak of; faults stay in the book."""

    def __init__(self, book: Book, lines: Sequence[ScoreLine], pieces: Mapping[str, int]) -> None:
        """Read ``book``; ``pieces`` gives the evidence of each code."""
        self._book, self._pieces = book, pieces
        self._lines = {as_code(line.code): line for line in lines}
        self.rows = 0

    def scores(self) -> list[NewScore]:
        """Return the scores that say something else than what was sent out."""
        if not self._book.has(SCORES):
            return []
        first: dict[int, int] = {}
        found: list[NewScore] = []
        for row in self._book.rows(SCORES):
            self.rows += 1
            line = self._line(row)
            if line is None:
                continue
            worth = None if line.possible is None else str(_number(line.possible))
            heads = (line.code, line.title, "、".join(line.leads), worth)
            self._book.grey.compare(row, SCORES, heads)
            if first.setdefault(line.indicator_id, row.number) != row.number:
                row.fault("编号", f"{line.code} 与第 {first[line.indicator_id]} 行重复")
                continue
            marks = [*row.text("核对码").split("."), "", "", ""]
            for kind, mark in zip(ScoreKind, marks, strict=False):
                new = self._score(row, line, kind, mark)
                if new:
                    found.append(new)
        return found

    def _score(self, row: Row, line: ScoreLine, kind: ScoreKind, mark: str) -> NewScore | None:
        written, note = row.text(kind.chinese), row.text(NOTES[kind])
        if mark == _mark(written, note) or not (written or note or mark):
            return None
        if written == TAKE_BACK:
            return NewScore(line.indicator_id, kind, None, note, withdraw=True)
        if not written:
            if mark and mark != _mark(None, ""):
                row.fault(kind.chinese, f"被清空了；要撤回请写“{TAKE_BACK}”")
            elif note:
                row.fault(kind.chinese, "写了说明，没有填得分")
            return None
        try:
            points = points_of(written, line.possible, line.floor)
        except ValueError as error:
            row.fault(kind.chinese, str(error))
            return None
        return NewScore(line.indicator_id, kind, float(points), note)

    def deductions(self) -> list[NewDeduction]:
        """Return the deductions that say something else than what was sent out."""
        if not self._book.has(DEDUCTIONS):
            return []
        found = [self._deduction(row) for row in self._book.rows(DEDUCTIONS)]
        return [one for one in found if one]

    def _deduction(self, row: Row) -> NewDeduction | None:
        self.rows += 1
        said = [row.text(name) for name in ("编号", "得分类别", "扣分", "理由", "证明材料")]
        id_, _, mark = row.text("核对码").partition(".")
        withdraw = row.read("撤销", as_yes, "是或否")
        if mark == _mark(*said) and not withdraw:
            return None
        line, kind = self._line(row), KINDS.get(as_name(row.cell("得分类别")))
        if kind is None:
            row.fault("得分类别", f"写的是“{said[1][:40]}”，只能是 {'、'.join(KINDS)}")
        points = row.read("扣分", as_number, "数字，如 0.5")
        if points is None and not said[2]:
            row.fault("扣分", "没有填写")
        if not said[3]:
            row.fault("理由", "没有填写；扣分必须写明理由")
        code = as_code(row.cell("证明材料"))
        if code and code not in self._pieces:
            row.fault("证明材料", f"没有编号为“{code}”的证明材料，应为 E0003 这样的编号")
        if line is None or kind is None or points is None or not said[3]:
            return None
        known = {off.id: off for off in line.deductions if off.kind is kind}
        named = int(id_) if id_.isascii() and id_.isdigit() and len(id_) < 12 else None
        return NewDeduction(
            line.indicator_id,
            kind,
            points,
            said[3],
            self._pieces.get(code),
            id=named if named in known else None,
            withdraw=bool(withdraw),
        )

    def _line(self, row: Row) -> ScoreLine | None:
        code = as_code(row.cell("编号"))
        line = self._lines.get(code)
        if line is None:
            row.fault("编号", f"没有编号为“{code}”的指标" if code else "没有填写")
        return line
