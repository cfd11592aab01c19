"""What the style sheets of a page hide: as much of CSS as decides whether a person sees a text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_HIDING = {"display": {"none"}, "visibility": {"hidden", "collapse"}, "mso-hide": {"all"}}
_MAY_HIDE = re.compile("none|hidden|collapse|mso-hide", re.IGNORECASE)
# A comment, a string, an address, or a mark that parts rules; each letter is looked at once (++, *+).
_MARK = re.compile(
    r"""/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/|\Z)|<!--|-->|"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?|\burl\([^)"']*+|[{};]""",
    re.DOTALL | re.IGNORECASE,
)
_DECLARED = re.compile(
    r"[;\s](display|visibility|mso-hide)\s*+:\s*+([\w-]++)\s*+(!\s*important)?", re.IGNORECASE
)
_COMPOUND = re.compile(r"([a-z][\w-]*+|\*)?((?:[.#][\w-]++)*+)", re.IGNORECASE)
_NAME = re.compile(r"[.#][\w-]+")
_OF_A_PART = re.compile(
    r"::|:(?:before|after|first-line|first-letter)\b"
)  # of an element, not of it all
_LAST = re.compile(r"[a-z][\w-]*+\Z", re.IGNORECASE)
_EACH_SCREEN = re.compile(r"(?:(?:only\s+)?(?:all|screen)|not\s+print)?", re.IGNORECASE)

Said = Mapping[str, tuple[bool, bool]]  # property: does it hide, is it important


def said_inline(style: str) -> Said:
    """Return what the ``style`` of an element says of whether it is shown."""
    return {what: (hides, important) for what, hides, important in _declared(style)}


def is_of_screen(media: str) -> bool:
    """Say whether a sheet for ``media`` holds on every screen; "" is all of them."""
    return any(_EACH_SCREEN.fullmatch(one.strip()) for one in media.split(","))


@dataclass(frozen=True, slots=True)
class _Rule:
    """One declaration for the elements of ``tag`` (any where it is "") that have all ``names``."""

    rank: tuple[
        bool, int, int, bool, int
    ]  # important, names by #, all, a tag, place: the most wins
    tag: str
    names: frozenset[str]
    what: str
    hides: bool


class Sheets:
    """The rules of a page's style sheets that hide text or show it.

    Read are those for a tag, a class, a name, or these together. Any other rule hides nothing, and a class
    that one shows under some condition is not hidden: a script may choose. So may rules for one medium.
    """

    def __init__(self, sheets: Iterable[str]) -> None:
        self._by_key: dict[str, list[_Rule]] = defaultdict(list)  # by one of its names, or its tag
        self._place = 0
        self._chosen: set[str] = set()  # what something shows under a condition
        rules: dict[tuple[str, frozenset[str], str], _Rule] = {}
        for sheet in sheets:
            if _MAY_HIDE.search(sheet):
                for selectors, body in _blocks(sheet):
                    for what, hides, important in _declared(body):
                        for selector in selectors.split(","):
                            self._add(rules, selector.strip(), (what, hides, important))
        kept = [each for each in rules.values() if not (each.hides and self._is_chosen(each))]
        if any(rule.hides for rule in kept):
            rare = Counter(name for rule in kept for name in rule.names)
            for rule in kept:
                key = min(rule.names, key=rare.__getitem__, default=rule.tag)
                self._by_key[key].append(rule)

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def hides(self, tag: str, said: Mapping[str, str], inline: Said) -> bool:
        """Say whether an element is hidden, by a sheet or by itself; it has the last word."""
        winners: dict[str, _Rule] = {}
        if self._by_key:
            names = {f".{name}" for name in said.get("class", "").split()}
            if "id" in said:
                names.add(f"#{said['id']}")
            for key in (tag, *names):
                for rule in self._by_key.get(key, ()):
                    if rule.tag in ("", tag) and rule.names <= names:
                        best = winners.get(rule.what)
                        if best is None or best.rank < rule.rank:
                            winners[rule.what] = rule
        hidden = "hidden" in said and "display" not in {*winners, *inline}
        for what in {*winners, *inline}:
            last = winners.get(what)
            own, important = inline.get(what, (False, False))
            is_own = what in inline and (last is None or important or not last.rank[0])
            hidden |= own if is_own else last is not None and last.hides
        return hidden

    def _add(
        self,
        rules: dict[tuple[str, frozenset[str], str], _Rule],
        selector: str,
        declared: tuple[str, bool, bool],
    ) -> None:
        what, hides, important = declared
        found = _COMPOUND.fullmatch(selector)
        names = frozenset(_NAME.findall(selector))
        tag = (found[1] or "").lower().strip("*") if found else ""
        if found and (names or tag):
            marks = sum(name[0] == "#" for name in names)
            self._place += 1
            rule = _Rule(
                (important, marks, len(names), bool(tag), self._place), tag, names, what, hides
            )
            before = rules.get((tag, names, what))
            if before is None or before.rank < rule.rank:
                rules[tag, names, what] = rule
        if not hides and (not found or len(names) > 1) and not _OF_A_PART.search(selector):
            last = _LAST.search(selector)
            self._chosen.update(names or ({last[0].lower()} if last else ()))

    def _is_chosen(self, rule: _Rule) -> bool:
        return not self._chosen.isdisjoint(rule.names or {rule.tag})


def _declared(body: str) -> Iterator[tuple[str, bool, bool]]:
    for what, value, important in _DECLARED.findall(f";{body}"):
        name = what.lower()
        yield name, value.lower() in _HIDING[name], bool(important)


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
