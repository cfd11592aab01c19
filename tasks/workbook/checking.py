"""Whether a file is a workbook that can be read at all; measured before anything is laid out."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from tasks.guarded.archives import BROKEN, has_stream, members_fault
from tasks.workbook.marks import column_number

SUFFIXES = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods", ".et", ".csv"}
LARGEST_FILE = 20_000_000  # bytes
MOST_SHEETS = 100
MOST_ROWS = 200_000
MOST_CELLS = 3_000_000  # of all sheets; the reader lays out every cell up to the last one
PIECE, OVERLAP = 1 << 20, 600  # bytes looked at at once; and those of the piece before
# Literal beginnings keep these fast over megabytes, bounds keep them so whatever is in there.
ROW = re.compile(rb"row\s[^>]{0,400}?r=[\"'](\d{1,9})")
CELL = re.compile(rb" r=[\"']([A-Z]{1,9})\d")
WIDE_CELL = re.compile(rb" r=[\"'][A-Z][A-Z]")
# A cell that holds something, and not only a colour or a border.
HELD = re.compile(
    rb"c\s(?:[^<>]{0,400}?\s)?r=[\"']([A-Z]{1,9})(\d{1,9})[\"'][^<>]{0,400}>\s{0,9}<(?:\w{1,9}:)?(?:v|is|f)[\s/>]"
)
SHEETS, WORDS = "xl/worksheets/", "xl/sharedStrings.xml"
BESIDE = ("xl/comments", "xl/threadedComments/", "xl/drawings/drawing")
LINKED, EMBEDDED = "xl/externalLinks/externalLink", "xl/embeddings/"
# Signs of what is looked at more closely.
ERROR = re.compile(rb">#")  # how an error begins, computed or pasted
FORMULA = re.compile(rb"<f[\s>/]")
PLAIN = b"<sheetData"  # a sheet without it calls its elements otherwise

SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx"
NO_WORKBOOK = "不是 Excel 工作簿（.xlsx）"
OLD = (
    ("EncryptedPackage", "文件设了打开密码，请去掉密码后另存再试"),
    ("WordDocument", f"是 Word 文档，{NO_WORKBOOK}"),
    ("PowerPoint Document", f"是演示文稿，{NO_WORKBOOK}"),
    ("", f"是旧版 .xls 或 .et 文件，{SAVE_AS}"),
)
PACKED = (
    ("xl/workbook.bin", f"是 .xlsb 文件，{SAVE_AS}"),
    ("word/document.xml", f"是 Word 文档，{NO_WORKBOOK}"),
    ("ppt/presentation.xml", f"是演示文稿，{NO_WORKBOOK}"),
)


@dataclass(frozen=True, slots=True)
class Outside:
    """What a file shows from outside: why it is not read, and what its cells alone would not tell.

    ``closer`` is said of one with errors, formulas, remarks or drawings, ``errors`` of one in which
    the text of an error may stand; ``notes`` name what belongs to no sheet.
    """

    fault: str = ""
    closer: bool = False
    errors: bool = False
    notes: tuple[str, ...] = ()


def is_workbook(path: Path) -> bool:
    """Say whether a file is to be taken for a workbook: by its name, else by what is in it."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with zipfile.ZipFile(path) as parts:
            return "xl/workbook.xml" in parts.namelist()
    except BROKEN:
        return False


def look_at(content: bytes) -> Outside:
    """Return what ``content`` shows from outside."""
    if not content:
        return Outside("文件是空的，没有任何内容")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return Outside(next(words for name, words in OLD if has_stream(content, name)))
    if not content.startswith(b"PK"):
        return Outside(_loose_fault(content))
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            return _look_into(parts)
    except BROKEN:
        return Outside(f"{NO_WORKBOOK}，或文件已损坏")


def _loose_fault(content: bytes) -> str:
    head = content[:4096]
    if head.startswith(b"%PDF"):
        return f"是 PDF 文件，{NO_WORKBOOK}"
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return f"是网页或 XML 格式的表格，{NO_WORKBOOK}，{SAVE_AS}"
    if b"\0" not in head and any(mark in head for mark in b",\t\n"):
        return f"是文本文件（.csv、.txt），{NO_WORKBOOK}，{SAVE_AS}"
    return f"{NO_WORKBOOK}，或文件已损坏"


def _look_into(parts: zipfile.ZipFile) -> Outside:
    names = set(parts.namelist())
    if other := next((words for name, words in PACKED if name in names), ""):
        return Outside(other)
    if "content.xml" in names:
        return Outside(f"是 .ods 文件，{SAVE_AS}")
    if "xl/workbook.xml" not in names:
        return Outside(f"{NO_WORKBOOK}，{SAVE_AS}")
    if fault := members_fault(parts):
        return Outside(fault)
    sheets = [name for name in names if name.startswith(SHEETS) and name.endswith(".xml")]
    if len(sheets) > MOST_SHEETS:
        return Outside(f"有 {len(sheets)} 个工作表，超过 {MOST_SHEETS} 个，不像是本系统的表格")
    measured = []
    for name in sheets:
        with parts.open(name) as part:
            measured.append(_measure(part))
    if not _fits(measured) and (fault := _far_fault(parts, sheets, measured)):
        return Outside(fault)
    return Outside(
        closer=any(each.closer for each in measured) or any(n.startswith(BESIDE) for n in names),
        errors=any(each.errors for each in measured) or _words_have_errors(parts, names),
        notes=tuple(_notes(names)),
    )


@dataclass(slots=True)
class _Measured:
    """A sheet from outside: its last row and column, empty ones too, and whether to look closer."""

    rows: int = 0
    columns: int = 26
    closer: bool = False
    errors: bool = False


def _measure(part: IO[bytes]) -> _Measured:
    found, unnumbered, plain = _Measured(), 0, False
    for seen, piece in _pieces(part):
        found.rows = max(found.rows, max(map(int, ROW.findall(seen)), default=0))
        unnumbered += 0 if found.rows else piece.count(b"<row")
        if WIDE_CELL.search(seen):
            found.columns = max(found.columns, *map(column_number, set(CELL.findall(seen))))
        found.errors = found.errors or bool(ERROR.search(seen))
        found.closer = found.closer or bool(FORMULA.search(seen))
        plain = plain or PLAIN in seen
    found.closer = found.closer or found.errors or not plain
    found.rows = found.rows or unnumbered
    return found


def _notes(names: set[str]) -> Iterator[str]:
    if any(name.startswith(LINKED) for name in names):
        yield "有公式引用了别的文件，按表里现在显示的结果收"
    if inside := sum(name.startswith(EMBEDDED) for name in names):
        yield f"表里嵌入了 {inside} 个文件，没有收；请另外发送"


def _words_have_errors(parts: zipfile.ZipFile, names: set[str]) -> bool:
    if WORDS not in names:
        return False
    with parts.open(WORDS) as part:
        return any(ERROR.search(seen) for seen, _ in _pieces(part))


def _pieces(part: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield each piece behind the end of the one before, and by itself."""
    before = b""
    while piece := part.read(PIECE):
        yield before + piece, piece
        before = piece[-OVERLAP:]


def _fits(measured: list[_Measured]) -> bool:
    cells = sum(each.rows * each.columns for each in measured)
    return cells <= MOST_CELLS and all(each.rows <= MOST_ROWS for each in measured)


def _far_fault(parts: zipfile.ZipFile, sheets: list[str], measured: list[_Measured]) -> str:
    """Return where the sheets end when only cells that hold something count; "" when they fit then.

    A row deleted in LibreOffice leaves an empty last row, the 1,048,576th; so does a colour given to
    whole columns.
    """
    for name, each in zip(sheets, measured, strict=True):
        rows = columns = 0
        with parts.open(name) as part:
            for seen, _ in _pieces(part):
                held = set(HELD.findall(seen))
                rows = max(rows, max((int(row) for _, row in held), default=0))
                columns = max(columns, max((column_number(c) for c, _ in held), default=0))
        if rows:  # cells without an address count as they are
            each.rows, each.columns = rows, columns
    if _fits(measured):
        return ""
    worst = max(measured, key=lambda each: (each.rows > MOST_ROWS, each.rows * each.columns))
    return (
        f"表格写到了第 {worst.rows} 行、第 {worst.columns} 列，超过可读的范围；"
        "请删除数据下方和右侧多余的行和列后再试"
    )
