"""What is left out of page after page, told once: a running head, a watermark."""

import re
from collections import Counter
from collections.abc import Iterable

from tasks.documents.pages import FIRST_WORDS, FOOTER, HEADER, WATERMARK, Left

_RUNNING = {HEADER, FOOTER, WATERMARK}
_NUMBER = re.compile(r"\d+")


class Repeats:
    """Keeps what was told, and counts the letters of what comes again."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, str], str] = {}
        self._letters: Counter[tuple[str, str]] = Counter()

    def without(self, left: Iterable[Left]) -> list[Left]:
        """Return ``left`` without what was told before but for its numbers."""
        kept: list[Left] = []
        for each in left:
            why, words, letters, _ = each
            key = (why, _NUMBER.sub("0", words))
            if why in _RUNNING and key in self._told:
                self._letters[key] += letters
                continue
            self._told[key] = words
            kept.append(each)
        return kept

    def rest(self, row: int) -> list[Left]:
        """Return what came again, each with all its letters, before ``row`` of the last page."""
        return [
            (why, f"{self._told[why, key]}（各页都有）"[:FIRST_WORDS], letters, row)
            for (why, key), letters in self._letters.items()
        ]
