"""What a unit scores its own parts in the indicators: a sheet of its own, out and back."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from models.figures.score_faults import NewScore
from models.figures.scoring import ScoreLine
from models.rules.bounds import LONGEST_NOTE, LONGEST_PASSAGE
from models.rules.figures.decimals import exact, in_figures
from models.rules.figures.points import points_of, verdict_of
from models.rules.figures.words import ScoreKind
from models.rules.registrar import registrar_fault
from models.rules.words import Role
from tasks.lists.belonging import SCORES as TITLE
from tasks.lists.names import unit_in, with_bodies
from tasks.workbook.cells import SAME, as_code, as_name, as_text
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

TAKE_BACK = "撤回"
_LEADS, _TAKES_PART = Role.LEAD.chinese, Role.RESPONSIBLE.chinese
SELF_SCORES = Sheet(
    "自评",
    (
        Column("编号", locked=True, width=10),
        Column("指标", locked=True, shown=True, longest=LONGEST_PASSAGE, width=44),
        Column("单位", locked=True, width=16),
        Column("角色", locked=True, shown=True, width=10),
        Column("分值", locked=True, shown=True, width=7),
        Column("评分办法", locked=True, shown=True, longest=LONGEST_PASSAGE, width=34),
        Column(
            "自评分",
            kind=Kind.NUMBER,
            width=10,
            hint="不高于分值；没有分值的填 达到、基本达到、没有达到；要撤回的写 撤回",
        ),
        Column("说明", required=False, longest=LONGEST_NOTE, width=24),
        Column("核对码", required=False, locked=True, hidden=True, width=8),
    ),
    title=TITLE,
    note=(
        "本单位承担的指标，逐项给自己的部分评分，没有变化的不必填。牵头单位评的分就是这项指标的自评分，几个单位牵头的取最低；"
        "没有分值的指标填 达到、基本达到 或 没有达到。"
    ),
    protected=True,
    still=1,
)


class OwnPart(Protocol):
    """A unit's part in an indicator, and what it scored it itself."""

    @property
    def unit(self) -> str: ...

    @property
    def leads(self) -> bool: ...

    @property
    def self_score(self) -> float | None: ...


def self_cells(
    lines: Iterable[ScoreLine], own: Mapping[int, Sequence[OwnPart]]
) -> Iterator[tuple[str | float | None, ...]]:
    """Yield the cells of each of ``lines`` that is scored, for a unit's ``own`` parts by indicator."""
    for line in lines:
        if line.counts:
            yield from (_cells(line, part) for part in own.get(line.indicator_id, ()))


def score_shown(line: ScoreLine, points: float | None) -> str | float | None:
    """Return a score as a cell shows it: 达到 where the scoring table gives no points, else the number."""
    if points is not None and line.possible is None:
        return verdict_of(exact(points))
    return int(points) if points is not None and points == int(points) else points


def _cells(line: ScoreLine, part: OwnPart) -> tuple[str | float | None, ...]:
    shown, worth = score_shown(line, part.self_score), _worth(line.possible)
    role = _LEADS if part.leads else _TAKES_PART
    return (
        line.code,
        line.title,
        part.unit,
        role,
        worth,
        line.method,
        shown,
        "",
        score_mark(shown),
    )


@lru_cache(SAME)
def _worth(possible: Decimal | None) -> str:
    return "" if possible is None else in_figures(possible)


@lru_cache(SAME, typed=True)
def score_mark(shown: object) -> str:
    """Return by what a row is seen to be as it went out."""
    return f"{zlib.crc32(as_text(shown).encode()):08x}"


def read_self_scores(
    book: Book,
    lines: Mapping[str, ScoreLine],
    units: tuple[Mapping[str, str], Mapping[str, int]],
    by: str,
    sheet: Sheet = SELF_SCORES,
) -> tuple[list[tuple[Row, NewScore]], int]:
    """Return what rows say of units' own parts, and how many rows there are; faults stay in the book.

    ``units`` gives the full name of each name, and the id of each full name; ``by`` registers.
    """
    names, ids = units
    if not book.has(sheet):
        return [], 0
    found: dict[tuple[int, int], tuple[Row, NewScore]] = {}
    bodies, rows = with_bodies(names), 0
    for row in book.rows(sheet):
        rows += 1
        written = row.text("自评分")
        if row.text("核对码") == score_mark(written) or not (written or row.text("核对码")):
            if row.text("说明"):
                row.fault("说明", "写了说明，自评分没有变化；请在评分时一并写")
            continue
        line, code = lines.get(as_code(row.cell("编号"))), row.text("编号")
        unit = unit_in(row, "单位", as_name(row.cell("单位")), bodies)
        if line is None:
            row.fault("编号", f"没有编号为“{code[:40]}”的指标" if code else "没有填写")
        if line is None or unit is None:
            continue
        if fault := registrar_fault(by, {unit}, names):
            row.fault("单位", fault)
        new = _said(row, line, ids[unit])
        if new is None:
            continue
        place = (line.indicator_id, ids[unit])
        first, _ = found.setdefault(place, (row, new))
        if first is not row:
            row.fault("编号", f"{line.code} 与第 {first.number} 行重复")
    return list(found.values()), rows


def _said(row: Row, line: ScoreLine, unit_id: int) -> NewScore | None:
    written, note = row.text("自评分"), row.text("说明") or None
    if written == TAKE_BACK:
        return NewScore(line.indicator_id, ScoreKind.SELF, None, note, unit_id, withdraw=True)
    if not written:
        row.fault("自评分", f"被清空了；要撤回请写“{TAKE_BACK}”")
        return None
    try:
        points = float(points_of(written, line.possible, line.floor))
    except ValueError as error:
        row.fault("自评分", str(error))
        return None
    return NewScore(line.indicator_id, ScoreKind.SELF, points, note, unit_id)
