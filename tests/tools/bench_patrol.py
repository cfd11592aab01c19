"""Rows 2 and 4 of the figures: a patrol's body beside its own statements on a bare driver.

The floor is what the database itself takes: the statements of one patrol, with their values and
commits, recorded and run again with `sqlite3` alone on a copy of the database.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import event

from models.database import BUSY_SECONDS, engine_for
from models.settings import moment_of, settings
from tests.tools.bench_table import Figure, at_most, floor, in_turn, rival, taken, timed

TODAY = date(2025, 7, 21)
NOW = datetime(2025, 7, 21, 4, 0, tzinfo=UTC)

Statement = tuple[str, Any, bool]  # the text, its values, whether they are many rows of values

PANDAS = """
import sqlite3, sys, pandas
frame = pandas.read_excel(sys.argv[1])
late = (frame.state == "open") & (frame.due < "2025-07-21")
near = (frame.state == "open") & (frame.due >= "2025-07-21") & (frame.due <= "2025-07-27")
print(frame.assign(red=late, blue=near).groupby("unit")[["red", "blue"]].sum().sum())
"""


def figures(home: Path, run: Callable[..., Callable[[], object]]) -> Iterator[Figure]:
    """Yield the figures of a patrol of "jc" in ``home``; ``run`` makes a command of its words."""
    from tasks.patrol.patrol import patrol_campaign

    def again() -> Any:
        return patrol_campaign("jc", moment_of(NOW, TODAY))

    size = f"{again().board.assignments.total:,} 条责任分解"  # the first of the day, which tells
    with recorded() as statements:
        again()
    copy = home / "copy.db"
    with closing(sqlite3.connect(home / "shifan.db")) as live, closing(sqlite3.connect(copy)) as to:
        live.backup(to)
    with closing(_bare(copy)) as connection:
        ours, bare = in_turn(again, lambda: replay(connection, statements), 15)
    what = f"巡查本体，{size}"
    yield Figure("2", what, ours, floor(1.5), "同样的语句在裸 sqlite3 上重放", bare)
    yield Figure("2", what, ours, at_most(0.02))
    book, script = home / "ledger.xlsx", home / "script.py"
    _ledger(home, book)
    script.write_text(PANDAS)
    pandas = timed(run(sys.executable, str(script), str(book)), 3)
    yield Figure("2", what, ours, rival(25), "pandas 脚本", pandas)
    yield Figure("4", f"巡查的 SQL 语句，{size}", len(asked(statements)), at_most(40), unit="条")


def large(home: Path) -> Iterator[Figure]:
    """Yield what a patrol of the largest campaign in ``home`` takes and asks, with channels for all."""
    from tasks.patrol.patrol import patrol_campaign

    _give_everybody_a_channel(home)

    def patrol() -> Any:
        return patrol_campaign("jc", moment_of(NOW, TODAY))

    start = perf_counter()
    first = patrol()
    took = perf_counter() - start
    with recorded() as statements:
        again = taken(patrol)
    what = f"{first.board.assignments.total:,} 条责任分解、人人有通道"
    yield Figure("4", f"巡查，{what}，写下 {first.notices_created:,} 条提醒", took, at_most(10))
    yield Figure("4", f"巡查，{what}，没有新事", again, at_most(10))
    yield Figure("4", f"巡查的 SQL 语句，{what}", len(asked(statements)), at_most(40), unit="条")


def _give_everybody_a_channel(home: Path) -> None:
    with closing(sqlite3.connect(home / "shifan.db")) as connection:
        tags = [tag for (tag,) in connection.execute("SELECT DISTINCT tag FROM post ORDER BY tag")]
    urls = [{f"wecomrobot://bench-{n:04d}": {"tag": tag}} for n, tag in enumerate(tags)]
    channels = home / "channels.yaml"
    channels.write_text(json.dumps({"urls": urls}, ensure_ascii=False))
    channels.chmod(0o600)
    os.environ["SHIFAN_CHANNELS"] = str(channels)


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """Yield the statements that go to the office's database meanwhile, commits among them."""
    engine = engine_for(settings().database)
    said: list[Statement] = []

    def asks(_c: Any, _cursor: Any, text: str, values: Any, _context: Any, many: bool) -> None:
        said.append((text, values, many))

    def ends(word: str) -> Callable[[Any], None]:
        return lambda _connection: said.append((word, (), False))

    listeners = {
        "before_cursor_execute": asks,
        "commit": ends("COMMIT"),
        "rollback": ends("ROLLBACK"),
    }
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    yield said
    for name, listener in listeners.items():
        event.remove(engine, name, listener)


def replay(connection: sqlite3.Connection, statements: list[Statement]) -> None:
    """Run ``statements`` again and take every row they answer."""
    cursor = connection.cursor()
    for text, values, many in statements:
        if many:
            cursor.executemany(text, values)
        else:
            cursor.execute(text, values)
            if cursor.description:
                cursor.fetchall()


def asked(statements: list[Statement]) -> list[str]:
    """Return the texts of ``statements`` that ask or write something."""
    ends = ("BEGIN", "COMMIT", "ROLLBACK")
    return [text for text, _, _ in statements if not text.startswith(ends)]


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):  # as ours
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _ledger(home: Path, book: Path) -> None:
    import xlsxwriter

    with closing(sqlite3.connect(home / "shifan.db")) as connection:
        rows = connection.execute("SELECT unit_id, due, state FROM assignment").fetchall()
    workbook = xlsxwriter.Workbook(str(book))
    sheet = workbook.add_worksheet()
    for number, row in enumerate([("unit", "due", "state"), *rows]):
        sheet.write_row(number, 0, row)
    workbook.close()
