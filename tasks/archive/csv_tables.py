"""The tables of a SQLite copy as .csv files that a spreadsheet opens and takes for nothing but text."""

import csv
import io
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from models.archive.reading_copy import PROGRESS_HEAD, columns_of, progress_rows, rows_in_words
from models.archive.sqlite_copy import EXPLAINED
from models.rules.archive.words import column_word, table_word
from tasks.archive.packing import Packing
from tasks.file_names import plain_name
from tasks.packages.index import harmless
from tasks.packages.pieces import BOM, encoded

LONGEST_CELL = 32_000  # characters; a spreadsheet breaks a cell that has more than 32,767
CUT = "……（这一格太长，全文见 数据.sqlite）"


def csv_into(packing: Packing, copy: sqlite3.Connection, tables: Sequence[str]) -> None:
    """Write each of ``tables`` of a ``copy``, those that explain them, and 进展.csv; row by row.

    The heading names a column in Chinese, then as it is called in the SQLite file.
    """
    for name in (*tables, *(name for name, _ in EXPLAINED)):
        head = [_heading(name, column) for column in columns_of(copy, name)]
        rows = rows_in_words(copy, name)
        packing.stream(f"表/{csv_name(name)}", encoded(csv_lines(head, rows), BOM))
    packing.stream("进展.csv", encoded(csv_lines(PROGRESS_HEAD, progress_rows(copy)), BOM))


def csv_name(table: str) -> str:
    """Return what the .csv of a table is called: 责任分解 assignment.csv."""
    word = table_word(table)
    return plain_name(table if word == table else f"{word} {table}") + ".csv"


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a table line by line; no cell is taken for a formula, none is longer than one may be."""
    line = io.StringIO()
    write = csv.writer(line).writerow
    write(head)
    for row in rows:
        yield _taken(line)
        write([harmless(_short(cell)) for cell in row])
    yield _taken(line)


def _heading(table: str, column: str) -> str:
    word = column_word(table, column)
    return column if word == column else f"{word}（{column}）"


def _taken(line: io.StringIO) -> str:
    said = line.getvalue()
    line.seek(0)
    line.truncate()
    return said


def _short(cell: object) -> object:
    if isinstance(cell, str) and len(cell) > LONGEST_CELL:
        return cell[:LONGEST_CELL] + CUT
    return cell
