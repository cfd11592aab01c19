"""Two databases side by side: does the one that it moved to hold what the other does, row by row?"""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, Table, text

from models.backup.destination import Destination
from models.backup.rows import tables_now, tally_of
from models.backup.state import MOVED, mark_of
from models.database import engine_for, in_one_line
from models.settings import settings

# What only grows, and grows by the move itself: compared as far as it went before. Each with the column
# that says of which entry a row is.
SEALED = {"audit_entry": "id", "audit_head": "last_id"}
MOVE = "database-moved"
_LAST_HASH = "SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1"
_MOVE_THERE = "SELECT id, facts FROM audit_entry WHERE what = :what AND previous = :last"
_LAST = 'SELECT max(id) FROM "{}"'
_BEHIND = 'SELECT {} FROM "{}" WHERE id > :until ORDER BY id LIMIT 2'


@dataclass(frozen=True, slots=True)
class Compared:
    """One table of both databases; ``since`` counts what the second one has behind what the first has.

    ``own`` says that all that the newer one has behind the other is the row which the move itself wrote.
    """

    table: str
    rows: int
    there: int
    same: bool
    since: int = 0
    digest: str = ""
    own: bool = False


def compared_with(to: Destination) -> list[Compared]:
    """Return for each table whether the database there holds the same rows as the one in use, to the letter.

    What the move from one of them to the other wrote itself is no difference, whichever is in use.
    """
    engine = engine_for(settings().database).execution_options(read_only=True)
    with in_one_line(engine), engine.begin() as source, to.looked_at() as target:
        here = there = None
        if mark_of(source).copy == MOVED:
            there = entry_of_the_move(source, target)
        elif mark_of(target).copy == MOVED:
            here = entry_of_the_move(target, source)
        return [
            _sealed_compared(source, target, table, (here, there))
            if table.name in SEALED
            else _compared(source, target, table)
            for table in tables_now()
        ]


def entry_of_the_move(older: Connection, newer: Connection) -> int | None:
    """Return the number of the entry that the move of ``older`` wrote in ``newer``; None where none stands.

    However an address is written: the chain of ``newer`` goes on from the last entry of ``older`` with that
    of the move, which names the same place as the mark of ``older`` does.
    """
    moved_to = mark_of(older).moved_to
    said = {"what": MOVE, "last": older.execute(text(_LAST_HASH)).scalar()}
    found = newer.execute(text(_MOVE_THERE), said)
    return next((row.id for row in found if json.loads(row.facts).get("to") == moved_to), None)


def _sealed_compared(
    source: Connection, target: Connection, table: Table, moves: tuple[int | None, int | None]
) -> Compared:
    here, there = moves
    last = text(_LAST.format(table.name))
    until, until_there = (one.execute(last).scalar() or 0 for one in (source, target))
    own = _is_alone(target, table, until, there)
    if _is_alone(source, table, until_there, here):
        own, until = True, until_there
    behind = text(f"SELECT count(*) FROM {table.name} WHERE id > :until")  # noqa: S608 - a name of ours
    since = target.execute(behind, {"until": until}).scalar_one()
    return _compared(source, target, table, (until, since, own))


def _is_alone(connection: Connection, table: Table, until: int, move: int | None) -> bool:
    """Return whether behind row ``until`` stands that of the ``move``, and no other."""
    behind = text(_BEHIND.format(SEALED[table.name], table.name))
    return move is not None and list(connection.scalars(behind, {"until": until})) == [move]


def _compared(
    source: Connection,
    target: Connection,
    table: Table,
    sealed: tuple[int | None, int, bool] = (None, 0, False),
) -> Compared:
    until, since, own = sealed
    here, there = tally_of(source, table, until), tally_of(target, table, until)
    return Compared(table.name, here.rows, there.rows, here.said == there.said, since, own=own)
