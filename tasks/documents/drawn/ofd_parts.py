"""What of an OFD its library does not tell: straight rules, annotations' words, pictures of a page."""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from tasks.documents.word.package import parsed

Rule4 = tuple[float, float, float, float]
STRAIGHT = 0.3  # millimetres that a rule may be off
THIN = 1.0  # millimetres of a filled box that stands for a rule
MOST_RULES = 20_000
MOST_NOTES = 200
MOST_OF_PAGE = 0.5  # that a picture of the page covers
_NOTES = re.compile(r"(?:.+/)?Annot[^/]*/.+\.xml", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?")


def rules_on_ofd(root: Any) -> list[Rule4]:
    """Return the straight rules drawn on a page, lying or standing, in millimetres."""
    found: list[Rule4] = []
    for path in _elements(root, "PathObject"):
        x, y, wide, high = _numbers(path.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
        if min(wide, high) < THIN < max(wide, high):
            middle = (x, y + high / 2, x + wide, y + high / 2)
            found.append(middle if wide > high else (x + wide / 2, y, x + wide / 2, y + high))
        else:
            data = next((e.text or "" for e in path if _name(e) == "AbbreviatedData"), "")
            found += _straight(data, _numbers(path.get("CTM"), 6), (x, y))
        if len(found) > MOST_RULES:
            return []  # a map, not a table
    return found


def _straight(
    data: str, matrix: Sequence[float] | None, corner: tuple[float, float]
) -> list[Rule4]:
    """Return the straight parts of a path (GB/T 33190, 9.1): M x y, L x y, C closes; curves are passed over."""
    a, b, c, d, e, f = matrix or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

    def placed(x: float, y: float) -> tuple[float, float]:
        return a * x + c * y + e + corner[0], b * x + d * y + f + corner[1]

    found: list[Rule4] = []
    start = at = placed(0.0, 0.0)
    for letter, numbers in _steps(data):
        if letter == "C":
            to = start
        elif len(numbers) >= 2:
            to = placed(numbers[-2], numbers[-1])
        else:
            continue
        if letter in "LC" and (abs(to[0] - at[0]) < STRAIGHT or abs(to[1] - at[1]) < STRAIGHT):
            found.append((*at, *to))
        if letter in "MS":
            start = to
        at = to
    return found


def _steps(data: str) -> Iterator[tuple[str, list[float]]]:
    letter, numbers = "", list[float]()
    for token in _TOKEN.findall(data[:200_000]):
        if token.isalpha():
            if letter:
                yield letter, numbers
            letter, numbers = token, []
        else:
            numbers.append(float(token))
    if letter:
        yield letter, numbers


def seals_of(archive: zipfile.ZipFile) -> list[str]:
    """Return the words of annotations: stamps, watermarks, notes."""
    names = [name for name in archive.namelist() if _NOTES.fullmatch(name)][:MOST_NOTES]
    words = []
    for name in names:
        try:
            root = parsed(archive.read(name))
        except etree.XMLSyntaxError:
            continue
        words += ["".join(e.itertext()).strip() for e in _elements(root, "TextObject")]
    return [each for each in words if each]


def pictures_on(root: Any, archive: zipfile.ZipFile, size: tuple[float, float]) -> list[bytes]:
    """Return the pictures that cover most of a page, by the order in which they are laid on."""
    found = []
    for image in _elements(root, "ImageObject"):
        box = _numbers(image.get("Boundary"), 4)
        if box and box[2] * box[3] >= MOST_OF_PAGE * size[0] * size[1]:
            name = _media(archive).get((image.get("ResourceID") or "").strip(), "")
            if name:
                found.append(archive.read(name))
    return found


def _media(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return where the pictures lie, by their number (GB/T 33190, 7.9)."""
    names = archive.namelist()
    by_end = {posixpath.basename(name): name for name in names}
    found = {}
    for name in names:
        if name.lower().endswith("res.xml"):
            for media in _elements(parsed(archive.read(name)), "MultiMedia"):
                file = next((e.text or "" for e in media if _name(e) == "MediaFile"), "").strip()
                if (held := by_end.get(posixpath.basename(file))) is not None:
                    found[media.get("ID") or ""] = held
    return found


def _elements(root: Any, name: str) -> Iterator[Any]:
    if root is None:
        return
    for element in root.iter():
        if isinstance(element.tag, str) and _name(element) == name:
            yield element


def _name(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    try:
        numbers = tuple(float(each) for each in (text or "").split())
    except ValueError:
        return None
    return numbers if len(numbers) == count else None
