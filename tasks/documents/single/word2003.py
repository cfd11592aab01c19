"""A document of Word 2003 (w:wordDocument) as the parts of a Word file of today.

Most names are the same in both. What differs: everything is one tree, with notes, remarks and heads of
pages where they are called; who changed what is said by aml:annotation; lists are called otherwise; and
wx: is what Word worked out when it saved, as the number that the paper shows before a paragraph.
"""

from typing import Any

from lxml import etree

from tasks.documents.single.lists2003 import OLD, modern_lists, number_paragraphs
from tasks.documents.word.lists import W

AML = "{http://schemas.microsoft.com/aml/2001/core}"
TYPE, KEPT = f"{OLD}type", ("urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office")
CHANGES = {"Word.Insertion": "ins", "Word.Deletion": "del"}
RENAMED = {"vmerge": "vMerge", "hmerge": "hMerge", "hlink": "hyperlink"}
NOTES = ("footnote", "endnote")
RUNNING = {"hdr": "header", "ftr": "footer"}
DROPPED = ("binData", "fldData", "docSuppData")  # pictures and the like, in letters
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def parts_of_2003(root: Any) -> dict[str, bytes]:
    """Return the parts; ``root`` is changed on the way."""
    aside = _Aside()
    for each in list(root.iter(*(f"{OLD}{name}" for name in DROPPED))):
        _remove(each)
    for each in list(root.iter(f"{AML}annotation")):
        _annotation(each, aside)
    for each in list(root.iter()):
        if not each.tag.startswith((OLD, AML)) and _is_wrapper(each):
            _unwrap(each)
    for old, new in RENAMED.items():
        for each in list(root.iter(f"{OLD}{old}")):
            each.tag = f"{OLD}{new}"
    number_paragraphs(root)
    for each in list(root.iter(*(f"{OLD}{name}" for name in NOTES))):
        if each.getparent().tag == f"{OLD}r":
            aside.note(each)
    for each in list(root.iter(*(f"{OLD}{name}" for name in RUNNING))):
        aside.running(each)
    document = etree.Element(f"{OLD}document")
    document.extend(root.findall(f"{OLD}body"))
    roots = {"document": document, **aside.roots}
    if (styles := root.find(f"{OLD}styles")) is not None:
        roots["styles"] = styles
    if (lists := root.find(f"{OLD}lists")) is not None:
        roots["numbering"] = modern_lists(lists)
    return {f"word/{name}.xml": _spelled(each) for name, each in roots.items()} | _relations(roots)


class _Aside:
    """What stands in the tree where it is called, and in a part of its own in a package."""

    def __init__(self) -> None:
        self.roots: dict[str, Any] = {}
        self._count = 0

    def note(self, note: Any) -> None:
        kind = note.tag.removeprefix(OLD)
        reference = self._put(f"{kind}s", note)
        note.getparent().replace(note, self._called(f"{kind}Reference", reference))

    def comment(self, annotation: Any) -> None:
        comment = etree.Element(f"{OLD}comment")
        comment.extend(list(annotation.find(f"{AML}content")))
        reference = self._put("comments", comment)
        annotation.getparent().replace(annotation, self._called("commentReference", reference))

    def running(self, part: Any) -> None:
        """Put a head or foot of pages into a part of its own."""
        self._count += 1
        self.roots[f"{RUNNING[part.tag.removeprefix(OLD)]}{self._count}"] = part
        _remove(part)

    def _put(self, part: str, element: Any) -> str:
        self._count += 1
        root = self.roots.setdefault(part, etree.Element(f"{OLD}{part}"))
        number = str(self._count)
        # The caller takes the place of a copy, for an element stands in one tree only.
        moved = etree.SubElement(root, element.tag)
        moved.extend(list(element))
        moved.set(f"{OLD}id", number)
        return number

    @staticmethod
    def _called(name: str, number: str) -> Any:
        reference = etree.Element(f"{OLD}{name}")
        reference.set(f"{OLD}id", number)
        return reference


def _annotation(each: Any, aside: _Aside) -> None:
    """Turn a remark or a change into what it is called today; a bookmark or a format goes."""
    kind, holds = each.get(TYPE, ""), each.find(f"{AML}content")
    if kind == "Word.Comment" and holds is not None:
        aside.comment(each)
    elif change := CHANGES.get(kind):
        each.tag = f"{OLD}{change}"
        if holds is not None:
            _unwrap(holds)
    elif holds is not None and holds.find(f".//{OLD}t") is not None:
        _unwrap(holds)  # of a kind unknown: its text stays
        _unwrap(each)
    else:
        _remove(each)


def _is_wrapper(each: Any) -> bool:
    """Say whether an element of another name space only stands around text: a section, a smart tag."""
    space = etree.QName(each).namespace or ""
    return len(each) > 0 and not space.startswith(KEPT)


def _unwrap(each: Any) -> None:
    parent, at = each.getparent(), each.getparent().index(each)
    parent[at : at + 1] = list(each)


def _remove(each: Any) -> None:
    each.getparent().remove(each)


def _spelled(root: Any) -> bytes:
    """Return a part with the names of today."""
    written: bytes = etree.tostring(root, with_tail=False)  # in ASCII
    return written.replace(b'"' + OLD[1:-1].encode() + b'"', b'"' + W[1:-1].encode() + b'"')


def _relations(roots: dict[str, Any]) -> dict[str, bytes]:
    kinds = ((name, name.rstrip("0123456789")) for name in roots if name != "document")
    return {
        "_rels/.rels": _list([("word/document.xml", "officeDocument")]),
        "word/_rels/document.xml.rels": _list((f"{name}.xml", kind) for name, kind in kinds),
    }


def _list(targets: Any) -> bytes:
    rows = (
        f'<Relationship Id="r{number}" Type="{RELATED}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets)
    )
    return f'<Relationships xmlns="{PACKAGE}">{"".join(rows)}</Relationships>'.encode()
