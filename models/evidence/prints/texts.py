"""What a text looks like to a machine: minima of many hashes of its grams of five letters find it again.

Of two texts the share of equal minima is the share of grams they have in common (MinHash; Broder, 1997).
Of each minimum a byte is kept: one in 256 agrees by chance, which is taken off again. With them stand how
many grams there are, so that a short text found within a long one is seen too; the least of all hashes,
by which what was found is measured more finely; and the sentences' hashes, which tell what both say.
"""

import re
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

TEXT_SCHEME = "text-5-256-1-1024"  # grams, minima, seed, least hashes: a change of anything below is another scheme
GRAM, MINIMA, SEED = 5, 256, 1
LEAST_HASHES = (
    1024  # of a text, that are kept: with them a share is told to one or two in a hundred
)
LEAST_GRAMS = 150  # of a text; what is shorter is a form or a notice, and like many another one
MOST_SENTENCES = 500  # that are kept, of at least so many letters
LEAST_LETTERS = 12
HEAD = 4 + MINIMA  # bytes that are searched: number of grams, minima
CHANCE = 1 / 256
SEARCHED = 0.1  # share of all grams in common below which the estimate is mostly noise
_PART = 4096  # grams that are hashed at once
_ENDS = re.compile("[。！？!?；;\n\r]+")
_DICE = np.random.default_rng(SEED)
_TIMES = _DICE.integers(0, 1 << 32, MINIMA, np.uint32) | np.uint32(1)
_PLUS = _DICE.integers(0, 1 << 32, MINIMA, np.uint32)


def text_print(text: str) -> bytes:
    """Return the print of a text; empty for one too short to be told from others."""
    grams = _grams(text)
    if grams.size < LEAST_GRAMS:
        return b""
    least = np.full(MINIMA, 0xFFFFFFFF, np.uint32)
    for start in range(0, grams.size, _PART):
        part = grams[start : start + _PART, None] * _TIMES[None, :] + _PLUS[None, :]
        least = np.minimum(least, part.min(axis=0))
    # The lowest bits of a product are the factors' own; the highest are mixed.
    low = (least ^ (least >> np.uint32(15))).astype(np.uint8)
    kept = np.zeros(LEAST_HASHES, "<u4")
    kept[: grams.size] = grams[:LEAST_HASHES]
    said = [crc32(one.encode()) for _, one in sentences(text)][:MOST_SENTENCES]
    size = np.array([grams.size], "<u4").tobytes()
    return size + low.tobytes() + kept.tobytes() + np.array(said, "<u4").tobytes()


def _grams(text: str) -> NDArray[np.uint32]:
    """Return the hashes of the grams, each once; only letters and figures count, small as large."""
    points = np.frombuffer(text.lower().encode("utf-32-le", "replace"), "<u4")
    letters = points[_is_letter(points)]
    if letters.size < GRAM:
        return letters[:0]
    count = letters.size - GRAM + 1
    mixed = np.zeros(count, np.uint32)
    for n in range(GRAM):
        mixed = (mixed ^ letters[n : n + count]) * np.uint32(0x01000193)
        mixed ^= mixed >> np.uint32(13)
    for times, by in ((0x85EBCA6B, 16), (0xC2B2AE35, 13)):  # the end of MurmurHash3
        mixed = (mixed ^ (mixed >> np.uint32(by))) * np.uint32(times)
    return np.unique(mixed ^ (mixed >> np.uint32(16)))


def _is_letter(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    figure = (points >= 0x30) & (points <= 0x39)
    latin = (points >= 0x61) & (points <= 0x7A)
    other = (points >= 0xC0) & ~((points >= 0x2000) & (points <= 0x3130)) & (points < 0xFE00)
    return np.asarray(figure | latin | other)


def sentences(text: str) -> list[tuple[str, str]]:
    """Return the longer sentences of a text, as they stand and with nothing but letters and figures."""
    found = ((one.strip(), "".join(filter(str.isalnum, one))) for one in _ENDS.split(text))
    return [(one, plain) for one, plain in found if len(plain) >= LEAST_LETTERS]


def text_likeness(one: bytes, other: bytes) -> float:
    """Return which share of the shorter text stands in the other, 0 to 1; the same either way round."""
    mine, theirs = _least(one), _least(other)
    together = np.union1d(mine, theirs)
    # Of the least hashes of both together every one is known to be in either text or not.
    sure = together[: min(LEAST_HASHES, together.size)]
    common = float((np.isin(sure, mine) & np.isin(sure, theirs)).mean())
    return float(_share(np.float64(common), _size(one), np.float64(_size(other))))


def text_likenesses(
    one: bytes, columns: NDArray[np.uint8], minima: int = MINIMA
) -> NDArray[np.float64]:
    """Return about how alike a text is to each of the texts whose HEAD first bytes are the columns.

    By so many of the minima, an even number: half of them take half the time and tell it less finely.
    """
    same = _equal_minima(one, columns, minima) / minima
    common = np.maximum(same - CHANCE, 0) / (1 - CHANCE)
    sizes = sum(columns[n].astype(np.float64) * 256**n for n in range(4))
    return np.asarray(_share(common, _size(one), np.maximum(sizes, 1)))


def may_share(one: bytes, columns: NDArray[np.uint8], minima: int) -> NDArray[np.intp]:
    """Return which of the texts have so many grams in common with ``one`` that likeness can be told."""
    least = (SEARCHED * (1 - CHANCE) + CHANCE) * minima
    return np.flatnonzero(_equal_minima(one, columns, minima) >= int(least))


def _equal_minima(one: bytes, columns: NDArray[np.uint8], minima: int) -> NDArray[np.uint16]:
    count, half = columns.shape[1], minima // 2
    equal = np.empty(count, np.bool_)
    halves = np.zeros((2, count), np.uint8)  # bytes add fastest
    as_bytes = equal.view(np.uint8)
    for total, start in ((halves[0], 0), (halves[1], half)):
        for at in range(start, start + half):
            np.equal(columns[4 + at], one[4 + at], out=equal)
            np.add(total, as_bytes, out=total)
    return halves[0] + halves[1].astype(np.uint16)


def _share(common: Any, mine: int, theirs: Any) -> Any:
    share = common / (1 + common) * (theirs + mine) / np.minimum(theirs, mine)
    return np.where(common >= SEARCHED, np.minimum(share, 1), 0)


def _size(print: bytes) -> int:
    return int.from_bytes(print[:4], "little")


def _least(print: bytes) -> NDArray[np.uint32]:
    return np.frombuffer(print, "<u4", min(_size(print), LEAST_HASHES), HEAD)


def same_sentences(one: bytes, other: bytes) -> int:
    """Return how many longer sentences both texts have, letter by letter."""
    return int(np.intersect1d(_said(one), _said(other)).size)


def _said(print: bytes) -> NDArray[np.uint32]:
    return np.frombuffer(print, "<u4", -1, HEAD + 4 * LEAST_HASHES)
