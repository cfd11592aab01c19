"""What of a web page is not its text, and why: hidden, struck, or the frame that a site puts around it."""

import re
from collections.abc import Iterable

from tasks.documents.pages import (
    COMMENT,
    CONTENTS,
    CROSSED,
    FOOTER,
    HEADER,
    HIDDEN,
    MENU,
    NOTE_MARK,
    RUBY,
    STRUCK,
    TITLE,
)
from tasks.documents.web.concealed import Concealment, has_no_size, is_white
from tasks.documents.web.frames import FEWEST_LINKS, holds_site, why_menu
from tasks.documents.web.nodes import Node, words_in
from tasks.documents.web.notes import is_mark
from tasks.documents.web.styles import Sheets
from tasks.documents.web.surroundings import Surroundings
from tasks.documents.web.tags import BUTTONS

# Only what the standard says is not the text of the page; a menu made of <div> is one by its links.
_BY_TAG = {
    "title": TITLE, "nav": MENU, "del": STRUCK, "s": CROSSED, "strike": CROSSED, "rt": RUBY, "rp": RUBY, "rtc": RUBY,
    **dict.fromkeys(
        ["template", "noscript", "datalist", "iframe", "noembed", "noframes", "audio", "video", "canvas", "meter", "progress", "desc"], HIDDEN
    ),
    **dict.fromkeys(["annotation", "annotation-xml"], HIDDEN),  # a formula again, in another language
}  # fmt: skip
_ODD = re.compile("mso|navigation", re.IGNORECASE)
# Compiled where a page first needs them, which most do not.
_RUNNING = r"(?i)mso-element\s*:\s*(header|footer|comment)\b"
_BY_WORD = {"header": HEADER, "footer": FOOTER, "comment": COMMENT}
_FRAMES = {MENU, FOOTER}
_MOST_FRAME = 200  # letters; a frame that is longer and most of the page is its text
_NEARLY_ALL = 0.8  # of the letters of a page
_LONGEST_BUTTON = 6
_PROMPT = r"\s*(?:请|搜索|站内|关键[字词]|[-—=]{2})"
_ITEM = r"\s*(?:第.{1,4}[章节条]|[一二三四五六七八九十]+、|[（(].{1,3}[)）]|\d+[.．、])"


class Sight:
    """Says of each element whether a person who looks at the page sees it as text of the page."""

    def __init__(self, root: Node, styles: Iterable[tuple[str, str]] = ()) -> None:
        self._whole = root.size
        self.sheets = Sheets(styles)
        self._surroundings = Surroundings(root, self.sheets.hides)
        self.may_draw_tables = False  # of other elements than a table's
        self._menus = True
        self._found: dict[tuple[str, str], str] = {}  # by a tag and what it says
        self._faint: set[tuple[str, str]] = set()  # those for which it matters where they stand
        self._concealment = Concealment(self.sheets.said_of)

    def in_cells(self) -> "Sight":
        """Return how the cells of a table of tasks are seen: names of units may be links there."""
        sight = Sight.__new__(Sight)
        sight.__dict__.update(self.__dict__, _menus=False)
        return sight

    def why_not(self, node: Node) -> str:
        """Return why ``node`` is left out with all that is in it, "" where it is text."""
        key = node.tag, node.raw
        why = self._found.get(key)
        if why is None:
            why = self._found[key] = _BY_TAG.get(node.tag) or self._said(node)
        if not why and key in self._faint and self._concealment.conceals(node):
            why = HIDDEN
        if not why and node.tag in _ASKED:
            why = _ASKED[node.tag](node)
        if not why and self._menus and node.links >= FEWEST_LINKS and node.tag != "table":
            why = self.why_menu(node)
        if why in _FRAMES and node.size > max(_MOST_FRAME, self._whole // 2):
            return ""
        if why == HIDDEN and node.tag not in _BY_TAG and self._is_whole(node):
            return ""
        return why

    def keeps_place(self, node: Node) -> bool:
        """Say whether a cell that is left out stands there all the same, with nothing in it."""
        return self.sheets.said_of(node).get("display") != "none"

    def _is_whole(self, node: Node) -> bool:
        """Say whether an element is all the text of the page: a script shows it when it is loaded."""
        return node.size > max(_MOST_FRAME, self._whole * _NEARLY_ALL)

    def why_menu(self, node: Node) -> str:
        """Return why an element is left out that holds links alone: where it stands decides, too."""
        why = why_menu(node)
        return why if why != MENU or self._surroundings.is_around(node) else ""

    def _said(self, node: Node) -> str:
        if self.sheets.hides(node):
            return HIDDEN
        shown = self.sheets.said_of(node)
        if "line-through" in shown.get("text-decoration", ""):
            return CROSSED
        if shown and (has_no_size(shown) or is_white(shown)):
            self._faint.add((node.tag, node.raw))
        if not _ODD.search(node.raw):
            return ""
        said = node.said
        if found := re.search(_RUNNING, said.get("style", "")):
            return _BY_WORD[found[1].lower()]
        if "MsoComment" in said.get("class", ""):
            return COMMENT
        if said.get("class", "").startswith("MsoToc"):
            return CONTENTS
        return MENU if said.get("role", "").lower() == "navigation" else ""


def _aside(node: Node) -> str:
    return MENU if node.linked * 2 > node.size else ""


def _footer(node: Node) -> str:
    """Return why the end of a page is left out that says whose site it is; it may be the plan's own."""
    return FOOTER if node.links or holds_site(words_in(node)) else ""


def _button(node: Node) -> str:
    """Return why what one may click is left out; some pages fold their chapters under buttons."""
    words = words_in(node)
    return "" if len(words) > _LONGEST_BUTTON or re.match(_ITEM, words) else MENU


def _is_chosen(node: Node) -> bool:
    return (
        node.tag == "option" and "selected" in node.said and not re.match(_PROMPT, words_in(node))
    )


def _select(node: Node) -> str:
    """Return why a choice is left out that nobody has made; what is chosen is text."""
    options = [each for each in node.children if isinstance(each, Node)]
    options += [each for group in options for each in group.children if isinstance(each, Node)]
    return "" if any(map(_is_chosen, options)) else MENU


def _option(node: Node) -> str:
    within = node.parent is not None and node.parent.tag in ("select", "optgroup")
    return MENU if within and not _is_chosen(node) else ""


def _typed(node: Node) -> str:
    """Return why what stands in a field is left out: a button's word, what one is asked to type."""
    is_button = node.said.get("type", "").strip().lower() in BUTTONS
    return MENU if is_button or re.match(_PROMPT, words_in(node)) else ""


def _dialog(node: Node) -> str:
    return "" if "open" in node.said else HIDDEN


def _anchor(node: Node) -> str:
    return NOTE_MARK if is_mark(node) else ""


_ASKED = {
    "aside": _aside, "footer": _footer, "button": _button, "dialog": _dialog, "a": _anchor,
    "select": _select, "option": _option, "input": _typed, "textarea": _typed,
}  # fmt: skip
