"""How blurred a picture is: over how many pixels its strongest edges spread."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tasks.evidence.pictures.decoding import at_most_wide

SIDE = 640  # pixels; what is blurred at this size is blurred on a screen and on paper
SPAN = 8  # pixels over which an edge is looked for
EDGE_LEVELS = 32  # grey levels from one end of the span to the other; grain is less
MOST_EDGES = 4000  # in each direction
SHARP, SOFT = (
    0.5,
    0.2,
)  # share of an edge that one pixel holds: a sharp one half, a blurred one a fifth


def blur_of(grey: Image.Image) -> float:
    """Return how blurred its sharper edges are, 0 (sharp) to 1; 0 where there are too few to tell by.

    The variance of the Laplacian goes by grain and contrast more than by blur; the width of strong edges
    does not. A face before a blurred ground is sharp, a blurred one with a sharp stamp may pass.
    """
    values = np.asarray(at_most_wide(grey, SIDE)).astype(np.int16)
    if min(values.shape) < 8 * SPAN:
        return 0.0
    held = np.concatenate([_held(values), _held(np.ascontiguousarray(values.T))])
    if held.size < 50:
        return 0.0
    return float(np.clip((SHARP - np.percentile(held, 80)) / (SHARP - SOFT), 0, 1))


def _held(values: NDArray[np.int16]) -> NDArray[np.float32]:
    """Return of the strongest edges across the rows the share that the steepest pixel holds."""
    over = np.abs(values[:, SPAN:] - values[:, :-SPAN]).ravel()
    strong = np.flatnonzero(over > EDGE_LEVELS)
    if strong.size > MOST_EDGES:
        strong = strong[:: strong.size // MOST_EDGES + 1]
    row, column = np.divmod(strong, values.shape[1] - SPAN)
    first = row * values.shape[1] + column
    # One step after the other, each at all edges: an edge after the other would take twice the time.
    points = [values.ravel()[first + step] for step in range(SPAN + 1)]
    steepest = np.abs(np.diff(np.stack(points), axis=0)).max(axis=0, initial=0)
    return np.minimum(steepest / np.maximum(over[strong], 1), 1).astype(np.float32)
