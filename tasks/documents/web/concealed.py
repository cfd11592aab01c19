"""What of a web page nobody can see though it is shown: without size, as white as the page, outside of it.

Web sites put such text between the words against copying.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from tasks.documents.web.nodes import Node

_NONE = re.compile(r"[+-]?(?:0*\.?0+|0+\.)(?![\d.])")  # of a size or a share
_FAR = re.compile(r"-\s*[0-9]{3,}")  # px, em, %: outside of any page
_MOVES = ("left", "right", "top")
_INDENTS = ("text-indent", "margin-left", "margin-top")
_CLIPPED = re.compile(
    r"rect\s*\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
)
_WHITE = re.compile(
    r"white|transparent|#f{3}f?|#f{6}(?:f{2})?|#[0-9a-f]{3}0|#[0-9a-f]{6}00"
    r"|rgba?\(\s*255[\s,]+255[\s,]+255\s*(?:[,/][^)]*)?\)|rgba\([^)]*[,/]\s*0?\.?0+\s*\)|hsla?\([^)]*\b100%\s*\)"
)
_NO_GROUND = re.compile(
    r"(?:none|initial|inherit|unset|window|0|repeat|scroll|no-repeat|\s|" + _WHITE.pattern + r")*"
)
# What a shape cuts away wholly, and what is shrunk to nothing.
_CUT = re.compile(
    r"inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%(?:\s+[^\s)]+)?\s*(?:round[^)]*)?\)|circle\(\s*0(?:px|%)?\b[^)]*\)"
)
_SHRUNK = re.compile(r"scale(?:3d|x|y)?\(\s*0*\.?0+\s*[,)]")
_FLAT = re.compile(r"(?:0*\.?0+(?:px|r?em|%|pt|vh|vw)?|[01]px)")  # no higher than a dot
_OPEN = re.compile(r"(?:0*\.?0+(?:px|r?em|%|pt)?\s*)+")
_FONT_SIZE = re.compile(r"(?:^|\s)(\d*\.?\d+(?:[a-z]+|%)?)\s*(?:/|\s|$)")
_WEIGHT = re.compile(r"[1-9]00")
_OWN_SIZE = re.compile(r"(?i)font|\b(?:class|id)\s*=")  # a sheet that we do not have may give one
_NAMED = re.compile(r"(?i)\b(?:class|id)\s*=")
LOOKS = frozenset({
    "opacity", "color", "background", "background-color", "font-size", "position", "clip", "right", *_MOVES, *_INDENTS,
    "height", "width", "max-height", "max-width", "min-height", "min-width", "overflow", "padding", "padding-top", "padding-bottom",
    "transform", "clip-path", "content-visibility", "flex-direction", "flex-flow", "grid-template-columns",
})  # fmt: skip
_OWN_LOOK = frozenset({"font", "input", "select", "textarea", "button"})

Said = Callable[[Node], Mapping[str, str]]  # how an element is shown


def is_concealing(what: str, value: str) -> bool:
    """Say whether a property may keep an element from being seen with this value."""
    said = {what: value, "position": "absolute", "overflow": "hidden"}
    return is_out_of_view(said) or is_folded(said) or has_no_size(said) or is_white(said)


def is_out_of_view(said: Mapping[str, str]) -> bool:
    """Say whether an element is drawn where nobody sees it, or not at all."""
    if "opacity" in said and _NONE.match(said["opacity"]):
        return True
    if any(_FAR.match(said.get(what, "")) for what in _INDENTS):
        return True
    if "transform" in said and _SHRUNK.search(said["transform"]):
        return True
    if "clip-path" in said and _CUT.match(said["clip-path"]):
        return True
    if said.get("content-visibility") == "hidden":
        return True
    if said.get("position") not in ("absolute", "fixed", "relative"):
        return False
    return any(_FAR.match(said.get(what, "")) for what in _MOVES) or (
        "clip" in said and _CLIPPED.match(said["clip"]) is not None
    )


def is_folded(said: Mapping[str, str]) -> bool:
    """Say whether a box has no room for what it holds, and cuts off what has none."""
    if said.get("overflow", "").split(" ")[0] not in ("hidden", "clip"):
        return False
    if said.get("display") in ("inline", "contents"):
        return False
    if said.get("text-indent", "").startswith("100%") and said.get("white-space") == "nowrap":
        return True
    for what, pads in (("height", True), ("width", False)):
        flat = any(_FLAT.fullmatch(said.get(each, "")) for each in (what, f"max-{what}"))
        least = said.get(f"min-{what}", "0")
        if flat and _FLAT.fullmatch(least) and not (pads and _is_padded(said)):
            return True
    return False


def _is_padded(said: Mapping[str, str]) -> bool:
    """Say whether there is room above or below what has no height: a film stands in it."""
    pads = (said.get(what, "0") for what in ("padding", "padding-top", "padding-bottom"))
    return not all(map(_OPEN.fullmatch, pads))


def font_size(font: str) -> str:
    """Return the size that a shorthand for fonts gives (CSS Fonts 4, 2.7), "" where it gives none."""
    sizes = [size for size in _FONT_SIZE.findall(font) if not _WEIGHT.fullmatch(size)]
    return sizes[0] if sizes else ""


def has_no_size(said: Mapping[str, str]) -> bool:
    """Say whether the letters of an element have no size; what is in it may give itself one."""
    return "font-size" in said and _NONE.match(said["font-size"]) is not None


def is_white(said: Mapping[str, str]) -> bool:
    """Say whether the letters of an element are as white as the page."""
    return "color" in said and _WHITE.fullmatch(said["color"]) is not None


class Concealment:
    """Says of elements with letters of no size or in white whether they are seen, and any in them."""

    def __init__(self, said_of: Said) -> None:
        self._said_of = said_of
        self._dark: dict[int, int] = {}  # of an element, by its id: its letters that are not white

    def conceals(self, node: Node) -> bool:
        """Say whether nobody sees ``node``, which has no size or is white, nor anything in it."""
        if has_no_size(self._said_of(node)):
            return not any(map(self._may_have_size, _within(node)))
        return not self._has_ground(node) and not self._letters_of_colour(node)

    def _may_have_size(self, node: Node) -> bool:
        own = node.tag in _OWN_LOOK or _OWN_SIZE.search(node.raw) is not None
        return own and node.size > 0 and not has_no_size(self._said_of(node))

    def _has_ground(self, node: Node) -> bool:
        """Say whether something may be drawn behind an element, by itself or by what it stands in.

        A class may be drawn by a sheet that is not in the file; not where as many letters are dark.
        """
        above: Node | None = node
        while above is not None:
            if not all(map(_NO_GROUND.fullmatch, self._grounds(above))):
                return True
            is_named = _NAMED.search(above.raw) is not None
            if above is node:  # what colours it here would draw behind it here
                is_named = is_named and "color" in above.raw.lower()
            if is_named and self._letters_that_are_dark(above) < node.size:
                return True
            above = above.parent
        return False

    def _grounds(self, node: Node) -> list[str]:
        said, raw = self._said_of(node), node.raw.lower()
        grounds = [said.get("background", ""), said.get("background-color", "")]
        if "background" in raw or "bgcolor" in raw:
            grounds += [
                node.said.get(what, "").strip().lower() for what in ("bgcolor", "background")
            ]
        return grounds

    def _letters_that_are_dark(self, node: Node) -> int:
        if id(node) not in self._dark:
            found = 0
            walk = [iter(node.children)]
            while walk:
                child = next(walk[-1], None)
                if child is None:
                    walk.pop()
                elif isinstance(child, str):
                    found += len(child.strip())
                elif not is_white(self._said_of(child)):
                    walk.append(iter(child.children))
            self._dark[id(node)] = found
        return self._dark[id(node)]

    def _letters_of_colour(self, node: Node) -> bool:
        for each in _within(node):
            said = self._said_of(each)
            if "color" in said and each.size and not is_white(said):
                return True
        return False


def _within(node: Node) -> Iterator[Node]:
    walk = [iter(node.children)]
    while walk:
        child = next(walk[-1], None)
        if child is None:
            walk.pop()
        elif isinstance(child, Node):
            yield child
            walk.append(iter(child.children))
