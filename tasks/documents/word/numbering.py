"""The automatic numbers of Word: 一、 （一） 1. are often not in the text but in the list format."""

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "零一二三四五六七八九"
CHINESE = {
    "chineseCounting", "chineseCountingThousand", "ideographTraditional", "taiwaneseCountingThousand",
    "japaneseCounting", "ideographDigital",
}  # fmt: skip


class Numbering:
    """Counts the numbered paragraphs of one document in reading order."""

    def __init__(self, numbering: Any = None, styles: Any = None) -> None:
        """Take the roots of numbering.xml and styles.xml, None for a part that a file has not."""
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.styles: dict[str, Any] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.abstract: dict[str, str] = {}
        if numbering is not None:
            self._read(numbering)
        if styles is not None:
            for style in styles.iter(f"{W}style"):
                self.styles[style.get(f"{W}styleId") or ""] = style

    def _read(self, root: Any) -> None:
        formats: dict[str, dict[int, tuple[str, str, int]]] = {}
        for abstract in root.iter(f"{W}abstractNum"):
            levels = {}
            for level in abstract.iter(f"{W}lvl"):
                levels[int(level.get(f"{W}ilvl") or 0)] = (
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    int(_value(level, "start", "1") or 1),
                )
            formats[abstract.get(f"{W}abstractNumId") or ""] = levels
        for num in root.iter(f"{W}num"):
            key, abstract_id = num.get(f"{W}numId") or "", _value(num, "abstractNumId", "")
            self.levels[key] = formats.get(abstract_id, {})
            self.abstract[key] = abstract_id

    def number(self, paragraph: Any) -> str:
        """Return the number that Word shows before ``paragraph``, empty when it shows none."""
        key, level = self._place(paragraph)
        formats = self.levels.get(key, {})
        if level not in formats:
            return ""
        kind, text, start = formats[level]
        if kind in {"bullet", "none"} or not text:
            return ""
        group = self.abstract.get(key, key)
        self.counts[group, level] = self.counts.get((group, level), start - 1) + 1
        for deeper in [k for k in self.counts if k[0] == group and k[1] > level]:
            del self.counts[deeper]
        for at in range(level + 1):
            shown = formats.get(at, ("decimal", "", 1))
            value = self.counts.get((group, at), shown[2])
            text = text.replace(f"%{at + 1}", _written(value, shown[0]))
        return text

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Return the list and level of a paragraph, its own or its style's."""
        found = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val") if style is not None else None
        for _ in range(10):
            if found is not None or name not in self.styles:
                break
            element = self.styles[name]
            found = element.find(f"{W}pPr/{W}numPr")
            name = _value(element, "basedOn", "")
        if found is None:
            return "", 0
        return _value(found, "numId", ""), int(_value(found, "ilvl", "0") or 0)


def _value(element: Any, name: str, default: str) -> str:
    child = element.find(f"{W}{name}")
    return (child.get(f"{W}val") or default) if child is not None else default


def _written(value: int, kind: str) -> str:
    if kind in CHINESE and 0 < value < 100:
        tens, ones = divmod(value, 10)
        head = "" if not tens else ("十" if tens == 1 else DIGITS[tens] + "十")
        return head + (DIGITS[ones] if ones or not tens else "")
    if kind == "decimalEnclosedCircleChinese" or kind == "decimalEnclosedCircle":
        return chr(ord("①") + value - 1) if 0 < value <= 20 else str(value)
    if kind in {"lowerLetter", "upperLetter"} and 0 < value <= 26:
        return chr(ord("a" if kind == "lowerLetter" else "A") + value - 1)
    return str(value)
