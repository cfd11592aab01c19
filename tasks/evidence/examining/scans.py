"""Words in scans and photographs of papers, where the office installed text recognition.

It has a process and limits of its own, and only reads what looks like paper. A page upside down comes out in
reverse order, and a letter may be another like it.
"""

from io import BytesIO
from typing import Any

from tasks.documents.scans.engine import can_read_scans as can_read_scans
from tasks.documents.scans.engine import engine
from tasks.guarded.many import FileLimits

READER = "tasks.evidence.examining.scans:words_in_picture"
SCAN_LIMITS = FileLimits(memory=6 * 1024**3, seconds=60, wall=180, files=500)
LARGEST = 40_000_000  # pixels of a picture that is read
WIDTH = 1600  # pixels to which a larger one is brought
LEAST_SURE = 0.5  # of 1; below it letters are guessed
PAPER, GREY = 0.55, 40  # share of light pixels without colour; how far their colours may be apart


def words_in_picture(_name: str, content: bytes) -> str:
    """Return the words of a picture, a line each, from above; empty when it looks like no paper."""
    return "\n".join(words for words, _ in placed_words(content, only_paper=True))


def placed_words(
    content: bytes, *, only_paper: bool
) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Return lines of words with their box (left, top, right, bottom) in the picture's own pixels."""
    import numpy
    from PIL import Image, ImageOps

    with Image.open(BytesIO(content)) as opened:
        if opened.width * opened.height > LARGEST:
            return []
        opened.draft("RGB", (WIDTH, WIDTH))
        # rapidocr turns a picture by its EXIF only when it is given a path.
        picture = ImageOps.exif_transpose(opened).convert("RGB")
        full = picture.size
    if only_paper and not is_paper(picture):
        return []
    picture.thumbnail((WIDTH, 2 * WIDTH))
    scale = full[0] / picture.width
    found = engine()(numpy.asarray(picture)[:, :, ::-1])
    if found.txts is None:  # a blank page
        return []
    boxes = [
        tuple(scale * float(value) for value in (*box.min(axis=0), *box.max(axis=0)))
        for box in found.boxes
    ]
    lines = zip(found.txts, boxes, found.scores, strict=True)
    return [(text, box) for text, box, score in lines if score >= LEAST_SURE]  # type: ignore[misc]


def is_paper(picture: Any) -> bool:
    """Say whether most of a picture (PIL, RGB) is light and without colour, as paper is."""
    import numpy

    small = picture.resize((64, 64))
    pixels = numpy.asarray(small).reshape(-1, 3).astype(int)
    low, high = pixels.min(axis=1), pixels.max(axis=1)
    light = low > 0.6 * numpy.percentile(low, 95)
    return bool(((high - low < GREY) & light & (low > 90)).mean() > PAPER)
