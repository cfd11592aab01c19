"""What of a web page is not its text, and why: hidden, struck, or the frame that a site puts around it."""

import re
from collections.abc import Iterable

from tasks.documents.pages import COMMENT, CONTENTS, FOOTER, HIDDEN, MENU, RUBY, STRUCK, TITLE
from tasks.documents.web.frames import FEWEST_LINKS, why_menu
from tasks.documents.web.styles import Sheets, said_inline
from tasks.documents.web.tree import Node

# Only what the standard says is not the text of the page; a menu made of <div> is read.
_BY_TAG = {
    "title": TITLE, "nav": MENU, "aside": MENU, "button": MENU, "select": MENU, "textarea": MENU, "footer": FOOTER,
    "del": STRUCK, "rt": RUBY, "rp": RUBY, "rtc": RUBY,
    **dict.fromkeys(
        ["template", "noscript", "datalist", "iframe", "noembed", "noframes", "audio", "video", "canvas", "meter", "progress", "desc"], HIDDEN
    ),
}  # fmt: skip
_ODD = re.compile("hidden|none|collapse|mso|navigation", re.IGNORECASE)
_FRAMES = {MENU, FOOTER}
_MOST_FRAME = 200  # letters; a frame that is longer and most of the page is its text


class Sight:
    """Says of each element whether a person who looks at the page sees it as text of the page."""

    def __init__(self, root: Node, styles: Iterable[str] = ()) -> None:
        self._whole = root.size
        self._sheets = Sheets(styles)
        self._menus = True

    def in_cells(self) -> "Sight":
        """Return how the cells of a table of tasks are seen: names of units may be links there."""
        sight = Sight.__new__(Sight)
        sight._whole, sight._sheets, sight._menus = self._whole, self._sheets, False
        return sight

    def why_not(self, node: Node) -> str:
        """Return why ``node`` is left out with all that is in it, "" where it is text."""
        why = _BY_TAG.get(node.tag, "")
        if not why and (self._sheets or node.raw and _ODD.search(node.raw)):
            why = self._said(node)
        if node.tag == "dialog" and "open" not in node.said:
            why = HIDDEN
        if not why and self._menus and node.links >= FEWEST_LINKS and node.tag != "table":
            why = why_menu(node)
        if why in _FRAMES and node.size > max(_MOST_FRAME, self._whole // 2):
            return ""
        return why

    def _said(self, node: Node) -> str:
        said = node.said
        style = said.get("style", "")
        if self._sheets.hides(node.tag, said, said_inline(style) if style else {}):
            return HIDDEN
        if "mso-element:comment" in style or "MsoComment" in said.get("class", ""):
            return COMMENT
        if said.get("class", "").startswith("MsoToc"):
            return CONTENTS
        return MENU if said.get("role", "").lower() == "navigation" else ""
