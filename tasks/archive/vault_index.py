"""The index of the vault in an archive: every file that a table of the campaign names by its hash."""

import csv
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from models.rules.archive.words import table_word
from tasks.packages.index import harmless
from tasks.packages.pieces import BOM, encoded
from tasks.packages.sinks import Sink

NAME = "保管库目录.csv"
HEAD = ("指纹", "登记表", "行号", "名称", "在归档包里")
HASH, NO_FILE = "sha256", ("population_sha256",)
CALLED = ("title", "name", "file_name", "note")  # what says best what a file is, the first there is
PACKED = {"evidence_revision": "材料/，逐件见 材料目录.csv", "paper": "文书/"}
NOT_PACKED = "不在，原件在数据目录的保管库（vault）里"


def vault_index_into(
    sink: Sink, root: str, file: Path, tables: Sequence[str], now: datetime
) -> None:
    """Write a row for every hash that stands in ``tables`` of the SQLite ``file``, however many there are."""
    with (
        closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy,
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as rows,
    ):
        table = csv.writer(rows)
        table.writerow(HEAD)
        for name in tables:
            for row in _rows_of(copy, name):
                table.writerow([harmless(cell) for cell in row])
        rows.seek(0)
        sink.add(f"{root}/{NAME}", encoded(rows, BOM), now)


def _rows_of(copy: sqlite3.Connection, name: str) -> Iterator[tuple[object, ...]]:
    columns = [row[1] for row in copy.execute(f'PRAGMA table_info("{name}")')]
    called = next((f'"{one}"' for one in CALLED if one in columns), "''")
    place = PACKED.get(name, NOT_PACKED)
    for column in (one for one in columns if one.endswith(HASH) and one not in NO_FILE):
        said = f'SELECT "{column}", id, {called} FROM "{name}" WHERE "{column}" <> \'\' ORDER BY id'  # noqa: S608 - names of ours
        for sha256, number, title in copy.execute(said):
            yield sha256, table_word(name), number, title, place
