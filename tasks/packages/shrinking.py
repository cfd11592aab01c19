"""Make one picture smaller; runs in the guarded child, for what a picture holds is a stranger's."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # heavy, and only the child needs it
    from PIL import Image

LARGEST = 120_000_000  # pixels: ten times a telephone's; more is refused before it is unpacked
QUALITIES = (88, 80, 70, 60, 50)  # of JPEG, tried until the file is small enough
LEAST_SIDE = 400  # pixels; smaller nobody reads a line on it


def shrunk(given: bytes) -> Iterator[bytes]:
    """Yield the picture behind the first line of ``given`` as JPEG that keeps to the bounds in that line.

    The line is "side bytes", 0 where there is no bound. A picture that keeps to both yields nothing. The
    place where it was taken, and all else that a camera writes into it, does not go along.
    """
    from PIL import Image, ImageOps

    line, _, content = given.partition(b"\n")
    side, largest = map(int, line.split())
    Image.MAX_IMAGE_PIXELS = LARGEST
    with Image.open(BytesIO(content)) as opened:
        if opened.width * opened.height > LARGEST:
            raise ValueError("too many pixels")
        fits = not side or max(opened.size) <= side
        if fits and (not largest or len(content) <= largest):
            return
        opened.draft("RGB", (side, side) if side else opened.size)
        picture = ImageOps.exif_transpose(opened)
        seen = picture.convert("RGBA") if "transparency" in picture.info else picture
        flat = _on_white(seen) if seen.mode in ("RGBA", "LA") else seen.convert("RGB")
    wanted = side or max(flat.size)
    while True:
        flat.thumbnail((wanted, wanted), Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            buffer = BytesIO()
            flat.save(buffer, "JPEG", quality=quality, optimize=True)
            if not largest or buffer.tell() <= largest:
                yield buffer.getvalue()
                return
        wanted = max(flat.size) * 3 // 4
        if wanted < LEAST_SIDE:
            raise ValueError("too small a bound")


def _on_white(picture: "Image.Image") -> "Image.Image":
    from PIL import Image

    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white
