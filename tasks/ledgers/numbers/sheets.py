"""The sheets for numbers in a unit's ledger: what it counted for each target, what it scores itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.evidence.ledgers.issues import LedgerPart
from models.figures.lines import Measured
from models.figures.scoring import ScoreLine
from tasks.figures.figure_rows import FIGURES, figure_cells
from tasks.figures.self_rows import SELF_SCORES, self_cells
from tasks.workbook.declaring import Column

_PLACE = ("编号", "单位", "期间")  # what a row speaks of: not to be changed in a ledger
_NARROWER = {"要求": 25.0, "数据来源": 16.0, "指标": 40.0, "评分办法": 31.0}


def _fixed(column: Column) -> Column:
    """Return a column as a ledger has it: what a row speaks of is locked, and all of them fit on A4."""
    width = _NARROWER.get(column.name, column.width)
    return replace(column, locked=column.locked or column.name in _PLACE, width=width)


OWN_FIGURES = replace(
    FIGURES,
    columns=tuple(_fixed(column) for column in FIGURES.columns),
    note=(
        "只填分子、分母、数据来源、证明材料和撤回。没有统计的空着，不要填 0；确实没有发生的填 0。"
        "只填本单位的数，合计由程序把各单位的分子、分母分别相加。没有变化的行不必填。"
    ),
    spare=0,
    protected=True,
)
OWN_SCORES = replace(SELF_SCORES, columns=tuple(_fixed(column) for column in SELF_SCORES.columns))


@dataclass(frozen=True, slots=True)
class Numbers:
    """The rows of both sheets, and how many figures are owed."""

    figures: Sequence[tuple[Any, ...]] = ()
    scores: Sequence[tuple[Any, ...]] = ()
    owed: int = 0


def numbers_of(
    figures: Iterable[Measured], lines: Iterable[ScoreLine], parts: Iterable[LedgerPart]
) -> Numbers:
    """Return what the sheets of a unit show: its ``figures`` and its ``parts`` in what is scored."""
    own = list(figures)
    scored: dict[int, list[LedgerPart]] = {}
    for part in parts:
        if part.indicator_id is not None:
            scored.setdefault(part.indicator_id, []).append(part)
    return Numbers(
        [figure_cells(line) for line in own],
        list(self_cells(lines, scored)),
        sum(line.missing for line in own),
    )
