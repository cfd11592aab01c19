"""Tables: rows of a file, or of text with | or tabs; their columns by what their heads say."""

from collections.abc import Iterable

from models.plan.passages import Passage
from models.plan.roles import Grammar
from models.plan.table_heads import Table, are_heads, head_words, meaning_of, settle
from models.plan.table_rows import add_row
from models.plan.turned_tables import upright


def find_tables(passages: Iterable[Passage], grammar: Grammar) -> list[Table]:
    """Return the tables with a head among ``passages``; a head repeated on a new page is dropped.

    A row whose number is missing while others have one goes on with the row above; a table without a
    head and as many columns as the one before continues it.
    """
    tables: list[Table] = []
    current: Table | None = None
    number = 0
    for passage in upright(passages, head_words(grammar)):
        if not passage.cells:
            continue
        if passage.table != number:
            number = passage.table
            if not (
                current
                and len(current.columns) == len(passage.cells)
                and not are_heads(passage.cells, grammar)
            ):
                current = None
        if are_heads(passage.cells, grammar):
            if current is None or list(passage.cells) != current.heads:
                columns = [meaning_of(cell, grammar) for cell in passage.cells]
                current = Table(settle(columns, passage.cells), list(passage.cells))
                tables.append(current)
            continue
        if current is not None:
            add_row(current, passage)
    return tables
