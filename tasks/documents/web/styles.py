"""What the style sheets of a page hide, break into lines, count: as much of CSS as decides about its text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tasks.documents.web.nodes import Node

_HIDING = {"display": {"none"}, "visibility": {"hidden", "collapse"}, "mso-hide": {"all"}}
_MAY_MATTER = re.compile(
    "none|hidden|collapse|mso-hide|display|list-style|white-space", re.IGNORECASE
)
# A comment, a string, an address, or a mark that parts rules; each letter is looked at once (++, *+).
_MARK = re.compile(
    r"""/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/|\Z)|<!--|-->|"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?|\burl\([^)"']*+|[{};]""",
    re.DOTALL | re.IGNORECASE,
)
_DECLARED = re.compile(
    r"[;\s](display|visibility|mso-hide|list-style|white-space)(?:-type|-collapse)?\s*+:\s*+([^;!]++)(!\s*important)?",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"([a-z][\w-]*+|\*)?((?:[.#][\w-]++)*+)", re.IGNORECASE)
_NAME = re.compile(r"[.#][\w-]+")
_OF_A_PART = re.compile(
    r"::|:(?:before|after|first-line|first-letter)\b"
)  # of an element, not of it all
_LAST = re.compile(r"[a-z][\w-]*+\Z", re.IGNORECASE)
_EACH_SCREEN = re.compile(r"(?:(?:only\s+)?(?:all|screen)|not\s+print)?", re.IGNORECASE)


def is_of_screen(media: str) -> bool:
    """Say whether a sheet for ``media`` holds on every screen; "" is all of them."""
    return any(_EACH_SCREEN.fullmatch(one.strip()) for one in media.split(","))


_NOTHING: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class _Rule:
    """One declaration for the elements of ``tag`` (any where it is "") that have all ``names``."""

    rank: tuple[
        bool, int, int, bool, int
    ]  # important, names by #, all, a tag, place: the most wins
    tag: str
    names: frozenset[str]
    what: str
    value: str

    @property
    def hides(self) -> bool:
        return _hides(self.what, self.value)


class Sheets:
    """The rules of a page's style sheets that hide text or show it.

    Read are those for a tag, a class, a name, or these together. Any other rule hides nothing, and a class
    that one shows under some condition is not hidden: a script may choose. So may rules for one medium.
    """

    def __init__(self, sheets: Iterable[str]) -> None:
        self._by_key: dict[str, list[_Rule]] = defaultdict(list)  # by one of its names, or its tag
        self._place = 0
        self._found: dict[tuple[str, str], dict[str, str]] = {}
        self._chosen: set[str] = set()  # what something shows under a condition
        rules: dict[tuple[str, frozenset[str], str], _Rule] = {}
        for sheet in sheets:
            if _MAY_MATTER.search(sheet):
                for selectors, body in _blocks(sheet):
                    for declared in _declared(body):
                        for selector in selectors.split(","):
                            self._add(rules, selector.strip(), declared)
        kept = [each for each in rules.values() if not (each.hides and self._is_chosen(each))]
        rare = Counter(name for rule in kept for name in rule.names)
        for rule in kept:
            self._by_key[min(rule.names, key=rare.__getitem__, default=rule.tag)].append(rule)

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def said_of(self, node: Node) -> dict[str, str]:
        """Return how an element is shown: its own ``style`` has the last word but for what is important."""
        raw = node.raw
        if not (self._by_key or "style" in raw or "hidden" in raw):
            return _NOTHING
        key = node.tag, raw
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._look(node.tag, node.said)
        return found

    def hides(self, node: Node) -> bool:
        """Say whether an element is hidden, by a sheet or by itself."""
        said = self.said_of(node)
        return bool(said) and any(map(_hides, said.keys(), said.values()))

    def _look(self, tag: str, said: Mapping[str, str]) -> dict[str, str]:
        last: dict[str, tuple[bool, str]] = {}  # is it important, its value
        ranks: dict[str, _Rule] = {}
        if self._by_key:
            names = {f".{name}" for name in said.get("class", "").split()}
            if "id" in said:
                names.add(f"#{said['id']}")
            for key in (tag, *names):
                for rule in self._by_key.get(key, ()):
                    if rule.tag in ("", tag) and rule.names <= names:
                        best = ranks.get(rule.what)
                        if best is None or best.rank < rule.rank:
                            ranks[rule.what] = rule
            last = {what: (rule.rank[0], rule.value) for what, rule in ranks.items()}
        for what, value, important in _declared(said.get("style", "")):
            if important or not last.get(what, (False, ""))[0]:
                last[what] = important, value
        if "hidden" in said:
            last.setdefault("display", (False, "none"))
        return {what: value for what, (_, value) in last.items()}

    def _add(
        self,
        rules: dict[tuple[str, frozenset[str], str], _Rule],
        selector: str,
        declared: tuple[str, str, bool],
    ) -> None:
        what, value, important = declared
        found = _COMPOUND.fullmatch(selector)
        names = frozenset(_NAME.findall(selector))
        tag = (found[1] or "").lower().strip("*") if found else ""
        if found and (names or tag):
            marks = sum(name[0] == "#" for name in names)
            self._place += 1
            rule = _Rule(
                (important, marks, len(names), bool(tag), self._place), tag, names, what, value
            )
            before = rules.get((tag, names, what))
            if before is None or before.rank < rule.rank:
                rules[tag, names, what] = rule
        if (
            not _hides(what, value)
            and (not found or len(names) > 1)
            and not _OF_A_PART.search(selector)
        ):
            last = _LAST.search(selector)
            self._chosen.update(names or ({last[0].lower()} if last else ()))

    def _is_chosen(self, rule: _Rule) -> bool:
        return not self._chosen.isdisjoint(rule.names or {rule.tag})


def _hides(what: str, value: str) -> bool:
    return value in _HIDING.get(what, ())


def _declared(body: str) -> Iterator[tuple[str, str, bool]]:
    for what, value, important in _DECLARED.findall(f";{body}"):
        yield what.lower(), value.strip().lower(), bool(important)


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the body of each rule that holds on a screen whatever its size."""
    opened: list[tuple[str, list[str], bool]] = []  # what stands before it, its body, is it read
    said: list[str] = []
    at = 0
    for mark in _MARK.finditer(sheet):
        said.append(sheet[at : mark.start()])
        at, sign = mark.end(), mark[0]
        if sign == "{":
            head = "".join(said).strip()
            within = not opened or opened[-1][2] and _is_group(opened[-1][0])
            opened.append((head, [], within))
            said = []
        elif sign == ";":
            if opened:
                opened[-1][1].append("".join([*said, ";"]))
            said = []
        elif sign != "}":
            said.append(" ")
        elif opened:
            yield from _ended(opened, said)
            said = []
    said.append(sheet[at:])
    while opened:  # a sheet may leave its last blocks open
        yield from _ended(opened, said)
        said = []


def _ended(opened: list[tuple[str, list[str], bool]], said: list[str]) -> Iterator[tuple[str, str]]:
    head, body, is_read = opened.pop()
    if is_read and not head.startswith("@"):
        yield head, "".join([*body, *said])


def _is_group(head: str) -> bool:
    """Say whether the rules in a block hold on every screen."""
    name, _, media = head.partition(" ")
    if name.lower() == "@media":
        return is_of_screen(media)
    return name.lower() == "@layer"
