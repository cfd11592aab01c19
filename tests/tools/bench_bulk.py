"""Row 9: rows into PostgreSQL as a move of the database puts them, beside what ``\\copy`` takes for the same.

Run by ``python -m tests.tools.bench_bulk``; prints rows of the table, asserts nothing. Both write the same
rows into the same empty table with the indexes of ours, each in one transaction.
"""

import sys
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from sqlalchemy import Connection, MetaData, Table, text

from models.backup.rows import put_rows, rows_of_table
from models.campaign.work import Assignment
from models.database import engine_for
from models.settings import settings
from tests.tools.bench_scale import PROVINCE, filled
from tests.tools.bench_table import Figure, floor, say, taken
from tests.tools.country import Size

PIECE = 1 << 20  # characters at once: as psql reads a file


def main() -> None:
    """Print each figure as a row."""
    for figure in figures(PROVINCE):
        say(figure)


def figures(size: Size, times: int = 3) -> Iterator[Figure]:
    """Yield what putting a province's assignments takes."""
    with filled("postgresql", size), engine_for(settings().database).connect() as connection:
        connection.execute(text("CREATE TABLE put (LIKE assignment INCLUDING ALL)"))
        connection.commit()
        rows = list(rows_of_table(connection, _table("assignment")))
        lines = _as_lines(rows)
        to = _table("put")
        ours, theirs = (
            median(_emptied(connection, step) for _ in range(times))
            for step in (
                lambda: put_rows(connection, to, iter(rows)),
                lambda: _psql(connection, to, lines),
            )
        )
        what = f"写入 PostgreSQL，{len(rows):,} 条责任分解"
        yield Figure("9", what, ours, floor(1.67), "psql 的 \\copy", theirs)


def _table(name: str) -> Table:
    return Assignment.__table__.to_metadata(MetaData(), name=name)  # type: ignore[attr-defined]


def _as_lines(rows: list[tuple[Any, ...]]) -> str:
    """Return the file that ``\\copy`` reads; nothing in these rows has to be escaped."""
    return "".join(
        "\t".join("\\N" if one is None else str(one) for one in row) + "\n" for row in rows
    )


def _emptied(connection: Connection, step: Callable[[], object]) -> float:
    """Return the seconds of ``step`` into the empty table, with its commit."""
    connection.execute(text("TRUNCATE put"))
    connection.commit()

    def whole() -> None:
        step()
        connection.commit()

    return taken(whole)


def _psql(connection: Connection, to: Table, lines: str) -> None:
    """Send what ``\\copy put FROM file`` sends: the file as it is, a piece after the other."""
    raw: Any = connection.connection.dbapi_connection
    names = ", ".join(column.name for column in to.columns)
    with raw.cursor() as cursor, cursor.copy(f"COPY put ({names}) FROM STDIN") as copy:
        for at in range(0, len(lines), PIECE):
            copy.write(lines[at : at + PIECE])


if __name__ == "__main__":
    sys.exit(main())
