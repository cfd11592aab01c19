"""Take an OFD (GB/T 33190) apart: letters and straight rules with their places, its annotations, its pictures.

ofdkit finds pages, templates and letters; its own order of lines goes by what was written first, so the
places go on. Measures are millimetres there, points here. It runs in a process of its own.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from models.plan.reading.text.marks import EMBEDDED
from tasks.documents.drawn.ofd_parts import pictures_on, rules_on_ofd, seals_of
from tasks.documents.drawn.page import DrawnLetter, DrawnRule
from tasks.documents.faults import DocumentError
from tasks.documents.letters import letters_of
from tasks.documents.pages import COMMENT, OFF_PAGE
from tasks.documents.word.package import parsed

POINT = 72 / 25.4  # of a millimetre
PAGES = 1000
FEW = 30  # letters on a page that is a picture: its number, a stamp
OUTSIDE = 2.0  # millimetres that letters may stand over the edge
_ATTACHED = re.compile(r"(?:.+/)?Attach[^/]*/(?!Attachments\.xml)([^/]+)")

Place = tuple[str, float, float, float, float]
# Width and height; letters; rules; what is left out by name; pictures, where the page is nothing else.
OfdPage = tuple[
    float, float, list[Place], list[tuple[float, ...]], list[tuple[str, str]], list[bytes]
]


def ofd_pages(content: bytes) -> Iterator[OfdPage]:
    """Yield the pages of an OFD; raises DocumentError, in words behind its name, for one that is broken."""
    import ofdkit

    archive = zipfile.ZipFile(BytesIO(content))
    try:
        with ofdkit.OFDDocument(BytesIO(content)) as document:
            if not document.pages:
                raise DocumentError("里没有页面")
            if len(document.pages) > PAGES:
                raise DocumentError(f"多于 {PAGES} 页，不像一份方案，没有读")
            for page in document.pages:
                yield _page(page, archive)
    except ofdkit.OFDLimitError:
        raise DocumentError("解开后过大，没有打开") from None
    except ofdkit.OFDError:
        raise DocumentError("已损坏，打不开") from None


def _page(page: Any, archive: zipfile.ZipFile) -> OfdPage:
    left, top, wide, high = page.box
    letters: list[DrawnLetter] = []
    away: list[str] = []
    for run in page.runs:
        inside = (
            -OUTSIDE <= run.x - left <= wide + OUTSIDE and -OUTSIDE <= run.y - top <= high + OUTSIDE
        )
        if inside:
            letters += _letters(run, left, top)
        else:
            away.append(run.text)
    root = parsed(archive.read(page.location)) if page.location else None
    rules = [
        DrawnRule(*(POINT * (at - edge) for at, edge in zip(rule, (left, top) * 2, strict=True)))
        for rule in rules_on_ofd(root)
    ]
    out = [(OFF_PAGE, "".join(away))] if away else []
    if not page.index:
        out += [(COMMENT, words) for words in seals_of(archive)]
        out += [(EMBEDDED, name) for name in _attached(archive)]
    few = len(letters_of("".join(letter.text for letter in letters))) < FEW
    pictures = pictures_on(root, archive, (wide, high)) if few and root is not None else []
    return (
        POINT * wide,
        POINT * high,
        [(letter.text, *letter[1:]) for letter in letters],
        [tuple(rule) for rule in rules],
        out,
        pictures,
    )


def _letters(run: Any, left: float, top: float) -> Iterator[DrawnLetter]:
    """Yield the letters of a run, side by side on its base line, each with its share of the run's room."""
    size = max(run.size, 0.1)
    shares = [0.5 if letter.isascii() else 1.0 for letter in run.text]
    step = (run.width or size * sum(shares)) / (sum(shares) or 1)
    x = run.x
    for letter, share in zip(run.text, shares, strict=True):
        if not letter.isspace():
            yield DrawnLetter(
                letter,
                POINT * (x - left),
                POINT * (run.y - top),
                POINT * size,
                POINT * max(share * step, 0.1),
            )
        x += share * step


def _attached(archive: zipfile.ZipFile) -> Sequence[str]:
    found = (_ATTACHED.fullmatch(name) for name in archive.namelist())
    return [each[1] for each in found if each]
