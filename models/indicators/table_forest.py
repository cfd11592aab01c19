"""A table of indicators into nodes: levels by columns, by codes or by the numbers in a cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.indicators.around import Around, number_and_text, own_cells
from models.indicators.columns import DEMAND, LEVELS, SCORE, Heads
from models.indicators.levels import Columns
from models.indicators.nodes import Forest, SystemNode, SystemPiece
from models.indicators.numbers import NumberedText, numbered
from models.indicators.words import SystemWords
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze

GOES_ON = r"[（(]?(?:续上?表?)[）)]?$"
ENDED = r"[。；！？：…）”]$"
HELD_BY_NODE = "text"
UNKNOWN_LEVEL = "这一行只有一句话，看不出是哪一级指标，没有读，请核对"


@dataclass
class TableReader:
    """Reads the rows of the tables of one document, one after the other, into a forest.

    ``joined`` says of a line which of its cells go on with the cell above; a line that is not there
    is one of a file that does not say it.
    """

    heads: Heads
    words: SystemWords
    forest: Forest
    joined: Mapping[int, frozenset[int]] = field(default_factory=dict)
    above: SystemNode | None = (
        None  # a heading before the table, of which the table lists what is below
    )
    waiting: dict[int, SystemPiece] = field(default_factory=dict)  # headings that no table took yet

    def read(self, lines: Sequence[Line], head_at: int) -> None:
        """Read one table; ``head_at`` is the place of its row of heads."""
        self._around = Around(self.heads, self.words, self.forest)
        head = lines[head_at]
        for line in lines[:head_at]:
            self._around.mention(line, "title")
        self._around.mention(head, "header")
        self._head = [squeeze(cell) for cell in head.cells]
        below = lines[head_at + 1 :]
        if below and self._around.is_second_head(self._head, below[0]):
            self._around.mention(below[0], "header")
            self._head = [
                low or high
                for high, low in zip(self._head, map(squeeze, below[0].cells), strict=False)
            ]
            below = below[1:]
        rows = [line for line in below if not self._around.takes(self._head, line)]
        self._columns = Columns.of(self._head, rows, self.heads)
        self._path: list[SystemNode] = []
        self._raw: list[str] = []
        if self.above is not None and id(self.above) in self.waiting:
            del self.waiting[id(self.above)]
            self.forest.tops.append(self.above)
        for line in rows:
            self._row(line)

    def go_on(self, lines: Sequence[Line]) -> None:
        """Read the rows of a table without heads of its own: it goes on with the one before."""
        for line in lines:
            if not self._around.takes(self._head, line):
                self._row(line)

    def _row(self, line: Line) -> None:
        own = own_cells(line)
        if len(own) == 1 and self._caption(line, own[0]):
            return
        cells = list(line.cells)
        number = squeeze(cells[self._columns.numbers[0]]) if self._columns.numbers else ""
        taken = set(self._columns.numbers[:1])
        new = (
            self._by_code(line, number, taken)
            if self._columns.by_codes
            else self._by_level(line, number, taken)
        )
        node = self._path[-1] if self._path else None
        if node is None:
            for at, text in own:
                self.forest.doubt(
                    SystemPiece(line.number, text, at), "这一行看不出是哪一项指标，没有读，请核对"
                )
            return
        if number and not self._columns.by_codes:
            self._number(node, line, number, new=new)
        self._fill(line, node, taken, new=new)

    def _number(self, node: SystemNode, line: Line, number: str, *, new: bool) -> None:
        """Give the number of a row to the indicator that begins in it; any other is only mentioned."""
        piece = self._piece(line, self._columns.numbers[0])
        if new and (not node.number or node.number == number):
            node.number = number
        if node.number == number:
            node.add("number", piece)
        else:
            self.forest.mention(piece, "number")

    def _piece(self, line: Line, at: int) -> SystemPiece:
        known = self.joined.get(line.number)
        return SystemPiece(line.number, line.cells[at], at, None if known is None else at in known)

    def _caption(self, line: Line, cell: tuple[int, str]) -> bool:
        """Read a row of one text over all columns: 一、政府职能（15分）; say whether it was one."""
        at, text = cell
        piece = SystemPiece(line.number, text, at)
        found = numbered(text)
        wide = sum(each == text for each in line.cells) > 1
        if not wide and (not found.printed or len(self._columns.levels) > 1):
            return False
        if not found.printed and self._path:
            self.forest.doubt(piece, UNKNOWN_LEVEL)
            return True
        if not found.printed:
            self.forest.mention(piece, "title")
            return True
        kinds = [node.kind for node in self._captions()]
        level = kinds.index(found.kind) if found.kind in kinds else len(kinds)
        if level >= len(LEVELS) - 1:
            return False
        self._open(level, found, piece).fields["caption"] = []
        return True

    def _captions(self) -> list[SystemNode]:
        return [node for node in self._path if "caption" in node.fields]

    def _open(self, level: int, found: NumberedText, piece: SystemPiece) -> SystemNode:
        """Begin a node at a depth (from 0) of the path."""
        base = self.above.level if self.above else 0
        del self._path[level:], self._raw[level:]
        node = SystemNode(base + len(self._path) + 1, found.printed, found.kind, piece.line)
        node.add(HELD_BY_NODE, SystemPiece(piece.line, found.rest, piece.cell, piece.joined))
        parent = self._path[-1] if self._path else self.above
        (parent.children if parent else self.forest.tops).append(node)
        self._path.append(node)
        self._raw.append(squeeze(piece.text))
        return node

    def _by_code(self, line: Line, number: str, taken: set[int]) -> bool:
        depth = (
            len(pattern(r"[.．-]").split(number))
            if pattern(r"\d[\d.．-]*").fullmatch(number)
            else 0
        )
        places = self._columns.levels[0]
        text = squeeze("".join(line.cells[at] for at in places))
        taken.update(places)
        if not depth or depth > len(LEVELS):
            if self._path:
                for at in places:
                    self._path[-1].add(HELD_BY_NODE, self._piece(line, at))
            return False
        depth = min(depth, len(self._path) + 1)
        node = self._open(depth - 1, NumberedText("", "", text), self._piece(line, places[0]))
        node.add("number", self._piece(line, self._columns.numbers[0]))
        node.code = number.replace("．", ".").replace("-", ".")
        node.number = node.code.rpartition(".")[2]
        return True

    def _by_level(self, line: Line, number: str, taken: set[int]) -> bool:
        """Find the nodes that a row stands under, and begin those that are new; say whether the last is."""
        captions = len(self._captions())
        new = False
        for depth, places in enumerate(self._columns.levels):
            taken.update(places)
            at = depth + captions if captions else depth
            alone, cell = number_and_text(line, places)
            raw = squeeze(alone + pattern(GOES_ON).sub("", cell))
            last = depth == len(self._columns.levels) - 1
            if not raw:
                continue
            if len(self._path) > at and self._raw[at] == raw and not new:
                for place in places:
                    self._path[at].add("again", self._piece(line, place))
                continue
            if last and self._goes_on(line, alone or number or numbered(cell).printed, at):
                for place in places:
                    if line.cells[place].strip():
                        self._path[-1].add(HELD_BY_NODE, self._piece(line, place))
                continue
            if len(self._path) < at:
                continue
            found = numbered(cell)
            if alone or (last and number and not found.printed):
                found = NumberedText(alone or number, "bare", cell)
            place = next((p for p in reversed(places) if line.cells[p].strip()), places[-1])
            node = self._open(at, found, SystemPiece(line.number, cell, place))
            self._raw[-1] = raw
            for other in places:
                if other != place and line.cells[other].strip():
                    node.add("number", self._piece(line, other))
            new = True
        return new

    def _goes_on(self, line: Line, number: str, at: int) -> bool:
        """Say whether a row that a page cut off goes on with the last indicator: no number, no end before."""
        if number or len(self._path) <= at:
            return False
        node = self._path[at]
        text = node.pieces(HELD_BY_NODE)[-1].text
        begins = any(
            line.cells[place].strip() and self._raw[depth] != squeeze(line.cells[place])
            for depth, places in enumerate(self._columns.levels[:-1])
            for place in places[-1:]
            if depth < len(self._raw)
        )
        counts = bool(node.number) and not begins
        return counts and not pattern(ENDED).search(squeeze(text))

    def _fill(self, line: Line, node: SystemNode, taken: set[int], *, new: bool) -> None:
        """Put the other cells of a row where their columns say."""
        row: dict[str, SystemPiece] = {}
        for at, cell in enumerate(line.cells):
            if at in taken or not cell.strip() or at >= len(self._head):
                if at >= len(self._head) and cell.strip():
                    self.forest.doubt(
                        SystemPiece(line.number, cell, at), "这一格在表头以外，没有读，请核对"
                    )
                continue
            what, piece = self._columns.holds[at], self._piece(line, at)
            if at and cell == line.cells[at - 1] and self._columns.holds[at - 1] == what:
                continue
            owner = node
            if what == SCORE:
                owner = self._owner(self._columns.scores[at], node)
            elif what == DEMAND:
                row[what] = piece
            last = owner.pieces(what)[-1:]
            if (
                last
                and squeeze(last[0].text) == squeeze(cell)
                and (piece.joined or what != SCORE or owner is not node)
            ):
                continue
            owner.add(what, piece)

    def _owner(self, level: int, node: SystemNode) -> SystemNode:
        if self._columns.by_codes:
            return node
        depth = level + len(self._captions())
        return self._path[depth] if depth < len(self._path) else node
