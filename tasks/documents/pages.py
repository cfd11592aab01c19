"""What a reader of files hands on: rows of a page, and the letters of the file that are in none of them.

The law at the door: letters read and letters named as left out are all letters of the file. A reader
builds a `PageRead`, then gives what the page holds, counted apart from the way it was read; what is missing
is named by its first words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from models.plan.marks import MISSING

Row = tuple[str, list[str], int]  # text, cells, table: from 1 on the page, 0 or APART for a line
Left = tuple[str, str, int, int]  # why, first words, letters, the row that it stands before
Part = tuple[list[Row], list[Left]]  # what a worker hands on of a page

# Why letters of a file are in no line, in the words that a person reads.
HEADER, FOOTER, STRUCK, HIDDEN = "页眉", "页脚", "修订中已删去", "隐藏文字"
COMMENT, WATERMARK, CONTENTS = "批注", "水印", "目录"
CROSSED = "划去的字"  # by a line through them, which no program records as a change
OFF_PAGE, SLANTED, SEAL = "页面以外的字", "斜放的字", "电子签章"  # of a PDF
PLACEHOLDER, FIELD_CODE, RUBY = "未填写的提示文字", "域代码里的文字", "注音"
DRAWN, NOTE_MARK = "图形里的文字", "注释的记号"
TITLE, MENU = "网页标题", "网页栏目"

APART = -1  # in place of its table: a line that goes on with no other, as a text box, a note
FIRST_WORDS = 40  # letters shown of what was left out
MOST_PLACES = 50  # of missing text told one by one
# Blanks, and characters without a shape of their own: neither are letters of a file.
_UNSEEN = re.compile(
    "[\0-\x20\x7f-\xa0\xad\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffd]+"
)


def letters_of(text: str) -> str:
    """Return what of ``text`` leaves ink: without blanks and characters that nobody can see."""
    letters = _without_blanks(text)
    return _UNSEEN.sub("", letters) if _UNSEEN.search(letters) else letters


def _without_blanks(text: str) -> str:
    return "".join(
        text.split()
    )  # twenty times as fast as translating, and finds all but the rarest


class PageRead:
    """One page as it is read, for a reader to fill in the order of the page."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._left: list[Left] = []
        self._kept: list[str] = []  # what is named as left out
        self._again: list[str] = []

    def line(self, text: str, apart: bool = False) -> None:
        """Add a line; one that stands apart from the text around it goes on with no other."""
        self.rows.append((text, [], APART if apart else 0))

    def row(self, cells: list[str], table: int) -> None:
        """Add a row of the ``table``-th table of the page, from 1; 0 goes on with the table before."""
        self.rows.append((" ".join(cells), cells, table))

    def again(self, text: str) -> None:
        """Say that rows hold ``text`` once more than the file: a number it counts, a merged cell."""
        self._again.append(text)

    def lend(self, text: str) -> None:
        """Say that a row of another page holds ``text`` of this one; there it is said once more."""
        self._kept.append(letters_of(text))

    def leave(self, why: str, text: str) -> None:
        """Name ``text``, which stands before the next row, as left out; nothing is said of blanks."""
        if letters := letters_of(text):
            self._kept.append(letters)
            self._left.append(
                (why, " ".join(text.split())[:FIRST_WORDS], len(letters), len(self.rows))
            )

    def take(self, part: Part, tables: int) -> int:
        """Add a part that was read and compared by itself; return how many tables it has.

        ``tables`` is the number of tables before it.
        """
        before, (rows, left) = len(self.rows), part
        for text, cells, table in rows:
            self.rows.append((text, cells, table + tables if cells else table))
            self.again("".join(cells) or text)
        self._left += [(why, words, letters, row + before) for why, words, letters, row in left]
        return max((table for _, _, table in rows if table > 0), default=0)

    def part(self, held: Iterable[str]) -> Part:
        """Return the page; ``held`` are the pieces of text that it holds, counted apart, in order.

        Of letters that are neither in a row nor left out by name, the pieces they stood in are named.
        """
        pieces = list(held)
        read = "".join(cell for row in self.rows for cell in (row[1] or [row[0]]))
        whole = _without_blanks("".join([*pieces, *self._again]))
        got = _without_blanks(read) + "".join(self._kept)
        if whole == got:  # as in most files: nothing to count
            return self.rows, self._left
        whole, got = letters_of(whole), letters_of(got)
        lost = Counter(whole) - Counter(got)
        left = [*self._left, *self._missing(pieces, lost)] if lost else self._left
        return self.rows, left

    def _missing(self, pieces: Sequence[str], lost: Counter[str]) -> Iterable[Left]:
        """Yield the pieces that are in no row, in order, and what remains where none can be found."""
        told, rest = 0, lost.copy()
        texts = [letters_of("".join(row[1] or [row[0]])) for row in self.rows]
        read, starts = "".join(texts), _starts(texts)
        kept = "".join(self._kept)
        at = row = 0
        for piece in pieces:
            letters = letters_of(piece)
            if not letters or letters in kept:
                continue
            found = read.find(letters, at)
            if found < 0:
                found = read.find(letters)
            if found >= 0:
                at = found + len(letters)
                while row + 1 < len(starts) and starts[row + 1] <= found:
                    row += 1
            elif any(rest[letter] > 0 for letter in letters):
                told += 1
                rest.subtract(letters)
                yield MISSING, " ".join(piece.split())[:FIRST_WORDS], len(letters), row + 1
                if told == MOST_PLACES:
                    break
        for piece in (
            pieces if told < MOST_PLACES else ()
        ):  # one that stands elsewhere too, and was read there alone
            letters = letters_of(piece)
            if letters and rest[letters[0]] > 0 and Counter(letters) <= rest and told < MOST_PLACES:
                told += 1
                rest.subtract(letters)
                yield MISSING, " ".join(piece.split())[:FIRST_WORDS], len(letters), len(self.rows)
        if number := (+rest).total():
            words = "".join((+rest).elements())[:FIRST_WORDS]
            yield MISSING, words, number, len(self.rows)


def _starts(texts: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for text in texts:
        starts.append(at)
        at += len(text)
    return starts
