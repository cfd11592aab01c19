"""The tables of a SQLite copy as .csv files that a spreadsheet opens and takes for nothing but text."""

import csv
import io
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from models.rules.archive.words import column_word, table_word
from tasks.archive.sqlite_copy import EXPLAINED
from tasks.file_names import plain_name
from tasks.packages.index import harmless
from tasks.packages.pieces import BOM, encoded
from tasks.packages.sinks import Sink

LONGEST_CELL = 32_000  # characters; a spreadsheet breaks a cell that has more than 32,767
CUT = "……（这一格太长，全文见 数据.sqlite）"


def csv_into(sink: Sink, root: str, file: Path, tables: Sequence[str], now: datetime) -> None:
    """Write each of ``tables`` of the SQLite ``file`` below ``root``, and those that explain them.

    The heading names a column in Chinese, then as it is called in the SQLite file.
    """
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
        for name in (*tables, *(name for name, _ in EXPLAINED)):
            found = copy.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - names of ours
            names = [column[0] for column in found.description]
            head = [_heading(name, column) for column in names]
            sink.add(f"{root}/{csv_name(name)}", encoded(_lines(head, found), BOM), now)


def csv_name(table: str) -> str:
    """Return what the .csv of a table is called: 责任分解 assignment.csv."""
    word = table_word(table)
    return plain_name(table if word == table else f"{word} {table}") + ".csv"


def _heading(table: str, column: str) -> str:
    word = column_word(table, column)
    return column if word == column else f"{word}（{column}）"


def _lines(head: Sequence[str], rows: sqlite3.Cursor) -> Iterator[str]:
    line = io.StringIO()
    write = csv.writer(line).writerow
    write(head)
    for row in rows:
        yield _taken(line)
        write([harmless(_short(cell)) for cell in row])
    yield _taken(line)


def _taken(line: io.StringIO) -> str:
    said = line.getvalue()
    line.seek(0)
    line.truncate()
    return said


def _short(cell: object) -> object:
    if isinstance(cell, str) and len(cell) > LONGEST_CELL:
        return cell[:LONGEST_CELL] + CUT
    return cell
