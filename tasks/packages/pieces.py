"""Files in pieces, so that however large or many they are, none is in memory as a whole."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from models.evidence.vault.keeping import PIECE

BOM = b"\xef\xbb\xbf"  # or Windows guesses the encoding

Seen = Callable[[bytes], None]


def pieces_of(path: Path, seen: Seen) -> Iterator[bytes]:
    """Yield a file piece by piece, each shown to ``seen`` first; raises FileNotFoundError at the first."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            seen(piece)
            yield piece


def seen_pieces(pieces: Iterable[bytes], seen: Seen) -> Iterator[bytes]:
    """Yield ``pieces``, each shown to ``seen`` first."""
    for piece in pieces:
        seen(piece)
        yield piece


def encoded(lines: Iterable[str], first: bytes = b"") -> Iterator[bytes]:
    """Yield ``first``, then lines of text as UTF-8."""
    yield first
    for line in lines:
        yield line.encode()
