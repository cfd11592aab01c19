"""Take the pictures out of the pages of a PDF, as they lie in it."""

from contextlib import suppress
from io import BytesIO
from typing import Any

from tasks.evidence.examining.seen import LARGEST_PICTURE, MOST_PICTURES, SeenFile

IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
SMALLEST = 200  # pixels of both sides; smaller pictures within a page adorn it
MOST_PIXELS = 40_000_000  # of one that is not a JPEG, and so is decoded whole
MOST_ON_PAGE = 4


def pictures_of(page: Any, where: str, seen: SeenFile) -> None:
    """Add the first pictures of a page (pypdfium2) to what is seen; what is left out is said once."""
    taken = 0
    for image in page.get_objects([IMAGE], max_depth=2):
        wide, high = image.get_px_size()
        if min(wide, high) < SMALLEST:
            continue
        if len(seen.pictures) == MOST_PICTURES or taken == MOST_ON_PAGE:
            said = f"里面的图片很多，只核查了前 {MOST_PICTURES} 张、每页 {MOST_ON_PAGE} 张"
            if said not in seen.notes:
                seen.notes.append(said)
            return
        taken += 1
        content = _as_file(image, wide * high)
        if content:
            seen.pictures.append((where, content))
        else:
            seen.notes.append(f"{where}读不出来，没有核查")


def _as_file(image: Any, pixels: int) -> bytes:
    """Return a picture as a file, a JPEG as it lies there; empty for one that cannot be read in bounds."""
    import pypdfium2

    with suppress(pypdfium2.PdfiumError, ValueError, OSError):
        if image.get_filters(skip_simple=True) == ["DCTDecode"]:
            content = bytes(image.get_data(decode_simple=True))
            return content if len(content) <= LARGEST_PICTURE else b""
        if pixels <= MOST_PIXELS:
            out = BytesIO()
            image.get_bitmap().to_pil().convert("L").save(out, "BMP")
            return out.getvalue()
    return b""
