"""Write items as a workbook that a bureau can open, print and read."""

from collections.abc import Sequence
from pathlib import Path

from models.campaign.items import Item
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.writing import write_workbook

CHECKLIST = Sheet(
    "清单",
    (
        Column("编号"),
        Column("事项", width=46),
        Column("职责"),
        Column("时限", kind=Kind.DAY),
        Column("进度"),
        Column("灯"),
        Column("说明", width=30),
    ),
    note="供对照使用，不必填写；进度有变化时，请联络员告诉创建办登记。",
)


def write_items(target: Path, title: str, items: Sequence[Item]) -> None:
    """Write ``items`` under ``title`` to ``target``, replacing yesterday's in one move."""
    rows = [
        (
            item.code,
            item.title,
            item.role.chinese if item.role else item.kind.chinese,
            item.due,
            item.state.chinese,
            item.light.chinese,
            item.note,
        )
        for item in items
    ]
    write_workbook(target, [CHECKLIST.filled(rows, title)], replace=True)
