"""Whether a picture was taken from a screen: the grid of its dots leaves sharp peaks in the spectrum."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

TILE = 256
PLACES = ((0.25, 0.25), (0.75, 0.25), (0.5, 0.5), (0.25, 0.75), (0.75, 0.75))
LOWEST = 0.12  # waves a pixel; lines of text and windows of houses are wider apart


def screen_likeness(grey: Image.Image) -> float:
    """Return how far the highest peaks of its spectrum stand out, 0 to 1; 0 for what is too small.

    Of the mean over five parts, so that what is periodic all over counts and a striped shirt does not.
    """
    if min(grey.size) < TILE:
        return 0.0
    values = np.asarray(grey)
    power = sum(_spectrum(values, *place) for place in PLACES) / len(PLACES)
    level = np.log(power + np.float32(1e-3))
    ground = _ground(level)
    over = np.where(_FAR, level - ground, np.float32(0))
    # A grid has two directions: the second is looked for away from the first and its neighbours.
    first = np.unravel_index(int(over.argmax()), over.shape)
    along = np.abs(_TO_THE_RIGHT * _TO_THE_RIGHT[first] + _TO_BELOW * _TO_BELOW[first])
    second = over.max(where=along < np.cos(np.pi / 3), initial=0.0)
    stands = min(float(over[first]), float(second) + 1.0)
    return float(np.clip((stands - 2.0) / 5.0, 0, 1))


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
_LONG = np.maximum(np.hypot(_DOWN, _ACROSS), 1e-6)
# Where each wave runs to, one long.
_TO_BELOW, _TO_THE_RIGHT = (
    (way / _LONG).astype(np.float32) for way in np.broadcast_arrays(_DOWN, _ACROSS)
)
# On the axes themselves lie the edges of the picture's own lines and of the JPEG's blocks.
_FAR = (np.hypot(_DOWN, _ACROSS) > LOWEST) & (np.minimum(abs(_DOWN), _ACROSS) > 1.5 / TILE)
