"""Automatic numbers that an .rtf writes down as its paper shows them, and the file made of it does not."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from models.plan.reading.text.document import MISSING
from tasks.documents.comparing import MOST_PLACES, Places
from tasks.documents.converted.rich_letters import RichLine
from tasks.documents.letters import FIRST_WORDS, Left, Row, letters_of

KNOWN_BY = 8  # letters of a paragraph by which it is found again
BULLET = re.compile(r"[^\w]*|[a-zA-Z]")  # a letter alone is a sign of another font


def lost_numbers(lines: Iterable[RichLine], rows: Sequence[Row]) -> Iterator[Left]:
    """Yield the numbers that stand before no row, though their paragraph is one."""
    places, told = Places([letters_of("".join(row[1] or [row[0]])) for row in rows]), 0
    read = _folded(places.read)
    for line in lines:
        number, text = letters_of(line.number), letters_of(line.text)[:KNOWN_BY]
        if not text or line.why != MISSING:
            continue
        there = _folded(text) in read
        places.passes(text)
        if not there or BULLET.fullmatch(number) or _folded(number + text) in read:
            continue
        words = f"{line.number.strip()} {line.text.strip()}"[:FIRST_WORDS]
        yield MISSING, " ".join(words.split()), len(number), max(0, places.row - 1)
        told += 1
        if told == MOST_PLACES:
            return


def _folded(text: str) -> str:
    """Return ``text`` without the width of its marks: that is the converter's matter."""
    return unicodedata.normalize("NFKC", text)
