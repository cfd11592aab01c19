"""Take what lies on the pages of a PDF beside their text: pictures, and words in notes, stamps and forms."""

from contextlib import suppress
from io import BytesIO
from typing import Any

from tasks.evidence.examining.seen import LARGEST_PICTURE, MOST_PICTURES, SeenFile

IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
SMALLEST = 200  # pixels of both sides; smaller pictures within a page adorn it
MOST_PIXELS = 40_000_000  # of one that is not a JPEG, and so is decoded whole
MOST_ON_PAGE = 4
MOST_NOTES = 1_000  # of a page
LONGEST_NOTE = 40_000  # bytes


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


def words_beside(page: Any) -> list[str]:
    """Return the words of a page's annotations and of what was filled in (ISO 32000-1, 12.5.2, 12.7.4)."""
    import pypdfium2.raw as raw

    found: list[str] = []
    for number in range(min(raw.FPDFPage_GetAnnotCount(page), MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        for key in (b"Contents", b"V"):
            if (said := _string(note, key)) and said not in found:
                found.append(said)
        raw.FPDFPage_CloseAnnot(note)
    return found


def _string(note: Any, key: bytes) -> str:
    import ctypes

    import pypdfium2.raw as raw

    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < size <= LONGEST_NOTE:
        return ""
    room = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(note, key, ctypes.cast(room, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return room.raw[: size - 2].decode("utf-16-le", "replace").replace("\r", "\n").strip()
