"""Workbooks as clerks and other programs hand them back, and as no one should."""

import datetime as dt
import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from tests.tools.mutate_word import packed, parts_of

Mutation = Callable[[Any, random.Random], object]
VALUES = (
    "新写的话", "", " ", "市司法局", "W1", "已完成", "2025-07-01", "２０２５年７月１日", "7月1日", 45839, 45839.5, -1, 1e300,
    True, dt.date(2025, 7, 1), dt.datetime(2025, 7, 1, 12, 30), dt.time(8, 30), "=1/0", "=A1", "#N/A", "甲" * 40_000,
    "一\n二", "\t", "x" * 300, "是", "否", "6月31日", "2027-02-29", "〇", "\u200b", "填报人：某", "合计", 0, 95, "95%",
)  # fmt: skip

# What is walked of a page where something stands far out: openpyxl makes every cell that it passes.
_LAST_ROW, _LAST_COLUMN = 2_000, 100


def _near(page: Any) -> dict[str, int]:
    return {
        "max_row": min(page.max_row, _LAST_ROW),
        "max_col": min(page.max_column, _LAST_COLUMN),
    }


def _cell(book: Any, chance: random.Random) -> Any:
    page = chance.choice(book.worksheets)
    return page.cell(chance.randint(1, page.max_row + 3), chance.randint(1, page.max_column + 3))


def _put(cell: Any, value: object) -> None:
    if type(cell).__name__ == "Cell":
        cell.value = value


def overwritten(book: Any, chance: random.Random) -> None:
    """Write something into some cells."""
    for _ in range(chance.randint(1, 6)):
        _put(_cell(book, chance), chance.choice(VALUES))


def emptied(book: Any, chance: random.Random) -> None:
    """Empty some cells."""
    for _ in range(chance.randint(1, 10)):
        _put(_cell(book, chance), None)


def moved(book: Any, chance: random.Random) -> None:
    """Move a block of cells."""
    page = chance.choice(book.worksheets)
    page.move_range(
        f"A{chance.randint(1, 6)}:C{chance.randint(6, 12)}",
        chance.randint(-1, 5),
        chance.randint(0, 4),
    )


def merged(book: Any, chance: random.Random) -> None:
    """Merge cells."""
    for _ in range(chance.randint(1, 3)):
        page, row, column = (
            chance.choice(book.worksheets),
            chance.randint(1, 12),
            chance.randint(1, 6),
        )
        page.merge_cells(
            start_row=row, start_column=column,
            end_row=row + chance.randint(0, 3), end_column=column + chance.randint(0, 3),
        )  # fmt: skip


def sorted_rows(book: Any, chance: random.Random) -> None:
    """Sort the rows below the header by a column."""
    page = chance.choice(book.worksheets)
    rows = [list(row) for row in page.iter_rows(min_row=4, values_only=True, **_near(page))]
    column = chance.randrange(max(1, _near(page)["max_col"]))
    rows.sort(key=lambda row: str(row[column]), reverse=chance.random() < 0.5)
    for number, row in enumerate(rows, 4):
        for place, value in enumerate(row, 1):
            _put(page.cell(number, place), value)


def pages(book: Any, chance: random.Random) -> None:
    """Rename, copy, hide, add or remove sheets."""
    page = chance.choice(book.worksheets)
    what = chance.randrange(5)
    if what == 0:
        page.title = chance.choice(["Sheet1", f"{page.title} (2)", "单位", "节点", "放假安排", "x"])
    elif what == 1:
        book.copy_worksheet(page)
    elif what == 2 and len(book.worksheets) > 1:
        page.sheet_state = chance.choice(["hidden", "veryHidden"])
    elif what == 3:
        book.create_sheet("附言", chance.randint(0, 2)).append(["请阅", None, "谢谢"])
    elif len([p for p in book.worksheets if p.sheet_state == "visible"]) > 1:
        book.remove(page)


def lines(book: Any, chance: random.Random) -> None:
    """Insert and delete rows and columns."""
    page = chance.choice(book.worksheets)
    act = chance.choice([page.insert_rows, page.delete_rows, page.insert_cols, page.delete_cols])
    where = chance.randint(1, 8), chance.randint(1, 3)
    if page.max_row <= _LAST_ROW and page.max_column <= _LAST_COLUMN:
        act(*where)


def looks(book: Any, chance: random.Random) -> None:
    """Colour, hide, filter, widen, remark."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    page = chance.choice(book.worksheets)
    for row in page.iter_rows(min_row=1, max_row=30, max_col=_near(page)["max_col"]):
        row[chance.randrange(len(row))].fill = PatternFill("solid", fgColor="FFFF00")
    page.row_dimensions[chance.randint(1, 9)].hidden = True
    page.column_dimensions["BCD"[chance.randrange(3)]].hidden = True
    cell = _cell(book, chance)
    if type(cell).__name__ == "Cell":
        cell.comment = Comment("请核实", "某科")
        cell.number_format = chance.choice(["@", "0.00", "yyyy/m/d", "General", "¥#,##0"])


def second_header(book: Any, chance: random.Random) -> None:
    """Write the header again below."""
    page = chance.choice(book.worksheets)
    header = [cell.value for cell in page[chance.randint(1, 3)]]
    page.append(header)
    page.append(chance.choices(VALUES[:12], k=max(1, len(header))))


def below(book: Any, chance: random.Random) -> None:
    """Write something below and beside the table."""
    page = chance.choice(book.worksheets)
    page.append([])
    page.append(["填报人：综合股", None, "日期：7月1日"])
    page.cell(chance.randint(1, 9), page.max_column + chance.randint(1, 30), "旁注")


def far(book: Any, chance: random.Random) -> None:
    """Write far out."""
    page = chance.choice(book.worksheets)
    page.cell(chance.choice([5_000, 100_000, 1_048_576]), chance.choice([1, 50, 16_384]), "远")


SHEETS: dict[str, Mutation] = {
    "改格": overwritten, "清空": emptied, "移动": moved, "合并": merged, "排序": sorted_rows, "工作表": pages,
    "行和列": lines, "样子": looks, "又一表头": second_header, "表外": below, "远处": far,
}  # fmt: skip


def changed(name: str, content: bytes, chance: random.Random) -> bytes:
    """Return a workbook changed by the mutation of that name."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content))
    SHEETS[name](book, chance)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def flipped_part(content: bytes, chance: random.Random) -> bytes:
    """Change bytes of a part."""
    parts = parts_of(content)
    name = chance.choice(list(parts))
    body = bytearray(parts[name])
    for _ in range(chance.randint(1, 9)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    parts[name] = bytes(body)
    return packed(parts)


def less(content: bytes, chance: random.Random) -> bytes:
    """Leave a part out, or call it otherwise."""
    parts = parts_of(content)
    name = chance.choice(list(parts))
    part = parts.pop(name)
    if chance.random() < 0.5:
        parts[name.replace(".xml", "9.xml")] = part
    return packed(parts)


def other_words(content: bytes, chance: random.Random) -> bytes:
    """Change the XML by words that readers trust."""
    parts = parts_of(content)
    old, new = chance.choice(
        [(b't="s"', b't="n"'), (b't="s"', b't="d"'), (b"<v>", b"<v>9"), (b' r="A', b' r="ZZZ'), (b"<row ", b"<rov "),
         (b' s="', b' s="99'), (b"<sheetData", b"<x:sheetData"), (b"<sst", b"<!DOCTYPE x><sst"), (b"A1", b"A0"),
         (b"<mergeCell ref=\"", b"<mergeCell ref=\"B2:XFD"), (b'sheetId="', b'sheetId="x'), (b'date1904="', b'date1904="1')]
    )  # fmt: skip
    for name in parts:
        parts[name] = parts[name].replace(old, new, chance.choice([1, 5, -1]))
    return packed(parts)


def swollen(content: bytes, chance: random.Random) -> bytes:
    """Let a part unpack to a great many bytes."""
    parts = parts_of(content)
    name = chance.choice([name for name in parts if "sheet" in name])
    parts[name] = parts[name].replace(b"</row>", b" " * 3_000_000 + b"</row>", 20)
    return packed(parts, zipfile.ZIP_DEFLATED)


PARTS = {"部件改字节": flipped_part, "少一个部件": less, "改词": other_words, "膨胀": swollen}
