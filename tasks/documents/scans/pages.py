"""Pictures of pages, read: runs in a process of its own, under limits, and answers page by page.

The file comes behind a head that says what it is and which of its pages are wanted.
"""

import marshal
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain
from typing import Any, NamedTuple

from tasks.documents.faults import DocumentError
from tasks.documents.scans.boxes import UNSURE, has_lost_box
from tasks.documents.scans.engine import recognise, turns_to_stand, upside_down
from tasks.documents.scans.placing import (
    letters_of_line,
    tilt_of,
    turn_back,
    upright_box,
    usual_height,
)
from tasks.documents.scans.ruling import rules_on, tilt_of_rules
from tasks.documents.scans.within import pictures_of_word

DOTS = 200 / 72  # of a point, a page of a PDF
WIDE, HIGH = 1754, 2480  # pixels to which a larger picture is brought: A4 at 212 dots an inch
LARGEST = 80_000_000  # pixels of a picture that is opened
MOST = 60  # pages at once: five minutes
POINTS = 595.0  # of the shorter side of a page

# What goes on: width and height in points; letters (text, x, base, size, wide); rules (x0, y0, x1, y1); how
# sure each line is, and its words.
Found = tuple[float, float, list[Any], list[Any], list[tuple[float, str]]]


class WantedPages(NamedTuple):
    """A file, what it is (pdf, picture, pictures, word), and the pages of it that are wanted, from 0; all when empty."""

    kind: str
    content: bytes
    pages: Sequence[int] = ()

    def packed(self) -> bytes:
        """Return what the process is given."""
        return marshal.dumps((self.kind, list(self.pages), self.content))


def scanned_pages(given: bytes) -> Iterator[int | Found]:
    """Yield how many pages are wanted, then what stands on each, in order; one without a letter has none."""
    kind, pages, content = marshal.loads(given)  # noqa: S302
    if kind == "pdf":
        count, pictures = _of_pdf(content, pages)
    else:
        parts = [_of_picture(each) for each in _pictures(kind, content)[: MOST + 1]]
        count, pictures = sum(count for count, _ in parts), chain.from_iterable(p for _, p in parts)
    if count > MOST:
        raise DocumentError(f"有 {count} 页是扫描件或图片，一次最多识别 {MOST} 页，请拆成几份再读")
    yield count
    for picture in pictures:
        yield _read(picture)


def _pictures(kind: str, content: bytes) -> list[bytes]:
    if kind == "word":
        return pictures_of_word(content)
    return marshal.loads(content) if kind == "pictures" else [content]  # noqa: S302


def _of_pdf(content: bytes, pages: Sequence[int]) -> tuple[int, Iterator[Any]]:
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise DocumentError("已损坏，打不开") from error
    wanted = pages or range(len(file))
    return len(wanted), (_drawn(file[number]) for number in wanted)


def _drawn(page: Any) -> Any:
    wide, high = page.get_size()
    scale = min(DOTS, WIDE / max(1.0, min(wide, high)), HIGH / max(1.0, wide, high))
    return page.render(scale=scale).to_pil().convert("RGB")


def _of_picture(content: bytes) -> tuple[int, Iterator[Any]]:
    """Return the pages of a picture: one, or as many as a .tif or .gif has."""
    from PIL import Image

    try:
        opened = Image.open(BytesIO(content))
        if opened.width * opened.height > LARGEST:
            raise DocumentError("像素太多，没有读，请缩小后再试")
        return getattr(opened, "n_frames", 1), _frames(opened)
    except (OSError, Image.DecompressionBombError) as error:
        raise DocumentError("已损坏，打不开") from error


def _frames(opened: Any) -> Iterator[Any]:
    from PIL import ImageOps, ImageSequence

    opened.draft("RGB", (WIDE, HIGH))
    for frame in ImageSequence.Iterator(opened):
        # rapidocr turns a picture by its EXIF only when it is given a path.
        picture = ImageOps.exif_transpose(frame).convert("RGB")
        picture.thumbnail((WIDE, HIGH) if picture.width <= picture.height else (HIGH, WIDE))
        yield picture


def _read(picture: Any) -> Found:
    import cv2
    import numpy

    pixels = numpy.ascontiguousarray(numpy.asarray(picture)[:, :, ::-1])
    lines = recognise(pixels)
    if turns_to_stand(lines):
        pixels = cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE)
        lines = recognise(pixels)
    if upside_down():
        pixels = cv2.rotate(pixels, cv2.ROTATE_180)
        lines = recognise(pixels)
    high, wide = pixels.shape[:2]
    scale = POINTS / min(wide, high)
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    tilt, usual = tilt_of(lines), usual_height(lines)
    tilt = tilt_of_rules(grey) if tilt is None else tilt
    turn = turn_back(tilt, wide, high)
    letters = [letter for line in lines for letter in letters_of_line(line, turn, usual, scale)]
    if tilt:
        matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), tilt, 1.0)
        grey = cv2.warpAffine(grey, matrix, (wide, high), borderMode=cv2.BORDER_REPLICATE)
    boxes = [upright_box(line, turn) for line in lines]
    across, down = rules_on(grey, boxes)
    rules = [(start, at, end, at) for at, start, end in across]
    rules += [(at, start, at, end) for at, start, end in down]
    # Plain numbers: those of numpy would come out of the process as bytes.
    drawn = [tuple(float(scale * value) for value in rule) for rule in rules]
    written = [(letter.text, *map(float, letter[1:])) for letter in letters]
    sure = [
        (min(line.score, UNSURE) if has_lost_box(grey, box, line.text) else line.score, line.text)
        for line, box in zip(lines, boxes, strict=True)
    ]
    return wide * scale, high * scale, written, drawn, sure
