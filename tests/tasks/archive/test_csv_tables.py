"""The .csv of a table: nothing in it is reckoned with, and no cell is longer than a spreadsheet holds."""

import csv
import io
import sqlite3
from contextlib import closing

import pytest

from tasks.archive.csv_tables import LONGEST_CELL, csv_into
from tasks.archive.sqlite_copy import EXPLAINED
from tests.conftest import NOW


class Kept:
    """A sink that keeps what it is given."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}

    def add(self, name, pieces, at):
        self.files[name] = b"".join(pieces).decode("utf-8-sig")

    def holds(self, name, sha256, at):
        return False


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-1", "'-1"),
        ("@A1", "'@A1"),
        (-1, "-1"),  # a number is one
        (None, ""),
        ('两\n行，“引号”"', '两\n行，“引号”"'),
        ("长" * LONGEST_CELL, "长" * LONGEST_CELL),
        ("长" * (LONGEST_CELL + 1), "长" * LONGEST_CELL + "……（这一格太长，全文见 数据.sqlite）"),
    ],
)
def test_a_cell_opens_as_text(tmp_path, cell, shown):
    file, sink = tmp_path / "a.sqlite", Kept()
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("CREATE TABLE unit (id INTEGER, name)")
        copy.execute("INSERT INTO unit VALUES (1, ?)", (cell,))
        for name, head in EXPLAINED:
            copy.execute(f'CREATE TABLE "{name}" ({head})')
        copy.commit()

    csv_into(sink, "表", file, ["unit"], NOW)

    table = sink.files["表/单位 unit.csv"]
    assert list(csv.reader(io.StringIO(table, newline=""))) == [
        ["行号（id）", "名称（name）"],
        ["1", shown],
    ]
