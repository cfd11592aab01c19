"""A list of contents that somebody typed: headings with their pages, which are no chapters."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze

ENTRY = (
    r"\s*(?:{章号}、|[（(][{一}\d]{1,3}[）)]|第.{1,4}[章节部]|\d{1,2}[.、]|附件)"
    r"[^。；\t]{2,60}(?:\t[\t ]*|[.．·…—_ ]{4,})(?P<page>\d{1,3})\s*"
)
FEWEST = 3
HEAD = r"[（【]?(?:目录|目次)[）】]?"
# Without leaders: the title, and perhaps the page: 一、总体要求 1, 一、总体要求（1）, 一、总体要求—1—.
_PLAIN = r"(?P<title>[^。；：]{2,60}?)(?:[.．·…—_]{0,60}[（—]{0,3}(?P<page>\d{1,3})[）—]{0,3})?"
_NUMBER = r"[（]?(?:{一}{1,3}|\d{1,2})[）、.．]|第[{一}\d]{1,3}[章节部]分?"
_LONGEST = 60  # letters of an entry
_MOST = 100  # lines that begin alike
_IN_FRONT = 400  # lines among which such a list begins, so that time stays linear
_WHOLE = 8  # letters of a heading that a line breaks


def contents_of(lines: Sequence[Line]) -> set[int]:
    """Return the places in ``lines`` of entries of a contents list: three at least, pages not falling."""
    found: set[int] = set()
    run: list[int] = []
    page = 0
    for at, line in enumerate([*lines, Line("", 0)]):
        entry = None if line.cells else pattern(ENTRY).fullmatch(line.text)
        if entry and int(entry["page"]) >= page:
            run.append(at)
            page = int(entry["page"])
            continue
        if len(run) >= FEWEST:
            found.update(run)
        run, page = ([at], int(entry["page"])) if entry else ([], 0)
    return found


def plain_contents_of(lines: Sequence[Line]) -> set[int]:
    """Return the places in ``lines`` of entries without leaders: titles that all come again behind the list.

    Three at least side by side, with pages that do not fall, or without pages right below 目录.
    """
    texts = ["" if line.cells else squeeze(line.text) for line in lines]
    front = [text if len(text) <= _LONGEST else "" for text in texts[:_IN_FRONT]]
    entries = [pattern(_PLAIN).fullmatch(text) for text in front]
    paged = [entry is not None and entry["page"] is not None for entry in entries]
    heads = [at for at, text in enumerate(front) if pattern(HEAD).fullmatch(text)]
    if not heads and not any(map(all, zip(paged, paged[1:], paged[2:], strict=False))):
        return set()
    headings = _Headings.of(texts)
    found: set[int] = set()
    at = 0
    while at < len(entries):
        stop, page = at, 0
        with_pages = at - 1 not in heads or any(paged[at : at + FEWEST])
        titles: list[str] = []
        while stop < len(entries) and (entry := entries[stop]) and paged[stop] == with_pages:
            title, number = _unnumbered(entry["title"]), int(entry["page"] or 0)
            if number < page or not headings.come_again(title, stop + 1):
                break
            titles.append(title)
            stop, page = stop + 1, number
        if len(titles) >= FEWEST and all(headings.come_again(title, stop) for title in titles):
            found.update(range(at, stop))
        at = max(stop, at + 1)
    return found


def _unnumbered(text: str) -> str:
    return pattern(rf"^(?:{_NUMBER})").sub("", text)


@dataclass(frozen=True)
class _Headings:
    """The beginnings of all lines without their numbers, each with the last place where it stands."""

    last: dict[str, int]
    ordered: list[str]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "_Headings":
        last = {_unnumbered(text[: 2 * _LONGEST]): at for at, text in enumerate(texts)}
        return cls(last, sorted(last))

    def come_again(self, title: str, at: int) -> bool:
        """Say whether a title, or its first line, begins a line from ``at`` on."""
        if len(title) < 2:
            return False
        if any(self.last.get(title[:end], -1) >= at for end in range(_WHOLE, len(title))):
            return True
        place = bisect_left(self.ordered, title)
        begun = takewhile(lambda each: each.startswith(title), self.ordered[place : place + _MOST])
        return any(self.last[each] >= at for each in begun)
