"""What is drawn on a page besides letters and pictures: what is filled with colour, what may be a rule."""

from collections.abc import Iterator
from typing import Any

from pdfminer.layout import LTCurve

from tasks.documents.pdf.drawing import Print
from tasks.documents.pdf.looks import Box, lightness
from tasks.documents.pdf.rules import THIN

FAINT_FILL = 0.9  # of light: white letters are seen on what is darker


def filled(drawn: Print) -> list[Box]:
    """Return where the page is filled with a colour that white letters stand out from."""
    if drawn.washed:
        return [drawn.edges]
    return [
        drawn.placed(shape.bbox)
        for shape in _curves(drawn)
        if shape.fill and lightness(shape.non_stroking_color, "DeviceRGB") < FAINT_FILL
    ]


def thin(drawn: Print) -> list[tuple[Any, Box, float]]:
    """Return each shape that may be a rule, the room that it takes, and how light it is."""
    found = []
    for shape in _curves(drawn):
        if (shape.stroke or shape.fill) and min(shape.width, shape.height) <= THIN:
            colour = shape.stroking_color if shape.stroke else shape.non_stroking_color
            x0, top, x1, bottom = drawn.placed(shape.bbox)
            half = shape.linewidth / 2 if shape.stroke else 0
            if shape.width > shape.height:
                top, bottom = top - half, bottom + half
            else:
                x0, x1 = x0 - half, x1 + half
            found.append((shape, (x0, top, x1, bottom), lightness(colour, "DeviceRGB")))
    return found


def _curves(drawn: Print) -> Iterator[Any]:
    return (shape for shape in drawn.layout or () if isinstance(shape, LTCurve))
