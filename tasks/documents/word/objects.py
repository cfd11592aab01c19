"""What a Word file holds as objects: files of which the page shows a picture (17.3.3.19), controls, scans."""

import re
from typing import Any

from tasks.documents.pages import letters_of
from tasks.documents.word.names import A, W

_PLACE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([0-9]{1,5}(?:\.[0-9]{1,6})?)pt")
_WIDE, _HIGH = 300, 420  # points: three fifths of the sides of A4, whose margins are a fifth

# What is made by these is nothing but what one sees of it: a formula, a picture.
_DRAWINGS = ("Equation", "MathType", "PBrush", "Paint", "Static", "Photo")
_NAMES = (
    ("Excel", "Excel 表格"),
    ("Word", "Word 文档"),
    ("PowerPoint", "演示文稿"),
    ("AcroExch", "PDF 文件"),
    ("Package", "附件"),
    ("KWPS", "WPS 文档"),
    ("WPS", "WPS 文档"),
    ("KET", "WPS 表格"),
    ("ET.", "WPS 表格"),
    ("Visio", "流程图"),
)


def object_of(element: Any) -> str:
    """Return what an object holds in plain words, "" where it holds nothing that one does not see."""
    kind = element.get("ProgID") or ""
    if kind.startswith(_DRAWINGS):
        return ""
    named = next((name for start, name in _NAMES if kind.startswith(start)), "")
    return named or (kind if letters_of(kind) else "对象")


def scan_in(drawing: Any) -> str:
    """Return what to say of a picture that fills most of a page, "" of another: its words are drawn in it."""
    size = _shape_of(drawing) if drawing.tag == f"{W}pict" else _extent_of(drawing)
    return "占大半页的图片" if size[0] >= _WIDE and size[1] >= _HIGH else ""


def _extent_of(drawing: Any) -> tuple[float, float]:
    """Return width and height in points of a picture (20.4.2.7), none of what lies behind the text."""
    for frame in drawing:
        extent = frame.find(f"{_PLACE}extent")
        behind = frame.get("behindDoc") in {"1", "true", "on"}
        if extent is not None and not behind and next(frame.iter(f"{A}blip"), None) is not None:
            return _points(extent.get("cx")), _points(extent.get("cy"))
    return 0, 0


def _points(length: str | None) -> float:
    return int(length[:12]) / 12_700 if length and length.isascii() and length.isdecimal() else 0


def _shape_of(drawing: Any) -> tuple[float, float]:
    for picture in drawing.iter(f"{_VML}imagedata"):
        said = dict(_LENGTH.findall(picture.getparent().get("style") or ""))
        behind = "z-index:-" in (picture.getparent().get("style") or "").replace(" ", "")
        if not behind and {"width", "height"} <= said.keys():
            return float(said["width"]), float(said["height"])
    return 0, 0
