"""Whether a file is a workbook that can be read at all; measured before anything is laid out."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from models.rules.bounds import shown
from tasks.guarded.archives import BROKEN, has_stream, members_fault
from tasks.workbook.measuring import HELD, PIECE, Measured, SharedTexts, measure, pieces
from tasks.workbook.part_xml import column_number
from tasks.workbook.struck import SIGN, STYLES

SUFFIXES = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods", ".et", ".csv"}
LARGEST_FILE = 20_000_000  # bytes
MOST_SHEETS = 100
MOST_ROWS = 200_000
MOST_CELLS = 3_000_000  # of all sheets; the reader lays out every cell up to the last one
SHEETS = "xl/worksheets/"
# Parts that show nothing of their own. Any other may hold remarks or drawings, or be a sheet in an odd place.
SILENT = re.compile(
    r"(?:_rels|docProps|customXml|xl/(?:_rels|theme|printerSettings|tables|worksheets|media))/.*|\[Content_Types\]\.xml"
    r"|xl/(?:workbook|styles|sharedStrings|calcChain|metadata)\.xml|xl/richData/.*|xl/externalLinks/.*|xl/.*\.bin"
)
RELATIONS = re.compile(r"xl/(?!_rels/).*\.rels")
HANGING = re.compile(rb"/(?:comments|threadedComment|drawing|vmlDrawing)[\"']")
LINKED, EMBEDDED = "xl/externalLinks/externalLink", "xl/embeddings/"
MACROS = re.compile(r"xl/(?:vbaProject\.bin|macrosheets/.*)")

SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx"
NO_WORKBOOK = "不是 Excel 工作簿（.xlsx）"
DAMAGED = f"{NO_WORKBOOK}，或文件已损坏；{SAVE_AS}，打不开的请对方重新发来"
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

    ``closer`` is said of one with errors, formulas, struck words, remarks or drawings, ``errors`` of one in which
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
        return Outside(DAMAGED)


def _loose_fault(content: bytes) -> str:
    head = content[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # as Excel writes 网页 and Unicode 文本
        head = head[2:].replace(b"\0", b"")
    if head.startswith(b"%PDF"):
        return f"是 PDF 文件，{NO_WORKBOOK}"
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return f"是网页或 XML 格式的表格，{NO_WORKBOOK}，{SAVE_AS}"
    if head[:13].lower() == b"mime-version:":
        return f"是存成单个文件的网页（.mht），{NO_WORKBOOK}，{SAVE_AS}"
    if b"\0" not in head and any(mark in head for mark in b",\t\n"):
        return f"是文本文件（.csv、.txt），{NO_WORKBOOK}，{SAVE_AS}"
    return DAMAGED


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
    elsewhere = {name for name in names if not SILENT.fullmatch(name) and name.endswith(".xml")}
    sheets = [name for name in names if name.startswith(SHEETS) and name.endswith(".xml")]
    sheets += sorted(name for name in elsewhere if _is_a_sheet(parts, name))
    if len(sheets) > MOST_SHEETS:
        return Outside(f"有 {len(sheets)} 个工作表，超过 {MOST_SHEETS} 个，不像是本系统的表格")
    measured = []
    for name in sheets:
        with parts.open(name) as part:
            measured.append(measure(part))
    if not _fits(measured) and (fault := _far_fault(parts, sheets, measured)):
        return Outside(fault)
    words = SharedTexts.of(parts, names)
    return Outside(
        closer=any(each.closer for each in measured)
        or words.struck
        or (STYLES in names and _strikes(parts))
        or _hangs(parts, names),
        errors=words.errors or any(each.errors for each in measured),
        notes=(*_notes(names), *_beside(measured, words.phonetic)),
    )


def _beside(measured: Iterable[Measured], phonetic: bool) -> Iterator[str]:
    """Yield what is printed with sheets, or stands over their words."""
    heads = dict.fromkeys(words for each in measured for words in each.running)
    yield from (f"打印用的页眉或页脚“{shown(words)}”没有收" for words in heads)
    if phonetic or any(each.phonetic for each in measured):
        yield "有的格里带注音，注音没有收"


def _is_a_sheet(parts: zipfile.ZipFile, name: str) -> bool:
    return b"sheetData" in _head(parts, name)


def _head(parts: zipfile.ZipFile, name: str) -> bytes:
    with parts.open(name) as part:
        return part.read(PIECE)


def _hangs(parts: zipfile.ZipFile, names: set[str]) -> bool:
    """Say whether remarks or drawings hang on a sheet, wherever their parts stand."""
    return any(RELATIONS.fullmatch(name) and HANGING.search(_head(parts, name)) for name in names)


def _strikes(parts: zipfile.ZipFile) -> bool:
    """Say whether some font of a workbook strikes its words out, used or not."""
    with parts.open(STYLES) as part:
        return any(SIGN in seen for seen, _ in pieces(part))


def _notes(names: set[str]) -> Iterator[str]:
    if any(name.startswith(LINKED) for name in names):
        yield "有公式引用了别的文件，按表里现在显示的结果收"
    if inside := sum(name.startswith(EMBEDDED) for name in names):
        yield f"表里嵌入了 {inside} 个文件，没有收；请另外发送"
    if any(map(MACROS.fullmatch, names)):
        yield "里面有宏，没有运行，也没有收"


def _fits(measured: list[Measured]) -> bool:
    cells = sum(each.rows * each.columns for each in measured)
    return cells <= MOST_CELLS and all(each.rows <= MOST_ROWS for each in measured)


def _far_fault(parts: zipfile.ZipFile, sheets: list[str], measured: list[Measured]) -> str:
    """Return where the sheets end when only cells that hold something count; "" when they fit then.

    A row deleted in LibreOffice leaves an empty last row, the 1,048,576th; so does a colour given to
    whole columns.
    """
    for name, each in zip(sheets, measured, strict=True):
        rows = columns = 0
        with parts.open(name) as part:
            for seen, _ in pieces(part):
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
