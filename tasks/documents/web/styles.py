"""How elements are shown by what they and the style sheets of a page say, as far as it decides about text."""

import re
from collections.abc import Iterable, Iterator, Mapping

from tasks.documents.web.concealed import font_size, is_folded, is_out_of_view
from tasks.documents.web.nodes import Node
from tasks.documents.web.tags import BLOCKS, PARTS

_HIDING = {"display": {"none"}, "visibility": {"hidden", "collapse"}, "mso-hide": {"all"}}
_OFTEN = (
    "display|visibility|mso-hide|list-style|white-space|text-decoration|opacity|color|background(?:-color)?|font-size"
    "|position|clip|left|right|top|vertical-align|text-indent|margin-left|margin-top"
)
_MORE = (
    "flex-direction|flex-flow|grid-template-columns|font|(?:max-|min-)?(?:height|width)|overflow(?:-[xy])?"
    "|padding(?:-(?:top|bottom))?|transform|clip-path|content-visibility"
)
_DECLARED, _ALL_DECLARED = (
    re.compile(
        rf"[;\s]({names})(?:-type|-collapse|-line)?\s*+:\s*+([^;!]++)(!\s*important)?",
        re.IGNORECASE,
    )
    for names in (_OFTEN, f"{_OFTEN}|{_MORE}")
)
# What makes the rest worth a look where an element says it of itself; most elements never do.
_SAY_MORE = (
    "overflow",
    "flex",
    "grid",
    "transform",
    "-path",
    "content-v",
    "inline-b",
    "font:0",
    "font: 0",
)
_SAYS = re.compile("style|hidden|color|popover", re.IGNORECASE)
_BARE = r"(?i)list-style(?:-type)?\s*:[^;{}]*\bnone\b"
_NOTHING: dict[str, str] = {}
_NEVER_FOLDED = PARTS | {"table"}  # a height is the least of theirs

Key = tuple[str, frozenset[str], str]  # tag, names, property


class Rule:
    """One declaration for the elements of ``tag`` (any where it is "") that have all ``names``."""

    __slots__ = ("names", "rank", "tag", "value", "what")

    def __init__(self, key: Key, value: str, important: bool, place: int) -> None:
        self.tag, self.names, self.what = key
        self.value = value
        marks = sum(name[0] == "#" for name in self.names)
        # The most wins: important, names by #, all names, a tag, the last.
        self.rank = important, marks, len(self.names), bool(self.tag), place


class Sheets:
    """The rules of a page's style sheets, each a pair of its medium and its text.

    Read are those for a tag, a class, a name, or these together. Any other rule hides nothing, and a class
    that one shows under some condition is not hidden: a script may choose. So may rules for one medium.
    """

    def __init__(self, sheets: Iterable[tuple[str, str]]) -> None:
        self._by_key: dict[str, list[Rule]] = {}  # by the rarest of its names, or its tag
        self._found: dict[str | tuple[str, str], dict[str, str]] = {}
        self.may_bare_lists = False  # by a rule of any kind: no number stands before an item
        if sheets:
            sheets = list(sheets)
            self.may_bare_lists = any(re.search(_BARE, sheet) for _, sheet in sheets)
            self._take(sheets)

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def said_of(self, node: Node) -> dict[str, str]:
        """Return how an element is shown: its own ``style`` has the last word but for what is important."""
        key = (node.tag, node.raw) if self._by_key else node.raw
        found = self._found.get(key)
        if found is None:
            says = self._by_key or _SAYS.search(node.raw)
            found = self._found[key] = self._look(node.tag, node.said) if says else _NOTHING
        return found

    def hides(self, node: Node) -> bool:
        """Say whether an element is hidden, by a sheet or by itself."""
        said = self.said_of(node)
        if not said:
            return False
        if any(is_hiding(what, value) for what, value in said.items()) or is_out_of_view(said):
            return True
        return "overflow" in said and _is_box(node.tag, said) and is_folded(said)

    def _take(self, sheets: Iterable[tuple[str, str]]) -> None:
        from tasks.documents.web.sheet_rules import rules_of  # most pages have no sheet

        rules = rules_of(sheets)
        rare: dict[str, int] = {}
        for rule in rules:
            for name in rule.names:
                rare[name] = rare.get(name, 0) + 1
        for rule in rules:
            key = min(rule.names, key=rare.__getitem__, default=rule.tag)
            self._by_key.setdefault(key, []).append(rule)

    def _look(self, tag: str, said: Mapping[str, str]) -> dict[str, str]:
        last: dict[str, Rule] = {}
        if self._by_key:
            names = {f".{name}" for name in said.get("class", "").split()}
            if "id" in said:
                names.add(f"#{said['id']}")
            for key in (tag, *names):
                for rule in self._by_key.get(key, ()):
                    if rule.tag in ("", tag) and rule.names <= names:
                        best = last.get(rule.what)
                        if best is None or best.rank < rule.rank:
                            last[rule.what] = rule
        found = {what: (rule.value, rule.rank[0]) for what, rule in last.items()}
        for what, value, important in declared(said.get("style", "")):
            if important or what not in found or not found[what][1]:
                found[what] = value, important
        if "hidden" in said or "popover" in said:
            found.setdefault("display", ("none", False))
        if tag == "font" and "color" in said:
            found.setdefault("color", (said["color"].strip().lower(), False))
        return {what: value for what, (value, _) in found.items()}


def _is_box(tag: str, said: Mapping[str, str]) -> bool:
    """Say whether a height and a width hold for an element: for none in a line, and no part of a table."""
    if tag in _NEVER_FOLDED:
        return False
    return tag in BLOCKS or "display" in said or said.get("position") in ("absolute", "fixed")


def is_hiding(what: str, value: str) -> bool:
    """Say whether a property hides an element with this value."""
    return value in _HIDING.get(what, ())


def declared(body: str, in_sheet: bool = False) -> Iterator[tuple[str, str, bool]]:
    """Yield the properties that a rule or a ``style`` sets: name, value, is it important."""
    found = _ALL_DECLARED if in_sheet or any(map(body.__contains__, _SAY_MORE)) else _DECLARED
    for what, value, important in found.findall(f";{body}"):
        what, value = what.lower(), value.strip().lower()
        if what == "font":
            what, value = "font-size", font_size(value)
        elif what.startswith("overflow-"):
            what = "overflow"
        if value:
            yield what, value, bool(important)
