"""Whether a file is a workbook that can be read at all; measured before anything is laid out."""

import re
import zipfile
import zlib
from io import BytesIO
from typing import IO

from tasks.archives import members_fault

LARGEST_FILE = 20_000_000  # bytes
MOST_SHEETS = 100
MOST_ROWS = 200_000
MOST_CELLS = 3_000_000  # of all sheets; the reader lays out every cell up to the last one
PIECE, OVERLAP = 1 << 20, 600  # bytes looked at at once; and those of the piece before
# Literal beginnings keep these fast over megabytes, bounds keep them so whatever is in there.
CLAIMED = re.compile(rb"dimension\s[^>]{0,200}?ref\s*=\s*[\"'](?:[A-Z]+\d+:)?([A-Z]{1,9})(\d{1,9})")
ROW = re.compile(rb"row\s[^>]{0,400}?r=[\"'](\d{1,9})")
CELL = re.compile(rb" r=[\"']([A-Z]{1,9})\d")
WIDE_CELL = re.compile(rb" r=[\"'][A-Z][A-Z]")
SHEETS = "xl/worksheets/"
NO_WORKBOOK = "不是 Excel 工作簿（.xlsx），请用 Excel 或 WPS 另存为 .xlsx"


def file_fault(content: bytes) -> str | None:
    """Return why ``content`` is not a workbook to be read, None when it is one."""
    if not content:
        return "文件是空的，没有任何内容"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        return (
            "文件设了打开密码，请去掉密码后另存再试"
            if locked
            else "是旧版 .xls 文件，请用 Excel 或 WPS 另存为 .xlsx"
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            return _parts_fault(parts)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
        zlib.error,
    ):
        return "不是 Excel 工作簿（.xlsx），或文件已损坏"


def _parts_fault(parts: zipfile.ZipFile) -> str | None:
    names = set(parts.namelist())
    if "xl/workbook.bin" in names:
        return "是 .xlsb 文件，请用 Excel 或 WPS 另存为 .xlsx"
    if "content.xml" in names:
        return "是 .ods 文件，请用 Excel 或 WPS 另存为 .xlsx"
    if "xl/workbook.xml" not in names:
        return NO_WORKBOOK
    if fault := members_fault(parts):
        return fault
    sheets = [name for name in names if name.startswith(SHEETS) and name.endswith(".xml")]
    if len(sheets) > MOST_SHEETS:
        return f"有 {len(sheets)} 个工作表，超过 {MOST_SHEETS} 个，不像是本系统的表格"
    cells = 0
    for name in sheets:
        with parts.open(name) as part:
            rows, columns = _size(part)
        cells += rows * columns
        if rows > MOST_ROWS or cells > MOST_CELLS:
            return (
                f"表格写到了第 {rows} 行、第 {columns} 列，超过可读的范围；"
                "请删除数据下方和右侧多余的行和列后再试"
            )
    return None


def _size(part: IO[bytes]) -> tuple[int, int]:
    """Return the last row and column that a sheet claims or has, whichever is further."""
    rows = columns = unnumbered = 0
    before = b""
    while piece := part.read(PIECE):
        seen = before + piece
        for column, row in CLAIMED.findall(seen):
            rows, columns = max(rows, int(row)), max(columns, _column_number(column))
        rows = max(rows, max(map(int, ROW.findall(seen)), default=0))
        unnumbered += piece.count(b"<row")
        columns = max(columns, 26)
        if WIDE_CELL.search(seen):
            columns = max(columns, *map(_column_number, set(CELL.findall(seen))))
        before = piece[-OVERLAP:]
    return rows or unnumbered, columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
