"""Text boxes: each is lines of its own, beside the paragraph that it hangs on (17.17.1, VML 19.1.2.22)."""

import re
from typing import Any

_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SPID = "{urn:schemas-microsoft-com:office:office}spid"
_NUMBERED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十百\d]{1,4}[）)、.．]|第[一二三四五六七八九十\d]{1,4}|[①-⑳]|附件)"
)


def stands_before(box: Any, behind_words: bool, text: str) -> bool:
    """Say whether a box is read before its paragraph, whose own ``text`` begins with its number.

    So is one anchored at the start of the paragraph, or drawn above it: a red head, a title. But what
    hangs on 二、 or （一） says something of that chapter or item, and would be the end of the one above.
    """
    if _is_above(box):
        return True
    return not behind_words and not _NUMBERED.match(text)


def is_watermark(art: Any) -> bool:
    """Say whether letters drawn along a path lie behind the text, by the name that Word gives the shape."""
    shape = art.getparent()
    said = " ".join(filter(None, (shape.get("id"), shape.get("alt"), shape.get(_SPID)))).lower()
    return "watermark" in said or "水印" in said


def _is_above(box: Any) -> bool:
    anchor = next(box.iterancestors(f"{_ANCHOR}anchor"), None)
    place = None if anchor is None else anchor.find(f"{_ANCHOR}positionV")
    if place is None or place.get("relativeFrom") not in {"paragraph", "line"}:
        return False
    offset = place.find(f"{_ANCHOR}posOffset")
    return offset is not None and (offset.text or "").strip().startswith("-")
