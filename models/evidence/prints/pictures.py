"""What a picture looks like to a machine: hashes of overlapping windows find it, a small sketch makes sure.

A print is the perceptual hash (low end of the cosine transform, each sign against the median) of the
whole and of windows of it, so that a crop of one picture is nearly a window of the other, whichever of
them is the crop; then a sketch of 96 by 96 points in 16 greys with the light taken out of it, which
says whether what the hashes found is so. Pages of text all look alike to hashes; not to the sketch.
"""

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
PATCH, EDGE, SHIFT = (
    72,
    6,
    3,
)  # points of a window of the sketch, left out around it, tried to each side
ROUNDS = 12  # of fitting; more change nothing
_STEP = (np.arange(PATCH) + 0.5) / PATCH - 0.5
ANGLES = (0.0, 2.0, -2.0)  # degrees
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
    waves = np.stack([down @ grey @ across.T for across, down in _WAVES]).reshape(len(WINDOWS), -1)
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


def likeness(one: bytes, other: bytes, pairs: int = 2) -> float:
    """Return how alike two pictures are, 0 to 1, where the windows that fit best are laid on each other."""
    return laid_on(one, other, pairs)[0]


def laid_on(one: bytes, other: bytes, pairs: int) -> tuple[float, float]:
    """Return `likeness`, and how far the corners of the one lie from those of the other, as a share of a side."""
    apart = np.bitwise_count(hashes_of(one)[:, None] ^ hashes_of(other)[None, :])
    first, second = _unpacked(one), _unpacked(other)
    tried: list[tuple[float, int, Box, Values, Values]] = []
    for place in np.argsort(apart, axis=None, kind="stable")[:pairs]:
        mine, theirs = WINDOWS[place // len(WINDOWS)], WINDOWS[place % len(WINDOWS)]
        ground = _sampled(first, _laid(mine, 0.0))
        for angle in ANGLES:
            laid = _laid(theirs, angle)
            near, across, down = _shifted(ground, _sampled(second, laid))
            laid = laid + laid[:, :2] @ np.array([[0, 0, across], [0, 0, down]]) / PATCH
            tried.append((near, -len(tried), mine, ground, laid))
    near, _, mine, ground, laid = max(tried, key=lambda one: one[:2])
    fitted, laid = _fitted(ground, second, laid)
    return max(0.0, near, fitted), _off(_laid(mine, 0.0), laid)


def _off(mine: Values, theirs: Values) -> float:
    """Return how far the corners of one picture come to lie from the other's."""
    whole = np.vstack([mine, [0, 0, 1]])
    corners = np.array([[0, 1, 0, 1], [0, 0, 1, 1], [1, 1, 1, 1]])
    moved = theirs @ np.linalg.solve(whole, corners)
    return float(np.abs(moved - corners[:2]).max())


def _laid(box: Box, angle: float) -> Values:
    """Return what takes a patch's points (-0.5 to 0.5) to the sketch (0 to 1): a window, turned."""
    left, top, right, bottom = box
    turn = np.deg2rad(angle)
    return np.array(
        [
            [np.cos(turn) * (right - left), -np.sin(turn) * (right - left), (left + right) / 2],
            [np.sin(turn) * (bottom - top), np.cos(turn) * (bottom - top), (top + bottom) / 2],
        ]
    )


def _fitted(ground: Values, sketch: Values, laid: Values) -> tuple[float, Values]:
    """Return the correlation after moving, turning and stretching until both fit, and how (Gauss and Newton)."""
    inner = slice(EDGE, PATCH - EDGE)
    aim = ground[inner, inner]
    aim = (aim - aim.mean()) / (aim.std() + 1e-6)
    step = _STEP[inner]
    x, y = np.broadcast_to(step[None, :], aim.shape), np.broadcast_to(step[:, None], aim.shape)
    best, lies = 0.0, laid
    for turn in range(ROUNDS):
        patch = _sampled(sketch, laid)
        spread = patch[inner, inner].std() + 1e-6
        here = (patch[inner, inner] - patch[inner, inner].mean()) / spread
        near = float((aim * here).mean())
        if near < best - 0.02 or (turn > 2 and near < best + 0.0005):
            break
        if near > best:
            best, lies = near, laid
        down = _slope(patch[EDGE - 1 : PATCH - EDGE + 1, inner], PATCH / spread)
        across = _slope(patch[inner, EDGE - 1 : PATCH - EDGE + 1].T, PATCH / spread).T
        slopes = np.stack(
            [across * x, across * y, across, down * x, down * y, down], axis=-1
        ).reshape(-1, 6)
        weighed = slopes.T @ slopes
        weighed.flat[::7] += 1e-3 * np.trace(weighed) / 6
        change = np.linalg.solve(weighed, slopes.T @ (aim - here).ravel()).reshape(2, 3)
        # The patch's own change, put before what lays the patch on the sketch.
        laid = laid + laid[:, :2] @ change
    return best, lies


def _slope(patch: Values, by: float) -> Values:
    return np.asarray(patch[2:] - patch[:-2]) * (by / 2)


def _waves(box: Box) -> tuple[Values, Values]:
    """Return what takes the base's points to the low waves of a window, across and down."""
    left, top, right, bottom = box
    return _part(left, right), _part(top, bottom)


def _part(start: float, end: float) -> Values:
    middle = (np.arange(BASE) + 0.5) / BASE
    within = (middle > start) & (middle < end)
    at = (middle - start) / (end - start)
    waves = np.cos(np.pi * np.arange(1, LOW + 1)[:, None] * at[None, :]) * within
    # A window's mean must not leak into its waves where its edges fall between two points.
    waves -= waves.sum(axis=1, keepdims=True) / within.sum() * within
    return waves.astype(np.float32)


_WAVES = [_waves(box) for box in WINDOWS]


def _sketch(small: Values) -> "NDArray[np.uint8]":
    """Return the sketch, two points a byte: what differs from its surroundings, as light and dark as there."""
    change = small - _around(small)
    change /= np.sqrt(_around(change * change)) + 2.0
    level = np.clip(np.round(change * 2.5 + 7.5), 0, 15).astype(np.uint8)
    return (level[:, ::2] * 16 + level[:, 1::2]).astype(np.uint8)


def _around(values: Values, reach: int = 7) -> Values:
    """Return the mean of each point's surroundings."""
    side = 2 * reach + 1
    for axis in (0, 1):
        wide = np.pad(values, [(reach + 1, reach) if n == axis else (0, 0) for n in (0, 1)], "edge")
        run = np.cumsum(wide, axis=axis)
        size = values.shape[axis]
        around = run.take(range(side, side + size), axis) - run.take(range(size), axis)
        values = (around / side).astype(np.float32)
    return values


def _unpacked(print: bytes) -> Values:
    packed = np.frombuffer(print, np.uint8, SKETCH * SKETCH // 2, len(WINDOWS) * 8)
    level = np.stack([packed >> 4, packed & 15], axis=-1).reshape(SKETCH, SKETCH)
    return level.astype(np.float32) - 7.5


def _sampled(sketch: Values, laid: Values) -> Values:
    """Return the points of a patch as they lie on a sketch."""
    across = laid[0, 0] * _STEP[None, :] + laid[0, 1] * _STEP[:, None] + laid[0, 2]
    down = laid[1, 0] * _STEP[None, :] + laid[1, 1] * _STEP[:, None] + laid[1, 2]
    across = np.clip(across * SKETCH - 0.5, 0, SKETCH - 1.001)
    down = np.clip(down * SKETCH - 0.5, 0, SKETCH - 1.001)
    column, row = across.astype(np.intp), down.astype(np.intp)
    right_of, below = (across - column).astype(np.float32), (down - row).astype(np.float32)
    at = row * SKETCH + column
    flat = sketch.ravel()
    upper = flat[at] * (1 - right_of) + flat[at + 1] * right_of
    lower = flat[at + SKETCH] * (1 - right_of) + flat[at + SKETCH + 1] * right_of
    return upper * (1 - below) + lower * below


def _shifted(ground: Values, patch: Values) -> tuple[float, int, int]:
    """Return the best correlation of both at most SHIFT points off each other, and how far off that is."""
    margin = EDGE + SHIFT
    inner = ground[margin:-margin, margin:-margin].ravel()
    inner = inner - inner.mean()
    inner = inner / (np.linalg.norm(inner) + 1e-6)
    side = PATCH - 2 * margin
    moved = np.lib.stride_tricks.sliding_window_view(
        patch[EDGE : PATCH - EDGE, EDGE : PATCH - EDGE], (side, side)
    ).reshape(-1, side * side)
    spread = np.sqrt(np.maximum((moved * moved).sum(1) - moved.sum(1) ** 2 / (side * side), 1e-6))
    found = moved @ inner / spread
    best = int(found.argmax())
    return float(found[best]), best % (2 * SHIFT + 1) - SHIFT, best // (2 * SHIFT + 1) - SHIFT
