"""The names of elements that a Word file is made of (ECMA-376 part 1, 17), and which of them speak."""

import re
from typing import Any

from tasks.documents.word.lists import W as W
from tasks.documents.word.lists import is_on

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

BODY, P, PPR, RUN, RPR, TEXT = (f"{W}{name}" for name in ("body", "p", "pPr", "r", "rPr", "t"))
TABLE, ROW, CELL = f"{W}tbl", f"{W}tr", f"{W}tc"
DELETED_TEXT, DRAWN_TEXT = f"{W}delText", f"{A}t"
FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"  # its letters stand in an attribute
VALUE, VANISH = f"{W}val", f"{W}vanish"
BOX = f"{W}txbxContent"
CHUNKS = frozenset({f"{W}altChunk", f"{W}subDoc"})  # other files, called by a relation
OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
FORMULAS = frozenset(
    {FORMULA_TEXT.removesuffix("t") + "oMathPara", FORMULA_TEXT.removesuffix("t") + "oMath"}
)
ALTERNATE, CHOICE, FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
CONTROL, CONTROL_SAYS = f"{W}sdt", f"{W}sdtPr"
STRUCK_TAGS = frozenset({f"{W}del", f"{W}moveFrom"})
# What only describes, or belongs elsewhere: no text below is the document's.
SILENT = frozenset(
    {f"{W}{name}" for name in ("pPr", "rPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr")}
    | {f"{W}{name}" for name in ("sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "rubyPr")}
    | {f"{W}{name}" for name in ("instrText", "delInstrText", "lastRenderedPageBreak", "proofErr")}
)  # fmt: skip
PRIVATE = re.compile("([\uf000-\uf0ff])")  # where fonts of symbols keep their signs
LETTERS = (TEXT, FORMULA_TEXT, DELETED_TEXT, DRAWN_TEXT, WORD_ART)


def chosen(alternate: Any) -> Any:
    """Return the one of several forms of the same content that is shown: the first choice there is."""
    found = alternate.find(CHOICE)
    return alternate.find(FALLBACK) if found is None else found


def holds_placeholder(control: Any) -> bool:
    """Say whether a content control shows words that only ask to be replaced."""
    return is_on(control.find(f"{CONTROL_SAYS}/{W}showingPlcHdr"))


def words_of(element: Any) -> str:
    """Return the letters that one element of LETTERS holds."""
    return (element.get("string") if element.tag == WORD_ART else element.text) or ""


def held_letters(root: Any) -> list[str]:
    """Return every piece of text of a part once, in order, whether it is shown or not.

    Asked of the file alone, not of any reading: what stands in another form of a choice is the same
    content again, for programs that know no better. Signs of a symbol font are drawings, no letters.
    """
    if all(next(root.iter(tag), None) is None for tag in (ALTERNATE, WORD_ART)):  # as in most
        return _without_signs([each.text or "" for each in root.iter(*LETTERS)])
    again = set()
    for alternate in root.iter(ALTERNATE):
        shown = chosen(alternate)
        for form in alternate:
            if form is not shown:
                again.update(form.iter(*LETTERS))
    return _without_signs([words_of(each) for each in root.iter(*LETTERS) if each not in again])


def _without_signs(pieces: list[str]) -> list[str]:
    if PRIVATE.search("".join(pieces)):
        return [PRIVATE.sub("", piece) for piece in pieces]
    return pieces
