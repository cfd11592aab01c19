"""The outline: which numbered heading stands under which, however a document numbers, and what it is called."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from models.plan.reading.outline.headings import Pieces, name_headings
from models.plan.reading.outline.markers import RANK, Marker, read_marker, with_letters
from models.plan.reading.outline.titles import title_of
from models.plan.reading.text.choice import Near
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern

ENDS = "[。；：！）”】](?={题号}|第)"  # of a sentence, where an item may begin within a paragraph
WITHIN = {"stem", "roman", "chapter", "section", "item", "sub", "circle"}
ROW, CATEGORY, LINE = (
    "row",
    "category",
    "line",
)  # kinds of nodes out of tables; a line parted by its labels
NOWHERE = Passage("", ())
TEXT = "text"  # what a field means that is a paragraph, or a cell under no other head


@dataclass(frozen=True, slots=True)
class Field:
    """A piece of what a node says, and what it means.

    A paragraph, a cell by the head of its column, or a part of a text by the ``label`` in front of it: 组长：.
    """

    meaning: str
    passage: Passage
    label: str = ""
    column: int | None = None  # of a cell, its place in the row (from 0)

    @property
    def text(self) -> str:
        """Return its text, behind the label."""
        return self.passage.text

    @property
    def line(self) -> int:
        """Return the line on which it begins, 0 where it stands nowhere."""
        return self.passage.place(0)[0] or 0


@dataclass(eq=False)
class Node:
    """A numbered item with its own passages (the first without its number) and its lower items.

    A row of a table is one, too: its one passage is the row, ``title`` what names it, ``cells`` are its
    fields. So is the category that rows stand under: it has a title only. And so is a line that labels
    part: what stands behind each is one of its ``cells``.
    """

    kind: str
    number: int = 0
    printed: str = ""
    passages: list[Passage] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = None
    title: Passage | None = None
    cells: list[Field] = field(default_factory=list)

    @property
    def head(self) -> Passage:
        """Return what names the node: its first passage with what follows on its line, or its title."""
        return self.title or (self.passages[0] if self.passages else NOWHERE)

    @property
    def text(self) -> str:
        """Return the text of its head."""
        return self.head.text

    def add(self, child: "Node") -> "Node":
        """Put ``child`` behind the lower items, and return it."""
        child.parent = self
        self.children.append(child)
        return child

    def said(self, *meanings: str) -> list[Field]:
        """Return the cells that mean one of these, in their order."""
        return [cell for cell in self.cells if cell.meaning in meanings]

    def fields(self) -> Iterator[Field]:
        """Yield what the node says, in reading order: its cells, or its text and that below it."""
        texts = (Field(TEXT, each) for each in self.all_passages() if not each.cells)
        yield from self.cells or texts

    def walk(self) -> Iterator["Node"]:
        """Yield this node and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all_passages(self) -> Iterator[Passage]:
        """Yield the passages of this node and of everything below it, in reading order."""
        for node in self.walk():
            yield from node.passages

    def headings_above(self) -> Iterator[Passage]:
        """Yield the first passages of the items that this one stands under, the nearest first."""
        above = self.parent
        while above is not None and above.kind != "root":
            yield from above.passages[:1]
            above = above.parent


def build_outline(passages: Sequence[Passage], near: list[Near] | None = None) -> Node:
    """Return the root of the outline; passages before the first number are the root's own.

    Lines of which it was a near thing whether they are headings are added to ``near``.
    """
    pieces = [piece for passage in passages for piece in _split_inline(passage)]
    markers = [None if piece.cells else read_marker(piece.text) for piece, _ in pieces]
    with_letters(markers)
    name_headings(pieces, markers, [] if near is None else near)
    return nest(pieces, markers, lambda at, *number: not pieces[at][1] or _fits(*number))


Begins = Callable[[int, Marker, Sequence[Node]], bool]  # of a number, its place, what is open


def nest(pieces: Pieces, markers: Sequence[Marker | None], begins: Begins) -> Node:
    """Return the root of the tree that numbers make of ``pieces``; one that ``begins`` none is more of the last."""
    root = Node("root")
    open_nodes: list[Node] = [root]
    follows = _continuations(markers)
    nested: set[tuple[str, str]] = set()  # which kind has stood right under which
    for index, ((piece, inline), marker) in enumerate(zip(pieces, markers, strict=True)):
        if marker is None or not begins(index, marker, open_nodes):
            _append(open_nodes[-1], piece, inline)
            continue
        _close(open_nodes, marker, follows[index], nested)
        node = Node(marker.kind, marker.number, marker.printed, [piece.cut(marker.length)])
        nested.add((open_nodes[-1].kind, node.kind))
        open_nodes.append(open_nodes[-1].add(node))
    return root


def _append(node: Node, piece: Passage, inline: bool) -> None:
    """Add a passage; a piece split off by mistake goes back to the text it was taken from."""
    if inline and node.passages and not node.passages[-1].cells:
        last = node.passages[-1]
        marks = tuple((at + len(last.text), line, page) for at, line, page in piece.marks)
        node.passages[-1] = Passage(last.text + piece.text, last.marks + marks)
    else:
        node.passages.append(piece)


def _split_inline(passage: Passage) -> list[tuple[Passage, bool]]:
    """Split a passage before the numbers that stand within it; the flag marks the later pieces."""
    if passage.cells:
        return [(passage, False)]
    text = passage.text
    ends = (found.end() for found in pattern(ENDS).finditer(text))
    cuts = [at for at in ends if _is_item(text, at)]
    if cuts and _is_name_of_stage(text, cuts):
        del cuts[0]
    cuts = [0, *cuts, len(text)]
    spans = zip(cuts, cuts[1:], strict=False)
    return [(passage.cut(start, end), start > 0) for start, end in spans if end > start]


def _is_item(text: str, at: int) -> bool:
    """Say whether an item begins within a paragraph; a sentence may begin with 第一阶段为… or 第一，…, too."""
    marker = read_marker(text, at)
    if marker and marker.kind == "stage":
        return "：" in marker.printed or text.startswith("（", at + marker.length)
    if marker and marker.kind == "ordinal":
        return text[at - 1] in "）】"
    return marker is not None and marker.kind in WITHIN


def _is_name_of_stage(text: str, cuts: Sequence[int]) -> bool:
    """Say whether 第一阶段 at the first cut only names the item whose number it follows: （一）第一阶段：…."""
    alone = all(text[at] != "第" for at in cuts[1:])
    return alone and bool(pattern(r"（[^（）]{1,4}）第").fullmatch(text[: cuts[0] + 1]))


def _fits(marker: Marker, open_nodes: Sequence[Node]) -> bool:
    """Say whether a number within a paragraph continues a list or begins one."""
    for node in reversed(open_nodes):
        if node.kind == marker.kind:
            return marker.number == node.number + 1
    return marker.number == 1


def _close(
    open_nodes: list[Node],
    marker: Marker,
    next_numbers: dict[str, int],
    nested: set[tuple[str, str]],
) -> None:
    """Close the nodes that end where ``marker`` begins.

    A kind that is open is continued. A new kind goes under what is open, unless what is open
    usually stands lower and does not go on behind it (a list in the preface before 一、) and has
    never held such an item in this document.
    """
    kinds = [node.kind for node in open_nodes]
    if marker.kind in kinds:
        del open_nodes[kinds.index(marker.kind) :]
        return
    while len(open_nodes) > 1:
        top = open_nodes[-1]
        if RANK[top.kind] < RANK[marker.kind] or _is_decimal_of(marker, top):
            return
        if (top.kind, marker.kind) in nested:
            return
        if marker.number == 1 and next_numbers.get(top.kind) == top.number + 1:
            return
        open_nodes.pop()


def _is_decimal_of(marker: Marker, node: Node) -> bool:
    """Say whether a number is a decimal of an open one: 3.1 below 3."""
    return marker.kind.startswith("decimal") and marker.printed.startswith(f"{node.number}.")


def _continuations(markers: Iterable[Marker | None]) -> list[dict[str, int]]:
    """Return for every place the next number of each kind behind it."""
    result: list[dict[str, int]] = []
    upcoming: dict[str, int] = {}
    for marker in reversed(list(markers)):
        result.append(upcoming)
        if marker:
            upcoming = {**upcoming, marker.kind: marker.number}
    return result[::-1]


def heading_of(node: Node) -> str:
    """Return the first words of an item up to 。 or a colon, without annotations in brackets."""
    return title_of(node.text)
