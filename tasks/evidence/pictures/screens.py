"""Whether a picture was taken from a screen: the grid of its dots leaves sharp peaks in the spectrum."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

TILE = 256
PLACES = ((0.25, 0.25), (0.75, 0.25), (0.5, 0.5), (0.25, 0.75), (0.75, 0.75))
ASLANT = 0.05  # share by which both may differ: a camera is not held quite straight
LOWEST = 0.12  # waves a pixel; lines of text and windows of houses are wider apart


def screen_likeness(grey: Image.Image) -> float:
    """Return how far the peaks of a screen's grid stand out of its spectrum, 0 to 1; 0 for what is too small.

    Of the mean over five parts, so that what is periodic all over counts and a striped shirt does not.
    A screen's dots are square: its grid has two waves, as long and as strong, at right angles, and has
    them still where it is sampled so coarsely that they fold. Lines of type have other waves across than
    down.
    """
    if min(grey.size) < TILE:
        return 0.0
    values = np.asarray(grey)
    power = sum(_spectrum(values, *place) for place in PLACES) / len(PLACES)
    level = np.log(power + np.float32(1e-3))
    over = np.where(_FAR, level - _ground(level), np.float32(0))
    first = np.unravel_index(int(over.argmax()), over.shape)
    stands = min(float(over[first]), _across_it(over, int(first[0]), int(first[1])))
    return float(np.clip((stands - 2.0) / 5.0, 0, 1))


def _across_it(over: NDArray[np.float32], down: int, across: int) -> float:
    """Return the highest peak where a wave as long as that one runs at right angles to it."""
    down = down if down < TILE // 2 else down - TILE
    # Turned by 90 degrees; a wave and its opposite are one, of which the half to the right is held.
    down, across = (across, -down) if down < 0 else (-across, down)
    about = max(2, round(ASLANT * float(np.hypot(down, across))))
    rows = np.arange(down - about, down + about + 1) % TILE
    columns = np.arange(across - about, across + about + 1).clip(0, TILE // 2)
    return float(over[np.ix_(rows, columns)].max())


def _spectrum(values: NDArray[np.uint8], across: float, down: float) -> NDArray[np.float32]:
    left = int((values.shape[1] - TILE) * across)
    top = int((values.shape[0] - TILE) * down)
    part = values[top : top + TILE, left : left + TILE].astype(np.float32)
    found = np.fft.rfft2((part - part.mean()) * _TAPER)
    return np.asarray(found.real**2 + found.imag**2)


def _ground(level: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what is usual around each wave: the median of blocks of eight by eight."""
    high, wide = level.shape[0] // 8, level.shape[1] // 8
    blocks = level[: high * 8, : wide * 8].reshape(high, 8, wide, 8).transpose(0, 2, 1, 3)
    middle = np.partition(blocks.reshape(high, wide, 64), 32, axis=2)[:, :, 32]
    usual = middle.repeat(8, axis=0).repeat(8, axis=1)
    return np.pad(usual, ((0, 0), (0, level.shape[1] - usual.shape[1])), "edge")


_TAPER = np.outer(np.hanning(TILE), np.hanning(TILE)).astype(np.float32)
_DOWN, _ACROSS = np.fft.fftfreq(TILE)[:, None], np.fft.rfftfreq(TILE)[None, :]
# On the axes themselves lie the edges of the picture's own lines and of the JPEG's blocks.
_FAR = (np.hypot(_DOWN, _ACROSS) > LOWEST) & (np.minimum(abs(_DOWN), _ACROSS) > 1.5 / TILE)
