"""Replay the chain and compare it with the tables: the facts are what the chain says, or are named.

How the two come together. Triggers note each row of a fact table that a transaction of this program
writes (`models.audit.fact_log`); before the commit `models.audit.facts_kept` appends one entry ``facts-kept`` with
the columns that changed, as they are now. A database from before holds one ``baseline``. Replaying
these entries in their order builds every fact anew; whatever a table says otherwise was written past
this program.

What a new writer must do: nothing, if it writes through `open_session` (ORM, core or text). It writes
its own entry too, as before: who, what and why; the kept rows take its author over, and stand under
系统 where it writes none. What a new column of a fact table needs: its word in `models.rules.audit.facts`, and
in `LATER` there the value that its migration gives to rows of before. What a migration must not do:
make a fact table anew by hand (`models.migrations.rebuild` keeps it) or change facts outside
`models.schema.upgrade`, which seals what migrations change.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from models.audit.fact_rows import rows_of
from models.audit.facts_kept import BASELINE, KEPT
from models.audit.links import Link
from models.rules.audit.fact_table import FactTable, Value
from models.rules.audit.facts import BY_NAME, LATER, TABLES


@dataclass(slots=True)
class Replayed:
    """The facts as the chain says them: by table and row, the values and the entry that said them last."""

    rows: dict[str, dict[int, list[Value]]] = field(
        default_factory=lambda: {table.name: {} for table in TABLES}
    )
    said_in: dict[tuple[str, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not as the chain says; ``kept`` or ``found`` is None where it has no such row.

    ``entry`` is the number of the entry that said it last. Values are in the table's order.
    """

    table: FactTable
    row_id: int
    kept: Sequence[Value] | None
    found: Sequence[Value] | None
    entry: int | None = None


def replay(links: Iterable[Link]) -> Replayed:
    """Return the facts that the entries say, in their order; unreadable ones say nothing.

    Whether each entry is as it was written is the chain's own question (`models.audit.check`).
    """
    replayed = Replayed()
    for link in links:
        if link.what not in (KEPT, BASELINE):
            continue
        with suppress(ValueError, LookupError, TypeError, AttributeError, RecursionError):
            for piece in json.loads(link.facts)["kept"]:
                if table := BY_NAME.get(piece["table"]):
                    _take(replayed, table, piece, link.id)
    return replayed


def _take(replayed: Replayed, table: FactTable, piece: Mapping[str, Any], entry: int) -> None:
    rows, names = replayed.rows[table.name], list(table.columns)
    for row_id in piece.get("gone", ()):
        rows.pop(row_id, None)
    if "rows" not in piece:
        return
    places = [names.index(name) if name in table.columns else None for name in piece["columns"]]
    shared = [
        (names.index(name), value)
        for name, value in piece.get("same", {}).items()
        if name in table.columns
    ]
    fresh = [LATER.get((table.name, name)) for name in names]
    whole = not shared and places == list(range(len(names)))
    for row_id, *values in piece["rows"]:
        replayed.said_in[table.name, row_id] = entry
        if whole:
            rows[row_id] = values
            continue
        if row_id not in rows:
            rows[row_id] = fresh.copy()
        row = rows[row_id]
        for place, value in shared:
            row[place] = value
        for at, value in zip(places, values, strict=True):
            if at is not None:
                row[at] = value


def differences(connection: Connection, replayed: Replayed) -> Iterator[Difference]:
    """Yield every row that is not as the chain says, table by table; one statement for each table."""
    for table in TABLES:
        kept = replayed.rows[table.name]
        seen = 0
        for row in rows_of(connection, table):
            row_id: Any = row[0]
            values = kept.get(row_id)
            if values is None:
                yield Difference(table, row_id, None, row[1:])
                continue
            seen += 1
            if values != list(row[1:]):
                entry = replayed.said_in[table.name, row_id]
                yield Difference(table, row_id, values, row[1:], entry)
        if seen < len(kept):
            there = {row[0] for row in rows_of(connection, table)}
            for row_id in sorted(kept.keys() - there):
                entry = replayed.said_in[table.name, row_id]
                yield Difference(table, row_id, kept[row_id], None, entry)
