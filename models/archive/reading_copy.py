"""Read the SQLite copy of a campaign's tables again, row by row, for what an archive has beside it."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from models.rules.archive.codes import CODES
from models.rules.audit.fact_table import Value
from models.rules.words import OFFICE, MilestoneKind, Progress, Role, words_of

PROGRESS_HEAD = (
    *("编号", "类别", "事项", "单位", "角色", "截止日期"),
    *("状态", "完成日期", "登记人", "说明"),
)
_PROGRESS = f"""
    SELECT m.code, m.kind, m.title, coalesce(u.name, '{OFFICE}'), '', m.due, m.state, m.done_on, m.by_post, m.note
    FROM (SELECT * FROM milestone WHERE NOT withdrawn ORDER BY position, id) m
    LEFT JOIN unit u ON u.id = m.unit_id
    UNION ALL
    SELECT coalesce('W' || w.ordinal, i.code), '责任分解', coalesce(w.title, i.title), u.name, a.role, a.due,
           a.state, a.done_on, a.by_post, a.note
    FROM (SELECT * FROM assignment WHERE NOT withdrawn
          ORDER BY work_item_id IS NULL, work_item_id, indicator_id, role, unit_id) a
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id"""  # noqa: S608
_KINDS, _ROLES, _STATES = words_of(MilestoneKind), words_of(Role), words_of(Progress)

Row = tuple[Value, ...]


@contextmanager
def opened_copy(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a copy to read it, and nothing else."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        yield copy


def columns_of(copy: sqlite3.Connection, table: str) -> list[str]:
    """Return the names of the columns of a table."""
    return [row[1] for row in copy.execute(f'PRAGMA table_info("{table}")')]


def rows_in_words(copy: sqlite3.Connection, table: str) -> Iterator[Row]:
    """Yield the rows of a table in their order, every code as what it means."""
    meant = [CODES.get((table, column)) for column in columns_of(copy, table)]
    for row in copy.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - names of ours
        yield tuple(
            words.get(str(cell), cell) if words and cell is not None else cell
            for words, cell in zip(meant, row, strict=True)
        )


def progress_rows(copy: sqlite3.Connection) -> Iterator[Row]:
    """Yield a row under `PROGRESS_HEAD` for every milestone, then for every unit's part, in words."""
    for code, kind, title, unit, role, due, state, *rest in copy.execute(_PROGRESS):
        what, part = _KINDS.get(kind, kind), _ROLES.get(role, role)
        yield code, what, title, unit, part, due, _STATES.get(state, state), *rest


def hashes_in(
    copy: sqlite3.Connection, table: str, column: str, called: Sequence[str]
) -> Iterator[Row]:
    """Yield the hash, the row's number and the first of ``called`` that the table has, of rows with a hash."""
    known = columns_of(copy, table)
    name = next((f'"{one}"' for one in called if one in known), "''")
    said = f'SELECT "{column}", id, {name} FROM "{table}" WHERE "{column}" <> \'\' ORDER BY id'  # noqa: S608 - names of ours
    yield from copy.execute(said)
