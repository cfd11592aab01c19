"""What is drawn on a page of a PDF: letters as they are drawn, pictures, and shapes for pdfplumber.

The objects of pdfplumber, a dictionary for each letter, would cost a third of all reading.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTPage
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdftypes import PDFObjRef
from pdfminer.psparser import PSLiteral
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_rect, mult_matrix

from tasks.documents.faults import DocumentError
from tasks.documents.pages import FOOTER, HEADER, HIDDEN, WATERMARK
from tasks.documents.pdf.codes import by_encoding
from tasks.documents.pdf.letters import ACROSS, ASKEW, COLUMN, DOWNWARDS, OVER, UPWARDS, Glyph
from tasks.documents.pdf.looks import PLAIN, Box, Ink, lightness
from tasks.documents.pdf.shown import as_shown

MOST_LETTERS = 100_000  # on a page; a dense one has 5,000
MOST_SHAPES = 50_000  # a page with more is a map, not a table
MOST_PICTURES = 2_000  # on a page; a scan may come in hundreds of strips
NO_CODE = "\x00"  # a letter whose font does not say which it is
_ARTIFACTS = {"Header": HEADER, "Footer": FOOTER, "Watermark": WATERMARK}  # ISO 32000-1, table 330


class OfFile(NamedTuple):
    """What is the same on all pages of a file: the letters of its fonts, the layers that are not shown."""

    fonts: dict[PDFFont, dict[int, tuple[str, float]]]
    layers_off: frozenset[int]


class Print(PDFLayoutAnalyzer):
    """Takes down what is printed on a page: letters, pictures, and shapes for pdfplumber."""

    def __init__(self, manager: Any, corner: tuple[float, float], kept: "OfFile") -> None:
        super().__init__(manager)
        self.letters: list[Glyph] = []
        self.looks: dict[int, Ink] = {}  # of the letters that are not plain
        self.pictures: list[Box] = []
        self.shapes = 0
        self.undecoded = False  # a font's codes led to no letters at all
        self.slopes: list[tuple[float, int]] = []  # of lines a little askew, and their letters
        # From which letter on, and which part of a box is below its base line.
        self.shares: list[tuple[int, float]] = []
        self.washed = False  # a colour that runs into another is laid on somewhere
        self.layout: LTPage | None = None
        self.edges: Box = (0.0, 0.0, 0.0, 0.0)
        self.base: Any = MATRIX_IDENTITY
        self.notes: list[tuple[str, str]] = []  # why words laid on the page are no text, and they
        self.alpha = 1.0
        self._tags: list[str] = []
        self._left, self._bottom = corner  # of the page, in the measure of pdfplumber
        self._fonts, self._layers_off = kept.fonts, kept.layers_off

    def begin_page(self, page: Any, ctm: Any) -> None:
        super().begin_page(page, ctm)
        self.base = ctm
        whole = self.placed(apply_matrix_rect(ctm, page.mediabox))
        shown = self.placed(apply_matrix_rect(ctm, page.cropbox))
        left, top = max(whole[0], shown[0]), max(whole[1], shown[1])
        right, bottom = min(whole[2], shown[2]), min(whole[3], shown[3])
        self.edges = (left, top, right, bottom) if left < right and top < bottom else whole

    def receive_layout(self, ltpage: LTPage) -> None:
        self.layout = ltpage

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        why = ""
        if tag.name == "Artifact" and isinstance(props, dict):
            why = _ARTIFACTS.get(str(getattr(props.get("Subtype"), "name", "")), "")
        elif tag.name == "OC" and isinstance(props, PDFObjRef) and props.objid in self._layers_off:
            why = HIDDEN
        self._tags.append(why or (self._tags[-1] if self._tags else ""))

    def end_tag(self) -> None:
        if self._tags:
            self._tags.pop()

    @contextmanager
    def set_apart(self, why: str) -> Iterator[None]:
        """Let what is drawn meanwhile be no text, for the reason ``why``; nothing changes without one."""
        tags, self._tags, self.alpha = self._tags, [why] if why else [], 1.0
        yield
        self._tags = tags

    def type_in(self, words: str, box: Box, size: float) -> None:
        """Write ``words`` into a box of the file's own measure, for which nothing is drawn."""
        x0, top, x1, bottom = self.placed(apply_matrix_rect(self.base, box))
        x, y = x0, top
        for letter in words:
            wide = size if letter >= "\u2e80" else size / 2
            if letter in "\r\n" or x + wide > x1 > x0 + size:
                x, y = x0, y + 1.2 * size
            if letter not in "\r\n":
                number = len(self.letters)
                self.letters.append(Glyph(letter, x, x + wide, y, y + size, number))
                x += wide

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Let what a form draws stand on the page itself."""

    def end_figure(self, _: str) -> None:
        """See begin_figure."""

    def render_image(self, name: str, stream: Any) -> None:
        if len(self.pictures) < MOST_PICTURES:
            self.pictures.append(self.placed(apply_matrix_rect(self.ctm, (0, 0, 1, 1))))

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        self.shapes += 1
        if self.shapes <= MOST_SHAPES:
            known = len(self.cur_item)
            super().paint_path(gstate, stroke, fill, evenodd, path)
            a, b, c, d = self.ctm[:4]
            if (a, b, c, d) != (1, 0, 0, 1):  # pdfminer's width is that before the page was scaled
                made: list[Any] = self.cur_item._objs[known:]
                for shape in made:
                    shape.linewidth *= abs(a * d - b * c) ** 0.5

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        font = textstate.font
        if font is None:
            return
        first = len(self.letters)
        if first + sum(len(each) for each in seq if isinstance(each, bytes)) // 2 > MOST_LETTERS:
            raise DocumentError(f"有一页多于 {MOST_LETTERS // 10_000} 万字，不像一份方案，没有读")
        self._draw(textstate, seq, font)
        if len(self.letters) == first and any(isinstance(each, bytes) and each for each in seq):
            self.undecoded = True
        look = self._look(textstate.render, graphicstate)
        if look is not PLAIN:
            self.looks.update(dict.fromkeys(range(first, len(self.letters)), look))

    def _look(self, render: int, graphicstate: Any) -> Ink:
        why = self._tags[-1] if self._tags else ""
        stroked = render in (1, 5)
        colour = graphicstate.scolor if stroked else graphicstate.ncolor
        space = graphicstate.scs if stroked else graphicstate.ncs
        if colour == 0 and self.alpha == 1 and render < 3 and not why:
            return PLAIN
        light = 1 - (1 - lightness(colour, getattr(space, "name", ""))) * self.alpha
        unseen = render in (3, 7)
        return Ink(light, unseen, why) if light > 0.3 or unseen or why else PLAIN

    def _draw(self, textstate: Any, seq: Any, font: PDFFont) -> None:
        a, b, c, d, e, f = mult_matrix(textstate.matrix, self.ctm)
        size, rise = textstate.fontsize, textstate.rise
        scaling = textstate.scaling * 0.01
        tall = font.is_vertical()
        step = 0.001 * size * scaling
        apart = textstate.charspace * scaling
        blank = 0 if font.is_multibyte() else textstate.wordspace * scaling
        x, y = textstate.linematrix
        way = _way(a * size * scaling, b * size * scaling)
        way = COLUMN if tall and way == ACROSS else way
        low = rise + (0 if tall else font.get_descent() * size)
        self.shares.append((len(self.letters), -font.get_descent()))
        seen = self._fonts.setdefault(font, {})
        letters, e, f = self.letters, e + self._left, self._bottom - f
        straight = b == 0 and c == 0
        needs, first = False, len(letters)
        for piece in seq:
            if isinstance(piece, int | float):
                if tall:
                    y -= piece * step
                else:
                    x -= piece * step
                needs = True
            elif isinstance(piece, bytes):
                for code in font.decode(piece):
                    if needs:
                        x, y = (x, y + apart) if tall else (x + apart, y)
                    text, width = seen.get(code) or self._letter(seen, font, code)
                    far = width * size * scaling
                    if tall:
                        box = self._column_box(font, code, textstate, far)
                        x0, y0, x1, y1 = x + box[0], y + box[1], x + box[2], y + box[3]
                    else:
                        x0, y0, x1, y1 = x, y + low, x + far, y + low + size
                    if straight:
                        x0, x1, y0, y1 = a * x0 + e, a * x1 + e, f - d * y0, f - d * y1
                    else:
                        xs = (a * x0 + c * y0, a * x1 + c * y0, a * x0 + c * y1, a * x1 + c * y1)
                        ys = (b * x0 + d * y0, b * x1 + d * y0, b * x0 + d * y1, b * x1 + d * y1)
                        x0, x1, y0, y1 = min(xs) + e, max(xs) + e, f - min(ys), f - max(ys)
                    if x1 < x0:
                        x0, x1 = x1, x0
                    if y0 < y1:
                        y0, y1 = y1, y0
                    letters.append(tuple.__new__(Glyph, (text, x0, x1, y1, y0, len(letters), way)))
                    if tall:
                        y += far + (blank if code == 32 else 0)
                    else:
                        x += far + (blank if code == 32 else 0)
                    needs = True
        if b and way == ACROSS:
            self.slopes.append((b / a, len(letters) - first))
        textstate.linematrix = (x, y)

    def _letter(self, seen: dict[int, tuple[str, float]], font: PDFFont, code: int) -> Any:
        try:
            text = font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = by_encoding(font, code) or NO_CODE
        name = font.fontname
        text = as_shown(text, name if isinstance(name, str) else "") if text else text
        seen[code] = text, font.char_width(code)
        return seen[code]

    def _column_box(self, font: Any, code: int, textstate: Any, far: float) -> Box:
        size, rise = textstate.fontsize, textstate.rise
        across, up = font.char_disp(code)
        left = size * 0.5 if across is None else across * size * 0.001
        upper = (1000 - up) * size * 0.001
        return -left, upper + rise + far, -left + size, upper + rise

    def placed(self, box: Any) -> Box:
        """Return a box of the page's own measure in that of pdfplumber."""
        x0, y0, x1, y1 = box
        left, bottom = self._left, self._bottom
        return x0 + left, bottom - y1, x1 + left, bottom - y0


def _way(along: float, up: float) -> int:
    """Return how letters stand whose line runs in this direction; a scan is a little askew."""
    if abs(up) <= 0.06 * abs(along):
        return ACROSS if along >= 0 else OVER
    if abs(along) <= 0.06 * abs(up):
        return UPWARDS if up > 0 else DOWNWARDS
    return ASKEW
