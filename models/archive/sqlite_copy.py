"""The tables of one campaign as a SQLite file that explains itself: a view in Chinese for each of them."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from sqlmodel import Session

from models.archive.links import bare_links
from models.archive.tables import ArchivedTable, archived_rows, archived_tables
from models.errors import DatabaseError
from models.rules.archive.codes import CODES
from models.rules.archive.left_out import COLUMNS, TABLES
from models.rules.archive.privacy import without_persons
from models.rules.archive.words import column_word, table_word
from models.rules.audit.fact_table import Value

CHAIN, LINKS = "audit_entry", "chain_link"
MEANT = "代码"
NO_ROOM = (
    "归档没有写成：磁盘已满或读写出错，什么也没有留下；请检查要写到的文件夹所在的磁盘，再运行一次"
)
EXPLAINED = (
    ("说明", "表, 表的含义, 字段, 字段的含义"),
    (MEANT, '表, 字段, 代码, 含义, PRIMARY KEY ("表", "字段", "代码")'),
    ("没有归档的", "表, 字段, 原因"),
)


def sqlite_copy(session: Session, campaign_id: int, file: Path) -> dict[str, int]:
    """Write every row of a campaign into the new SQLite ``file``; return how many each table has.

    Rows go through one by one: however many there are, few are in memory. Personal numbers and mail
    addresses in texts are masked; an entry of the chain that had one says so in ``chain_link``, for it
    cannot be checked against its hash any more. Tables hold codes as they were; the views say their words.
    Raises DatabaseError where there is no room for it.
    """
    try:
        with closing(sqlite3.connect(file, isolation_level=None)) as copy:
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):  # a draft: whole or not kept
                copy.execute(f"PRAGMA {pragma}")
            copy.execute("BEGIN")
            counts = _copied(copy, session, campaign_id)
            copy.execute("COMMIT")
            return counts
    except sqlite3.OperationalError as error:
        raise DatabaseError(NO_ROOM) from error


def _copied(copy: sqlite3.Connection, session: Session, campaign_id: int) -> dict[str, int]:
    tables = archived_tables()
    _explain(copy, tables)
    counts, masked = {}, set[Value]()
    for table in tables:
        rows = archived_rows(session, table.name, campaign_id)
        of_chain = masked if table.name == CHAIN else None
        counts[table.name] = _fill(copy, table, _shown(rows, of_chain))
    _links(copy, session, campaign_id, masked)
    return counts


def _fill(copy: sqlite3.Connection, table: ArchivedTable, rows: Iterable[Sequence[Value]]) -> int:
    columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns)
    copy.execute(f'CREATE TABLE "{table.name}" ({columns})')
    places = ", ".join("?" * len(table.columns))
    copy.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', rows)  # noqa: S608 - names of ours
    [count] = copy.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()  # noqa: S608
    words = ", ".join(_in_view(table.name, name) for name in table.names)
    view = _free_name(copy, table.name)
    copy.execute(f'CREATE VIEW "{view}" AS SELECT {words} FROM "{table.name}"')  # noqa: S608
    return int(count)


def _in_view(table: str, column: str) -> str:
    """Return a column as the view in Chinese has it: under its word, a code as what it means."""
    value = f'"{table}"."{column}"'
    if (table, column) in CODES:
        value = f"""coalesce((SELECT 含义 FROM {MEANT} WHERE 表 = '{table}' AND 字段 = '{column}'
            AND 代码 = CAST({value} AS TEXT)), {value})"""  # noqa: S608 - names of ours
    return f'{value} AS "{column_word(table, column)}"'


def _free_name(copy: sqlite3.Connection, table: str) -> str:
    """Return what the view of a table is called: its word, with the table's own name where that is taken."""
    word = table_word(table)
    taken = {row[0] for row in copy.execute("SELECT name FROM sqlite_master")}
    return f"{word}（{table}）" if word in taken else word


def _shown(
    rows: Iterable[tuple[Value, ...]], masked: set[Value] | None
) -> Iterator[tuple[Value, ...]]:
    for row in rows:
        shown = tuple(without_persons(one) if isinstance(one, str) else one for one in row)
        if masked is not None and shown != row:
            masked.add(row[0])
        yield shown


def _links(
    copy: sqlite3.Connection, session: Session, campaign_id: int, masked: set[Value]
) -> None:
    copy.execute(
        f"CREATE TABLE {LINKS} (id INTEGER, own INTEGER, previous TEXT, hash TEXT, masked INTEGER)"
    )
    rows = ((*link, int(link.id in masked)) for link in bare_links(session, campaign_id))
    copy.executemany(f"INSERT INTO {LINKS} VALUES (?, ?, ?, ?, ?)", rows)  # noqa: S608


def _explain(copy: sqlite3.Connection, tables: Sequence[ArchivedTable]) -> None:
    columns: list[tuple[str, ...]] = [
        (table.name, table_word(table.name), name, column_word(table.name, name))
        for table in tables
        for name in table.names
    ]
    codes: list[tuple[str, ...]] = [
        (*place, code, word) for place, words in CODES.items() for code, word in words.items()
    ]
    left_out: list[tuple[str, ...]] = [(name, "", why) for name, why in TABLES.items()]
    left_out += [(*place, why) for place, why in COLUMNS.items()]
    for (name, head), rows in zip(EXPLAINED, (columns, codes, left_out), strict=True):
        copy.execute(f'CREATE TABLE "{name}" ({head})')
        places = ", ".join("?" * len(rows[0]))
        copy.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows)  # noqa: S608
