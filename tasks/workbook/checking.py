"""Whether a file is a workbook that can be read at all; measured before anything is laid out."""

import re
import zipfile
from io import BytesIO

LARGEST_FILE = 20_000_000  # bytes
LARGEST_UNPACKED = 250_000_000
MOST_ROWS = 200_000
MOST_CELLS = 6_000_000  # the reader lays out every cell up to the last one
# Literal beginnings keep these fast over megabytes.
ROW = re.compile(rb"row [^>]*?r=\"(\d+)\"")
CELL = re.compile(rb" r=\"([A-Z]+)\d")
WIDE_CELL = re.compile(rb" r=\"[A-Z][A-Z]")


def file_fault(content: bytes) -> str | None:
    """Return why ``content`` is not a workbook to be read, None when it is one."""
    if not content:
        return "文件是空的,没有任何内容"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        return (
            "文件设了打开密码,请去掉密码后另存再试"
            if locked
            else "是旧版 .xls 文件,请用 Excel 或 WPS 另存为 .xlsx"
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            return _parts_fault(parts)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return "不是 Excel 工作簿(.xlsx),或文件已损坏"


def _parts_fault(parts: zipfile.ZipFile) -> str | None:
    if "xl/workbook.xml" not in parts.namelist():
        return "不是 Excel 工作簿(.xlsx),请用 Excel 或 WPS 另存为 .xlsx"
    if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
        return "文件展开后过大,不像是本系统的表格"
    for part in parts.infolist():
        unpacked = parts.read(part)  # fails when a part is larger than it says
        if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
            rows = max(map(int, ROW.findall(unpacked)), default=unpacked.count(b"<row"))
            columns = 26
            if WIDE_CELL.search(unpacked):
                columns = max(map(_column_number, set(CELL.findall(unpacked))), default=26)
            if rows > MOST_ROWS or rows * columns > MOST_CELLS:
                return (
                    f"表格写到了第 {rows} 行、第 {columns} 列,超过可读的范围;"
                    "请删除数据下方和右侧多余的行和列后再试"
                )
    return None


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
