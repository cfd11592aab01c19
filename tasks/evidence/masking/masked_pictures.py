"""Mask personal numbers in pictures: the dots are painted over in the picture itself, and its EXIF is left out."""

from io import BytesIO
from typing import Any

from models.errors import CampaignError
from models.rules.evidence.personal import personal_numbers
from tasks.evidence.examining.scans import can_read_scans, placed_words

INK = (40, 40, 40)
MARGIN = 0.15  # of a line's height, around what is painted over
UNREADABLE_HERE = "本机没有安装文字识别（make setup 时加装 ocr），图片里的个人信息没有能够遮盖"
LARGEST = 40_000_000  # pixels


def mask_picture(content: bytes) -> bytes | None:
    """Return a picture without personal numbers, None where words in pictures cannot be read here.

    Numbers are found by OCR, so one that OCR does not read stays: a person looks at the copy.
    """
    from PIL import Image, ImageOps

    if not can_read_scans():
        return None
    with Image.open(BytesIO(content)) as opened:
        if opened.width * opened.height > LARGEST:
            raise CampaignError("图片太大，没有遮盖")
        kind = opened.format or "PNG"
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    if not paint_over(picture, content):
        return content
    out = BytesIO()
    picture.save(out, "PNG" if kind not in ("JPEG", "BMP", "TIFF") else kind)
    return out.getvalue()


def paint_over(picture: Any, content: bytes) -> int:
    """Paint over the numbers in a picture (PIL, RGB) that ``content`` holds; return how many."""
    from PIL import ImageDraw

    drawn, count = ImageDraw.Draw(picture), 0
    for text, (left, top, right, bottom) in placed_words(content, only_paper=False):
        widths = [_width(letter) for letter in text]
        whole = sum(widths) or 1
        for number in personal_numbers(text):
            begin = left + (right - left) * sum(widths[: number.start]) / whole
            end = left + (right - left) * sum(widths[: number.end]) / whole
            more = MARGIN * (bottom - top)
            # Where a letter stands is reckoned, so the whole number is painted over and some more.
            box = (begin - 3 * more, top - more, end + 3 * more, bottom + more)
            drawn.rectangle(box, fill=INK)
            count += 1
    return count


def _width(letter: str) -> float:
    return 0.55 if letter.isascii() else 1.0
