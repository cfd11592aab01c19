"""Pictures as a unit hands them in, drawn from a seed: halls with people, boards outside, pages of text.

A picture is made of what stays (the hall, the letterhead, the street) and of what differs from one
day to the next (people, banner, light, where the camera stands, the words), each from a seed of its own.
"""

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from tests.tools.evidence_words import phrase, sentence

CJK = tuple(Path("/usr/share/fonts").glob("**/NotoS*CJK-Regular.ttc"))
SIZE = 1280, 960
PAGE = 1240, 1754  # A4 at 150 dots an inch


@cache
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return a font with Chinese letters where the machine has one; boxes elsewhere, which differ less."""
    return ImageFont.truetype(CJK[0], size) if CJK else ImageFont.load_default(size)


def hall(stays: int, differs: int) -> Image.Image:
    """Draw a meeting: walls, windows, lamps and table of ``stays``; banner, people, camera of ``differs``."""
    of_hall, of_day = Random(f"hall {stays}"), Random(f"day {stays} {differs}")
    wide, high = SIZE[0] + 240, SIZE[1] + 180
    image = _shaded(wide, high, _colour(of_hall, 120, 235), _colour(of_hall, 60, 190))
    draw = ImageDraw.Draw(image)
    floor = of_hall.randint(high // 2, high * 3 // 4)
    draw.rectangle((0, floor, wide, high), fill=_colour(of_hall, 50, 160))
    for _ in range(of_hall.randint(1, 6)):
        x, y = of_hall.randint(0, wide), of_hall.randint(60, floor // 2)
        w, h = of_hall.randint(80, 320), of_hall.randint(120, 420)
        draw.rectangle((x, y, x + w, y + h), fill=_colour(of_hall, 90, 255), outline="black")
    for n in range(of_hall.randint(2, 9)):
        x = n * wide // 8
        draw.ellipse((x, 10, x + 90, 46), fill=(255, 255, 230))
    table = of_hall.randint(floor - 60, floor + 80)
    draw.polygon(
        [(of_hall.randint(0, 300), table), (wide - of_hall.randint(0, 300), table), (wide, table + 160), (0, table + 160)],
        fill=_colour(of_hall, 40, 140),
    )  # fmt: skip
    top = of_day.randint(70, 200)
    left = of_day.randint(80, 360)
    draw.rectangle((left, top, left + 1000, top + 96), fill=(190, 20, 30))
    draw.text((left + 30, top + 18), phrase(of_day, 16), font=font(56), fill=(255, 235, 120))
    for _ in range(of_day.randint(6, 34)):
        _person(draw, of_day, of_day.randint(40, wide - 40), of_day.randint(floor - 80, high - 60))
    at = of_day.randint(0, 240), of_day.randint(0, 180)
    image = image.crop((*at, at[0] + SIZE[0], at[1] + SIZE[1]))
    return _lit(image, of_day)


def street(stays: int, differs: int) -> Image.Image:
    """Draw publicity outside: sky, houses and a board of ``stays``; passers-by, trees, sheets of ``differs``."""
    of_place, of_day = Random(f"street {stays}"), Random(f"street {stays} {differs}")
    wide, high = SIZE[0] + 200, SIZE[1] + 140
    image = _shaded(wide, high, _colour(of_place, 130, 250), _colour(of_place, 90, 200))
    draw = ImageDraw.Draw(image)
    x = 0
    while x < wide:
        w, top = of_place.randint(90, 300), of_place.randint(120, 560)
        draw.rectangle((x, top, x + w, 700), fill=_colour(of_place, 70, 220))
        for row in range(top + 20, 660, of_place.randint(46, 90)):
            for column in range(x + 14, x + w - 30, 52):
                draw.rectangle(
                    (column, row, column + 24, row + 26), fill=_colour(of_place, 40, 240)
                )
        x += w
    draw.rectangle((0, 690, wide, high), fill=_colour(of_place, 80, 170))
    left = of_day.randint(120, 700)
    draw.rectangle(
        (left, 420, left + 560, 800), fill=(245, 245, 240), outline=(60, 60, 160), width=8
    )
    for row in range(6):
        draw.text((left + 30, 440 + row * 56), phrase(of_day, 15), font=font(34), fill=(30, 30, 60))
    for _ in range(of_day.randint(3, 16)):
        _person(draw, of_day, of_day.randint(40, wide - 40), of_day.randint(680, high - 60))
    for _ in range(of_day.randint(0, 4)):
        x, y = of_day.randint(0, wide), of_day.randint(260, 560)
        draw.ellipse(
            (x, y, x + 260, y + 300), fill=(of_day.randint(20, 80), of_day.randint(90, 150), 50)
        )
    at = of_day.randint(0, 200), of_day.randint(0, 140)
    return _lit(image.crop((*at, at[0] + SIZE[0], at[1] + SIZE[1])), of_day)


def page(stays: int, differs: int) -> Image.Image:
    """Draw a scanned page: letterhead and margins of ``stays``, number, title and words of ``differs``."""
    of_office, of_paper = Random(f"office {stays}"), Random(f"paper {stays} {differs}")
    image = Image.new("RGB", PAGE, (255, 255, 255))
    draw = ImageDraw.Draw(image)
    head = phrase(of_office, 7) + "文件"
    draw.text((PAGE[0] // 2, 190), head, font=font(84), fill=(200, 20, 20), anchor="mm")
    number = f"{phrase(of_office, 3)}〔2025〕{of_paper.randint(1, 99)}号"
    draw.text((PAGE[0] // 2, 330), number, font=font(32), fill=(20, 20, 20), anchor="mm")
    draw.line((150, 380, PAGE[0] - 150, 380), fill=(200, 20, 20), width=4)
    draw.text(
        (PAGE[0] // 2, 460), phrase(of_paper, 14), font=font(44), fill=(10, 10, 10), anchor="mm"
    )
    y, size = 550, of_office.choice((30, 32, 34))
    while y < PAGE[1] - 200:
        words = "　　" + "".join(sentence(of_paper) for _ in range(of_paper.randint(1, 4)))
        across = (PAGE[0] - 320) // size
        for at in range(0, len(words), across):
            if y < PAGE[1] - 200:
                draw.text((160, y), words[at : at + across], font=font(size), fill=(25, 25, 25))
                y += size + 22
    noise = np.random.default_rng(of_paper.randint(0, 1 << 30)).normal(0, 4, (PAGE[1], PAGE[0], 1))
    return _from(np.asarray(image).astype(float) * of_paper.uniform(0.93, 1) + noise)


SCENES: Mapping[str, Callable[[int, int], Image.Image]] = {
    "hall": hall,
    "street": street,
    "page": page,
}


def saved(image: Image.Image, quality: int = 85, **more: object) -> bytes:
    """Return the picture as JPEG."""
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality, **more)
    return out.getvalue()


def cropped(image: Image.Image, random: Random) -> Image.Image:
    """Keep 70 % to 92 % of each side, anywhere."""
    w, h = (int(side * random.uniform(0.7, 0.92)) for side in image.size)
    x, y = random.randint(0, image.width - w), random.randint(0, image.height - h)
    return image.crop((x, y, x + w, y + h))


def scaled(image: Image.Image, random: Random) -> Image.Image:
    """Make it 25 % to 60 % of its size."""
    by = random.uniform(0.25, 0.6)
    return image.resize((int(image.width * by), int(image.height * by)))


def recompressed(image: Image.Image, random: Random) -> Image.Image:
    """Save it twice as badly as a messenger does."""
    worse = Image.open(BytesIO(saved(image, random.randint(15, 40))))
    return Image.open(BytesIO(saved(worse, random.randint(50, 80))))


def recoloured(image: Image.Image, random: Random) -> Image.Image:
    """Change brightness, contrast and colour, or take the colour away."""
    image = ImageEnhance.Brightness(image).enhance(random.uniform(0.7, 1.25))
    image = ImageEnhance.Contrast(image).enhance(random.uniform(0.65, 1.35))
    return ImageEnhance.Color(image).enhance(random.choice((0.0, 0.4, 1.7)))


def rotated(image: Image.Image, random: Random) -> Image.Image:
    """Turn it by 2 degrees to one side; the corners become white."""
    angle = random.choice((-2, 2))
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))


def watermarked(image: Image.Image, random: Random) -> Image.Image:
    """Write over it, faintly across the whole and plainly in a corner."""
    over = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(over)
    for y in range(60, image.height, 320):
        for x in range(random.randint(-200, 0), image.width, 520):
            draw.text((x, y), phrase(random, 6), font=font(52), fill=(255, 255, 255, 110))
    stamp = f"2025-0{random.randint(1, 9)}-1{random.randint(0, 9)} {phrase(random, 8)}"
    draw.text((image.width - 620, image.height - 70), stamp, font=font(40), fill=(255, 200, 0, 255))
    return Image.alpha_composite(image.convert("RGBA"), over).convert("RGB")


CHANGES: Mapping[str, Callable[[Image.Image, Random], Image.Image]] = {
    "crop": cropped,
    "scale": scaled,
    "recompress": recompressed,
    "recolour": recoloured,
    "rotate": rotated,
    "watermark": watermarked,
}


def blurred(image: Image.Image, radius: float) -> Image.Image:
    """Return it out of focus; ``radius`` in pixels."""
    return image.filter(ImageFilter.GaussianBlur(radius))


def grainy(image: Image.Image, random: Random) -> Image.Image:
    """Return it with the grain of a sensor, which a lens out of focus does not take away."""
    shape = image.height, image.width, 1
    grain = np.random.default_rng(random.randint(0, 1 << 30)).normal(0, random.uniform(3, 9), shape)
    return _from(np.asarray(image).astype(float) + grain)


def from_a_screen(image: Image.Image, random: Random) -> Image.Image:
    """Photograph it from a screen: its grid of dots, sampled anew at an angle, makes the waves of moiré."""
    pitch = random.choice((3, 4))
    shown = np.asarray(image.resize((image.width * 2, image.height * 2))).astype(float)
    depth = random.uniform(0.55, 0.8)
    columns = 1 - depth * (np.arange(shown.shape[1]) % pitch == 0)
    lines = 1 - depth * (np.arange(shown.shape[0]) % pitch == 0)
    dotted = _from(shown * columns[None, :, None] * lines[:, None, None])
    turned = dotted.rotate(random.uniform(-3, 3), Image.Resampling.BILINEAR)
    by = random.uniform(0.42, 0.6)
    taken = turned.resize(
        (int(turned.width * by), int(turned.height * by)), Image.Resampling.BILINEAR
    )
    return ImageEnhance.Brightness(taken).enhance(random.uniform(1.1, 1.6))


def _person(draw: ImageDraw.ImageDraw, random: Random, x: int, y: int) -> None:
    size = random.randint(40, 90)
    skin = (random.randint(190, 235), random.randint(150, 190), random.randint(120, 160))
    draw.rectangle((x - size, y, x + size, y + size * 3), fill=_colour(random, 10, 220))
    draw.ellipse((x - size // 2, y - size, x + size // 2, y + size // 5), fill=skin)
    draw.pieslice((x - size // 2, y - size, x + size // 2, y), 180, 360, fill=(20, 15, 15))


def _lit(image: Image.Image, random: Random) -> Image.Image:
    """Give it the light of a day, the softness of a lens and the grain of a sensor."""
    grain = np.random.default_rng(random.randint(0, 1 << 30)).normal(
        0, 7, (image.height, image.width, 1)
    )
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(random.uniform(0.6, 1.2)))).astype(
        float
    )
    return _from(soft * random.uniform(0.75, 1.15) + random.uniform(-12, 12) + grain)


def _shaded(wide: int, high: int, top: tuple[int, ...], bottom: tuple[int, ...]) -> Image.Image:
    down = np.linspace(0, 1, high)[:, None, None]
    return _from(
        np.broadcast_to(np.array(top) * (1 - down) + np.array(bottom) * down, (high, wide, 3))
    )


def _colour(random: Random, low: int, high: int) -> tuple[int, int, int]:
    return random.randint(low, high), random.randint(low, high), random.randint(low, high)


def _from(values: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> Image.Image:
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
