"""The .csv of a table: nothing in it is reckoned with, and no cell is longer than a spreadsheet holds."""

import csv
import io

import pytest

from tasks.archive.csv_tables import LONGEST_CELL, csv_lines, csv_name


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
def test_a_cell_opens_as_text(cell, shown):
    written = "".join(csv_lines(["行号（id）", "名称（name）"], [(1, cell)]))

    assert list(csv.reader(io.StringIO(written, newline=""))) == [
        ["行号（id）", "名称（name）"],
        ["1", shown],
    ]


def test_a_table_without_rows_has_its_heading():
    assert "".join(csv_lines(["编号"], [])) == "编号\r\n"


@pytest.mark.parametrize(
    ("table", "name"), [("unit", "单位 unit.csv"), ("说明", "说明.csv"), ("a/b", "a_b.csv")]
)
def test_a_file_is_called_by_the_word_and_the_name_of_its_table(table, name):
    assert csv_name(table) == name
