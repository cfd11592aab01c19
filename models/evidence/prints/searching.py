"""Find among many prints those that may be near one: a cheap look at all, a finer one at what is left.

Prints lie in parts, column by column: the first hash of all pictures, the second of all ... Each column
is gone through in one sweep, which reads 100,000 prints in some hundredths of a second.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.evidence.prints.laying import laid_on
from models.evidence.prints.pictures import (
    PICTURE_BYTES,
    PICTURE_SCHEME,
    WINDOWS,
    hashes_of,
    is_paper,
)
from models.evidence.prints.texts import (
    HEAD,
    TEXT_SCHEME,
    may_share,
    text_likeness,
    text_likenesses,
)

# Bits in which a whole picture and some window of the other differ, and any two windows. A copy cropped
# to 70 % of each side is at 18 and 10 at most; of pictures that are none one in thirty, one in thousands.
WHOLE_NEAR, WINDOWS_NEAR = 18, 10
TOGETHER = (
    4  # windows in one step, of which there are a multiple; more do not stay near the processor
)
MOST_CLOSE = 300  # of those, the nearest, whose windows are all held against each other
MOST_TRIED = 6  # of the nearest, that are laid on each other; each takes some milliseconds
# Windows that are laid on each other; the more where the few leave a doubt.
FEW_PAIRS, PAIRS = 2, 6
HOPELESS = 0.35  # where the few say less than that, more windows do not change it
SAME_PAPER = 0.976  # likeness of two papers from which on they are not only the same form
EDGE_TO_EDGE = 0.018  # of a side, by which corners differ at most in two scans of one form
# By how much what some minima, and all, say of a text may be below what its least hashes say.
COARSE, ROUGHLY, ESTIMATE = 128, 0.2, 0.12
MOST_READ = 12  # texts, the nearest, whose least hashes are held against each other


@dataclass(frozen=True, slots=True)
class Part:
    """Prints side by side: their rows' numbers and campaigns (n), and the columns (columns by n)."""

    ids: NDArray[np.int64]
    campaigns: NDArray[np.int64]
    columns: NDArray[Any]

    def from_to(self, start: int, end: int) -> "Part":
        """Return the prints from ``start`` on, before ``end``."""
        return Part(self.ids[start:end], self.campaigns[start:end], self.columns[:, start:end])

    def at(self, places: NDArray[Any]) -> "Part":
        """Return a copy of the prints at ``places``."""
        return Part(self.ids[places], self.campaigns[places], self.columns[:, places])


@dataclass(frozen=True, slots=True)
class Scheme:
    """How prints of one kind are searched: their name, the columns of their heads, from when on alike."""

    name: str
    check: str
    columns: int
    type: str  # of a column
    alike: float  # from this likeness on, 0 to 1
    side: int  # prints of a part as they are stored: a column of them stays near the processor
    print: int = 0  # bytes of one, where a row may hold several; else 0

    @property
    def head(self) -> int:
        """Return how many bytes of a print are searched."""
        return self.columns * np.dtype(self.type).itemsize

    def part(self, rows: Iterable[tuple[int, int, bytes]]) -> Part:
        """Return prints, given by number, campaign and bytes, side by side."""
        given = list(rows)
        heads = b"".join(bytes(print[: self.head]) for *_, print in given)
        columns = np.frombuffer(heads, self.type).reshape(len(given), self.columns).T
        ids, campaigns = (np.array([row[n] for row in given], np.int64) for n in (0, 1))
        return Part(ids, campaigns, np.ascontiguousarray(columns))

    def candidates(
        self, parts: Sequence[Part], campaign_id: int, prints: Sequence[bytes]
    ) -> list[list[int]]:
        """Return for each print the numbers of what may be near in a campaign, the nearest first; a few.

        Every part is gone through once for all pictures together: a document has ten.
        """
        if self.name == PICTURE_SCHEME:
            return _pictures(parts, campaign_id, prints)
        return [_texts(parts, campaign_id, print, self.alike) for print in prints]

    def likeness(self, one: bytes, other: bytes) -> float:
        """Return how alike two prints are, 0 to 1; the same either way round."""
        return self._measured(one, other)[0]

    def near(self, one: bytes, other: bytes) -> float | None:
        """Return how alike two prints are where that is enough for a mark.

        Two papers that lie on each other edge to edge may be one form, filled in twice: what is written
        is small beside the lines. They must be more alike, as a copy saved anew is.
        """
        value, off = self._measured(one, other)
        form = self.name == PICTURE_SCHEME and off < EDGE_TO_EDGE and is_paper(one)
        return value if value >= (SAME_PAPER if form and is_paper(other) else self.alike) else None

    def _measured(self, one: bytes, other: bytes) -> tuple[float, float]:
        if one == other:
            return 1.0, 0.0
        if self.name == TEXT_SCHEME:
            return text_likeness(one, other), 0.0
        # Laying one on the other is not quite laying the other on the one.
        first, second = sorted((one, other))
        value, off = laid_on(first, second, 0, FEW_PAIRS)
        if HOPELESS <= value < self.alike:
            value, off = max((value, off), laid_on(first, second, FEW_PAIRS, PAIRS))
        return min(value, 1.0), off


# Chosen on drawn scenes and written texts of seeds 1000 and on, so that few marks are wrong. On seeds 50000
# and on, ``python -m tests.tools.bench_evidence`` printed for pictures: of 300 copies 92 % found (cropped
# 74 %, turned by 2 degrees 82 %, the others 96 % and more; sha256 0 %, a plain pHash 83 %), of 50 that only
# look alike none marked (pHash 9); for texts: of 180 copies 96 % found (in other words 87 %; datasketch 70 %),
# of 120 none. What is missed are papers: a cropped or turned form is farther from itself than from another.
PICTURES = Scheme(PICTURE_SCHEME, "same-picture", len(WINDOWS), "<u8", 0.86, 8_192, PICTURE_BYTES)
TEXTS = Scheme(TEXT_SCHEME, "copied-text", HEAD, "u1", 0.58, 32_768)
SCHEMES = (PICTURES, TEXTS)


def _pictures(parts: Sequence[Part], campaign_id: int, prints: Sequence[bytes]) -> list[list[int]]:
    if not parts:
        return [[] for _ in prints]
    mine = [hashes_of(print) for print in prints]
    found = [_close(part, campaign_id, mine) for part in parts]
    return [
        _nearest(parts, [close[at] for close in found], windows) for at, windows in enumerate(mine)
    ]


Close = tuple[NDArray[np.intp], NDArray[np.uint8]]  # places in a part, and how far they are


def _nearest(parts: Sequence[Part], found: Sequence[Close], mine: NDArray[np.uint64]) -> list[int]:
    """Return the numbers of those that some window of one's is near to, the nearest first."""
    whole = np.concatenate([apart for _, apart in found])
    part_of = np.repeat(np.arange(len(parts)), [at.size for at, _ in found])
    at = np.concatenate([at for at, _ in found])
    nearest = np.argsort(whole, kind="stable")[:MOST_CLOSE]
    # In the order in which they lie: pages of the file are looked at once, one after the other.
    nearest.sort()
    whole, part_of, at = whole[nearest], part_of[nearest], at[nearest]
    chosen = [part.at(at[part_of == number]) for number, part in enumerate(parts)]
    numbers = np.concatenate([one.ids for one in chosen])
    windows = _windows_apart(np.hstack([one.columns for one in chosen]), mine)
    order = np.lexsort((whole, windows))
    return [int(numbers[at]) for at in order[:MOST_TRIED] if windows[at] <= WINDOWS_NEAR]


def _close(part: Part, campaign_id: int, mine: Sequence[NDArray[np.uint64]]) -> list[Close]:
    """Return for each of ``mine`` where in a part lie prints of the campaign that may be near, and how far."""
    of_campaign = part.campaigns == campaign_id
    every = []
    for least in _least_apart(part.columns, mine):
        close = np.flatnonzero((least <= WHOLE_NEAR) & of_campaign)
        every.append((close, least[close]))
    return every


def _windows_apart(theirs: NDArray[np.uint64], mine: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Return the bits in which the nearest windows of both differ."""
    least = np.full(theirs.shape, 64, np.uint8)
    crossed, bits = np.empty_like(theirs), np.empty(theirs.shape, np.uint8)
    for word in mine:
        np.bitwise_xor(theirs, word, out=crossed)
        np.bitwise_count(crossed, out=bits)
        np.minimum(least, bits, out=least)
    return np.asarray(least.min(axis=0, initial=64))


def _least_apart(
    columns: NDArray[np.uint64], mine: Sequence[NDArray[np.uint64]]
) -> Iterator[NDArray[np.uint8]]:
    """Yield for each of ``mine`` the bits in which one's whole differs from the nearest window of the other.

    A few columns at a time are held against all of ``mine``, while they are near the processor.
    """
    count = columns.shape[1]
    least = np.full((len(mine), TOGETHER, count), 64, np.uint8)
    crossed, bits = np.empty((TOGETHER, count), np.uint64), np.empty((TOGETHER, count), np.uint8)
    for at in range(0, len(columns), TOGETHER):
        some = columns[at : at + TOGETHER]
        for one, mins in zip(mine, least, strict=True):
            for theirs, other in ((some, one[0]), (columns[0], one[at : at + TOGETHER, None])):
                np.bitwise_xor(theirs, other, out=crossed)
                np.bitwise_count(crossed, out=bits)
                np.minimum(mins, bits, out=mins)
    return (mins.min(axis=0) for mins in least)


def _texts(parts: Sequence[Part], campaign_id: int, print: bytes, alike: float) -> list[int]:
    near: list[tuple[float, int]] = []
    for part in parts:
        close = may_share(print, part.columns, COARSE)
        some = part.at(close[part.campaigns[close] == campaign_id])
        some = some.at(text_likenesses(print, some.columns, COARSE) >= alike - ROUGHLY)
        finer = text_likenesses(print, some.columns)
        near += zip((-finer).tolist(), some.ids.tolist(), strict=True)
    return [id_ for share, id_ in sorted(near)[:MOST_READ] if -share >= alike - ESTIMATE]
