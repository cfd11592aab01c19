"""What is read of a document before it is a system: its indicators as nodes, and what is no part of any."""

from dataclasses import dataclass, field, replace

from models.plan.reading.outline.markers import Marker
from models.plan.reading.outline.outline import TEXT, Field, Node
from models.plan.reading.text.document import Line
from models.plan.reading.text.passages import Passage

CODE = "code"  # the kind of a node whose printed number is its code: 1.1.2
BODY, AGAIN = (
    "body",
    "again",
)  # a paragraph below the text; a cell merged over several rows, or said again


def piece(meaning: str, line: Line, column: int | None = None, text: str | None = None) -> Field:
    """Return words of a line, or of one cell of it, as they are printed."""
    said = line.text if column is None else line.cells[column]
    marks = ((0, line.number, line.page),)
    return Field(meaning, Passage(said if text is None else text, marks), column=column)


def own_cells(line: Line) -> list[Field]:
    """Return the cells of a row that say something, what is merged over columns once; of a line its text."""
    if not line.cells:
        return [piece(TEXT, line)] if line.text.strip() else []
    cells = enumerate(line.cells)
    own = [at for at, cell in cells if cell.strip() and (not at or cell != line.cells[at - 1])]
    return [piece(TEXT, line, at) for at in own]


def node_of(marker: Marker | None, said: Field) -> Node:
    """Return the node that begins with these words."""
    kind, number, printed = (marker.kind, marker.number, marker.printed) if marker else ("", 0, "")
    return Node(kind, number, printed, title=said.passage, cells=[said])


def printed_number(node: Node) -> str:
    """Return the number of an indicator as it is printed, of a code the last one."""
    return node.printed.rpartition(".")[2] if node.kind == CODE else node.printed.rstrip("：:、.．")


@dataclass
class Forest:
    """All that was read of a document: the indicators below ``root``, and what is no part of them.

    Of what is ``left`` each has what it is as its meaning; with a reason beside it it is a doubt.
    """

    root: Node = field(default_factory=lambda: Node("root"))
    left: list[tuple[Field, str]] = field(default_factory=list)
    passed: set[tuple[str, int]] = field(default_factory=set)  # numbers of chapters left aside
    sums: list[tuple[Field, float]] = field(default_factory=list)  # what rows of sums say

    def mention(self, words: Field, kind: str) -> None:
        """Keep words that are no part of an indicator."""
        if words.text.strip():
            self.left.append((replace(words, meaning=kind), ""))

    def mention_row(self, line: Line, kind: str) -> None:
        """Keep every cell of a row so."""
        for cell in own_cells(line):
            self.mention(cell, kind)

    def doubt(self, words: Field, reason: str) -> None:
        """Keep words of which nobody can say what they are."""
        if words.text.strip():
            self.left.append((words, reason))

    def nodes(self) -> list[Node]:
        """Return every indicator, each before those below it."""
        return list(self.root.walk())[1:]
