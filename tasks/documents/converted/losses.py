"""What a file holds that is not in the .docx made of it: compared letter by letter, and named."""

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from models.plan.document import MISSING
from tasks.documents.pages import FIRST_WORDS, MOST_PLACES, Left, Row, letters_of
from tasks.documents.word.names import held_letters
from tasks.documents.word.package import parsed

Piece = tuple[str, str]  # why its letters may be missing, and its text


def letters_in(word: bytes) -> str:
    """Return all letters of all parts of a .docx, shown or not."""
    with zipfile.ZipFile(BytesIO(word)) as archive:
        names = [n for n in archive.namelist() if n.startswith("word/") and n.endswith(".xml")]
        texts = ("".join(held_letters(parsed(archive.read(name)))) for name in names)
        return letters_of("\n".join(texts))


def lost_letters(pieces: Iterable[Piece], word: bytes, rows: Sequence[Row]) -> list[Left]:
    """Return what of ``pieces`` is not in ``word``, each before the row of ``rows`` where it stood."""
    held = [(why, text, letters) for why, text in pieces if (letters := letters_of(text))]
    missing = Counter("".join(letters for _, _, letters in held))
    there = letters_in(word)
    missing.subtract(there)
    rest = +missing
    return list(_named(held, there, rest, _Places(rows))) if rest else []


def _named(
    held: Sequence[tuple[str, str, str]], there: str, rest: Counter[str], places: "_Places"
) -> Iterator[Left]:
    told = 0
    for why, text, letters in held:
        if letters in there:
            places.pass_by(letters)
        elif told < MOST_PLACES and any(rest[letter] > 0 for letter in letters):
            told += 1
            rest.subtract(letters)
            yield why, " ".join(text.split())[:FIRST_WORDS], len(letters), places.row
    if number := (+rest).total():
        words = "".join((+rest).elements())[:FIRST_WORDS]
        yield MISSING, words, number, places.last


class _Places:
    """Where in the rows that were read a comparison has come to."""

    def __init__(self, rows: Sequence[Row]) -> None:
        texts = [letters_of("".join(row[1] or [row[0]])) for row in rows]
        self._read, self._ends, self._at = "".join(texts), [], 0
        self.row, self.last, end = 0, len(rows), 0
        for text in texts:
            end += len(text)
            self._ends.append(end)

    def pass_by(self, letters: str) -> None:
        """Go behind ``letters`` where they are found further on."""
        found = self._read.find(letters, self._at)
        if found >= 0:
            self._at = found + len(letters)
            while self.row < self.last and self._ends[self.row] <= self._at:
                self.row += 1
