"""What is read of an indicator before it is one: its number, its pieces by field, what hangs below it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

MENTIONED = "mentioned"


@dataclass(frozen=True, slots=True)
class SystemPiece:
    """Words of one line, or of one cell of it (from 0)."""

    line: int
    text: str
    cell: int | None = None
    joined: bool | None = None  # goes on with the cell above; None where the file does not say


@dataclass
class SystemNode:
    """An indicator as it stands in the document; ``level`` counts from 1."""

    level: int
    number: str = ""
    kind: str = ""  # of its marker
    line: int = 0
    code: str = ""  # as printed: 1.1.2
    fields: dict[str, list[SystemPiece]] = field(default_factory=dict)
    children: list["SystemNode"] = field(default_factory=list)

    def add(self, what: str, piece: SystemPiece) -> None:
        """Put a piece into a field; a cell that only goes on with the one above it adds nothing."""
        self.fields.setdefault(what, []).append(piece)

    def pieces(self, what: str) -> list[SystemPiece]:
        """Return the pieces of a field in their order."""
        return self.fields.get(what, [])

    def walk(self) -> Iterator["SystemNode"]:
        """Yield this node and all below it, each before its children."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Words that are no part of an indicator: a mention of a kind, or with a ``reason`` a doubt."""

    line: int
    text: str
    kind: str
    reason: str = ""
    cell: int | None = None


@dataclass
class Forest:
    """All that was read of a document: the first level, and what is no part of it."""

    tops: list[SystemNode] = field(default_factory=list)
    said: list[LeftOver] = field(default_factory=list)
    passed: set[tuple[str, int]] = field(default_factory=set)  # numbers of chapters left aside
    sums: list[tuple[SystemPiece, float]] = field(default_factory=list)  # what rows of sums say

    def mention(self, piece: SystemPiece, kind: str) -> None:
        """Keep words that are no part of an indicator."""
        if piece.text.strip():
            self.said.append(LeftOver(piece.line, piece.text, kind, cell=piece.cell))

    def doubt(self, piece: SystemPiece, reason: str) -> None:
        """Keep words of which nobody can say what they are."""
        if piece.text.strip():
            self.said.append(LeftOver(piece.line, piece.text, "", reason, piece.cell))

    def walk(self) -> Iterator[SystemNode]:
        """Yield every node, each before its children."""
        for top in self.tops:
            yield from top.walk()
