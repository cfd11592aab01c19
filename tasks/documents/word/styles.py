"""What the styles of a Word file say of text: that it is hidden, that it is a line of a contents list."""

import re
from typing import Any

from tasks.documents.word.lists import LEVELS, is_on, whole
from tasks.documents.word.names import PPR, RPR, TEXT, VALUE, VANISH, W

_CONTENTS = re.compile(r"(?:toc|目录) ?[1-9]", re.IGNORECASE)
_LINK = f"{W}hyperlink"
_STYLE, _LEVEL = f"{W}pStyle", f"{W}outlineLvl"
CROSSING = (f"{W}strike", f"{W}dstrike")  # 17.3.2.37, 17.3.2.9
_DEEPEST = 20  # styles based on each other; real ones are five deep


class Styles:
    """The styles of one file by their id."""

    def __init__(self, root: Any = None) -> None:
        """Take the root of styles.xml, None for a file without it."""
        self._styles: dict[str, Any] = {}
        self._usual = ""
        self._says: dict[tuple[str, str], bool] = {}  # a switch and a style
        self._lists: dict[str, bool] = {}
        self.any_hidden = self.any_crossed = False
        self._all = False  # whether the file hides whatever does not say otherwise
        if root is None:
            return
        for style in root.iter(f"{W}style"):
            self._styles[key := style.get(f"{W}styleId") or ""] = style
            if style.get(f"{W}default") in {"1", "true", "on"}:
                self._usual = key if style.get(f"{W}type") == "paragraph" else self._usual
        self.any_hidden = next(root.iter(VANISH), None) is not None
        self.any_crossed = next(root.iter(*CROSSING), None) is not None
        self._all = is_on(root.find(f"{W}docDefaults/{W}rPrDefault/{RPR}/{VANISH}"))

    def style_of(self, properties: Any) -> str:
        """Return the id of the style of a paragraph with these properties (pPr or None)."""
        named = None if properties is None else properties.find(_STYLE)
        return self._usual if named is None else named.get(VALUE) or ""

    def hides(self, said: Any, style: str) -> bool:
        """Say whether text with the properties ``said`` (rPr or None) in a paragraph of ``style`` is hidden.

        What is said directly holds; else the styles of paragraph and of characters undo each other
        (17.7.3, toggle properties).
        """
        if said is not None and (mark := said.find(VANISH)) is not None:
            return is_on(mark)
        if self._all:
            return True
        return self._turns_on(VANISH, said, style)

    def crosses(self, said: Any, style: str) -> bool:
        """Say whether a line goes through text with the properties ``said`` in a paragraph of ``style``."""
        for line in CROSSING:
            mark = None if said is None else said.find(line)
            if (
                is_on(mark)
                or mark is None
                and self.any_crossed
                and self._turns_on(line, said, style)
            ):
                return True
        return False

    def _turns_on(self, switch: str, said: Any, style: str) -> bool:
        own = said.find(f"{W}rStyle") if said is not None else None
        of_run = own is not None and self._style_says(switch, own.get(VALUE) or "")
        return of_run != self._style_says(switch, style)

    def lists_contents(self, style: str) -> bool:
        """Say whether a style is one of those that Word gives the lines of a contents list."""
        if style not in self._lists:
            found = self._styles.get(style)
            name = None if found is None else found.find(f"{W}name")
            said = (style if name is None else name.get(VALUE)) or ""
            self._lists[style] = bool(_CONTENTS.fullmatch(said))
        return self._lists[style]

    def is_of_contents(self, paragraph: Any, style: str) -> bool:
        """Say whether a paragraph is a line of a generated contents list: by its style, or all of it a link
        to a heading, as writers leave it that keep no field and no style.
        """
        return self.lists_contents(style) or _only_leads_to_a_heading(paragraph)

    def heading_of(self, paragraph: Any) -> int:
        """Return the level of a heading, from 1; 0 for what is none (17.3.1.20)."""
        properties = paragraph.find(PPR)
        own = None if properties is None else properties.find(_LEVEL)
        element = self._styles.get(self.style_of(properties))
        for _ in range(_DEEPEST):
            if own is not None or element is None:
                break
            own = element.find(f"{PPR}/{_LEVEL}")
            above = element.find(f"{W}basedOn")
            element = None if above is None else self._styles.get(above.get(VALUE) or "")
        level = whole(own.get(VALUE), LEVELS) if own is not None else LEVELS  # 9 is none
        return level + 1 if level < LEVELS else 0

    def shades(self, style: str) -> bool:
        """Say whether a style, or one that it is based on, may give its text a ground of its own."""
        if style not in self._styles:
            return True
        element = self._styles[style]
        for _ in range(_DEEPEST):
            if element is None:
                return False
            if next(element.iter(f"{W}shd", f"{W}highlight"), None) is not None:
                return True
            above = element.find(f"{W}basedOn")
            element = None if above is None else self._styles.get(above.get(VALUE) or "")
        return True

    def _style_says(self, switch: str, style: str) -> bool:
        if (switch, style) not in self._says:
            name, on = style, False
            for _ in range(_DEEPEST):
                element = self._styles.get(name)
                if element is None:
                    break
                if (mark := element.find(f"{RPR}/{switch}")) is not None:
                    on = is_on(mark)
                    break
                above = element.find(f"{W}basedOn")
                name = "" if above is None else above.get(VALUE) or ""
            self._says[switch, style] = on
        return self._says[switch, style]


def _only_leads_to_a_heading(paragraph: Any) -> bool:
    link = paragraph.find(_LINK)
    if link is None:
        return False
    within: set[Any] = set()
    for each in paragraph.iterchildren(_LINK):
        if not (each.get(f"{W}anchor") or "").startswith(
            "_Toc"
        ):  # the name that Word gives to headings
            return False
        within.update(each.iter(TEXT))
    return bool(within) and not any(
        (each.text or "").strip() for each in paragraph.iter(TEXT) if each not in within
    )
