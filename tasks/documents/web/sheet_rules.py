"""The rules of style sheets that decide about text; read only where a page has some that may."""

import re
from collections.abc import Iterable, Iterator

from tasks.documents.web.concealed import LOOKS, is_concealing
from tasks.documents.web.styles import Key, Rule, declared, is_hiding

_MAY_MATTER = r"(?i)none|hidden|collapse|mso-hide|display|list-style|white-space|line-through|super|opacity|color|font-size|font\s*:|scale|-\s*\d{3}|clip"
# A comment, a string, an address, or a mark that parts rules; each letter is looked at once (++, *+).
_MARK = (
    r"""(?is)/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/|\Z)|<!--|-->|"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?"""
    r"""|\burl\([^)"']*+|[{};]"""
)
_COMPOUND = re.compile(r"([a-z][\w-]*+|\*)?((?:[.#][\w-]++)*+)", re.IGNORECASE)
_NAME = re.compile(r"[.#][\w-]+")
_OF_A_PART = re.compile(r"::|:(?:before|after|first-line|first-letter)\b")  # not of all its element
_LAST = re.compile(r"[a-z][\w-]*+\Z", re.IGNORECASE)
_EACH_SCREEN = re.compile(r"(?:(?:only\s+)?(?:all|screen)|not\s+print)?", re.IGNORECASE)


def rules_of(sheets: Iterable[tuple[str, str]]) -> list[Rule]:
    """Return the rules of sheets, each with its medium, of which none hides what another may show."""
    found: dict[Key, Rule] = {}
    # What something shows under a condition, each with what shows it.
    chosen: set[tuple[str, str]] = set()
    place = 0
    for media, sheet in sheets:
        if not is_of_screen(media) or not re.search(_MAY_MATTER, sheet):
            continue
        for selectors, body in _blocks(sheet):
            for what, value, important in declared(body, in_sheet=True):
                for selector in map(str.strip, selectors.split(",")):
                    place += 1
                    names = frozenset(_NAME.findall(selector))
                    compound = _COMPOUND.fullmatch(selector)
                    tag = (compound[1] or "").lower().strip("*") if compound else ""
                    if compound and (names or tag):
                        key = tag, names, what
                        rule = Rule(key, value, important, place)
                        if key not in found or found[key].rank < rule.rank:
                            found[key] = rule
                    if not _conceals(what, value) and not (compound and len(names) < 2):
                        chosen |= {(_kind(what), name) for name in _shown_under(selector, names)}
    return [
        rule
        for rule in found.values()
        if not _conceals(rule.what, rule.value)
        or chosen.isdisjoint((_kind(rule.what), name) for name in rule.names or {rule.tag})
    ]


def _kind(what: str) -> str:
    """Return which rules show again what one for ``what`` conceals: those of its kind."""
    return what if what in LOOKS else ""


def _conceals(what: str, value: str) -> bool:
    return is_hiding(what, value) or is_concealing(what, value)


def _shown_under(selector: str, names: frozenset[str]) -> frozenset[str]:
    if _OF_A_PART.search(selector):
        return frozenset()
    last = _LAST.search(selector)
    return names or frozenset({last[0].lower()} if last else ())


def is_of_screen(media: str) -> bool:
    """Say whether a sheet for ``media`` holds on every screen; "" is all of them."""
    return any(_EACH_SCREEN.fullmatch(one.strip()) for one in media.split(","))


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the body of each rule that holds on a screen whatever its size."""
    opened: list[tuple[str, list[str], bool]] = []  # what stands before it, its body, is it read
    said: list[str] = []
    at = 0
    for mark in re.finditer(_MARK, sheet):
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
