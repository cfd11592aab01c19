"""Find among many prints those that may be near one: a cheap look at all, a finer one at what is left.

Prints lie in parts, column by column: the first hash of all pictures, the second of all ... Each column
is gone through in one sweep, which reads 100,000 prints in some hundredths of a second.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.evidence.prints.pictures import PICTURE_SCHEME, WINDOWS, hashes_of, likeness
from models.evidence.prints.texts import HEAD, TEXT_SCHEME, text_likeness, text_likenesses

# Bits in which a whole picture and some window of the other differ, and any two windows. A copy cropped
# to 70 % of each side is at 18 and 10 at most; of pictures that are none one in thirty, one in thousands.
WHOLE_NEAR, WINDOWS_NEAR = 18, 10
MOST_CLOSE = 1000  # of those, the nearest, whose windows are all held against each other
MOST_TRIED = 6  # of the nearest, that are laid on each other; each takes ten milliseconds
FEW_PAIRS, PAIRS = (
    2,
    6,
)  # of windows that are laid on each other; the more where the few leave a doubt
HOPELESS = 0.35  # where the few say less than that, more windows do not change it
ESTIMATE = 0.12  # by which what minima say of a text may be below what its least hashes say


@dataclass(frozen=True, slots=True)
class Part:
    """Prints side by side: their rows' numbers and campaigns (n), and the columns (columns by n)."""

    ids: NDArray[np.int64]
    campaigns: NDArray[np.int64]
    columns: NDArray[Any]

    def from_to(self, start: int, end: int) -> "Part":
        """Return the prints from ``start`` on, before ``end``."""
        return Part(self.ids[start:end], self.campaigns[start:end], self.columns[:, start:end])


@dataclass(frozen=True, slots=True)
class Scheme:
    """How prints of one kind are searched: their name, the columns of their heads, from when on alike."""

    name: str
    check: str
    columns: int
    type: str  # of a column
    alike: float  # from this likeness on, 0 to 1

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

    def candidates(self, parts: Sequence[Part], campaign_id: int, print: bytes) -> list[int]:
        """Return the numbers of what may be near in a campaign, the nearest first; few, at most MOST_TRIED."""
        look = _pictures if self.name == PICTURE_SCHEME else _texts
        return look(parts, campaign_id, print, self.alike)

    def likeness(self, one: bytes, other: bytes) -> float:
        """Return how alike two prints are, 0 to 1; the same either way round."""
        if one == other:
            return 1.0
        if self.name == TEXT_SCHEME:
            return text_likeness(one, other)
        # Laying one on the other is not quite laying the other on the one.
        first, second = sorted((one, other))
        quickly = likeness(first, second, FEW_PAIRS)
        if quickly < HOPELESS or quickly >= self.alike:
            return min(quickly, 1.0)
        return min(max(quickly, likeness(first, second, PAIRS)), 1.0)


# Chosen on drawn scenes and written texts with seeds of their own, so that few marks are wrong: see
# tests/tools/bench_evidence.py, which prints on others how many are found and how many are wrong.
PICTURES = Scheme(PICTURE_SCHEME, "same-picture", len(WINDOWS), "<u8", 0.84)
TEXTS = Scheme(TEXT_SCHEME, "copied-text", HEAD, "u1", 0.58)
SCHEMES = (PICTURES, TEXTS)


def _pictures(parts: Sequence[Part], campaign_id: int, print: bytes, _alike: float) -> list[int]:
    mine = hashes_of(print)
    ids, apart, words = [], [], []
    for part in parts:
        least = _least_apart(part.columns, mine)
        close = np.flatnonzero((least <= WHOLE_NEAR) & (part.campaigns == campaign_id))
        ids.append(part.ids[close])
        apart.append(least[close])
        words.append(part.columns[:, close])
    if not ids:
        return []
    numbers, whole, theirs = np.concatenate(ids), np.concatenate(apart), np.hstack(words)
    nearest = np.argsort(whole, kind="stable")[:MOST_CLOSE]
    numbers, whole, theirs = numbers[nearest], whole[nearest], theirs[:, nearest]
    windows = np.full(len(numbers), 64, np.uint8)
    for word in mine:
        np.minimum(windows, np.bitwise_count(theirs ^ word).min(axis=0, initial=64), out=windows)
    order = np.lexsort((whole, windows))
    return [int(numbers[at]) for at in order[:MOST_TRIED] if windows[at] <= WINDOWS_NEAR]


def _least_apart(columns: NDArray[np.uint64], mine: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Return the bits in which one's whole differs from the nearest window of the other."""
    count = columns.shape[1]
    least = np.full(count, 64, np.uint8)
    crossed, bits = np.empty(count, np.uint64), np.empty(count, np.uint8)
    pairs = [(column, mine[0]) for column in columns]
    pairs += [(columns[0], word) for word in mine[1:]]
    for column, word in pairs:
        np.bitwise_xor(column, word, out=crossed)
        np.bitwise_count(crossed, out=bits)
        np.minimum(least, bits, out=least)
    return least


def _texts(parts: Sequence[Part], campaign_id: int, print: bytes, alike: float) -> list[int]:
    near: list[tuple[float, int]] = []
    for part in parts:
        share = text_likenesses(print, part.columns)
        close = np.flatnonzero((share >= alike - ESTIMATE) & (part.campaigns == campaign_id))
        near += [(-float(share[at]), int(part.ids[at])) for at in close]
    return [id_ for _, id_ in sorted(near)[:MOST_TRIED]]
