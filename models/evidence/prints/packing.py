"""The prints of one revision in one row: of a document's pictures each has its own, and says where it stands.

A picture's print has a fixed length: several lie one after the other, and behind the last the places, a
line each, shorter than a print. A row that holds one print and no places is what was written when only the
largest picture of a document was kept. In the index each print has a number of its own, made of the row's.
"""

from collections.abc import Sequence

from models.evidence.prints.pictures import PICTURE_BYTES

EACH = 16  # numbers of a row
MOST_PRINTS = EACH - 1  # of a row


def packed(prints: Sequence[tuple[str, bytes]]) -> bytes:
    """Return prints of pictures, each with its place, as one; the first MOST_PRINTS, each of them once."""
    once: dict[bytes, str] = {}
    for place, print in prints:
        once.setdefault(print, " ".join(place.split()))
    kept = list(once.items())[:MOST_PRINTS]
    places = "\n".join(place for _, place in kept).rstrip("\n")
    return b"".join(print for print, _ in kept) + places.encode()[: PICTURE_BYTES - 1]


def unpacked(print: bytes) -> list[tuple[str, bytes]]:
    """Return the prints of pictures in a row, each with its place, empty where none was said."""
    many = len(print) // PICTURE_BYTES
    places = print[many * PICTURE_BYTES :].decode(errors="ignore").split("\n")
    places += [""] * (many - len(places))
    starts = (n * PICTURE_BYTES for n in range(many))
    cut = [print[start : start + PICTURE_BYTES] for start in starts]
    return list(zip(places[:many], cut, strict=True))


def print_number(row: int, at: int) -> int:
    """Return the number of a row's print, of which the first is at 0."""
    return row * EACH + at


def print_row(number: int) -> int:
    """Return the row that holds the print of a number."""
    return number // EACH


def place_in(number: int) -> int:
    """Return at which place in its row the print of a number lies."""
    return number % EACH
