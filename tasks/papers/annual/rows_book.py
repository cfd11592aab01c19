"""Write every row behind the numbers of an annual report as a workbook, however many there are."""

from collections.abc import Sequence
from pathlib import Path

from models.papers.quoted import CountedRows
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.writing import write_workbook

SOURCES = Sheet(
    "数据来源",
    (
        Column("数据", locked=True, width=34),
        Column("数", locked=True, width=10),
        Column("编号", locked=True, width=16),
        Column("内容", locked=True, longest=0, width=60),
        Column("单位", locked=True, width=24),
        Column("日期", locked=True, width=14),
    ),
    title="数据来源",
    note="年度报告里的每个数，数的就是这里的各条；报告的附表每项只列前面的。",
)


def write_rows(path: Path, title: str, counted: Sequence[CountedRows]) -> str:
    """Write the rows of all numbers to ``path``, in the order of the report; return it in words."""
    rows = [(one.title, one.text, *row) for one in counted for row in one.rows]
    write_workbook(path, [SOURCES.filled(rows, f"{title}：数据来源")])
    return f"数据来源表：{len(counted)} 项、{len(rows)} 条，已写到 {path.name}"


def left_out_line(counted: Sequence[CountedRows], most: int) -> str:
    """Return which numbers have more rows than the report lists; empty where none has."""
    longer = [f"{one.title} {len(one.rows)} 条" for one in counted if len(one.rows) > most]
    if not longer:
        return ""
    return f"附表每项列 {most} 条，没有列全的：{'、'.join(longer)}；全部各条加 --rows 数据来源.xlsx 写成 Excel"
