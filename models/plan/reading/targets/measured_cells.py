"""Cells that hold a number alone, whose measure stands in another cell of their row: 率 | % | ≥96."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from models.plan.doubt import Doubt
from models.plan.reading.persons.people import cleaned
from models.plan.reading.tables.heads import TARGET, Table
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, quoted
from models.plan.schema import Target

_NUMBER = r"(?P<number>(?:[≥≤>＞<＜=]|不[低少]于|不[超高]过?于?|达到?)?{数值})"
_ALONE = rf"{_NUMBER}(?P<end>以上|以下|以内)?"
BOUNDED = (
    r"(?:[≥≤]|不[低少]于|不超过|不高于){数值}(?:%|{H}){0,4}|{数值}(?:%|{H}){0,4}?(?:以上|以下|以内)"
)


def with_measure(cell: str, row: Sequence[str], measures: Collection[str]) -> str:
    """Return ``cell`` with the measure that another cell of its row holds: 96以上 of 率 | % -> 96%以上."""
    alone = pattern(_ALONE).fullmatch(cell)
    measure = next((each for each in row if each.lstrip("万亿") in measures), "") if alone else ""
    return f"{alone['number']}{measure}{alone['end'] or ''}" if alone and measure else cell


def unread_amounts(tables: Iterable[Table], targets: Iterable[Target]) -> Iterator[Doubt]:
    """Yield a doubt about each cell of aims that is an amount and gave no target."""
    lines = {target.source.line for target in targets if target.source}
    amount = rf"{_NUMBER}(?:%|{{H}}){{0,4}}"
    for table in tables:
        for at in table.column(TARGET):
            for row in table.rows:
                cell = row.cells[at]
                if pattern(amount).fullmatch(cell) and row.place(0)[0] not in lines:
                    yield _doubt(table.heads[at], cell, row)


def _doubt(head: str, cell: str, row: Passage) -> Doubt:
    why = f"{quoted(head)}一栏的{quoted(cell)}没有读成指标，请核对"
    return Doubt("target", 0, why, cleaned(row.text[:200], ()))
