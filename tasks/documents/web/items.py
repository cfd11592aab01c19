"""The numbers that a web page counts before the items of its lists (HTML 4.4.5, CSS Counter Styles)."""

import re
from collections.abc import Callable, Mapping

from tasks.documents.counters import written
from tasks.documents.web.nodes import Node, words_in

LISTS = frozenset({"ol", "ul", "menu", "dir"})
_TYPES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9})")
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
_MARKS = frozenset({"none", "disc", "circle", "square", "disclosure-open", "disclosure-closed"})
_NO_STYLE = frozenset({"inside", "outside", "initial", "inherit", "unset", "revert", "!important"})
_QUOTED = r"""(?:"[^"]*"|'[^']*'|url\([^)]*\))"""  # a mark of its own, or a picture
_OWN_NUMBER = r"\s*(?:第.{1,4}[章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[.．、](?!\d))"
Said = Callable[[Node], Mapping[str, str]]  # how an element is shown


class Items:
    """Counts the items of one list; ``shown`` tells how an element is shown."""

    def __init__(self, node: Node, shown: Said) -> None:
        said = node.said
        self._shown = shown
        self._style = self._style_of(node) or ("decimal" if node.tag == "ol" else "none")
        self._step = -1 if node.tag == "ol" and "reversed" in said else 1
        start = _whole(said.get("start")) if node.tag == "ol" else None
        if start is None:
            items = (isinstance(child, Node) and self._is_item(child) for child in node.children)
            start = sum(items) if self._step < 0 else 1
        self._next = start

    def label(self, item: Node) -> str:
        """Count ``item`` and return what stands before it, with the blank behind; "" for a bullet."""
        if not self._is_item(item):
            return ""
        value = _whole(item.said.get("value"))
        number = self._next if value is None else value
        self._next = number + self._step
        return _label(number, self._style_of(item) or self._style)

    def _is_item(self, node: Node) -> bool:
        """Say whether a child of the list is one of its items, which are counted."""
        return node.tag == "li" and self._shown(node).get("display", "list-item") == "list-item"

    def _style_of(self, node: Node) -> str:
        """Return the style that an element names, "" when none; one that we do not know is in digits."""
        style = self._shown(node).get("list-style", "")
        if re.search(_QUOTED, style):
            return "none"
        words = [word for word in style.split() if word not in _NO_STYLE]
        if words:
            return words[0] if words[0] in _STYLES or words[0] in _MARKS else "decimal"
        kind = node.said.get("type", "").strip()
        if kind in _TYPES:
            return _TYPES[kind] if node.tag in ("ol", "li") else ""
        return kind.lower() if kind.lower() in _MARKS and node.tag != "ol" else ""


def has_own_number(item: Node) -> bool:
    """Say whether the text of an item begins with a number of its own: 一、, （一）, 1."""
    return re.match(_OWN_NUMBER, words_in(item)) is not None


def _label(number: int, style: str) -> str:
    if style in _MARKS:
        return ""
    kind, last, end = _STYLES[style]
    if not 0 < number <= last:
        sign = "-" if number < 0 else ""
        digits = (
            written(abs(number), "ideographDigital") if end == _CHINESE_END else str(abs(number))
        )
        return sign + digits + end
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


def _whole(text: str | None) -> int | None:
    found = _NUMBER.match(text or "")
    return int(found[1]) if found else None
