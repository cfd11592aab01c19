"""Automatic numbers of Word 2003: as Word worked them out where it says so, else by its lists."""

from typing import Any

from lxml import etree

OLD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
WX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
VALUE = f"{OLD}val"
# Names of the elements of lists, then and now.
RENAMED = {
    "listDef": "abstractNum",
    "list": "num",
    "ilst": "abstractNumId",
    "listStyleLink": "numStyleLink",
}
ATTRIBUTES = {"listDefId": "abstractNumId", "ilfo": "numId"}
# What the numbers of formats mean ([MS-OSHARED] 2.2.1.3), in the words of today.
FORMATS = (
    "decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago "
    "ideographDigital japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal "
    "japaneseDigitalTenThousand decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth irohaFullWidth "
    "decimalZero bullet ganada chosung decimalEnclosedFullstop decimalEnclosedParen "
    "decimalEnclosedCircleChinese ideographEnclosedCircle ideographTraditional ideographZodiac "
    "ideographZodiacTraditional taiwaneseCounting ideographLegalTraditional taiwaneseCountingThousand "
    "taiwaneseDigital chineseCounting chineseLegalSimplified chineseCountingThousand"
)


def number_paragraphs(root: Any) -> None:
    """Give each paragraph its number: the very letters where Word wrote them down, else its list."""
    for said in list(root.iter(f"{OLD}listPr")):
        shown = said.find(f"{WX}t")
        paragraph = said.getparent().getparent()
        if shown is not None and paragraph.tag == f"{OLD}p":
            _written(said)
            run = etree.Element(f"{OLD}r")
            etree.SubElement(run, f"{OLD}t").text = shown.get(f"{WX}val") or ""
            paragraph.insert(paragraph.index(said.getparent()) + 1, run)
        else:
            _listed(said)


def _written(said: Any) -> None:
    """Say that no list counts this paragraph, nor one of its style."""
    for child in list(said):
        said.remove(child)
    said.tag = f"{OLD}numPr"
    etree.SubElement(said, f"{OLD}numId").set(VALUE, "0")


def _listed(said: Any) -> None:
    said.tag = f"{OLD}numPr"
    for child in said:
        if child.tag == f"{OLD}ilfo":
            child.tag = f"{OLD}numId"


def modern_lists(lists: Any) -> Any:
    """Return the lists as numbering.xml has them."""
    lists.tag = f"{OLD}numbering"
    for each in lists.iter():
        name = each.tag.removeprefix(OLD)
        each.tag = f"{OLD}{RENAMED.get(name, name)}" if each.tag.startswith(OLD) else each.tag
        for old, new in ATTRIBUTES.items():
            if (value := each.get(f"{OLD}{old}")) is not None:
                each.set(f"{OLD}{new}", value)
        if name == "suff":
            each.set(VALUE, (each.get(VALUE) or "").lower())  # Nothing is nothing now
        if name == "nfc":
            each.tag = f"{OLD}numFmt"
            each.set(VALUE, _format(each.get(VALUE) or ""))
    return lists


def _format(number: str) -> str:
    names = FORMATS.split()
    known = number.isdecimal() and len(number) < 4 and int(number) < len(names)
    return names[int(number)] if known else "none" if number == "255" else "decimal"
