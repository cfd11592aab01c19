"""Look at a picture: its size, day, print, how blurred it is and how like a screen; within the guarded process."""

import numpy as np
from PIL import Image

from models.evidence.prints.pictures import BASE, FLAT, SKETCH, picture_print
from models.rules.evidence.examined import PictureLook
from tasks.evidence.pictures.decoding import decoded_picture
from tasks.evidence.pictures.screens import screen_likeness
from tasks.evidence.pictures.sharpness import blur_of


def look_at_picture(content: bytes) -> PictureLook:
    """Return what a machine sees of a picture; of an animated one, of its first frame.

    A plain or nearly plain picture has no print: it is like every other one. Raises UnreadPicture, whose
    message says why, for what cannot be decoded within the bounds. Writes nothing; same bytes, same look.
    """
    seen = decoded_picture(content)
    return PictureLook(
        seen.width,
        seen.height,
        print_of(seen.grey),
        round(blur_of(seen.grey), 3),
        round(screen_likeness(seen.grey), 3),
        seen.days.taken_on,
        made_on=seen.days.made_on,
    )


def print_of(grey: Image.Image) -> bytes:
    """Return the print of a picture in grey; empty for a plain one."""
    twice = _square(grey, 2 * SKETCH)
    base = np.asarray(twice.resize((BASE, BASE), Image.Resampling.BILINEAR))
    if float(base.std()) < FLAT:
        return b""
    return picture_print(base, np.asarray(twice.reduce(2)))


def _square(grey: Image.Image, side: int) -> Image.Image:
    """Return it squeezed into a square; a smaller one is stretched smoothly."""
    how = Image.Resampling.BOX if min(grey.size) > 2 * side else Image.Resampling.BILINEAR
    return grey.resize((side, side), how)
