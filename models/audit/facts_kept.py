"""Seal what a transaction changed in the facts into the chain, so that `models.audit.replay` can build them anew.

`models.database.open_session` calls `cover` before it commits: a writer has nothing to do for it but
to write its own entry (who, what, why), whose author the sealed rows take over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, text
from sqlmodel import Session, SQLModel

from models.audit.chain import (
    LAST_SAID,
    SAID_OF,
    LastSaid,
    NewEntry,
    canonical,
    record_all,
    record_each,
)
from models.audit.fact_log import GONE, WHOLE, forget, noted
from models.audit.fact_rows import Row, rows_of
from models.rules.audit.fact_table import Facts, FactTable, Value
from models.rules.audit.facts import TABLES
from models.rules.calendar.moment import Moment
from models.settings import moment_of

KEPT, BASELINE = "facts-kept", "baseline"
BY_SYSTEM = "系统"
APART = "campaigns apart"  # in Session.info
Masks = dict[str, dict[int, int]]  # by table and row
Found = Mapping[str, Mapping[Value, Row]]  # the same, as the rows are now

IN_ONE = 400  # rows of one entry, at most
LONGEST = 32_000  # characters of one entry's pieces: a cell of Excel holds 32,767


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of one table that say the same columns; those that are gone say none."""

    table: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]

    def as_facts(self) -> Facts:
        """Return it for an entry; a value that all rows share is said once."""
        if not self.columns:
            return {"table": self.table, "gone": [row[0] for row in self.rows]}
        first = self.rows[0]
        shared = [
            n
            for n in range(1, len(first))
            if len(self.rows) > 1 and all(row[n] == first[n] for row in self.rows)
        ]
        left = [n for n in range(1, len(first)) if n not in shared]
        facts: dict[str, Any] = {
            "table": self.table,
            "columns": [self.columns[n - 1] for n in left],
            "rows": [[row[0], *(row[n] for n in left)] for row in self.rows],
        }
        if shared:
            facts["same"] = {self.columns[n - 1]: first[n] for n in shared}
        return facts


def cover(session: Session) -> int:
    """Append what this transaction changed in the facts; return how many entries that took.

    The last thing a transaction does. Nothing changed: no entry, and at most the one short statement
    that asks for what was noted. Otherwise one more to read each table that was written to and one to
    append, however many rows there are.
    """
    session.flush()
    connection = session.connection()
    log = noted(connection)
    if not log:
        return 0
    masks, found = _masks(log), _found(connection, log)
    if not session.info.get(APART):
        said = session.info.get(LAST_SAID) or _by_nobody(connection)
        return _append(session, _entries(_pieces(masks, found)), said, KEPT)
    said_of: dict[int, LastSaid] = session.info.get(SAID_OF, {})
    return record_each(
        session,
        [
            _kept(said_of.get(one) or _by_nobody(connection), _entries(_pieces(theirs, found)))
            for one, theirs in _apart(connection, masks, found)
        ],
    )


def keep_apart(session: Session) -> None:
    """Let `cover` seal what this session changes campaign by campaign, each under its own last word."""
    session.info[APART] = True


def _kept(
    said: LastSaid, entries: Iterable[Facts]
) -> tuple[int | None, Moment, Iterable[NewEntry]]:
    each = (NewEntry(said.who, KEPT, said.subject, facts) for facts in entries)
    return said.campaign_id, said.moment, each


def _apart(connection: Connection, masks: Masks, found: Found) -> Iterator[tuple[int, Masks]]:
    """Yield what was changed of each campaign, by the campaign that a row is of."""
    of: dict[int, Masks] = {}
    for table in TABLES:
        if table.name in masks:
            owners = _owners(connection, table, found[table.name])
            for row_id, mask in masks[table.name].items():
                theirs = of.setdefault(owners.get(row_id, 0), {})
                theirs.setdefault(table.name, {})[row_id] = mask
    yield from of.items()


def _owners(connection: Connection, table: FactTable, rows: Mapping[Value, Row]) -> dict[Any, Any]:
    """Return the campaign of each row, of the row it belongs to where it names none itself."""
    if table.name == "campaign":
        return {row_id: row_id for row_id in rows}
    if "campaign_id" in table.columns:
        place = 1 + list(table.columns).index("campaign_id")
        return {row_id: row[place] for row_id, row in rows.items()}
    keys = SQLModel.metadata.tables[table.name].foreign_keys
    key = next(key for key in keys if "campaign_id" in key.column.table.columns)
    sql = f"""SELECT t.id, o.campaign_id FROM {table.name} t
        JOIN {key.column.table.name} o ON o.id = t.{key.parent.name}
        WHERE t.id IN (SELECT id FROM changed_fact WHERE tbl = :name)"""  # noqa: S608 - names of ours
    return {row.id: row.campaign_id for row in connection.execute(text(sql), {"name": table.name})}


def write_baseline(session: Session, now: datetime) -> int:
    """Append every fact as it stands, for what the chain has of before names no rows."""
    connection = session.connection()
    pieces = (
        Piece(table.name, list(table.columns), rows)
        for table in TABLES
        for rows in _chunks(list(rows_of(connection, table)))
    )
    said = LastSaid(None, BY_SYSTEM, "升级前的事实", moment_of(now))
    count = _append(session, _entries(pieces), said, BASELINE)
    forget(connection)
    return count


def _append(session: Session, entries: Iterable[Facts], said: LastSaid, what: str) -> int:
    all_said = (NewEntry(said.who, what, said.subject, facts) for facts in entries)
    return record_all(session, said.campaign_id, said.moment, all_said)


def _by_nobody(connection: Connection) -> LastSaid:
    """Return who and when where the writer wrote no entry: the time is the database's own."""
    said: Any = connection.execute(text("SELECT CURRENT_TIMESTAMP")).scalar_one()
    now = datetime.fromisoformat(said) if isinstance(said, str) else said
    now = now.replace(tzinfo=UTC) if now.tzinfo is None else now.astimezone(UTC)
    return LastSaid(None, BY_SYSTEM, "", moment_of(now))


def _masks(log: Sequence[tuple[str, int, int]]) -> Masks:
    masks: Masks = {}
    for name, row_id, mask in log:
        of_table = masks.setdefault(name, {})
        known = of_table.get(row_id, 0)
        # Put in or taken out: said as a whole, or as gone, whichever it is by now.
        of_table[row_id] = WHOLE if WHOLE in (known, mask) or mask == GONE else known | mask
    return masks


def _found(connection: Connection, log: Sequence[tuple[str, int, int]]) -> Found:
    names = {name for name, *_ in log}
    return {
        table.name: {row[0]: row for row in rows_of(connection, table, changed=True)}
        for table in TABLES
        if table.name in names
    }


def _pieces(masks: Masks, found: Found) -> Iterator[Piece]:
    for table in TABLES:
        if of_table := masks.get(table.name, {}):
            yield from _of_table(table, of_table, found[table.name])


def _of_table(
    table: FactTable, masks: dict[int, int], found: Mapping[Value, Row]
) -> Iterator[Piece]:
    by_mask: dict[int, list[Row]] = {}
    for row_id, mask in masks.items():
        if row_id in found:
            by_mask.setdefault(mask, []).append(found[row_id])
    names = list(table.columns)
    for mask, rows in by_mask.items():
        places = [n for n in range(len(names)) if mask == WHOLE or mask >> n & 1]
        said = [(row[0], *(row[n + 1] for n in places)) for row in rows]
        for chunk in _chunks(said):
            yield Piece(table.name, [names[n] for n in places], chunk)
    gone = [(row_id,) for row_id in masks if row_id not in found]
    for chunk in _chunks(gone):
        yield Piece(table.name, [], chunk)


def _chunks(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[n : n + IN_ONE] for n in range(0, len(rows), IN_ONE))


def _entries(pieces: Iterable[Piece]) -> Iterator[Facts]:
    """Yield the facts of entries, each of at most `IN_ONE` rows and `LONGEST` characters.

    A single row that is longer stands alone.
    """
    waiting: list[Facts] = []
    rows = length = 0
    for piece in pieces:
        for part, facts, size in _fitting(piece):
            if waiting and (rows + len(part.rows) > IN_ONE or length + size > LONGEST):
                yield {"kept": waiting}
                waiting, rows, length = [], 0, 0
            waiting.append(facts)
            rows += len(part.rows)
            length += size
    if waiting:
        yield {"kept": waiting}


def _fitting(piece: Piece) -> Iterator[tuple[Piece, Facts, int]]:
    """Yield a piece, or halves of it until each fits, with its facts and how long they are."""
    facts = piece.as_facts()
    size = len(canonical(facts)) + 1  # and a comma
    if size <= LONGEST or len(piece.rows) == 1:
        yield piece, facts, size
        return
    half = len(piece.rows) // 2
    for rows in (piece.rows[:half], piece.rows[half:]):
        yield from _fitting(replace(piece, rows=rows))
