"""Which cells of a workbook hold words that are struck out: by the font of the cell, or of some of its words.

As light as the guarded worker, in which alone it is used.
"""

from __future__ import annotations

from tasks.workbook.part_xml import address_of, elements_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile

SHARED, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
SIGN = b"strike"
_OFF = frozenset({"0", "false", "off"})
_RUNS = frozenset({"r", "rPr", "rPh", "strike"})
_FONTS = frozenset({"fonts", "font", "strike", "cellXfs", "cellStyleXfs", "xf", "dxfs"})


class _Words:
    """What the runs of one text say; one without a font of its own has that of its cell."""

    def __init__(self) -> None:
        self.struck = self.by_cell = False
        self._font = self._run = self._phonetic = False
        self._crossed = False

    def begin(self, tag: str, given: dict[str, str]) -> None:
        if tag == "r":
            self._run, self._font, self._crossed = True, False, False
        elif tag == "rPr":
            self._font = True
        elif tag == "strike":
            self._crossed = given.get("val", "1") not in _OFF
        elif tag == "rPh":
            self._phonetic = True

    def end(self, tag: str, text: str) -> None:
        if tag == "r":
            self._run = False
        elif tag == "rPh":
            self._phonetic = False
        elif text.strip() and not self._phonetic:
            if self._run and self._font:
                self.struck = self.struck or self._crossed
            else:
                self.by_cell = True


class Struck:
    """The struck fonts of a workbook, and the texts that its sheets share."""

    def __init__(self, parts: ZipFile, names: set[str]) -> None:
        self._parts = parts
        self._styles = set(self._struck_styles()) if self._signed(STYLES, names) else set()
        self._texts: dict[str, _Words] = {}  # those with fonts of their own, by their number
        if SHARED in names and (self._styles or self._signed(SHARED, names)):
            self._texts = dict(self._shared())

    def cells(self, part: str) -> Iterator[tuple[int, int]]:
        """Yield row and column (from 0) of every cell with struck words, as they come."""
        if not (self._styles or self._texts or self._signed(part, {part})):
            return
        row = column = -1
        kind = value = style = ""
        words = _Words()
        events = elements_of(self._parts, part, {"row", "c", *_RUNS}, {"t", "v", "c", "r", "rPh"})
        for tag, given, text in events:
            if given is None:
                if tag == "v":
                    value = text.strip()
                elif tag != "c":
                    words.end(tag, text)
                elif kind == "s":
                    words = self._texts.get(value, _BY_CELL)
                    if words.struck or words.by_cell and style in self._styles:
                        yield row, column
                elif words.struck or (value or words.by_cell) and style in self._styles:
                    yield row, column
            elif tag == "row":
                number = given.get("r", "")
                row, column = (int(number) - 1 if number.isdecimal() else row + 1), -1
            elif tag == "c":
                kind, value, style = given.get("t", ""), "", given.get("s", "0")
                words = _Words()
                row, column = address_of(given.get("r", "")) or (row, column + 1)
            else:
                words.begin(tag, given)

    def _signed(self, part: str, names: set[str]) -> bool:
        return part in names and SIGN in self._parts.read(part)

    def _struck_styles(self) -> Iterator[str]:
        """Yield the number of every style of cells that has a struck font (ECMA-376 18.8.45)."""
        fonts: set[str] = set()
        within = ""
        font = style = -1
        for tag, given, _ in elements_of(self._parts, STYLES, {*_FONTS}):
            given = given or {}
            if tag in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
                within = tag
            elif tag == "font":
                font += 1
            elif tag == "strike" and within == "fonts" and given.get("val", "1") not in _OFF:
                fonts.add(str(font))
            elif tag == "xf" and within == "cellXfs":
                style += 1
                if given.get("fontId", "0") in fonts:
                    yield str(style)

    def _shared(self) -> Iterator[tuple[str, _Words]]:
        number, words, rich = -1, _Words(), False
        for tag, given, text in elements_of(
            self._parts, SHARED, {"si", *_RUNS}, {"si", "t", "r", "rPh"}
        ):
            if tag == "si" and given is not None:
                number, words, rich = number + 1, _Words(), False
            elif tag == "si":
                if rich:
                    yield str(number), words
            elif given is not None:
                rich = rich or tag == "r"
                words.begin(tag, given)
            else:
                words.end(tag, text)


_BY_CELL = _Words()
_BY_CELL.by_cell = True
