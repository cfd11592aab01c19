"""Decode a picture to grey under bounds; called in the guarded process, on bytes that anybody sent."""

import struct
import warnings
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from models.errors import CampaignError
from tasks.evidence.pictures.taken import PictureDays, days_of_picture

FORMATS = ("JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP", "AVIF")
MOST_PIXELS = 50_000_000  # that are decoded whole; a scan of A3 at 600 dots an inch has 70 million
MOST_DRAFTED = 400_000_000  # of a JPEG, which is decoded smaller at once
LONGEST = 30_000  # pixels of a side
DRAFT = 1600  # pixels of the longer side from which on a large JPEG is decoded smaller
WHOLE = 3_000_000  # pixels up to which a JPEG is decoded as it is
ORIENTATION = 0x0112
_APPLE = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"heif")
# Turned or mirrored as the camera was held (EXIF 2.3, 4.6.4).
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class UnreadPicture(CampaignError):
    """A picture that was not decoded; the message says why, to be put behind its name."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture in grey, upright, perhaps smaller than it is; width and height are its own, upright."""

    grey: Image.Image
    width: int
    height: int
    days: PictureDays


def decoded_picture(content: bytes) -> Decoded:
    """Return the first frame of a picture; raises UnreadPicture, MemoryError where there is no room."""
    if content[4:8] == b"ftyp" and content[8:12] in _APPLE:
        raise UnreadPicture("是苹果手机的 HEIC 照片，这里读不了，没有核查；请另存为 JPG 后再报")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a large one, odd tags: our own bounds decide
            Image.MAX_IMAGE_PIXELS = MOST_DRAFTED // 2  # Pillow refuses twice as many
            with Image.open(BytesIO(content), formats=FORMATS) as opened:
                return _upright(opened)
    except (UnreadPicture, MemoryError):
        raise
    except Image.DecompressionBombError:
        raise UnreadPicture("的像素太多，没有打开；请缩小后再报") from None
    except UnidentifiedImageError:
        raise UnreadPicture("不是能认出来的图片，打不开") from None
    except Exception as error:  # whatever a broken picture makes a decoder raise
        cut = isinstance(error, OSError | EOFError | struct.error) and "trunc" in str(error).lower()
        why = "不完整（可能没有传完）" if cut else "已损坏"
        raise UnreadPicture(f"{why}，打不开；请重新导出或重新发送") from None


def _upright(opened: Image.Image) -> Decoded:
    wide, high = opened.size
    drafted = opened.format in ("JPEG", "MPO")
    if max(wide, high) > LONGEST or wide * high > (MOST_DRAFTED if drafted else MOST_PIXELS):
        raise UnreadPicture(f"有 {wide}×{high} 像素，太大，没有打开；请缩小后再报")
    if drafted:
        by = DRAFT / max(wide, high) if wide * high > WHOLE else 1.0
        opened.draft("L", (max(1, int(wide * by)), max(1, int(high * by))))
    exif = _exif(opened)
    days = days_of_picture(opened, exif)  # before it is decoded, which shuts its file
    turn = _TURNS.get(exif.get(ORIENTATION, 1))
    grey = _grey(opened)
    if max(grey.size) > 2 * DRAFT:
        grey = grey.reduce(max(grey.size) // DRAFT)
    if turn is not None:
        grey = grey.transpose(turn)
    if exif.get(ORIENTATION, 1) in (5, 6, 7, 8):
        wide, high = high, wide
    return Decoded(grey, wide, high, days)


def _exif(opened: Image.Image) -> Image.Exif:
    try:
        return opened.getexif()
    except MemoryError:
        raise
    except Exception:  # broken tags: the picture may be well
        return Image.Exif()


def _grey(opened: Image.Image) -> Image.Image:
    """Return it in 256 greys: what is transparent on white, deep greys by their highest bits."""
    if opened.mode.startswith(("I", "F")):
        return Image.fromarray(_levels(np.asarray(opened)))
    if opened.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in opened.info:
        seen = opened.convert("RGBA")
        ground = Image.new("L", seen.size, 255)
        ground.paste(seen.convert("L"), mask=seen.getchannel("A"))
        return ground
    return opened.convert("L")


def _levels(values: NDArray[np.generic]) -> NDArray[np.uint8]:
    deep = np.nan_to_num(values.astype(np.float32), posinf=0, neginf=0)
    low, high = float(deep.min()), float(deep.max())
    top = 65535.0 if values.dtype.kind in "ui" and low >= 0 and 255 < high <= 65535 else high
    floor = 0.0 if low >= 0 else low
    return ((deep - floor) * (255.0 / max(top - floor, 1e-9))).clip(0, 255).astype(np.uint8)


def at_most_wide(grey: Image.Image, side: int) -> Image.Image:
    """Return it with a longer side of at most ``side`` pixels."""
    by = side / max(grey.size)
    if by >= 1:
        return grey
    whole, rest = divmod(max(grey.size), side)
    if not rest and not min(grey.size) % whole:
        return grey.reduce(whole)  # the same means but for rounding, in a fifth of the time
    size = max(1, round(grey.width * by)), max(1, round(grey.height * by))
    return grey.resize(size, Image.Resampling.BOX, reducing_gap=1.0)
