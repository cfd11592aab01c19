"""The numbers that a web page counts before the items of its lists (HTML 4.4.5, CSS Counter Styles)."""

import re

from tasks.documents.counters import written
from tasks.documents.web.nodes import Node

LISTS = frozenset({"ol", "ul", "menu", "dir"})
_TYPES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9})")
_STYLE = re.compile(r"(?:^|;)\s*list-style(?:-type)?\s*:([^;]*)", re.IGNORECASE)
# The styles of CSS: our name for the format, where it ends, and what stands behind the number.
_ALPHA, _LATIN_END, _CHINESE_END = "alpha", ". ", "、"
_STYLES: dict[str, tuple[str, int, str]] = {
    "decimal": ("decimal", 10**9, _LATIN_END),
    "decimal-leading-zero": ("decimalZero", 10**9, _LATIN_END),
    "lower-alpha": (_ALPHA, 10**9, _LATIN_END),
    "lower-latin": (_ALPHA, 10**9, _LATIN_END),
    "upper-alpha": ("ALPHA", 10**9, _LATIN_END),
    "upper-latin": ("ALPHA", 10**9, _LATIN_END),
    "lower-roman": ("lowerRoman", 3999, _LATIN_END),
    "upper-roman": ("upperRoman", 3999, _LATIN_END),
    "cjk-decimal": ("ideographDigital", 10**9, _CHINESE_END),
    "cjk-ideographic": ("taiwaneseCountingThousand", 9999, _CHINESE_END),
    "trad-chinese-informal": ("taiwaneseCountingThousand", 9999, _CHINESE_END),
    "simp-chinese-informal": ("chineseCountingThousand", 9999, _CHINESE_END),
    "japanese-informal": ("japaneseCounting", 9999, _CHINESE_END),
    "simp-chinese-formal": ("chineseLegalSimplified", 9999, _CHINESE_END),
    "trad-chinese-formal": ("ideographLegalTraditional", 9999, _CHINESE_END),
    "japanese-formal": ("japaneseLegal", 9999, _CHINESE_END),
    "cjk-heavenly-stem": ("ideographTraditional", 10, _CHINESE_END),
    "cjk-earthly-branch": ("ideographZodiac", 12, _CHINESE_END),
}
_MARKS = frozenset({"none", "disc", "circle", "square"})


class Items:
    """Counts the items of one list."""

    def __init__(self, node: Node) -> None:
        said = node.said
        self._style = _style_of(node) or ("decimal" if node.tag == "ol" else "none")
        self._step = -1 if node.tag == "ol" and "reversed" in said else 1
        start = _whole(said.get("start")) if node.tag == "ol" else None
        if start is None:
            items = (isinstance(child, Node) and child.tag == "li" for child in node.children)
            start = sum(items) if self._step < 0 else 1
        self._next = start

    def label(self, item: Node) -> str:
        """Count ``item`` and return what stands before it, with the blank behind; "" for a bullet."""
        value = _whole(item.said.get("value"))
        number = self._next if value is None else value
        self._next = number + self._step
        return _label(number, _style_of(item) or self._style)


def _label(number: int, style: str) -> str:
    if style in _MARKS:
        return ""
    kind, last, end = _STYLES[style]
    if not 0 < number <= last:
        return f"{number}{end}"
    if kind in ("alpha", "ALPHA"):
        return _letters(number, "a" if kind == _ALPHA else "A") + end
    return (written(number, kind) if kind != "decimal" else str(number)) + end


def _letters(number: int, first: str) -> str:
    """Return a … z, aa, ab: not as Word, which goes on with aa, bb."""
    word = ""
    while number:
        number, at = divmod(number - 1, 26)
        word = chr(ord(first) + at) + word
    return word


def _style_of(node: Node) -> str:
    """Return the style that an element names, "" when it names none that we know."""
    if not node.raw:
        return ""
    if found := _STYLE.search(node.said.get("style", "")):
        for word in found[1].lower().split():
            if word in _STYLES or word in _MARKS:
                return word
    kind = node.said.get("type", "").strip()
    return _TYPES.get(kind) or (kind.lower() if kind.lower() in _MARKS else "")


def _whole(text: str | None) -> int | None:
    found = _NUMBER.match(text or "")
    return int(found[1]) if found else None
