"""Papers as a scanner and as a phone leave them."""

from pathlib import Path
from typing import Any

from PIL import Image

A4_AT_100 = (827, 1169)


def scanned(
    path: Path, *, seal: int = 1, size: tuple[int, int] = A4_AT_100, dpi: int = 100
) -> Path:
    """Write a page of a sheet at a resolution, as .pdf, .tif, .jpg or .png; ``seal`` makes it another."""
    page = Image.new("L", size, 255)
    page.paste(0, (seal, seal, seal + 9, seal + 9))
    named: dict[str, Any] = {"resolution": dpi} if path.suffix == ".pdf" else {"dpi": (dpi, dpi)}
    page.save(path, **named)
    return path


def phoned(path: Path, size: tuple[int, int] = (1080, 1440)) -> Path:
    """Write a photograph as a messenger leaves it: no EXIF, no resolution."""
    Image.new("L", size, 200).save(path)
    return path
