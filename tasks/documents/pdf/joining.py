"""A table that goes on over pages is one table, and a row that a page's end cuts is one row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from tasks.documents.pdf.letters import is_furniture
from tasks.documents.pdf.seams import MOST_HEADS, aligned, is_cut, merged, repeated
from tasks.documents.pdf.spanning import go_on
from tasks.documents.pdf.tables import Table

MOST_LINES = 3  # of a running head or foot
EDGE = 0.085  # of the page's height: nothing but running heads and numbers stands there
# What names the next table, unless it says that it goes on.
NAMES = re.compile(r"^(?:附件|附?表|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)")
GOES_ON = re.compile(r"^(?:续表|接上[页表])|[（(][续接]")


@dataclass
class Words:
    """A line of a page, and where it stands: 0 is the upper edge of the page, 1 the lower.

    ``size`` is that of its letters in the same measure; 0 where it is not known.
    """

    text: str
    place: float
    size: float = 0.0


@dataclass
class Leaf:
    """A page as it is laid out: lines and tables in order.

    ``continued`` says that its first table is the last one of the pages before. Of a row that the
    page's end cuts, the rest stands on the page where it begins: ``lent`` is what of this page stands
    there, ``borrowed`` what stands here and was printed on the next page. What begins with ``unsure``
    words may be read in a wrong order. Rows that are ``halved`` may belong to a cell of the page before.
    """

    pieces: list[Words | Table]
    continued: bool = False
    lent: list[str] = field(default_factory=list)
    borrowed: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    halved: list[str] = field(default_factory=list)


@dataclass
class _Open:
    """The last table of the pages so far, which the next page may go on with."""

    leaf: Leaf  # that holds its last row
    table: Table  # its last part, with the last row
    head: list[list[str]]  # the first rows of its first part, which the next parts may repeat
    heads: int  # rows of the last part that are its head
    spans: frozenset[int]  # columns of all parts with cells over several rows


AnyLeaf = TypeVar("AnyLeaf", bound=Leaf)


def joined(leaves: Iterable[AnyLeaf]) -> Iterator[AnyLeaf]:
    """Yield the pages as they come, their tables joined.

    Not more is held back than the pages since the last row began.
    """
    waiting: list[AnyLeaf] = []
    open_: _Open | None = None
    before: list[str] = []
    for leaf in leaves:
        heads = [piece.text for piece in leaf.pieces[:MOST_LINES] if isinstance(piece, Words)]
        wholly, repeats = _join(open_, leaf, before) if open_ else (False, 0)
        before = heads
        waiting.append(leaf)
        if wholly:
            continue  # all rows of the page were the rest of one, which may go on
        open_ = _last(leaf, open_, repeats)
        ready = len(waiting) - (1 if open_ else 0)
        yield from waiting[:ready]
        del waiting[:ready]
    yield from waiting


def _last(leaf: Leaf, open_: _Open | None, heads: int) -> _Open | None:
    """Return the table that ``leaf`` ends with."""
    table = last_table(leaf)
    if table is None:
        return None
    only = sum(isinstance(piece, Table) for piece in leaf.pieces) == 1
    if open_ and leaf.continued and only:
        return _Open(leaf, table, open_.head, heads, open_.spans | table.spans)
    return _Open(leaf, table, [list(row) for row in table.rows[:MOST_HEADS]], 1, table.spans)


def last_table(leaf: Leaf) -> Table | None:
    """Return the table that ``leaf`` ends with, which may go on over the page."""
    for at in range(len(leaf.pieces) - 1, -1, -1):
        piece = leaf.pieces[at]
        if isinstance(piece, Table):
            return piece if _are_feet(leaf.pieces[at + 1 :]) else None
    return None


def _are_feet(pieces: Sequence[Words | Table]) -> bool:
    """Say whether nothing but the number of the page and its running foot is left."""
    return len(pieces) <= MOST_LINES and all(
        isinstance(piece, Words) and (piece.place > 1 - EDGE or is_furniture(_plain(piece.text)))
        for piece in pieces
    )


def _join(open_: _Open, leaf: Leaf, before: list[str]) -> tuple[bool, int]:
    """Join the first table of ``leaf`` to the open one where it goes on with it.

    Return whether nothing of the page remains but the rest of a row of the pages before, and how many
    rows repeat the head.
    """
    at = _first(leaf, before)
    table = leaf.pieces[at] if at is not None else None
    if not isinstance(table, Table) or (places := aligned(open_.table, table)) is None:
        return False, 0
    if len(places) != len(table.xs) - 1:
        _widen(table, places, open_.table)
    heads = repeated(open_.head, table.rows)
    above = open_.table
    if open_.heads == 1 and heads > 1:
        open_.heads = heads  # of the first part: only now it is known
    leaf.continued = True
    if is_cut(above, table, (min(open_.heads, len(above.rows) - 1), heads)):
        rest = table.rows.pop(heads)
        del table.over[heads : heads + 1]
        above.rows[-1] = merged(above.rows[-1], rest, above.full)
        open_.leaf.borrowed += rest
        leaf.lent += rest
        if not table.lined and not rest[0] and all(rest[1:]) and table.rows[heads:]:
            # Where cells do not begin at the top of their row, these may be of the row below.
            leaf.unsure.append(" ".join(table.rows[heads]))
    if table.rows[heads:] or not leaf.lent:
        leaf.halved += go_on(above, table, heads, open_.spans)
        return False, heads
    above.full, above.open_bottom = table.full, table.open_bottom
    wholly = _are_feet(leaf.pieces[leaf.pieces.index(table) + 1 :])
    if not table.rows:
        leaf.pieces.remove(table)
    return wholly, heads


def _first(leaf: Leaf, before: list[str]) -> int | None:
    """Return where the first table of ``leaf`` stands; only running heads may stand before it."""
    for at, piece in enumerate(leaf.pieces[: MOST_LINES + 1]):
        if isinstance(piece, Table):
            return at
        text = _plain(piece.text)
        if GOES_ON.search(text) or is_furniture(text):
            continue
        runs = piece.place < EDGE or any(text == _plain(other) for other in before)
        if not runs or NAMES.match(text):
            return None
    return None


def _widen(table: Table, places: list[int], above: Table) -> None:
    """Give ``table`` the columns of the one before: a cell over several of them stands in each."""
    for at, row in enumerate(table.rows):
        table.again += [row[b] for a, b in pairwise(places) if a == b]
        table.rows[at] = [row[place] for place in places]
    table.over = [
        {at: over[place] for at, place in enumerate(places) if place in over} for over in table.over
    ]
    table.full = tuple(table.full[place] for place in places)
    shift = table.xs[0] - above.xs[0]
    table.xs = tuple(x + shift for x in above.xs)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
