"""Rows whose cells hold numbered lists: 1.三项制度；2.案卷评查 beside 1.市司法局；2.市公安局 are two rows."""

from collections.abc import Iterator

from models.plan.reading.outline.markers import read_marker
from models.plan.reading.roles.roles import DEADLINE, POST
from models.plan.reading.tables.heads import DOERS, NUMBER, Table
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern


def rows_apart(table: Table, title_at: int) -> Iterator[Passage]:
    """Yield the rows of ``table``, one whose tasks are a numbered list as a row for each of them.

    The tasks are taken apart where bodies or times beside them are a list of as many, or where the
    table numbers its rows nowhere else; what is no such list holds for each of them.
    """
    numbers = table.column(NUMBER)
    beside = [at for at, what in enumerate(table.columns) if what in {*DOERS, POST, DEADLINE}]
    for row in table.rows:
        lists = [_entries(cell) for cell in row.cells]
        count = len(lists[title_at])
        as_many = any(len(lists[at]) == count for at in beside)
        if count < 2 or (numbers and row.cells[numbers[0]] and not as_many):
            yield row
            continue
        for at in range(count):
            cells = tuple(
                entries[at] if len(entries) == count else cell
                for cell, entries in zip(row.cells, lists, strict=True)
            )
            yield Passage("|".join(cells), row.marks[:1], cells, row.table)


def _entries(cell: str) -> list[str]:
    """Return the entries of a list whose numbers rise from 1, without them; none of any other text."""
    if read_marker(cell) is None:
        return []
    places = [0, *(mark.end() for mark in pattern("[。；，、]").finditer(cell))]
    found = [(at, marker) for at in places if (marker := read_marker(cell[at:]))]
    if len(found) < 2 or [one.number for _, one in found] != list(range(1, len(found) + 1)):
        return []
    ends = [*(at for at, _ in found[1:]), len(cell)]
    entries = [cell[at + one.length : end] for (at, one), end in zip(found, ends, strict=True)]
    return [entry.strip("；，、 ") for entry in entries]
