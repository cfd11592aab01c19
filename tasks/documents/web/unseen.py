"""What of a web page is not its text, and why: hidden, struck, or the frame that a site puts around it."""

import re
from collections.abc import Iterable

from tasks.documents.pages import COMMENT, CONTENTS, FOOTER, HIDDEN, MENU, RUBY, STRUCK, TITLE
from tasks.documents.web.tree import Node

# Only what the standard says is not the text of the page; a menu made of <div> is read.
_BY_TAG = {
    "title": TITLE, "nav": MENU, "aside": MENU, "button": MENU, "select": MENU, "textarea": MENU, "footer": FOOTER,
    "del": STRUCK, "rt": RUBY, "rp": RUBY, "rtc": RUBY,
    **dict.fromkeys(
        ["template", "noscript", "datalist", "iframe", "noembed", "noframes", "audio", "video", "canvas", "meter", "progress", "desc"], HIDDEN
    ),
}  # fmt: skip
_FRAMES = {MENU, FOOTER}
_MOST_FRAME = 200  # letters; a frame that is longer and most of the page is its text
_NOT_SHOWN = re.compile(
    r"(?:^|[;{])\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)\b",
    re.IGNORECASE,
)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ONE = re.compile(r"[a-z]*([.#][\w-]+)", re.IGNORECASE)
_DISPLAY = re.compile(r"(?:^|;)\s*(?:display|visibility)\s*:", re.IGNORECASE)
_NAMES = re.compile(r"[.#][\w-]+")


class Sight:
    """Says of each element whether a person who looks at the page sees it as text of the page."""

    def __init__(self, root: Node, styles: Iterable[str] = ()) -> None:
        self._whole = root.size
        self._hidden = hidden_names(styles)

    def why_not(self, node: Node) -> str:
        """Return why ``node`` is left out with all that is in it, "" where it is text."""
        why = _BY_TAG.get(node.tag, "")
        if not why and node.raw:
            why = self._said(node)
        if why in _FRAMES and node.size > max(_MOST_FRAME, self._whole // 2):
            return ""
        return why

    def _said(self, node: Node) -> str:
        said = node.said
        style = said.get("style", "")
        if "hidden" in said or (style and _NOT_SHOWN.search(style)):
            return HIDDEN
        if node.tag == "dialog" and "open" not in said:
            return HIDDEN
        if "mso-element:comment" in style or "MsoComment" in said.get("class", ""):
            return COMMENT
        if said.get("class", "").startswith("MsoToc"):
            return CONTENTS
        if said.get("role", "").lower() == "navigation":
            return MENU
        return HIDDEN if self._hidden and not self._hidden.isdisjoint(_names(said)) else ""


def hidden_names(styles: Iterable[str]) -> frozenset[str]:
    """Return the classes (.x) and names (#x) that the page's style sheets hide, and never show.

    Rules for one medium, such as paper, are no rules for the page; nor is a class hidden that another
    rule shows: a script may choose between them.
    """
    hidden: set[str] = set()
    shown: set[str] = set()
    for sheet in styles:
        for selectors, body in _RULE.findall(_without_media(_CSS_COMMENT.sub("", sheet))):
            if not _DISPLAY.search(body):
                continue
            is_hidden = _NOT_SHOWN.search(body) is not None
            for selector in selectors.replace("<!--", "").split(","):
                if not is_hidden:
                    shown.update(_NAMES.findall(selector))
                elif found := _ONE.fullmatch(selector.strip()):
                    hidden.add(found[1])
    return frozenset(hidden - shown)


def _names(said: dict[str, str]) -> list[str]:
    names = [f".{name}" for name in said.get("class", "").split()]
    return [*names, f"#{said['id']}"] if "id" in said else names


def _without_media(sheet: str) -> str:
    """Return a style sheet without its blocks within blocks."""
    if "@" not in sheet:
        return sheet
    kept, depth, start = [], 0, 0
    for found in re.finditer(r"@[\w-]+[^{};]*\{|[{}]", sheet):
        if depth == 0 and found[0].startswith("@"):
            kept.append(sheet[start : found.start()])
            depth = 1
        elif depth:
            depth += -1 if found[0] == "}" else 1
            start = found.end()
    return "".join(kept) + (sheet[start:] if not depth else "")
