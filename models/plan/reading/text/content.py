"""The lines of content of a document, cleaned; what is dropped is named, but for the numbers of pages.

Running heads are dropped, lists of who gets a copy, and lists of contents, which are headings and no chapters.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from models.plan.reading.text.document import Line
from models.plan.reading.text.lines import clean
from models.plan.reading.text.noise import CONTENTS, IMPRINT, RUNNING, why_noise
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.schema import NotRead

ENTRY = (
    r"\s*(?:{题号}|第.{1,4}[章节部]|附件)"
    r"[^。；\t]{2,60}(?:\t[\t ]*|[.．·…—_ ]{4,})(?P<page>{页码})\s*"
)
FEWEST = 3
HEAD = r"[（【]?(?:目录|目次)[）】]?"
# Without leaders: the title, and perhaps the page: 一、总体要求 1, 一、总体要求（1）, 一、总体要求—1—.
_PLAIN = r"(?P<title>[^。；：]{2,60}?)(?:[.．·…—_]{0,60}[（—]{0,3}(?P<page>{页码})[）—]{0,3})?"
_NUMBER = r"（?{N}[）、.．]|第{N}[章节部]分?"
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


FIRST_WORDS = 40  # letters shown of what was dropped

# A red head or the name of a gazette that a page break drops into the text.
RED_HEAD = r"{H}{2,30}(?:文件|公报|通报稿)(?:{某年}第?{N}[期号])?(?:—?{页码}—?)?"
GAZETTE = r"{H}{2,20}公报{某年}第?{N}[期号]"
COPY_LIST = r"(?:抄送|抄报|分送)[：]"
# What begins something else than a further office that gets a copy.
NO_COPY = r"{章号}、|附件|.*[：]|.*(?:名单|小组|方案|清单|[^代]表)$"
# A line of these is content however often it is repeated.
NEVER_RUNNING = r"[。；：、，！？）]$|[：|\t]|^(?:{题号}|{某年}|（|附件|第.{1,3}(?:阶段|部分|章))"


def without_noise(lines: Iterable[Line]) -> tuple[list[Line], list[NotRead]]:
    """Return the cleaned lines of content, and what was dropped: running heads, contents, navigation."""
    cleaned = [line for line in map(clean, lines) if line.cells or line.text.strip()]
    texts = [squeeze(line.text) for line in cleaned]
    why = [
        None if line.cells else why_noise(text) for line, text in zip(cleaned, texts, strict=True)
    ]
    for at in contents_of(cleaned) | plain_contents_of(cleaned):
        why[at] = CONTENTS
    _mark_copy_lists(cleaned, texts, why)
    _mark_running_heads(cleaned, texts, why)
    kept = [line for line, reason in zip(cleaned, why, strict=True) if reason is None]
    return kept, [_named(line, reason) for line, reason in zip(cleaned, why, strict=True) if reason]


def _named(line: Line, why: str) -> NotRead:
    text = squeeze(line.text)
    words = text[:FIRST_WORDS]
    return NotRead(
        why=why, words=words, letters=len(text), line=line.number or None, page=line.page
    )


def _mark_copy_lists(lines: Sequence[Line], texts: Sequence[str], why: list[str | None]) -> None:
    """Mark the further lines of a 抄送 list, which ends with 。, the 印发 line or where a table begins."""
    open_for = table = 0
    for index, text in enumerate(texts):
        if pattern(COPY_LIST).match(text):
            open_for, table = 0 if text.endswith("。") else 4, lines[index].table
        elif open_for and text:
            other = why[index] is not None or lines[index].table != table
            if other or len(text) > 60 or pattern(NO_COPY).match(text):
                open_for = 0
                continue
            why[index] = IMPRINT
            open_for = 0 if text.endswith("。") else open_for - 1


def _mark_running_heads(lines: Sequence[Line], texts: Sequence[str], why: list[str | None]) -> None:
    """Mark the short lines that come back page after page, and red heads within a sentence.

    A running head stands where a page begins or ends: beside its number, or at the edge of one. A row of
    a table is never one: the head of a table comes back on each page, and says what the cells mean.
    """
    counts = Counter(
        text
        for line, text, reason in zip(lines, texts, why, strict=True)
        if text and reason is None and not line.cells
    )
    before = ""
    seen: set[str] = set()
    for index, text in enumerate(texts):
        if not text or why[index] is not None:
            continue
        short = 4 <= len(text) <= 45 and not lines[index].cells
        if short and not pattern(NEVER_RUNNING).search(text):
            broken = len(before) > 12 and not pattern(r"[。；：！？”》）]$").search(before)
            head = pattern(RED_HEAD).fullmatch(text) is not None
            near = _next_to_noise(texts, why, index)
            again = counts[text] > 2 and text in seen and _at_edge(lines, index)
            if (
                pattern(GAZETTE).match(text)
                or (head and (broken or near) and index > 5)
                or (near and counts[text] > 1)
                or again
            ):
                why[index] = RUNNING
                continue
            seen.add(text)
        before = text


def _next_to_noise(texts: Sequence[str], why: Sequence[str | None], index: int) -> bool:
    """Say whether the nearest line with text before or after is a page number or the like."""
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(texts) and not texts[at]:
            at += step
        if 0 <= at < len(texts) and why[at] is not None:
            return True
    return False


def _at_edge(lines: Sequence[Line], index: int) -> bool:
    """Say whether a line is the first or the last of its page."""
    page = lines[index].page
    beside = [lines[at].page for at in (index - 1, index + 1) if 0 <= at < len(lines)]
    return page is not None and (any(each != page for each in beside) or len(beside) < 2)
