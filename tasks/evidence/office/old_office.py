"""Look into old office files: the text of a .doc, the days of all of them."""

import struct

from models.rules.evidence.examined import Hindrance
from models.rules.evidence.secrecy import ALONE, Apart, marks_alone
from tasks.evidence.examining.days import summary_days
from tasks.evidence.examining.seen import SeenFile, Unseen
from tasks.evidence.office.places import MOST_BOXES, heads_in
from tasks.guarded.compound import Compound

_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200  # of the flags at 10 ([MS-DOC] 2.5.2)
_CLX = 0x01A2  # where the FIB says where the pieces are
# Where the FIB says how long each story is, and which they are, in their order ([MS-DOC] 2.5.4).
_STORIES = 0x4C
_KINDS = ("body", "notes", "heads", "", "comments", "ends", "boxes", "boxes")
_PAPER_HEADS = (0x14, 0x15)  # Header, Footer of a sheet
MOST_RECORDS = 500_000  # of a workbook that are passed over
_LINES = str.maketrans(
    {"\r": "\n", "\x07": "\t", "\x0b": "\n", "\x0c": "\n", "\x13": "", "\x14": "", "\x15": ""}
    | {chr(n): "" for n in (0, 1, 2, 3, 4, 5, 6, 8, 14, 15, 16, 17, 18, 19, 30, 31)}
)


def see_old_word(content: bytes) -> SeenFile:
    """Look into a .doc by its table of pieces ([MS-DOC] 2.8.35); raises Unseen for one that cannot be."""
    try:
        file = Compound(content)
        seen = dated(file)
        body = file.stream("WordDocument")
        (flags,) = struct.unpack_from("<H", body, 10)
        if flags & _ENCRYPTED:
            raise Unseen(Hindrance.LOCKED, "设有打开密码，请去掉密码后再试")
        table = file.stream("1Table" if flags & _SECOND_TABLE else "0Table")
        start, size = struct.unpack_from("<II", body, _CLX)
        text = _pieces(body, table[start : start + size])
    except (ValueError, struct.error, IndexError):
        raise Unseen(Hindrance.UNREADABLE, "已损坏，打不开") from None
    seen.add("\n".join(_lines(text)))
    _apart_from_the_body(seen, text, body)
    return seen


def _apart_from_the_body(seen: SeenFile, text: str, body: bytes) -> None:
    """Take apart what stands behind the body in the file and on its first page: headers, text boxes."""
    if len(body) < _STORIES + 4 * len(_KINDS):
        return
    units = text.encode("utf-16-le", "surrogatepass")
    at = 0
    for kind, size in zip(_KINDS, struct.unpack_from("<8I", body, _STORIES), strict=True):
        story = units[2 * at : 2 * (at + size)].decode("utf-16-le", "replace")
        at += size
        if kind in ("body", "heads"):
            seen.heads.append("\n".join(lines := _lines(story)))
            for alone in marks_alone(lines if kind == "body" else ()):
                seen.look_later(alone)
        elif kind == "boxes":
            seen.apart += [
                Apart("文本框", line, number < ALONE)
                for number, line in enumerate(_lines(story)[:MOST_BOXES])
            ]


def _lines(text: str) -> list[str]:
    return [line for line in text.translate(_LINES).splitlines() if line.strip()]


def see_old_slides(content: bytes) -> SeenFile:
    """Look at the days of a .ppt; its words are not read, which is said."""
    try:
        seen = dated(Compound(content))
    except (ValueError, struct.error):
        raise Unseen(Hindrance.UNREADABLE, "已损坏，打不开") from None
    seen.notes.append("是旧版 .ppt，里面的文字没有核查，请另存为 .pptx")
    return seen


def old_sheet_heads(file: Compound) -> list[Apart]:
    """Return what the headers and footers of an .xls say on paper ([MS-XLS] 2.4.136, 2.4.124); all sheets'."""
    book = file.stream("Workbook") or file.stream("Book")
    found: list[Apart] = []
    at = 0
    for _ in range(MOST_RECORDS):
        if at + 4 > len(book) or len(found) >= MOST_BOXES:
            break
        kind, size = struct.unpack_from("<HH", book, at)
        said = book[at + 4 : at + 4 + size]
        at += 4 + size
        if kind in _PAPER_HEADS and len(said) > 3:
            text = said[3:].decode("utf-16-le" if said[2] & 1 else "latin-1", "replace")
            found += heads_in(text)
    return found


def dated(file: Compound) -> SeenFile:
    """Return what is seen of a file so far: its days."""
    seen = SeenFile()
    seen.made, seen.changed = summary_days(file.stream("\x05SummaryInformation"))
    return seen


def _pieces(body: bytes, clx: bytes) -> str:
    at = 0
    while clx[at] == 1:  # formatting stored before the pieces
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != 2:
        raise ValueError("no pieces")
    (size,) = struct.unpack_from("<I", clx, at + 1)
    plc = clx[at + 5 : at + 5 + size]
    count = (len(plc) - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", plc)
    out = []
    for number in range(count):
        (where,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)
        letters = places[number + 1] - places[number]
        if not 0 <= letters <= len(body):
            raise ValueError("odd piece")
        if where & 0x40000000:
            begin = (where & 0x3FFFFFFF) // 2
            out.append(body[begin : begin + letters].decode("cp1252", "replace"))
        else:
            out.append(body[where : where + 2 * letters].decode("utf-16-le", "replace"))
    return "".join(out)
