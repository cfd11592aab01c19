"""Before LibreOffice prints a Word file: no mark hangs behind the end of a line, where it would be lost."""

import re
import zipfile
from io import BytesIO

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from tasks.papers.word.elements import Element, made

STYLES = "word/styles.xml"
# Whatever is said: LibreOffice 7.4 takes 1 for "in the line" and 0 for "hanging", and prints what stands in the
# line alone. In Word it is the other way round; so this is for a copy that is printed and not kept.
_SAID = re.compile(rb"<w:overflowPunct\b[^<>]*/>")
_IN_LINE = b'<w:overflowPunct w:val="1"/>'


def with_marks_in_line(word: bytes) -> bytes:
    """Return a copy of a .docx of ours, or by an office's own template, to be printed by LibreOffice."""
    copy = BytesIO()
    with zipfile.ZipFile(BytesIO(word)) as given, zipfile.ZipFile(copy, "w") as printed:
        for member in given.infolist():
            content = given.read(member)
            if member.filename.endswith(".xml"):
                content = _SAID.sub(_IN_LINE, content)
            if member.filename == STYLES:
                content = _by_default(content)
            printed.writestr(member.filename, content, zipfile.ZIP_DEFLATED, 1)
    return copy.getvalue()


def _by_default(styles: bytes) -> bytes:
    root: Element = parse_xml(styles)
    of_all = _within(root, "docDefaults", first=True)
    about = _within(_within(of_all, "pPrDefault"), "pPr")
    _within(about, "overflowPunct", first=True).set(qn("w:val"), "1")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _within(parent: Element, tag: str, *, first: bool = False) -> Element:
    """Return the child of ``parent`` that is called so, made where there is none."""
    found = parent.find(qn(f"w:{tag}"))
    if found is None:
        found = made(tag)
        parent.insert(0 if first else len(parent), found)
    return found
