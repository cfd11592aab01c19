"""Fold a long Chinese line for a terminal: nothing lost, no word, code or command parted."""

import re
from collections.abc import Iterator

# What stays together: a command with its words, a number with its measure word, a Latin word.
_PARTS = re.compile(r"shifan(?: [!-~]+)+|[!-~]+(?: (?=[一-鿿]).)?|\s+|.", re.S)
_NOT_FIRST = "，。；：、！？）》”』】…·"
_NOT_LAST = "（《“『【"
INDENT = "  "  # of every line but the first
_ENDS = "，；：、。"  # of a clause


def folded(line: str, width: int) -> Iterator[str]:
    """Yield ``line`` in pieces of at most ``width`` columns, a Chinese character being two.

    A clause that is short beside a line stands whole; a longer one is parted where the line ends.
    Blanks at a fold are dropped, tabs and the like are blanks. No piece begins with a mark that closes,
    or ends with one that opens; one word that is wider than a line is parted all the same.
    """
    from rich.cells import cell_len

    line = "".join(" " if letter.isspace() else letter for letter in line)
    lead = line[: len(line) - len(line.lstrip())]
    piece = lead
    for part in _clauses(line.lstrip(), width // 3):
        if piece.strip() and cell_len(piece) + cell_len(part.rstrip()) > width:
            yield piece.rstrip()
            piece = lead + INDENT + part.lstrip()
        else:
            piece += part
        while cell_len(piece.rstrip()) > width:
            cut = _that_fits(piece, width)
            yield piece[:cut]
            piece = lead + INDENT + piece[cut:]
    yield piece.rstrip()


def _clauses(text: str, short: int) -> Iterator[str]:
    """Yield the clauses of ``text`` of at most ``short`` columns, and the parts of longer ones."""
    from rich.cells import cell_len

    clause: list[str] = []
    for part in (*_kept_together(text), ""):
        if part:
            clause.append(part)
        if not part or part[-1] in _ENDS:
            whole = "".join(clause)
            yield from [whole] if whole and cell_len(whole) <= short else clause
            clause = []


def _kept_together(text: str) -> Iterator[str]:
    """Yield the parts of ``text`` between which a line may end."""
    kept = ""
    for part in _PARTS.findall(text):
        if kept and part[0] not in _NOT_FIRST and kept[-1] not in _NOT_LAST:
            yield kept
            kept = ""
        kept += part
    if kept:
        yield kept


def _that_fits(piece: str, width: int) -> int:
    """Return how many characters of ``piece`` fill a line."""
    from rich.cells import cell_len

    taken = 0
    for count, letter in enumerate(piece):
        taken += cell_len(letter)
        if taken > width:
            return max(count, len(INDENT) + 1)
    return len(piece)
