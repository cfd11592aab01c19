"""Pictures with little of their own, drawn from a seed: windows of a system, walls, dark pages.

What one has in common with another is nothing that proves: the frame of the same system, a plain wall, the
lid of a scanner.
"""

from collections.abc import Callable, Mapping
from random import Random

import numpy as np
from PIL import Image, ImageDraw

from tests.tools.evidence_scenes import PAGE, SIZE, font
from tests.tools.evidence_words import phrase


def screenshot(stays: int, differs: int) -> Image.Image:
    """Draw a window of a system: bars, menu and columns of ``stays``, the rows' words of ``differs``."""
    of_system, of_page = Random(f"system {stays}"), Random(f"rows {stays} {differs}")
    image = Image.new("RGB", SIZE, (246, 247, 250))
    draw = ImageDraw.Draw(image)
    blue = (of_system.randint(10, 60), of_system.randint(60, 120), of_system.randint(140, 220))
    draw.rectangle((0, 0, SIZE[0], 64), fill=blue)
    draw.text((24, 14), phrase(of_system, 12) + "平台", font=font(30), fill=(255, 255, 255))
    draw.rectangle((0, 64, 210, SIZE[1]), fill=(36, 44, 60))
    for row in range(of_system.randint(6, 12)):
        draw.text((28, 90 + row * 52), phrase(of_system, 6), font=font(22), fill=(210, 215, 225))
    tall = of_system.choice((40, 48, 56))
    columns = sorted(of_system.sample(range(330, SIZE[0] - 120), of_system.randint(2, 4)))
    for top in range(120, SIZE[1] - tall, tall):
        draw.rectangle((240, top, SIZE[0] - 30, top + tall), outline=(205, 210, 218))
        ends = [*columns, SIZE[0] - 40]
        for left, right in zip([250, *columns], ends, strict=True):
            room = max(1, (right - left - 20) // 22)
            words = phrase(of_page, of_page.randint(1, room))
            draw.text((left + 10, top + 8), words, font=font(20), fill=(45, 50, 60))
    return image


def wall(stays: int, differs: int) -> Image.Image:
    """Photograph a wall: its colour of ``stays``, light from a side and grain of ``differs``."""
    of_room, of_day = Random(f"wall {stays}"), np.random.default_rng([stays, differs])
    colour = np.array([of_room.randint(150, 235) for _ in range(3)])
    fall = of_day.uniform(-0.25, 0.25) * np.linspace(-0.5, 0.5, SIZE[0])[None, :, None]
    grain = of_day.normal(0, 5, (SIZE[1], SIZE[0], 1))
    return _grained(colour * (of_day.uniform(0.8, 1.1) + fall) + grain)


def dark(stays: int, differs: int) -> Image.Image:
    """Scan with nothing under the lid: black with a lighter edge of ``stays``, noise of ``differs``."""
    of_lid, of_scan = Random(f"lid {stays}"), np.random.default_rng([stays, differs])
    values = of_scan.normal(of_lid.randint(6, 26), 5, (PAGE[1], PAGE[0], 1)).repeat(3, axis=2)
    values[:, : of_lid.randint(4, 40)] += of_lid.randint(40, 120)
    return _grained(values)


def _grained(values: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> Image.Image:
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


PLAIN: Mapping[str, Callable[[int, int], Image.Image]] = {
    "screenshot": screenshot,
    "wall": wall,
    "dark": dark,
}
