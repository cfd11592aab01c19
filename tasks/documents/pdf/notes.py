"""What is laid on a page of a PDF: fields that were filled in, typed notes, comments, attached files.

ISO 32000-1, 12.5. A field and a typed note stand on paper and are read in their place; a comment opens
where it is clicked, and is named.
"""

from typing import Any

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_rect, decode_text, mult_matrix

from models.plan.reading.text.marks import EMBEDDED, MISSING
from tasks.documents.faults import DocumentError
from tasks.documents.pages import COMMENT, SEAL, WATERMARK
from tasks.documents.pdf.drawing import Print
from tasks.documents.pdf.pen import Pen

MOST = 2000  # on a page, looked at
LONGEST = 20_000  # letters of one
_UNSEEN = 2 | 32  # flags: hidden, not to be viewed
_PRINTED = {"Widget", "FreeText", "Stamp", "Watermark"}
_CLICKED = {"Text", "Highlight", "Underline", "Squiggly", "StrikeOut", "Caret", "Ink", "Square"}
_SIZE = 12.0  # of letters, where nobody says how a field is set


def lay_on(pen: Pen, drawn: Print, notes: Any) -> list[tuple[str, str]]:
    """Add to ``drawn`` the letters that are laid on the page; return why others are left out, and words."""
    left: list[tuple[str, str]] = []
    listed = resolve1(notes)
    for note in map(resolve1, listed[:MOST] if isinstance(listed, list) else ()):
        if not isinstance(note, dict):
            continue
        try:
            left += _laid(pen, drawn, note)
        except DocumentError:
            raise
        except Exception:  # an odd note takes nothing else of the page along
            left.append((MISSING, _words(note, "Contents") or "表单域或批注"))
    return left


def _laid(pen: Pen, drawn: Print, note: dict[str, Any]) -> list[tuple[str, str]]:
    kind, flags = _name(note.get("Subtype")), resolve1(note.get("F"))
    if kind in _CLICKED:
        return [(COMMENT, _words(note, "Contents"))]
    if kind == "FileAttachment":
        return [(EMBEDDED, _file_name(note) or _words(note, "Contents"))]
    if kind in _PRINTED and not (isinstance(flags, int) and flags & _UNSEEN):
        _print(pen, drawn, note, kind)
    return []


def attached(catalog: Any) -> list[str]:
    """Return the names of the files that are packed into this one."""
    tree = resolve1(catalog.get("Names"))
    tree = resolve1(tree.get("EmbeddedFiles")) if isinstance(tree, dict) else None
    found: list[str] = []
    stack, seen = [tree], 0
    while stack and seen < MOST:
        seen += 1
        node = resolve1(stack.pop())
        if isinstance(node, dict):
            names = resolve1(node.get("Names"))
            kids = resolve1(node.get("Kids"))
            found += [_text(name) for name in names[:MOST:2]] if isinstance(names, list) else []
            stack += kids[:MOST] if isinstance(kids, list) else []
    return found


def _print(pen: Pen, drawn: Print, note: dict[str, Any], kind: str) -> None:
    why = SEAL if _field(note, "FT") == "Sig" else WATERMARK if kind == "Watermark" else ""
    box = _numbers(note.get("Rect"))
    if len(box) != 4:
        return  # it has no place, so nobody sees it
    x0, x1, y0, y1 = min(box[::2]), max(box[::2]), min(box[1::2]), max(box[1::2])
    with drawn.set_apart(why):
        look = _look(note)
        if look is not None:
            matrix = resolve1(look.get("Matrix")) or MATRIX_IDENTITY
            left, low, right, high = _numbers(look["BBox"])
            frame = apply_matrix_rect(matrix, (left, low, right, high))
            along = (x1 - x0) / ((frame[2] - frame[0]) or 1)
            up = (y1 - y0) / ((frame[3] - frame[1]) or 1)
            fit = (along, 0, 0, up, x0 - frame[0] * along, y0 - frame[1] * up)
            place = mult_matrix(matrix, mult_matrix(fit, drawn.base))
            pen.subinterp().render_contents(resolve1(look.get("Resources")) or {}, [look], place)
            return
        words = _words(note, "Contents") if kind == "FreeText" else _value(note)
        drawn.type_in(words[:LONGEST], (x0, y0, x1, y1), _SIZE)


def _numbers(value: Any) -> list[float]:
    listed = resolve1(value)
    numbers = [resolve1(each) for each in listed[:4]] if isinstance(listed, list) else []
    return [float(each) for each in numbers if isinstance(each, int | float)]


def _look(note: dict[str, Any]) -> PDFStream | None:
    """Return what is drawn of a note; of several states the one that it is in."""
    looks = resolve1(note.get("AP"))
    normal = resolve1(looks.get("N")) if isinstance(looks, dict) else None
    if isinstance(normal, dict):
        normal = resolve1(normal.get(_name(note.get("AS"))))
    return normal if isinstance(normal, PDFStream) and resolve1(normal.get("BBox")) else None


def _value(note: dict[str, Any]) -> str:
    """Return what was written into a field; of a box to tick, nothing."""
    value = resolve1(_field(note, "V")) if _field(note, "FT") in {"Tx", "Ch"} else None
    return _text(value) if isinstance(value, bytes | str) else ""


def _field(note: dict[str, Any], key: str) -> Any:
    """Return a property of a field, which it may have from those above it."""
    node: Any = note
    for _ in range(8):
        if not isinstance(node, dict):
            break
        if (value := resolve1(node.get(key))) is not None:
            return _name(value) or value
        node = resolve1(node.get("Parent"))
    return None


def _file_name(note: dict[str, Any]) -> str:
    file = resolve1(note.get("FS"))
    return _words(file, "UF") or _words(file, "F") if isinstance(file, dict) else _text(file)


def _words(note: dict[str, Any], key: str) -> str:
    return _text(resolve1(note.get(key)))


def _text(value: Any) -> str:
    value = resolve1(value)
    if isinstance(value, bytes):
        return decode_text(value)[:LONGEST]
    return value[:LONGEST] if isinstance(value, str) else ""


def _name(value: Any) -> str:
    name = getattr(resolve1(value), "name", "")
    return name if isinstance(name, str) else ""
