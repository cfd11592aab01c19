"""Lay one picture on another: whether what the hashes found is so, and how the one lies on the other.

What is laid are the sketches of two prints, window on window, moved, turned and stretched until they fit.
"""

import numpy as np

from models.evidence.prints.pictures import SKETCH, WINDOWS, Box, Values, hashes_of

# Points of a window of the sketch, left out around it, tried to each side.
PATCH, EDGE, SHIFT = 72, 6, 3
ROUNDS = 12  # of fitting; more change nothing
_STEP = (np.arange(PATCH) + 0.5) / PATCH - 0.5
_STEP32 = _STEP.astype(np.float32)
ANGLES = (0.0, 2.0, -2.0)  # degrees


def likeness(one: bytes, other: bytes, pairs: int = 2) -> float:
    """Return how alike two pictures are, 0 to 1, where the windows that fit best are laid on each other."""
    return laid_on(one, other, 0, pairs)[0]


def laid_on(one: bytes, other: bytes, first: int, end: int) -> tuple[float, float]:
    """Return `likeness`, and how far the corners of the one lie from those of the other, as a share of a side.

    Tried are the pairs of windows that fit best, in that order, from ``first`` on, before ``end``.
    """
    apart = np.bitwise_count(hashes_of(one)[:, None] ^ hashes_of(other)[None, :])
    mine, theirs = _unpacked(one), _unpacked(other)
    tried: list[tuple[float, int, Values, Values, Values]] = []
    for place in np.argsort(apart, axis=None, kind="stable")[first:end]:
        ours = _laid(WINDOWS[place // len(WINDOWS)], 0.0)
        laid = np.array([_laid(WINDOWS[place % len(WINDOWS)], angle) for angle in ANGLES])
        ground = _sampled(mine, ours)
        near, across, down = _shifted(ground, _sampled(theirs, laid))
        at = int(near.argmax())
        moved = np.array([[0, 0, across[at]], [0, 0, down[at]]]) / PATCH
        tried.append(
            (float(near[at]), -len(tried), ours, ground, laid[at] + laid[at, :, :2] @ moved)
        )
    near_by, _, ours, ground, best = max(tried, key=lambda one: one[:2])
    fitted, best = _fitted(ground, theirs, best)
    return max(0.0, near_by, fitted), _off(ours, best)


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


def _unpacked(print: bytes) -> Values:
    packed = np.frombuffer(print, np.uint8, SKETCH * SKETCH // 2, len(WINDOWS) * 8)
    level = np.stack([packed >> 4, packed & 15], axis=-1).reshape(SKETCH, SKETCH)
    return level.astype(np.float32) - 7.5


def _sampled(sketch: Values, laid: Values) -> Values:
    """Return the points of patches as they lie on a sketch; of as many as ``laid`` (... by 2 by 3) says."""
    turned = (laid[..., None, None] * SKETCH).astype(np.float32)
    x, y = _STEP32[None, :], _STEP32[:, None]
    across = turned[..., 0, 0, :, :] * x + turned[..., 0, 1, :, :] * y + turned[..., 0, 2, :, :]
    down = turned[..., 1, 0, :, :] * x + turned[..., 1, 1, :, :] * y + turned[..., 1, 2, :, :]
    across = (across - 0.5).clip(0, SKETCH - 1.001)
    down = (down - 0.5).clip(0, SKETCH - 1.001)
    column, row = across.astype(np.intp), down.astype(np.intp)
    right_of, below = (across - column).astype(np.float32), (down - row).astype(np.float32)
    at = row * SKETCH + column
    flat = sketch.ravel()
    # What lies to the right of each point and under it, taken from the sketch moved by so much.
    upper, lower = flat.take(at), flat[SKETCH:].take(at)
    upper += (flat[1:].take(at) - upper) * right_of
    lower += (flat[SKETCH + 1 :].take(at) - lower) * right_of
    return np.asarray(upper + (lower - upper) * below)


def _shifted(ground: Values, patches: Values) -> tuple[Values, Values, Values]:
    """Return the best correlations of patches with a ground, at most SHIFT points off, and how far off."""
    margin = EDGE + SHIFT
    inner = ground[margin:-margin, margin:-margin]
    inner = inner - inner.mean()
    inner = inner / (np.linalg.norm(inner) + 1e-6)
    moved = patches[:, EDGE : PATCH - EDGE, EDGE : PATCH - EDGE]
    whole = moved.shape[1:]
    # All products of both at once by their transforms: the smaller one's rest is 0, so that nothing wraps.
    waves = np.fft.rfft2(moved) * np.fft.rfft2(inner, whole).conj()
    span, side = 2 * SHIFT + 1, len(inner)
    common = np.fft.irfft2(waves, whole)[:, :span, :span]
    spread = _summed(moved * moved, side) - _summed(moved, side) ** 2 / (side * side)
    found = (common / np.sqrt(np.maximum(spread, 1e-6))).reshape(len(patches), -1)
    best = found.argmax(axis=1)
    return found.max(axis=1), best % span - SHIFT, best // span - SHIFT


def _summed(values: Values, side: int) -> Values:
    """Return the sums of all squares of so many points a side."""
    for axis in (-1, -2):
        run = np.cumsum(values, axis=axis, dtype=np.float64).swapaxes(axis, -1)
        run = np.concatenate([run[..., side - 1 : side], run[..., side:] - run[..., :-side]], -1)
        values = run.swapaxes(axis, -1)
    return values
