"""Tables: rows of a file, or of text with | or tabs; their columns by what their heads say."""

from collections.abc import Iterable, Sequence

from models.plan.reading.roles.roles import Grammar
from models.plan.reading.tables.heads import NUMBER, Table, are_heads
from models.plan.reading.tables.layouts import laid_out
from models.plan.reading.tables.rows import add_row
from models.plan.reading.tables.two_rows import are_bounds, of_two_rows
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern


def find_tables(
    passages: Iterable[Passage], grammar: Grammar, strays: list[Passage] | None = None
) -> list[Table]:
    """Return the tables with a head among ``passages``; a head repeated on a new page is dropped.

    A row whose number is missing while others have one goes on with the row above; a table without a
    head and as many columns as the one before continues it, or an earlier one whose numbers it counts
    on. Rows that stand under no head are added to ``strays``.
    """
    tables: list[Table] = []
    current: Table | None = None
    number = 0
    for passage in laid_out(passages, grammar):
        if not passage.cells:
            continue
        is_head = are_heads(passage.cells, grammar)
        if passage.table != number:
            number = passage.table
            current = _continued(tables, current, passage.cells, is_head=is_head)
        above = current.heads if current is not None and not current.rows else ()
        if is_head or are_bounds(above, passage.cells):
            current = _under(passage.cells, current, tables, grammar)
        elif current is not None:
            add_row(current, passage)
        elif strays is not None:
            strays.append(passage)
    return tables


def _continued(
    tables: Sequence[Table], current: Table | None, cells: Sequence[str], *, is_head: bool
) -> Table | None:
    """Return the table that goes on with the first row of another one, None where none does."""
    if current and len(current.columns) == len(cells) and not is_head:
        return current
    return next((table for table in reversed(tables) if _counts_on(table, cells)), None)


def _under(
    cells: Sequence[str], current: Table | None, tables: list[Table], grammar: Grammar
) -> Table:
    """Return the table under a row of heads: the current one where they are its own, repeated."""
    heads = list(cells)
    if current is not None and not current.rows:  # the second of two rows of heads
        heads = of_two_rows(current.heads, heads)
        tables.pop()
    elif current is not None and _is_caption(current.rows[-1]):
        current.rows.pop()
    if current is not None and current.rows and heads == current.heads:
        return current
    tables.append(Table.under(heads, grammar))
    return tables[-1]


def _is_caption(row: Passage) -> bool:
    """Say whether a row in front of a repeated head is the name of the table: 重点任务分解表."""
    said = set(row.cells) - {""}
    return len(said) == 1 and bool(
        pattern(r"[^、]{2,40}(?:表|清单|台账)(?:（.{1,6}）)?").fullmatch(max(said))
    )


def _counts_on(table: Table, cells: Sequence[str]) -> bool:
    """Say whether a row without a head is the next one of a table of tasks, whatever stands between them."""
    numbers = table.column(NUMBER)
    if not (table.is_task_table and numbers and table.rows and len(cells) == len(table.columns)):
        return False
    last = next((r.cells for r in reversed(table.rows) if r.cells[numbers[0]].isdecimal()), None)
    here = cells[numbers[0]]
    return last is not None and here.isdecimal() and int(here) == int(last[numbers[0]]) + 1
