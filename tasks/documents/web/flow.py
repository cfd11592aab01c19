"""The lines of an element as a browser shows them: white space folded, broken by blocks and <br> alone."""

import re
from collections.abc import Iterator

from tasks.documents.pages import NOTE_MARK, PageRead
from tasks.documents.web.drawn_rows import with_drawn_tables
from tasks.documents.web.items import LISTS, Items, has_own_number
from tasks.documents.web.nodes import Node, words_in
from tasks.documents.web.notes import is_note, is_raised_mark
from tasks.documents.web.tags import BLOCKS
from tasks.documents.web.unseen import Sight

_LINE_END = re.compile(r"[ \t\r\f]*\n[ \t\n\r\f]*")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_ENDS = " \t\n\r\f"
_BREAK = "\0"  # of a line; the text of a page holds none (see tree.py)
_KEPT = str.maketrans({"\n": _BREAK, " ": "\xa0", "\t": "\xa0"})
_PRE = frozenset({"pre", "listing", "xmp", "plaintext", "textarea"})
_KEEPS = ("pre", "break-spaces", "preserve")
_OPTIONS, _CHOICES = frozenset({"option", "optgroup"}), frozenset({"select", "optgroup"})
_NOT_PLAIN = _PRE | LISTS | {"li"}
_LINES_OWN = frozenset({
    "block", "list-item", "flex", "grid", "table", "flow-root", "table-row", "table-row-group", "table-caption",
    "table-cell",  # without a table around it that we could read
})  # fmt: skip


def folded(text: str) -> list[str]:
    """Return the lines of ``text``, white space as a browser shows it; lines of blanks are none."""
    text = text.strip(_ENDS)
    if "\n" in text:
        text = _without_line_ends(text)
    if "  " in text or "\t" in text or "\r" in text or "\f" in text:
        text = _BLANKS.sub(" ", text)
    if "\xa0" in text:
        text = text.replace("\xa0", " ")
    if _BREAK in text:
        return [line for each in text.split(_BREAK) if (line := each.strip(" "))]
    text = text.strip(" ")
    return [text] if text else []


def _without_line_ends(text: str) -> str:
    """Return ``text`` with a blank for each line break of the source, none between Chinese letters."""
    words = ""
    parts = [""]
    for part in _LINE_END.split(text):
        joined = words and part and _is_wide(words[-1]) and _is_wide(part[0])
        parts.append(part if joined else f" {part}")
        words = part
    return "".join(parts)


def _is_wide(letter: str) -> bool:
    """Say whether a line break beside ``letter`` can be nothing (CSS Text 4.1.2).

    Dashes, quotes and the ellipsis are as wide as a Chinese character where they stand beside one.
    """
    return (
        "\u2e80" <= letter <= "\ua4cf"
        or "\uff00" <= letter <= "\uffef"
        or letter in "·—‘’“”…"
        or "\uf900" <= letter <= "\ufaff"
        or "\ufe30" <= letter <= "\ufe6f"
        or "\uac00" <= letter <= "\ud7a3"
        or "\U00020000" <= letter <= "\U0003ffff"
    )


class Flow:
    """Reads elements into lines; what is not text of the page is named on ``page``."""

    def __init__(self, page: PageRead, sight: Sight) -> None:
        self._page, self._sight = page, sight
        self._words: list[str] = []
        self._label = ""  # of an item whose text has not begun

    def blocks(self, element: Node) -> Iterator[str | Node]:
        """Yield the lines of ``element``, and its tables and notes as they are, in their order."""
        lists: list[Items] = []
        walk = [self._step(element, False)]
        while walk:
            step = walk[-1]
            child = next(step.rest, None)
            if child is None:
                walk.pop()
                if step.is_block:
                    yield from self._lines()
                if step.node.tag in LISTS and walk:
                    lists.pop()
                elif step.node.tag == "li" and self._label:
                    self._label = step.label  # an item without text takes its number with it
            elif isinstance(child, str):
                self._words.append(child.translate(_KEPT) if step.pre else child)
            elif child.tag == "br":
                self._words.append(_BREAK)
            elif why := self._sight.why_not(child):
                self._page.leave(why, words_in(child))
                if self._is_block(child):
                    self._words.append(_BREAK)
            elif self._words and is_raised_mark(
                child, self._sight.sheets.said_of(child), self._words
            ):
                self._page.leave(NOTE_MARK, words_in(child))
            elif child.tag == "table" or is_note(child):
                yield from self._lines()
                if self._label:
                    yield self._numbered("")
                yield child
            elif self._is_plain(child) and not step.pre:
                if is_block := self._is_block(child):
                    yield from self._lines()
                self._words += child.children  # type: ignore[arg-type]  # they are texts
                if is_block:
                    yield from self._lines()
            else:
                below = self._step(child, step.pre)
                if below.is_block:
                    yield from self._lines()
                if child.tag in LISTS:
                    lists.append(Items(child, self._sight.sheets.said_of))
                elif child.tag == "li" and lists:
                    label = lists[-1].label(child)
                    if label and not (self._sight.sheets.may_bare_lists and has_own_number(child)):
                        self._label += label
                walk.append(below)
        yield from self._lines()

    def _lines(self) -> Iterator[str]:
        if not self._words:
            return
        text = "".join(self._words)
        self._words = []
        for line in folded(text):
            yield self._numbered(line) if self._label else line

    def _numbered(self, line: str) -> str:
        label, self._label = self._label, ""
        self._page.again(label)
        return label + line

    def _step(self, node: Node, pre: bool) -> "_Step":
        said = self._sight.sheets.said_of(node)
        pre = pre or node.tag in _PRE
        if "white-space" in said:
            pre = said["white-space"].startswith(_KEEPS)
        step = _Step(node, pre, self._is_block(node), self._label)
        if self._sight.may_draw_tables:
            step.rest = iter(with_drawn_tables(node.children, self._sight.sheets.said_of))
        return step

    def _is_block(self, node: Node) -> bool:
        """Say whether an element breaks the line before it and behind it."""
        said = self._sight.sheets.said_of(node)
        if said and "display" in said:
            return said["display"] in _LINES_OWN
        if node.tag in _OPTIONS:  # what is chosen stands in the line
            return node.parent is None or node.parent.tag not in _CHOICES
        return node.tag in BLOCKS

    def _is_plain(self, node: Node) -> bool:
        """Say whether an element holds nothing but one text, and its white space is as usual."""
        children = node.children
        if len(children) > 1 or (children and not isinstance(children[0], str)):
            return False
        return node.tag not in _NOT_PLAIN and "white-space" not in self._sight.sheets.said_of(node)


class _Step:
    """One element on the way down, and what of it is still to be read."""

    __slots__ = ("is_block", "label", "node", "pre", "rest")

    def __init__(self, node: Node, pre: bool, is_block: bool, label: str) -> None:
        self.node, self.pre, self.is_block, self.label = node, pre, is_block, label
        self.rest = iter(node.children)
