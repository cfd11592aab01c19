"""Where an element stands on a page: before its running text, behind it, or within."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from tasks.documents.web.frames import FEWEST_LINKS, is_of_site
from tasks.documents.web.nodes import Node
from tasks.documents.web.tags import BLOCKS

_LEAST, _LONG = 10, 60  # letters of running text: with a stop, and without one
_STOP = "[。；]"
_NOT_RUNNING = frozenset({"script", "style", "template", "noscript", "title", "iframe", "option"})
# Above a list of links that says what they are for: a heading, or words that end with a colon.
_HEADING = (
    r"(?s)(?:第[一二三四五六七八九十百]+[章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]"
    r"|\d+[.．、])[^。]{0,60}|.*[:：]"
)
_PLACE = "位置"  # 您所在的位置：


class Surroundings:
    """The texts of a page outside its links, and where its elements stand among them."""

    def __init__(self, root: Node, hides: Callable[[Node], bool]) -> None:
        """Take a page; ``hides`` says of an element whether it is hidden, and is no text then."""
        self._root, self._hides = root, hides
        # Of an element, by its id: the texts before it, and up to its end.
        self._places: dict[int, tuple[int, int]] = {}
        self._texts: list[str] = []
        self._running: list[int] = []
        self._words: list[str] = []

    def is_around(self, node: Node) -> bool:
        """Say whether an element stands before or behind all running text, and under no heading."""
        if not self._places:  # most pages never ask
            self._look()
        start, end = self._places.get(id(node), (0, 0))
        first = bisect_left(self._running, start)
        if first and bisect_left(self._running, end) < len(self._running):
            return False
        before = self._texts[start - 1] if start else ""
        return _PLACE in before or not re.fullmatch(_HEADING, before)

    def _look(self) -> None:
        walk: list[tuple[Node, int, Iterator[Node | str]]] = [
            (self._root, 0, iter(self._root.children))
        ]
        while walk:
            node, start, rest = walk[-1]
            child = next(rest, None)
            if isinstance(child, str):
                self._words.append(child)
                continue
            parts = child or node
            if parts.tag in BLOCKS or parts.tag == "br" or parts.links >= FEWEST_LINKS:
                self._end_text()
            if child is None:
                walk.pop()
                self._places[id(node)] = start, len(self._texts)
            elif not self._is_passed_over(child):
                walk.append((child, len(self._texts), iter(child.children)))

    def _is_passed_over(self, node: Node) -> bool:
        is_link = node.tag == "a" and "href" in node.raw.lower()
        return is_link or node.tag in _NOT_RUNNING or self._hides(node)

    def _end_text(self) -> None:
        text = "".join("".join(self._words).split())
        self._words = []
        if text:
            is_long = len(text) >= _LONG or len(text) >= _LEAST and re.search(_STOP, text)
            if is_long and not is_of_site(text):
                self._running.append(len(self._texts))
            self._texts.append(text)
