"""Look at the pages of what came back, within the guarded process: plain values come out."""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import islice
from typing import Any

from models.rules.findings.scans import POINT
from tasks.evidence.examining.media import media_of

MOST_PAGES = 30
IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
INCH = 25.4  # mm

_Page = tuple[float, float, int, int, float]


def pages_seen(_name: str, content: bytes) -> tuple[str, list[_Page], str]:
    """Return the kind of a file, its pages as `ScannedPage` has them, and the program that made it.

    What cannot be opened, and what is neither a PDF nor a picture, has no pages.
    """
    media = media_of(content)
    if media == "pdf":
        pages, program = _of_pdf(content)
        return media, pages, program
    return media, list(_of_picture(content)), ""


def _of_pdf(content: bytes) -> tuple[list[_Page], str]:
    import pypdfium2

    with suppress(pypdfium2.PdfiumError):
        file = pypdfium2.PdfDocument(content)
        said = file.get_metadata_dict()
        pages = [_page(file[n]) for n in range(min(len(file), MOST_PAGES))]
        return pages, f"{said.get('Producer', '')} {said.get('Creator', '')}"
    return [], ""


def _page(page: Any) -> _Page:
    """Return a page with the largest picture on it; one within a form is taken to cover it."""
    left, bottom, right, top = page.get_cropbox()
    wide, high = abs(right - left), abs(top - bottom)
    pictures = [
        (*one.get_px_size(), _share(one.get_bounds(), (left, bottom, right, top)))
        for one in page.get_objects([IMAGE], max_depth=1)
    ] or [(*one.get_px_size(), 1.0) for one in page.get_objects([IMAGE], max_depth=3)]
    across, down, share = max(pictures, key=lambda one: one[0] * one[1], default=(0, 0, 0.0))
    if (across > down) != (wide > high):  # laid on its side
        across, down = down, across
    return wide * POINT, high * POINT, across, down, share


def _share(bounds: Any, box: tuple[float, float, float, float]) -> float:
    """Return which share of a page a picture covers."""
    wide = min(bounds[2], box[2]) - max(bounds[0], box[0])
    high = min(bounds[3], box[3]) - max(bounds[1], box[1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return max(wide, 0.0) * max(high, 0.0) / area if area > 0 else 0.0


def _of_picture(content: bytes) -> Iterator[_Page]:
    """Yield the frames of a picture at the resolution that it names; without one it has no size."""
    from PIL import Image, ImageSequence, UnidentifiedImageError

    with (
        suppress(UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError),
        Image.open(BytesIO(content)) as opened,
    ):
        for frame in islice(ImageSequence.Iterator(opened), MOST_PAGES):
            across, down = frame.size
            x, y = (float(one) for one in (frame.info.get("dpi") or (0, 0))[:2])
            sized = x > 1 and y > 1
            wide, high = (across / x * INCH, down / y * INCH) if sized else (0.0, 0.0)
            yield wide, high, across, down, 1.0
