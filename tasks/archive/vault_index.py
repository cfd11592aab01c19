"""The index of the vault in an archive: every file that a table of the campaign names by its hash."""

import sqlite3
from collections.abc import Iterator, Sequence

from models.archive.reading_copy import columns_of, hashes_in
from models.rules.archive.words import table_word
from tasks.archive.csv_tables import csv_lines
from tasks.archive.packing import Packing
from tasks.packages.pieces import BOM, encoded

HEAD = ("指纹", "登记表", "行号", "名称", "在归档包里")
HASH, OF_A_TEXT = "sha256", ("text_check",)  # tables whose hash is of words, not of a file
CALLED = ("title", "name", "file_name", "note")  # what says best what a file is, the first there is
_SENT_OUT = "不在，是发出去的文件，只留指纹"
PLACES = {
    "evidence_revision": "材料/，逐件见 材料目录.csv",
    "paper": "文书/",
    "ledger_issue": _SENT_OUT,
    "package": _SENT_OUT,
}
NOT_PACKED = "不在，原件在数据目录的保管库（vault）里"


def vault_index_into(packing: Packing, copy: sqlite3.Connection, tables: Sequence[str]) -> None:
    """Write a row for every hash that stands in ``tables`` of a ``copy``, however many there are."""
    rows = (row for name in tables for row in _rows_of(copy, name))
    packing.stream("保管库目录.csv", encoded(csv_lines(HEAD, rows), BOM))


def _rows_of(copy: sqlite3.Connection, name: str) -> Iterator[tuple[object, ...]]:
    place = PLACES.get(name, NOT_PACKED)
    columns = [] if name in OF_A_TEXT else columns_of(copy, name)
    for column in columns:
        if column.endswith(HASH):
            for sha256, number, title in hashes_in(copy, name, column, CALLED):
                yield sha256, table_word(name), number, title, place
