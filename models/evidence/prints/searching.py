"""Find among many prints those that may be near one: a cheap look at all, a finer one at what is left."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.evidence.prints.pictures import PICTURE_SCHEME, WINDOWS, hashes_of, likeness
from models.evidence.prints.texts import HEAD, TEXT_SCHEME, text_likeness, text_likenesses

Rows = NDArray[np.void]  # what `rows_of` describes
# Bits in which a whole picture and some window of the other differ, and any two windows. A copy cropped
# to 70 % of each side is at 18 and 10 at most; of pictures that are none one in thirty, one in thousands.
WHOLE_NEAR, WINDOWS_NEAR = 18, 10
MOST_TRIED = 6  # of the nearest, that are held against each other; each takes ten milliseconds
PAIRS = 6  # of windows that are laid on each other for it
ESTIMATE = 0.12  # by which what minima say of a text may be below what its least hashes say
_PART = 2048  # rows at once: they stay in the processor's own memory


@dataclass(frozen=True, slots=True)
class Scheme:
    """How prints of one kind are searched: their name, how many first bytes, from which likeness on."""

    name: str
    check: str
    head: int  # bytes
    alike: float  # from this likeness on, 0 to 1

    @property
    def rows(self) -> np.dtype[np.void]:
        """Return how a print stands in a list: whose it is, and its first bytes."""
        numbers = [(name, "<i8") for name in ("id", "campaign", "piece", "revision")]
        return np.dtype([*numbers, ("head", "u1", (self.head,))])

    def candidates(self, rows: Rows, print: bytes) -> list[int]:
        """Return which of ``rows`` may be near, the nearest first; few, and no copy is missed."""
        look = _pictures if self.name == PICTURE_SCHEME else _texts
        return look(rows, print, self.alike)

    def likeness(self, one: bytes, other: bytes) -> float:
        """Return how alike two prints are, 0 to 1; the same either way round."""
        if one == other:
            return 1.0
        if self.name == TEXT_SCHEME:
            return text_likeness(one, other)
        # Laying one on the other is not quite laying the other on the one.
        first, second = sorted((one, other))
        return likeness(first, second, PAIRS)


# Chosen on drawn scenes and written texts with seeds of their own, so that few marks are wrong: see
# tests/tools/bench_evidence.py, which prints on others how many are found and how many are wrong.
PICTURES = Scheme(PICTURE_SCHEME, "same-picture", len(WINDOWS) * 8, 0.84)
TEXTS = Scheme(TEXT_SCHEME, "copied-text", HEAD, 0.58)
SCHEMES = (PICTURES, TEXTS)


def _pictures(rows: Rows, print: bytes, _alike: float) -> list[int]:
    mine = hashes_of(print)
    near: list[tuple[int, int]] = []
    for start in range(0, len(rows), _PART):
        theirs = _words(rows[start : start + _PART])
        apart = np.minimum(
            np.bitwise_count(theirs ^ mine[0]).min(axis=1),
            np.bitwise_count(theirs[:, :1] ^ mine[None, :]).min(axis=1),
        )
        close = np.flatnonzero(apart <= WHOLE_NEAR)
        for at in close:
            least = int(np.bitwise_count(theirs[at][:, None] ^ mine[None, :]).min())
            if least <= WINDOWS_NEAR:
                near.append((least * 100 + int(apart[at]), start + int(at)))
    return [at for _, at in sorted(near)[:MOST_TRIED]]


def _words(rows: Rows) -> NDArray[np.uint64]:
    return np.ascontiguousarray(rows["head"]).view("<u8")


def _texts(rows: Rows, print: bytes, alike: float) -> list[int]:
    near: list[tuple[float, int]] = []
    for start in range(0, len(rows), _PART):
        share = text_likenesses(print, rows["head"][start : start + _PART])
        close = np.flatnonzero(share >= alike - ESTIMATE)
        near += [(-float(share[at]), start + int(at)) for at in close]
    return [at for _, at in sorted(near)[:MOST_TRIED]]
