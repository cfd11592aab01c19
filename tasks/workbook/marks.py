"""What a workbook holds that its cells do not tell: errors, formulas without result, remarks, pictures.

Calamine gives an empty text for an error and for a formula whose result nobody kept. So the file
itself is asked, but only one that shows a sign of such things from outside, and only ever in the
guarded worker: an XML parser that takes no document type, and hence no entity, under its limits.
"""

from __future__ import annotations

from io import BytesIO
from posixpath import dirname, join, normpath
from pyexpat import ParserCreate
from zipfile import ZipFile

from models.errors import CampaignError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    # Name of a sheet; row, column (from 0) and error of cells that say nothing; cells with a remark;
    # texts of boxes; number of pictures.
    Mark = tuple[str, list[tuple[int, int, str]], list[str], list[str], int]

WORKBOOK = "xl/workbook.xml"
NO_RESULT, PICTURE = "=", "DISPIMG"  # in place of an error: a formula without result; a picture
LONGEST_BOX = 2_000  # characters of a text box that are kept


def marks(content: bytes) -> Iterator[Mark]:
    """Yield what stands in and beside the cells of each sheet."""
    with ZipFile(BytesIO(content)) as parts:
        names = set(parts.namelist())
        for sheet, part in _sheets(parts, names):
            remarks, boxes = _Remarks(), _Boxes()
            for kind, beside in _relations(parts, names, part):
                if beside not in names:
                    continue
                if kind in ("comments", "threadedComment"):
                    _parse(parts, beside, remarks.start)
                elif kind == "drawing":
                    _parse(parts, beside, boxes.start, boxes.end, boxes.text)
            cells = _Cells()
            _parse(parts, part, cells.start, cells.end, cells.text)
            yield sheet, cells.broken, list(remarks.cells), boxes.texts, boxes.pictures


def _sheets(parts: ZipFile, names: set[str]) -> list[tuple[str, str]]:
    """Return name and part of every sheet, in the order of the workbook."""
    targets: dict[str, str] = {}
    found: list[tuple[str, str]] = []

    def relation(tag: str, given: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[given.get("Id", "")] = _target(WORKBOOK, given)

    def sheet(tag: str, given: dict[str, str]) -> None:
        if tag == "sheet":
            part = targets.get(given.get("id", ""), "")
            if part in names:
                found.append((given.get("name", ""), part))

    _parse(parts, "xl/_rels/workbook.xml.rels", relation)
    _parse(parts, WORKBOOK, sheet)
    return found


def _relations(parts: ZipFile, names: set[str], part: str) -> list[tuple[str, str]]:
    """Return kind and part of all that stands beside a sheet."""
    found: list[tuple[str, str]] = []

    def relation(tag: str, given: dict[str, str]) -> None:
        if tag == "Relationship":
            found.append((given.get("Type", "").rpartition("/")[2], _target(part, given)))

    beside = join(dirname(part), "_rels", f"{part.rpartition('/')[2]}.rels")
    if beside in names:
        _parse(parts, beside, relation)
    return found


def _target(part: str, given: dict[str, str]) -> str:
    return normpath(join("/", dirname(part), given.get("Target", ""))).lstrip("/")


class _Remarks:
    """The cells of a sheet that bear a remark, each once."""

    def __init__(self) -> None:
        self.cells: dict[str, None] = {}

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("comment", "threadedComment") and given.get("ref"):
            self.cells[given["ref"]] = None


class _Boxes:
    """The texts of boxes and the pictures of a sheet."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pictures = 0
        self._open = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "pic":
            self.pictures += 1
        elif tag == "txBody":
            self.texts.append("")
        elif tag == "t":
            self._open = bool(self.texts)

    def end(self, tag: str) -> None:
        if tag == "t":
            self._open = False

    def text(self, words: str) -> None:
        if self._open and len(self.texts[-1]) < LONGEST_BOX:
            self.texts[-1] += words


class _Cells:
    """The cells of a sheet that say nothing, as they come."""

    def __init__(self) -> None:
        self.broken: list[tuple[int, int, str]] = []
        self._row = self._column = -1
        self._kind = self._value = self._formula = ""
        self._has_formula = False
        self._inside = ""

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "c":
            self._kind, self._value, self._formula = given.get("t", ""), "", ""
            self._has_formula = False
            place = _place(given.get("r", ""))
            self._row, self._column = place or (self._row, self._column + 1)
        elif tag == "row":
            number = given.get("r", "")
            self._row = int(number) - 1 if number.isdecimal() else self._row + 1
            self._column = -1
        elif tag in ("v", "f"):
            self._inside = tag
            self._has_formula = self._has_formula or tag == "f"

    def end(self, tag: str) -> None:
        if tag in ("v", "f"):
            self._inside = ""
        elif tag == "c":
            if self._kind == "e":
                self.broken.append((self._row, self._column, self._value or "#"))
            elif self._has_formula and PICTURE in self._formula:
                self.broken.append((self._row, self._column, PICTURE))
            elif self._has_formula and not self._value and self._kind != "str":
                self.broken.append((self._row, self._column, NO_RESULT))

    def text(self, words: str) -> None:
        if self._inside == "v":
            self._value = (self._value + words)[:20]
        elif self._inside == "f" and len(self._formula) < 200:
            self._formula += words


def _place(address: str) -> tuple[int, int] | None:
    """Return row and column (from 0) of an address like AB12, None when it is none."""
    letters = address.rstrip("0123456789")
    digits = address[len(letters) :]
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3 and 0 < len(digits) < 9):
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


def _parse(
    parts: ZipFile,
    name: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Hand the elements of a part on, their names and those of attributes without a name space."""
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def opened(tag: str, given: dict[str, str]) -> None:
        start(
            tag.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in given.items()}
        )

    def refuse(*_given: object) -> None:
        raise CampaignError("里有外部引用，可能有害，没有打开")

    parser.StartElementHandler = opened
    parser.StartDoctypeDeclHandler = refuse
    if end:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(" ")[2])
    if text:
        parser.CharacterDataHandler = text
    with parts.open(name) as part:
        parser.ParseFile(part)
