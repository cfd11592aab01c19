"""What a reader of files hands on: rows of a page, and the letters of the file that are in none of them.

The law at the door: letters read and letters named as left out are all letters of the file. A reader
builds a `PageRead`, then gives what the page holds, counted apart from the way it was read; what is missing
is named by its first words, and so is what was read more often than it is there.
"""

from collections import Counter
from collections.abc import Iterable

from models.plan.reading.text.marks import MISSING, TWICE
from tasks.documents.comparing import Places, beyond, lacking
from tasks.documents.letters import FIRST_WORDS as FIRST_WORDS
from tasks.documents.letters import Left as Left
from tasks.documents.letters import Part as Part
from tasks.documents.letters import Row as Row
from tasks.documents.letters import letters_of as letters_of
from tasks.documents.letters import unspaced

# Why letters of a file are in no line, in the words that a person reads.
HEADER, FOOTER, STRUCK, HIDDEN = "页眉", "页脚", "修订中已删去", "隐藏文字"
COMMENT, WATERMARK, CONTENTS = "批注", "水印", "目录"
CROSSED = "划去的字"  # by a line through them, which no program records as a change
OFF_PAGE, SLANTED, SEAL = "页面以外的字", "斜放的字", "电子签章"  # of a PDF
PLACEHOLDER, FIELD_CODE, RUBY = "未填写的提示文字", "域代码里的文字", "注音"
DRAWN, NOTE_MARK, SIGN = "图形里的文字", "注释的记号", "图形符号"
TITLE, MENU = "网页标题", "网页栏目"

APART = -1  # in place of its table: a line that goes on with no other, as a text box, a note


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
        whole = unspaced("".join([*pieces, *self._again]))
        got = unspaced(read) + "".join(self._kept)
        if whole == got:  # as in most files: nothing to count
            return self.rows, self._left
        whole, got = letters_of(whole), letters_of(got)
        lost, more = Counter(whole), Counter(got)
        lost.subtract(more)
        return self.rows, [*self._left, *self._lacking(pieces, +lost), *self._beyond(-lost)]

    def _lacking(self, pieces: list[str], rest: Counter[str]) -> Iterable[Left]:
        if not rest:
            return ()
        texts = [letters_of("".join(row[1] or [row[0]])) for row in self.rows]
        named = ((MISSING, piece) for piece in pieces)
        return lacking(named, rest, Places(texts), ["".join(self._kept)])

    def _beyond(self, rest: Counter[str]) -> Iterable[Left]:
        """Return what rows hold, or what is left out, more often than the file and than `again` says."""
        if not rest:
            return ()
        texts = [(cell, at) for at, row in enumerate(self.rows) for cell in row[1] or [row[0]]]
        return beyond(texts, rest, TWICE, len(self.rows))
