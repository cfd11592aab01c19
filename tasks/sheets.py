"""Write items as a workbook that a bureau can open, print and read."""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from models.items import Item

COLUMNS = (
    ("编号", 9),
    ("事项", 46),
    ("职责", 11),
    ("时限", 13),
    ("进度", 10),
    ("灯", 12),
    ("说明", 30),
)


def write_items(target: Path, title: str, items: Sequence[Item]) -> None:
    """Write ``items`` under ``title`` to ``target``, replacing it in one move.

    Text is written as text: a title that begins with = is never a formula.
    """
    draft = target.with_name(f".{target.name}.draft")
    book = xlsxwriter.Workbook(str(draft), {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("清单")
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#E5E7EB", "border": 1, "align": "center"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    sheet.write_string(0, 0, title, bold)
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, name, head)
    for row, item in enumerate(items, 3):
        values = (
            item.code,
            item.title,
            item.role.chinese if item.role else item.kind.chinese,
            item.due.isoformat() if item.due else "未定",
            item.state.chinese,
            item.light.chinese,
            item.note,
        )
        for column, value in enumerate(values):
            sheet.write_string(row, column, value, cell)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    book.close()
    draft.replace(target)
