"""What stands around the body of a Word file: notes, comments, heads and feet of pages, drawings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tasks.documents.pages import COMMENT, DRAWN, FOOTER, HEADER, WATERMARK, PageRead
from tasks.documents.word.names import DRAWN_TEXT, WORD_ART, W, held_letters, words_of
from tasks.documents.word.package import Package

_LINES = {"separator", "continuationSeparator", "continuationNotice"}  # drawn above the notes
_KINDS = {"footnote": "footnotes", "endnote": "endnotes", "comment": "comments"}
# Words of a chart: as its data say them, or as they were typed; those of its newer kind.
_WORDS = ("{*}strCache", "{*}strLit", "{*}multiLvlStrCache", "{*}tx", "{*}strDim", "{*}txData")
_WORD = ("{*}v", "{*}pt")


@dataclass
class SideNotes:
    """The notes of a file by kind and id, which the body calls by these."""

    elements: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    roots: Mapping[str, Any] = field(default_factory=dict)  # by kind

    @classmethod
    def of(cls, package: Package) -> "SideNotes":
        """Return the footnotes, endnotes and comments of a package."""
        elements: dict[tuple[str, str], Any] = {}
        roots: dict[str, Any] = {}
        for kind, part in _KINDS.items():
            for name in package.related(part):
                root = package.root(name)
                if root is None:
                    continue
                roots[kind] = root
                for at, each in enumerate(root.iter(f"{W}{kind}")):
                    key = kind, each.get(f"{W}id") or ""
                    if key in elements:  # nothing can call the second of a name
                        key = kind, f"{key[1]} {at}"
                    if each.get(f"{W}type") not in _LINES or held_letters(each):
                        elements[key] = each
        return cls(elements, roots)


def leave_comment(page: PageRead, comment: Any) -> None:
    """Name a comment of somebody who read the file."""
    page.leave(COMMENT, "".join(held_letters(comment)))


def leave_around(package: Package, page: PageRead) -> list[str]:
    """Name the heads and feet of pages and the drawings kept apart; return every letter they hold."""
    held: list[str] = []
    for kind, why in (("header", HEADER), ("footer", FOOTER)):
        for name in package.related(kind):
            if (root := package.root(name)) is not None:
                pieces = held_letters(root)
                art = [words_of(each) for each in root.iter(WORD_ART)]
                page.leave(WATERMARK, "".join(art))
                rest = list(pieces)
                for each in art:
                    if each in rest:
                        rest.remove(each)
                page.leave(why, "".join(rest))
                held += pieces
    for kind in ("diagramData", "chart", "chartEx"):
        for name in package.related(kind):
            if (root := package.root(name)) is not None:
                pieces = [each.text or "" for each in root.iter(DRAWN_TEXT)]
                words = (word for some in root.iter(*_WORDS) for word in some.iter(*_WORD))
                pieces += [each.text or "" for each in dict.fromkeys(words)]
                page.leave(DRAWN, "".join(pieces))
                held += pieces
    return held
