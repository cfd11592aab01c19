"""Make the elements of a Word file: paragraphs and runs, without the search that python-docx makes for each."""

import re
from typing import Any, TypeAlias
from zlib import crc32

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

Element: TypeAlias = Any  # lxml has no types
_HYPHEN = re.compile("(?<=[0-9])-(?=[0-9])")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def made(tag: str, *inside: Element, **values: str | int) -> Element:
    """Return an element ``w:tag`` with attributes of the same namespace and what is inside it."""
    element: Element = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(inside)
    return element


def paragraph(style: str, *inside: Element, properties: tuple[Element, ...] = ()) -> Element:
    """Return a paragraph of ``style`` (its id); ``properties`` stand behind the style in their order."""
    own = (made("pStyle", val=style),) if style else ()
    return made("p", made("pPr", *own, *properties), *inside)


def keep_with_next(one: Element) -> None:
    """Have a paragraph stand on the page on which the next thing begins."""
    about = one.find(qn("w:pPr"))
    if about.find(qn("w:keepNext")) is None:
        about.insert(1, made("keepNext"))  # behind its style


def words(text: str, *properties: Element) -> Element:
    """Return a run of ``text``."""
    run = made("r", made("rPr", *properties)) if properties else made("r")
    for n, piece in enumerate(_HYPHEN.split(text)):
        if n:  # Word ends a line behind a hyphen, and cuts a day in two
            run.append(made("noBreakHyphen"))
        said = made("t")
        said.text = piece
        said.set(SPACE, "preserve")
        run.append(said)
    return run


def linked(name: str, *inside: Element) -> Element:
    """Return ``inside`` as a link to the place called ``name`` in the same paper."""
    return made("hyperlink", *inside, anchor=name, history=1)


def named_place(name: str, *inside: Element) -> list[Element]:
    """Return ``inside`` as the place called ``name``, which links of the paper point to."""
    id_ = crc32(name.encode())  # only has to be another for each place
    return [made("bookmarkStart", id=id_, name=name), *inside, made("bookmarkEnd", id=id_)]


def field(instruction: str, *properties: Element) -> list[Element]:
    """Return the runs of a field that the reader's program works out, such as PAGE."""
    asked = made("instrText")
    asked.text = f" {instruction} "
    asked.set(SPACE, "preserve")
    pieces = (
        made("fldChar", fldCharType="begin"),
        asked,
        made("fldChar", fldCharType="separate"),
        None,
        made("fldChar", fldCharType="end"),
    )
    runs = []
    for piece in pieces:
        run = words("1") if piece is None else made("r", piece)
        run.insert(0, made("rPr", *(etree.fromstring(etree.tostring(p)) for p in properties)))
        runs.append(run)
    return runs


def fonts(east: str, latin: str) -> Element:
    """Return what names the fonts of a run: Chinese, Latin."""
    return made("rFonts", ascii=latin, hAnsi=latin, eastAsia=east, cs=latin, hint="eastAsia")


def type_size(points: float) -> tuple[Element, Element]:
    """Return what sets the size of a run, which Word counts in half points."""
    return made("sz", val=round(points * 2)), made("szCs", val=round(points * 2))
