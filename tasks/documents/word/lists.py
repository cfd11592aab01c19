"""What numbering.xml and styles.xml say of automatic numbers: levels, lists and the styles that number."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tasks.documents.counters import MOST

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
LONGEST_TEXT = 200  # letters of a level's text; Word allows no more than a line
DEEPEST_STYLE = 20  # styles based on styles; Word itself follows no more than ten
WIDEST_NUMBER = 9  # digits


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered (ECMA-376 17.9.6)."""

    kind: str = "decimal"
    text: str = ""  # with %1 to %9 for the numbers of the levels
    start: int = 1
    restart: int | None = None  # 0: never; n: only behind a level up to the n-th
    legal: bool = False  # all numbers in Arabic digits
    suffix: str = "tab"
    style: str = ""  # the paragraph style that this level belongs to
    width: int = 0  # digits at least, of a format like 001
    hidden: bool = False  # counted, and not shown


@dataclass(slots=True)
class NumberedList:
    """One list that paragraphs point at: the counters it shares, its levels and where it starts anew."""

    abstract: str
    levels: dict[int, Level]
    anew: dict[int, int] = field(default_factory=dict)  # level -> the number it starts anew with


def read_lists(root: Any, links: dict[str, str]) -> dict[str, NumberedList]:
    """Return the lists of numbering.xml by their numbers; ``links``: list style -> its list's number.

    An abstract list that is only a link to a list style is the list that this style points at
    (17.9.21, 17.9.27).
    """
    levels: dict[str, dict[int, Level]] = {}
    linked: dict[str, str] = {}
    for abstract in root.iterchildren(f"{W}abstractNum"):
        name = abstract.get(f"{W}abstractNumId") or ""
        levels[name] = dict(_levels(abstract))
        linked[name] = value_of(abstract, "numStyleLink")
    nums = {num.get(f"{W}numId") or "": num for num in root.iterchildren(f"{W}num")}
    lists = {}
    for key, num in nums.items():
        abstract = value_of(num, "abstractNumId")
        for _ in range(DEEPEST_STYLE):
            if not linked.get(abstract) or (through := links.get(linked[abstract])) not in nums:
                break
            abstract = value_of(nums[through], "abstractNumId")
        lists[key] = _list(num, abstract, levels.get(abstract, {}))
    return lists


def _list(num: Any, abstract: str, levels: dict[int, Level]) -> NumberedList:
    found = NumberedList(abstract, levels)
    for override in num.iterchildren(f"{W}lvlOverride"):
        at = whole(override.get(f"{W}ilvl"), LEVELS)
        if at >= LEVELS:  # there is no such level (17.9.3)
            continue
        own = override.find(f"{W}lvl")
        if own is not None:
            if found.levels is levels:
                found.levels = dict(levels)
            found.levels[at] = _level(own)
        if override.find(f"{W}startOverride") is not None:
            found.anew[at] = whole(value_of(override, "startOverride"), 0)
    return found


def _levels(abstract: Any) -> Iterator[tuple[int, Level]]:
    for level in abstract.iterchildren(f"{W}lvl"):
        at = whole(level.get(f"{W}ilvl"), 0)
        if at < LEVELS:
            yield at, _level(level)


def _level(element: Any) -> Level:
    kind, width = value_of(element, "numFmt"), 0
    if not kind:  # Word wraps a format like "001, 002" in a choice
        shapes = (each.get(f"{W}format") or "" for each in element.iter(f"{W}numFmt"))
        width = max((len(shape.partition(",")[0]) for shape in shapes), default=0)
    restart = value_of(element, "lvlRestart")
    return Level(
        kind=kind or "decimal",
        text=value_of(element, "lvlText")[:LONGEST_TEXT],
        # 17.9.25 lets a level without a start begin at 0; programs that leave it out mean 1.
        start=whole(value_of(element, "start"), 1),
        restart=whole(restart, 0) if restart else None,
        legal=is_on(element.find(f"{W}isLgl")),
        suffix=value_of(element, "suff") or "tab",
        style=value_of(element, "pStyle"),
        width=min(width, WIDEST_NUMBER),
        hidden=is_on(element.find(f"{W}rPr/{W}vanish")),
    )


@dataclass(frozen=True, slots=True)
class StyleNumbers:
    """What one paragraph style says of numbers, and which style it is based on."""

    num: str = ""
    level: int | None = None
    based_on: str = ""
    hidden: bool | None = None


def read_styles(root: Any) -> tuple[dict[str, StyleNumbers], str, dict[str, str]]:
    """Return the paragraph styles by name, the name of the usual one, and list style -> its list."""
    styles: dict[str, StyleNumbers] = {}
    links: dict[str, str] = {}
    usual = ""
    for style in root.iterchildren(f"{W}style"):
        name, kind = style.get(f"{W}styleId") or "", style.get(f"{W}type") or "paragraph"
        num, level = place_of(style.find(f"{W}pPr/{W}numPr"))
        if kind == "numbering":
            links[name] = num
        elif kind == "paragraph":
            vanish = style.find(f"{W}rPr/{W}vanish")
            hidden = None if vanish is None else is_on(vanish)
            styles[name] = StyleNumbers(num, level, value_of(style, "basedOn"), hidden)
            if style.get(f"{W}default") in {"1", "true", "on"}:
                usual = name
    return styles, usual, links


def place_of(numbers: Any) -> tuple[str, int | None]:
    """Return the list and the level that a ``w:numPr`` names; "" and None where it names none."""
    if numbers is None:
        return "", None
    level = numbers.find(f"{W}ilvl")
    return value_of(numbers, "numId"), None if level is None else whole(level.get(f"{W}val"), 0)


def value_of(element: Any, name: str) -> str:
    """Return the ``w:val`` of a child, "" where there is none."""
    child = element.find(f"{W}{name}")
    return (child.get(f"{W}val") or "") if child is not None else ""


def is_on(element: Any) -> bool:
    """Say whether a switch of Word stands and is on (17.17.4)."""
    return element is not None and element.get(f"{W}val") not in {"0", "false", "off"}


def whole(text: str | None, default: int) -> int:
    """Return ``text`` as a number from 0 to what Word counts to, ``default`` when it is none."""
    if not text or not text.isascii() or not text.isdecimal():
        return default
    return min(int(text[:9]), MOST)
