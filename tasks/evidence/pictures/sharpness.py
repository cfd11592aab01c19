"""How blurred a picture is: over how many pixels its strongest edges spread."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tasks.evidence.pictures.decoding import at_most_wide

SIDE = 640  # pixels; what is blurred at this size is blurred on a screen and on paper
SPAN = 8  # pixels over which an edge is looked for
EDGE_LEVELS = 32  # grey levels from one end of the span to the other; grain is less
MOST_EDGES = 4000  # in each direction
# Share of an edge that one pixel holds: of a sharp one more than the half, of a blurred one a fifth. Chosen
# on drawn scenes of seeds 1000 and on, where sharp ones hold 0.66 and more, blurred ones 0.36 at most.
SHARP, SOFT = 0.6, 0.2


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
    span = np.stack(points)
    steepest = np.abs(np.diff(span, axis=0)).max(axis=0, initial=0)
    # Of the whole way from dark to light: between strokes close together a span ends halfway up.
    whole = span.max(axis=0, initial=0) - span.min(axis=0, initial=255)
    return (steepest / np.maximum(whole, 1)).astype(np.float32)
