"""Letters of a file beside those that were read: which pieces of it are missing, or there too often."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from models.plan.reading.text.marks import MISSING
from tasks.documents.letters import FIRST_WORDS, Left, letters_of

MOST_PLACES = 50  # of missing text told one by one

Piece = tuple[str, str]  # why its letters may be missing, and its text


class Places:
    """Where in the rows that were read a comparison has come to; ``texts`` are their letters."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.read, self._ends, self._at = "".join(texts), list(accumulate(map(len, texts))), 0
        self.row, self.last = 0, len(texts)

    def passes(self, letters: str) -> bool:
        """Go behind ``letters`` where they are found further on."""
        found = self.read.find(letters, self._at)
        if found < 0:
            return False
        self._at = found + len(letters)
        while self.row < self.last and self._ends[self.row] <= self._at:
            self.row += 1
        return True


def lacking(
    pieces: Iterable[Piece], rest: Counter[str], places: Places, elsewhere: Sequence[str] = ()
) -> Iterator[Left]:
    """Yield what of ``pieces`` is nowhere, before the row where it stood, until ``rest`` is used up.

    ``rest`` are the letters that lack, and changed; ``elsewhere`` are letters read that are in no row.
    First come pieces found nowhere, then those that stand elsewhere too and were read there alone, at
    last the letters that belong to no piece.
    """
    told, found = 0, list[tuple[str, str, str]]()
    for why, text in pieces:
        letters = letters_of(text)
        if not letters:
            continue
        if places.passes(letters) or any(letters in each for each in (*elsewhere, places.read)):
            found.append((why, text, letters))
        elif told < MOST_PLACES and any(rest[letter] > 0 for letter in letters):
            told += 1
            rest.subtract(letters)
            yield _left(why, text, letters, places.row)
    for why, text, letters in found if told < MOST_PLACES else ():
        if told < MOST_PLACES and _within(letters, rest):
            told += 1
            rest.subtract(letters)
            yield _left(why, text, letters, places.last)
    yield from _others(MISSING, rest, places.last)


def beyond(
    texts: Sequence[tuple[str, int]], rest: Counter[str], why: str, last: int
) -> Iterator[Left]:
    """Yield which of ``texts``, each of a row, make up the letters ``rest`` that are too many: the later ones."""
    told = list[Left]()
    for text, row in reversed(texts):
        letters = letters_of(text)
        if letters and len(told) < MOST_PLACES and _within(letters, rest):
            rest.subtract(letters)
            told.append(_left(why, text, letters, row))
    yield from reversed(told)
    yield from _others(why, rest, last)


def _within(letters: str, rest: Counter[str]) -> bool:
    return rest[letters[0]] > 0 and Counter(letters) <= rest


def _left(why: str, text: str, letters: str, row: int) -> Left:
    return why, " ".join(text.split())[:FIRST_WORDS], len(letters), row


def _others(why: str, rest: Counter[str], row: int) -> Iterator[Left]:
    if number := (+rest).total():
        yield why, "".join((+rest).elements())[:FIRST_WORDS], number, row
