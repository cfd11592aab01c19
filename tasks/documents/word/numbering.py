"""The automatic numbers of Word: 一、 （一） 1. are often not in the text but in the list format."""

import re
from typing import Any

from tasks.documents.counters import written
from tasks.documents.word.lists import (
    DEEPEST_STYLE,
    LEVELS,
    Level,
    NumberedList,
    StyleNumbers,
    W,
    is_on,
    place_of,
    read_lists,
    read_styles,
    value_of,
)

_PLACE = re.compile("%([1-9])")
# Behind these Word's tab says nothing; behind "1" or "1." a figure of the text would be taken for its own.
_ENDS = re.compile(r"[^\w.．\-)\]]$|[\u2460-\u249b\u3220-\u33ff]$")
_GONE = (f"{W}del", f"{W}moveFrom")
_SEEN = (f"{W}t", f"{W}drawing", f"{W}pict", f"{W}object", f"{W}sym")


class Numbering:
    """Counts the numbered paragraphs of one document, which are asked for once each, in reading order.

    Counts what the paper shows when all tracked changes are accepted. Paragraphs of one abstract list
    count on from each other, whichever list they name.
    """

    def __init__(self, numbering: Any = None, styles: Any = None) -> None:
        """Take the roots of numbering.xml and styles.xml, None for a part that a file has not."""
        self._styles: dict[str, StyleNumbers] = {}
        self._usual = ""
        links: dict[str, str] = {}
        if styles is not None:
            self._styles, self._usual, links = read_styles(styles)
        self._lists: dict[str, NumberedList] = {}
        if numbering is not None:
            self._lists = read_lists(numbering, links)
        self._counts: dict[str, list[int | None]] = {}  # abstract list -> number of each level
        self._begun: set[str] = set()  # lists that have started anew, which they do once

    def number(self, paragraph: Any) -> str:
        """Return what Word prints before the text of ``paragraph``, with the blank behind it; or "".

        A paragraph whose mark is struck has no number, for it runs into the next one; nor has one in a
        struck row, nor one whose mark and text are hidden. One whose text alone is struck is counted, as
        on paper, but the number of nothing is not shown.
        """
        if not self._lists:
            return ""
        properties = paragraph.find(f"{W}pPr")
        key, at, chain = self._place(properties)
        found = self._lists.get(key) if key != "0" else None  # 0 takes a style's number away
        if found is None or _is_struck(paragraph, properties) or self._is_hidden(paragraph, chain):
            return ""
        level = found.levels.get(at)
        if level is None:
            return ""
        counts = self._count(key, found, at)
        if level.kind == "bullet" or level.hidden or _is_struck_through(paragraph):
            return ""
        return _printed(level, found, counts)

    def _place(self, properties: Any) -> tuple[str, int, list[str]]:
        """Return the list and level of a paragraph, its own or its styles', and the names of these.

        The level of a style is the one that names this style (17.9.23); only where none does, what the
        style says itself.
        """
        key, level, name = "", None, self._usual
        if properties is not None:
            key, level = place_of(properties.find(f"{W}numPr"))
            name = value_of(properties, "pStyle") or name
        chain: list[str] = []
        said: int | None = None
        while name in self._styles and len(chain) < DEEPEST_STYLE:
            style = self._styles[name]
            chain.append(name)
            key = key or style.num
            said = style.level if said is None else said
            name = style.based_on
        if level is None and key in self._lists:
            levels = self._lists[key].levels
            by_style = {value.style: at for at, value in levels.items() if value.style}
            level = next((by_style[each] for each in chain if each in by_style), said)
        return key, level or 0, chain

    def _is_hidden(self, paragraph: Any, chain: list[str]) -> bool:
        """Say whether neither the mark nor the text of a paragraph is printed."""
        said = (self._styles[name].hidden for name in chain)
        hidden = next((each for each in said if each is not None), False)
        mark = paragraph.find(f"{W}pPr/{W}rPr/{W}vanish")
        if not (hidden if mark is None else is_on(mark)):
            return False
        for run in paragraph.iter(f"{W}r"):
            vanish = run.find(f"{W}rPr/{W}vanish")
            if not (hidden if vanish is None else is_on(vanish)) and _shows(run):
                return False
        return True

    def _count(self, key: str, found: NumberedList, at: int) -> list[int | None]:
        """Count one paragraph at level ``at``, and let the levels below begin again (17.9.10)."""
        counts = self._counts.setdefault(found.abstract, [None] * LEVELS)
        for above in range(at):  # a level passed over has been there all the same
            if counts[above] is None:
                counts[above] = found.levels.get(above, Level()).start
        before = counts[at]
        anew = at in found.anew and key not in self._begun
        if anew:
            self._begun.add(key)
        counts[at] = _start(found, at) if before is None or anew else before + 1
        for below in range(at + 1, LEVELS):
            restart = found.levels.get(below, Level()).restart
            if restart is None or at < restart:
                counts[below] = None
        return counts


def _start(found: NumberedList, at: int) -> int:
    return found.anew.get(at, found.levels.get(at, Level()).start)


def _printed(level: Level, found: NumberedList, counts: list[int | None]) -> str:
    def shown(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        value = counts[at]
        other = found.levels.get(at)
        if other is None or value is None or other.kind == "bullet":
            return ""
        if level.legal and other.kind != "none":
            return str(value)
        return (
            written(value, other.kind).rjust(other.width, "0")
            if other.width
            else written(value, other.kind)
        )

    text = _PLACE.sub(shown, level.text)
    if not text.strip() or level.suffix == "nothing":
        return text
    return text if level.suffix == "tab" and _ENDS.search(text) else f"{text} "


def _is_struck(paragraph: Any, properties: Any) -> bool:
    """Say whether a tracked change takes away the mark of a paragraph, or the row that it stands in."""
    marks = properties.find(f"{W}rPr") if properties is not None else None
    if marks is not None and any(marks.find(gone) is not None for gone in _GONE):
        return True
    return any(row.find(f"{W}trPr/{W}del") is not None for row in paragraph.iterancestors(f"{W}tr"))


def _is_struck_through(paragraph: Any) -> bool:
    """Say whether all the text that a paragraph had is struck by tracked changes."""
    struck = next(paragraph.iter(*_GONE), None) is not None and any(
        next(gone.iter(f"{W}t", f"{W}delText"), None) is not None for gone in paragraph.iter(*_GONE)
    )
    if not struck:
        return False
    return not any(
        next(seen.iterancestors(*_GONE, f"{W}p")).tag not in _GONE
        for seen in paragraph.iter(*_SEEN)
    )


def _shows(run: Any) -> bool:
    return any(seen.tag != f"{W}t" or (seen.text or "").strip() for seen in run.iter(*_SEEN))
