"""Files that stand within a Word file as objects, of which the page shows a picture (17.3.3.19)."""

from typing import Any

from tasks.documents.pages import letters_of

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
