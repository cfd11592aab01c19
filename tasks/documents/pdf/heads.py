"""Running heads and feet: small print at the edge of a page, apart from the text, is no part of it.

What is no smaller than the text, or not apart from it, stays a line: whoever reads the plan drops what
comes back page after page.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tasks.documents.pages import HEADER
from tasks.documents.pdf.joining import Words
from tasks.documents.pdf.letters import median
from tasks.documents.pdf.printed import PrintedPage

EDGE, FOOT = 0.085, 0.935  # of the page's height: above and below is the margin
BAND = 0.14  # a head that stands in one place on two pages may stand lower
SMALL = 0.92  # of the text's size
APART = 1.15  # times the distance of two lines of the text
WIDE = 1.6  # times the text's size, where no two lines of it tell their distance
SAME = 0.004  # of the page's height
_LETTERS = 30  # that a page has at least, to know the size of its text
_MOST = 2  # lines of a head or foot
# Small print that belongs to what follows, and notes.
_TEXT = re.compile(
    r"^\s*(?:附件|附表|附录|续?表|单位[：:]|填报|[（(][续接]|[①-⑳*＊†※]|注\s*\d*[：:]|[\[［〔]\d{1,2}[\]］〕]\D)"
)

# The number of a document stands above its red rule, on the first page alone.
_NUMBER = re.compile(r"[〔\[（(【]\s*20\d\d\s*[〕\]）)】]\s*第?\s*\d{1,5}\s*号\s*$")


def without_heads(pages: Iterable[PrintedPage]) -> Iterator[PrintedPage]:
    """Yield ``pages``, what is a running head or foot moved from their lines to what is left out."""
    body = 0.0
    above: Words | None = None
    waiting: PrintedPage | None = None
    for page in pages:
        if waiting is not None:
            body, above = _part(waiting, body, (above, _first(page)))
            yield waiting
        waiting = page
    if waiting is not None:
        _part(waiting, body, (above, None))
        yield waiting


def _part(
    page: PrintedPage, body: float, near: tuple[Words | None, Words | None]
) -> tuple[float, Words | None]:
    """Part a page from its head and foot; return the size of its text, and its first line."""
    lines = [piece for piece in page.pieces if isinstance(piece, Words) and piece.size]
    first = _first(page)
    body = _body(lines) or body
    if not body or not lines:
        return body, first
    pitch = _pitch(lines, body)
    head = _edge(page.pieces, body, pitch, near)
    for words in head:
        page.out.leave(HEADER, words.text)
    foot = _edge(page.pieces[len(head) :][::-1], body, pitch, None)[::-1]
    page.feet += [words.text for words in foot]
    page.pieces = page.pieces[len(head) : len(page.pieces) - len(foot)]
    return body, first


def _first(page: PrintedPage) -> Words | None:
    first = page.pieces[0] if page.pieces else None
    return first if isinstance(first, Words) and first.size else None


def _body(lines: Sequence[Words]) -> float:
    """Return the size of most letters; 0 where there are too few."""
    sizes: Counter[float] = Counter()
    for words in lines:
        sizes[round(words.size, 4)] += len(words.text)
    return sizes.most_common(1)[0][0] if sizes.total() >= _LETTERS else 0.0


def _pitch(lines: Sequence[Words], body: float) -> float:
    steps = [
        below.place - above.place
        for above, below in pairwise(lines)
        if min(above.size, below.size) > SMALL * body and 0 < below.place - above.place < 4 * body
    ]
    return APART * median(steps) if steps else WIDE * body


def _edge(
    pieces: Sequence[object],
    body: float,
    pitch: float,
    near: tuple[Words | None, Words | None] | None,
) -> list[Words]:
    """Return the lines of a head, or with no ``near`` pages those of a foot, from the edge on.

    The last of them stands apart from what follows.
    """
    found: list[Words] = []
    for at, words in enumerate(pieces[: _MOST + 1]):
        if not isinstance(words, Words) or not words.size or words.size > SMALL * body:
            break
        inside = words.place <= EDGE if near is not None else words.place >= FOOT
        if near is not None and not inside and words.place <= BAND:
            inside = any(_alike(words, other) for other in near if other is not None)
        first = near is not None and near[0] is None
        if not inside or _TEXT.match(words.text) or (first and _NUMBER.search(words.text)):
            break
        found.append(words)
        behind = pieces[at + 1] if at + 1 < len(pieces) else None
        if behind is None:
            return []  # nothing but small print: a page of its own kind
        if not isinstance(behind, Words) or abs(behind.place - words.place) >= pitch:
            return found
    return []


def _alike(one: Words, other: Words) -> bool:
    return abs(one.place - other.place) < SAME and abs(one.size - other.size) < 0.05 * one.size
