"""Where on a first page a mark of secrecy may stand: its lines, and what stands apart from them in boxes."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from models.rules.evidence.secrecy import ALONE, Apart

FIRST_PAGE = 1_500  # letters: a page of a document has 22 lines of 28, one in small type twice that
MOST_BOXES = 200
BOX, AGAIN, CHOICES = "txbxContent", "Fallback", "ddList"
_TEXTPATH = "{urn:schemas-microsoft-com:vml}textpath"
_SECTION = re.compile(
    "&[LCR]"
)  # of a sheet's header: left, centre, right (ECMA-376 part 1, 18.3.1.46)
_CODE = re.compile('&(?:"[^"]*"|[0-9]+|K[0-9A-F+-]{6}|[A-Z])')
_CELLS_END = b"sheetData>"
_SHEET_HEADS = re.compile(
    rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^>]*>([^<]{1,1000})</", re.I
)


def plain_tag(tag: object) -> str:
    """Return a tag without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def stands_twice(fallback: Any) -> bool:
    """Say whether an mc:Fallback shows once more what the Choice beside it does (ECMA-376 part 3, 10.2)."""
    beside = fallback.itersiblings(preceding=True)
    return any(text.text for one in beside for text in one.iter("{*}t", "{*}delText"))


def chosen_of(choices: Any) -> str:
    """Return what an old list to choose from shows: it stands nowhere as text (ECMA-376 part 1, 17.16.9)."""
    entries = [_value(one) for one in choices.iterfind("{*}listEntry")]
    for name in ("result", "default"):
        number = _value(choices.find(f"{{*}}{name}"))
        if number.isascii() and number.isdecimal() and int(number[:5]) < len(entries):
            return entries[int(number[:5])]
    return entries[0] if entries else ""


def _value(element: Any) -> str:
    return next(iter(element.values()), "") if element is not None else ""


class FirstPage:
    """The first page of a Word file: its lines, a row's cells parted by tabs, and the boxes anchored on it.

    It ends where Word noted that it did, at a break that somebody made, or after FIRST_PAGE letters. A box
    may stand anywhere on its anchor's page, so one that is anchored far down may be the page's head.
    """

    def __init__(self, root: Any) -> None:
        self.lines: list[str] = []
        self.boxes: list[Apart] = []
        self._letters = 0
        self._ended = False
        for paragraphs in _rows(root):
            text = "\t".join(filter(None, map(self._read, paragraphs)))
            if text.strip():
                self.lines.append(text)
            if self._ended or self._letters > FIRST_PAGE:
                break

    @property
    def text(self) -> str:
        """Return its lines."""
        return "\n".join(self.lines)

    def _read(self, paragraph: Any) -> str:
        out: list[str] = []
        walk = etree.iterwalk(paragraph, events=("start",))
        for _, element in walk:
            word = plain_tag(element.tag)
            if self._ended:
                break
            if word == BOX:
                self._keep(element)
                walk.skip_subtree()
            elif word == AGAIN and stands_twice(element):
                walk.skip_subtree()
            elif word in ("t", "delText"):
                out.append(element.text or "")
                self._letters += len(out[-1])
            elif word == CHOICES:
                out.append(chosen_of(element))
                self._letters += len(out[-1])
            elif word == "tab":
                out.append("\t")
            elif word == "lastRenderedPageBreak" or word == "br" and "page" in element.values():
                self._ended = self._letters > 0
        return "".join(out).strip()

    def _keep(self, box: Any) -> None:
        # A box within a box is read on its own, and with the one around it.
        inner = FirstPage(box)
        self.boxes += [Apart("文本框", inner.text, len(self.lines) < ALONE), *inner.boxes]
        del self.boxes[MOST_BOXES:]


def body_lines(root: Any) -> Iterator[str]:
    """Yield every line of a Word file's body, a row's cells parted by tabs; what boxes hold is left out."""
    for paragraphs in _rows(root):
        yield "\t".join(map(_words_of, paragraphs))


def _words_of(paragraph: Any) -> str:
    out: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        word = plain_tag(element.tag)
        if word == BOX or word == AGAIN and stands_twice(element):
            walk.skip_subtree()
        elif word in ("t", "delText"):
            out.append(element.text or "")
    return "".join(out)


def _rows(element: Any) -> Iterator[list[Any]]:
    """Yield paragraphs that make up one line each: a paragraph by itself, those of a table's row together."""
    for child in element:
        word = plain_tag(child.tag)
        if word == "p":
            yield [child]
        elif word == "tr":
            yield [one for row in _rows_within(child) for one in row]
        elif word != AGAIN or not stands_twice(child):
            yield from _rows(child)


def _rows_within(row: Any) -> Iterator[list[Any]]:
    for cell in row:
        yield from _rows(cell)


def drawn_words(root: Any) -> list[Apart]:
    """Return the words that a part draws as WordArt, as Word's own watermarks are (VML, textpath)."""
    return [Apart("水印", said) for one in root.iter(_TEXTPATH) if (said := one.get("string", ""))]


def shapes_of(root: Any) -> list[Apart]:
    """Return the words of each shape of a slide, a layout, a master or a sheet's drawing."""
    found = []
    for shape in islice(root.iter("{*}sp"), MOST_BOXES):
        lines = ("".join(t.text or "" for t in p.iter("{*}t")) for p in shape.iter("{*}p"))
        if text := "\n".join(line for line in lines if line.strip()):
            found.append(Apart("文本框", text))
    return found


def frames_of(root: Any) -> list[Apart]:
    """Return the words of the first text boxes of an OpenDocument; the first few may be its head."""
    frames = islice(root.iter("{*}text-box"), MOST_BOXES)
    texts = ("\n".join("".join(p.itertext()) for p in one.iter("{*}p")) for one in frames)
    return [Apart("文本框", text, number < 3) for number, text in enumerate(texts)]


def sheet_heads(sheet: bytes) -> list[Apart]:
    """Return what a sheet's headers and footers say on paper, each of their three parts."""
    found = []
    for said in _SHEET_HEADS.findall(sheet, max(0, sheet.rfind(_CELLS_END))):
        text = said.decode("utf-8", "replace")
        for coded, plain in (("&quot;", '"'), ("&amp;", "&")):
            text = text.replace(coded, plain)
        found += heads_in(text)
    return found


def heads_in(text: str) -> list[Apart]:
    """Return the three parts of a sheet's header or footer, without the codes of their looks."""
    return [
        Apart("页眉页脚", said) for part in _SECTION.split(text) if (said := _CODE.sub("", part))
    ]
