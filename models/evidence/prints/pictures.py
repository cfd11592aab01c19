"""What a picture looks like to a machine: hashes of overlapping windows find it, a small sketch makes sure.

A print is the perceptual hash (low end of the cosine transform, each sign against the median) of the
whole and of windows of it, so that a crop of one picture is nearly a window of the other, whichever of
them is the crop; then a sketch of 96 by 96 points in 16 greys with the light taken out of it, which
says whether what the hashes found is so. Pages of text all look alike to hashes; not to the sketch.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.floating]
Words = NDArray[np.uint64]
Box = tuple[float, float, float, float]  # left, top, right, bottom, as shares of the picture

PICTURE_SCHEME = "picture-2"  # a change of anything below is another scheme
BASE = 128  # a picture is squeezed into a square of so many points, then looked at
FLAT = 6.0  # grey levels: what varies less is a blank wall, and like every other one
LOW = (
    8  # so many waves across and down make a hash of 64 bits; the constant ones tell of light only
)
SKETCH = 96  # points a side: a line of type on A4 is still a line of its own
# Paper: so many grey levels below the lightest, which is above BRIGHT, lies so great a share.
WHITE, BRIGHT, PAPER = 24, 150, 0.6
# Width, height, and at how many places across and down, of the windows beside the whole.
SHAPES = (
    (0.9, 0.9, 3, 3), (0.78, 0.78, 4, 4), (0.7, 0.7, 4, 4), (0.9, 0.76, 3, 4), (0.76, 0.9, 4, 3),
    (1.0, 0.85, 1, 3), (0.85, 1.0, 3, 1),
)  # fmt: skip


def _windows() -> list[Box]:
    found = [(0.0, 0.0, 1.0, 1.0)]
    for wide, high, across, down in SHAPES:
        places = product(_starts(wide, across), _starts(high, down))
        found += [(x, y, x + wide, y + high) for x, y in places]
    return found


def _starts(side: float, count: int) -> list[float]:
    return [n * (1 - side) / max(count - 1, 1) for n in range(count)]


WINDOWS = tuple(_windows())
PICTURE_BYTES = len(WINDOWS) * 8 + SKETCH * SKETCH // 2 + 1


def picture_print(base: "NDArray[np.uint8]", small: "NDArray[np.uint8]") -> bytes:
    """Return the print of a picture, given in grey as squares of BASE and of SKETCH points a side."""
    grey = base.astype(np.float32)
    # Windows share their sides: all their waves in two products, of which each takes its own.
    every = (_DOWN @ grey @ _ACROSS.T).reshape(len(_DOWN) // LOW, LOW, len(_ACROSS) // LOW, LOW)
    waves = every[_DOWN_OF, :, _ACROSS_OF, :].reshape(len(WINDOWS), -1)
    signs = waves > np.median(waves, axis=1, keepdims=True)
    words = np.packbits(signs, axis=1).view(">u8").astype("<u8")
    sketch = _sketch(small.astype(np.float32)).tobytes()
    return words.tobytes() + sketch + bytes([round(255 * _as_white_as_most(base))])


def _as_white_as_most(base: "NDArray[np.uint8]") -> float:
    """Return the share of points that are as light as the lightest; none in a picture that is dark."""
    light = float(np.percentile(base, 95))
    return float((base > light - WHITE).mean()) if light > BRIGHT else 0.0


def is_paper(print: bytes) -> bool:
    """Say whether a picture is mostly one light ground, as a scanned page is."""
    return print[-1] >= 255 * PAPER


def hashes_of(print: bytes) -> Words:
    """Return the hashes of a print, the whole picture's first."""
    return np.frombuffer(print, "<u8", len(WINDOWS))


def _sides(starts: Sequence[float], ends: Sequence[float]) -> tuple[Values, "NDArray[np.intp]"]:
    """Return what takes the base's points to the low waves of windows' sides, each once, and whose they are."""
    sides = list(zip(starts, ends, strict=True))
    once = list(dict.fromkeys(sides))
    return np.vstack([_part(*side) for side in once]), np.array([once.index(one) for one in sides])


def _part(start: float, end: float) -> Values:
    """Return what takes the base's points to the low waves between two shares of a side."""
    middle = (np.arange(BASE) + 0.5) / BASE
    within = (middle > start) & (middle < end)
    at = (middle - start) / (end - start)
    waves = np.cos(np.pi * np.arange(1, LOW + 1)[:, None] * at[None, :]) * within
    # A window's mean must not leak into its waves where its edges fall between two points.
    waves -= waves.sum(axis=1, keepdims=True) / within.sum() * within
    return waves.astype(np.float32)


_LEFT, _TOP, _RIGHT, _BOTTOM = zip(*WINDOWS, strict=True)
_ACROSS, _ACROSS_OF = _sides(_LEFT, _RIGHT)
_DOWN, _DOWN_OF = _sides(_TOP, _BOTTOM)


def _sketch(small: Values) -> "NDArray[np.uint8]":
    """Return the sketch, two points a byte: what differs from its surroundings, as light and dark as there."""
    change = small - _around(small)
    change /= np.sqrt(_around(change * change)) + 2.0
    level = np.clip(np.round(change * 2.5 + 7.5), 0, 15).astype(np.uint8)
    return (level[:, ::2] * 16 + level[:, 1::2]).astype(np.uint8)


def _around(values: Values, reach: int = 7) -> Values:
    """Return the mean of each point's surroundings."""
    side = 2 * reach + 1
    for _ in (0, 1):
        size = len(values)
        # Beyond the edge it goes on as at the edge.
        at = np.arange(-reach - 1, size + reach).clip(0, size - 1)
        run = np.cumsum(values[at], axis=0)
        values = ((run[side:] - run[:size]) / np.float32(side)).T
    return values
