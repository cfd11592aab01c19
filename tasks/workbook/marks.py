"""What a workbook holds that its cells do not tell: errors, formulas without result, strokes, remarks, pictures.

Calamine gives an empty text for an error and for a formula whose result nobody kept. So the file
itself is asked, but only one that shows a sign of such things from outside, and only ever in the
guarded worker: an XML parser that takes no document type, and hence no entity, under its limits.
It imports as little as `tasks.guarded.worker`.
"""

from __future__ import annotations

from io import BytesIO
from posixpath import dirname, join, normpath
from pyexpat import ExpatError
from zipfile import ZipFile

from tasks.workbook.part_xml import address_of, elements_begun, elements_of
from tasks.workbook.struck import Struck

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    # Name of a sheet; row, column (from 0) and error of cells that say nothing; cells with a remark;
    # texts of boxes; number of pictures, and of charts; row and column of cells with struck words.
    Mark = tuple[
        str, list[tuple[int, int, str]], list[str], list[str], int, int, list[tuple[int, int]]
    ]

WORKBOOK = "xl/workbook.xml"
NO_RESULT, PICTURE = "=", "DISPIMG"  # in place of an error: a formula without result; a picture
LONGEST_TEXT = 2_000  # characters of an element, and of a text box, that are kept
LONGEST_ERROR = 20  # characters


def marks(content: bytes) -> Iterator[Mark]:
    """Yield what stands in and beside the cells of each sheet."""
    with ZipFile(BytesIO(content)) as parts:
        names = set(parts.namelist())
        struck = Struck(parts, names)
        for sheet, part in _sheets(parts, names):
            remarks: dict[str, None] = {}  # each cell once
            boxes: list[str] = []
            pictures = charts = 0
            for kind, beside in _relations(parts, names, part):
                if kind in ("comments", "threadedComment"):
                    found = elements_begun(parts, beside, "comment", "threadedComment")
                    remarks |= dict.fromkeys(given["ref"] for given in found if given.get("ref"))
                elif kind == "drawing":
                    texts, more, frames = _drawn(parts, beside)
                    boxes += texts
                    pictures += more
                    charts += frames
                elif kind == "vmlDrawing":
                    boxes += _drawn_before(parts, beside)
            broken, crossed = list(_broken(parts, part)), list(struck.cells(part))
            yield sheet, broken, list(remarks), boxes, pictures, charts, crossed


def _sheets(parts: ZipFile, names: set[str]) -> list[tuple[str, str]]:
    """Return name and part of every sheet, in the order of the workbook."""
    relations = elements_begun(parts, "xl/_rels/workbook.xml.rels", "Relationship")
    targets = {given.get("Id", ""): _target(WORKBOOK, given) for given in relations}
    sheets = [
        (given.get("name", ""), targets.get(given.get("id", ""), ""))
        for given in elements_begun(parts, WORKBOOK, "sheet")
    ]
    return [(name, part) for name, part in sheets if part in names]


def _relations(parts: ZipFile, names: set[str], part: str) -> list[tuple[str, str]]:
    """Return kind and part of all that stands beside a sheet."""
    beside = join(dirname(part), "_rels", f"{part.rpartition('/')[2]}.rels")
    if beside not in names:
        return []
    found = [
        (given.get("Type", "").rpartition("/")[2], _target(part, given))
        for given in elements_begun(parts, beside, "Relationship")
    ]
    return [(kind, target) for kind, target in found if target in names]


def _target(part: str, given: dict[str, str]) -> str:
    return normpath(join("/", dirname(part), given.get("Target", ""))).lstrip("/")


def _drawn(parts: ZipFile, part: str) -> tuple[list[str], int, int]:
    """Return the texts of boxes in a drawing, and how many pictures and charts are."""
    boxes: list[str] = []
    pictures = charts = 0
    for tag, _, text in elements_of(parts, part, {"pic", "graphicFrame", "txBody"}, {"t"}):
        if tag == "pic":
            pictures += 1
        elif tag == "graphicFrame":
            charts += 1
        elif tag == "txBody":
            boxes.append("")
        elif boxes and len(boxes[-1]) < LONGEST_TEXT:
            boxes[-1] += text
    return boxes, pictures, charts


def _drawn_before(parts: ZipFile, part: str) -> list[str]:
    """Return the texts of buttons and boxes of older versions, and of a watermark; remarks are none of them."""
    boxes: list[str] = []
    words = ""
    note = False
    try:
        for tag, given, text in elements_of(
            parts, part, {"ClientData", "textpath", "shape"}, {"font", "div", "textbox", "shape"}
        ):
            if tag == "ClientData" and given is not None:
                note = given.get("ObjectType") == "Note"
            elif tag == "textpath" and given is not None:
                words += given.get("string", "")
            elif tag == "shape" and given is not None:
                words, note = "", False
            elif tag == "shape" and words.strip() and not note:
                boxes.append(words.strip())
            elif tag != "shape" and not words.endswith(text.strip()):
                words += text.strip()  # of elements within each other once
    except ExpatError:  # as other programs write it: no XML
        boxes.append("旧式图形")
    return boxes


def _broken(parts: ZipFile, part: str) -> Iterator[tuple[int, int, str]]:
    """Yield the cells of a sheet that say nothing, as they come."""
    row = column = -1
    kind = value = ""
    formula: str | None = None
    for tag, given, text in elements_of(parts, part, {"row", "c"}, {"v", "f", "c"}):
        if tag == "v":
            value = (value + text)[:LONGEST_ERROR]
        elif tag == "f":
            formula = ((formula or "") + text)[:LONGEST_TEXT]
        elif tag == "row" and given is not None:
            number = given.get("r", "")
            row = int(number) - 1 if number.isdecimal() else row + 1
            column = -1
        elif given is not None:
            kind, value, formula = given.get("t", ""), "", None
            row, column = address_of(given.get("r", "")) or (row, column + 1)
        elif kind == "e":
            yield row, column, value or "#"
        elif formula is not None and PICTURE in formula:
            yield row, column, PICTURE
        elif formula is not None and not value and kind != "str":
            yield row, column, NO_RESULT
