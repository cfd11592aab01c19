"""A table of indicators into nodes: levels by columns, by codes or by the numbers in a cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from models.indicators.around import is_second_head, kept_aside
from models.indicators.columns import LEVELS, SCORE, Heads
from models.indicators.forest import AGAIN, CODE, Forest, node_of, own_cells, piece, printed_number
from models.indicators.levels import Columns
from models.plan.reading.outline.markers import (
    BARE,
    Marker,
    code_of,
    count_of,
    number_alone,
    numbered,
)
from models.plan.reading.outline.outline import TEXT, Field, Node
from models.plan.reading.tables.heads import NUMBER
from models.plan.reading.tables.two_rows import of_two_rows
from models.plan.reading.text.document import Line
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze

GOES_ON = r"[（(]?(?:续上?表?)[）)]?$"
ENDED = r"[。；！？：…）”]$"
UNKNOWN_LEVEL = "这一行只有一句话，看不出是哪一级指标，没有读，请核对"
UNKNOWN_ROW = "这一行看不出是哪一项指标，没有读，请核对"
UNDER_NO_HEAD = "这一格在表头以外，没有读，请核对"
Joined = Mapping[int, frozenset[int]]


@dataclass
class TableReader:
    """Reads the rows of the tables of one document, one after the other, into a forest.

    ``joined`` says of a line which of its cells go on with the cell above; a line that is not there
    is one of a file that does not say it. ``above`` is a heading before the table, of which it lists
    what is below.
    """

    heads: Heads
    forest: Forest
    joined: Joined = field(default_factory=dict)
    above: Node | None = None

    def read(self, lines: Sequence[Line], head_at: int) -> None:
        """Read one table; ``head_at`` is the place of its row of heads."""
        for line in lines[:head_at]:
            self.forest.mention_row(line, "title")
        self.forest.mention_row(lines[head_at], "header")
        self._head = [squeeze(cell) for cell in lines[head_at].cells]
        below = lines[head_at + 1 :]
        if below and is_second_head(self._head, below[0], self.heads):
            self.forest.mention_row(below[0], "header")
            self._head = of_two_rows(self._head, [squeeze(cell) for cell in below[0].cells])
            below = below[1:]
        rows = self._rows(below)
        cells = [[squeeze(cell) for cell in line.cells] for line in rows]
        self._columns = Columns.of(self._head, cells, self.heads)
        self._path: list[Node] = []
        self._raw: list[str] = []
        self._wide: set[Node] = set()  # rows over all columns
        if LEVELS[0] in map(self.heads.meaning, self._head):
            self.above = None
        if self.above is not None and self.above.parent is None:
            self.forest.root.add(self.above)
        for line in rows:
            self._row(line)

    def go_on(self, lines: Sequence[Line]) -> None:
        """Read the rows of a table without heads of its own: it goes on with the one before."""
        for line in self._rows(lines):
            self._row(line)

    def _rows(self, lines: Sequence[Line]) -> list[Line]:
        """Return the rows of indicators among ``lines``, none narrower than the heads."""
        width = len(self._head)
        own = (each for each in lines if not kept_aside(self._head, each, self.heads, self.forest))
        return [
            replace(each, cells=(*each.cells, *[""] * (width - len(each.cells)))) for each in own
        ]

    def _row(self, line: Line) -> None:
        own = own_cells(line)
        if len(own) == 1 and self._caption(line, own[0]):
            return
        columns = self._columns
        number = squeeze(line.cells[columns.numbers[0]]) if columns.numbers else ""
        taken = {*columns.numbers[:1], *(at for places in columns.levels for at in places)}
        read = self._by_code if columns.by_codes else self._by_level
        new = read(line, number)
        if not self._path:
            for cell in own:
                self.forest.doubt(cell, UNKNOWN_ROW)
            return
        if number and not columns.by_codes:
            self._number(line, number, new=new)
        self._fill(line, taken)

    def _number(self, line: Line, number: str, *, new: bool) -> None:
        """Give the number of a row to the indicator that begins in it; any other is only mentioned."""
        node, cell = self._path[-1], piece(NUMBER, line, self._columns.numbers[0])
        if new and not node.printed:
            node.printed, node.number = number, count_of(number)
        if printed_number(node) == number:
            node.cells.append(cell)
        else:
            self.forest.mention(cell, "number")

    def _caption(self, line: Line, cell: Field) -> bool:
        """Read a row of one text over all columns: 一、政府职能（15分）; say whether it was one."""
        marker, text = numbered(cell.text)
        wide = line.cells.count(cell.text) > 1
        if not wide and (not marker or len(self._columns.levels) > 1):
            return False
        if not marker:
            if self._path:
                self.forest.doubt(cell, UNKNOWN_LEVEL)
            else:
                self.forest.mention(cell, "title")
            return True
        kinds = [node.kind for node in self._captions()]
        level = kinds.index(marker.kind) if marker.kind in kinds else len(kinds)
        if level >= len(LEVELS) - 1:
            return False
        self._wide.add(self._open(level, marker, text, cell))
        return True

    def _captions(self) -> list[Node]:
        return [node for node in self._path if node in self._wide]

    def _open(self, level: int, marker: Marker | None, text: str, cell: Field) -> Node:
        """Begin a node at a depth (from 0) of the path."""
        del self._path[level:], self._raw[level:]
        said = Passage(text, cell.passage.marks)
        node = node_of(marker, Field(TEXT, said, column=cell.column))
        above = self._path[-1] if self._path else self.above or self.forest.root
        self._path.append(above.add(node))
        self._raw.append(squeeze(cell.text))
        return node

    def _by_code(self, line: Line, number: str) -> bool:
        """Begin the node that a code in front of a row stands for: 1.1.2 below 1.1; say whether there is one."""
        places = self._columns.levels[0]
        code = code_of(number)
        depth = len(code.split(".")) if code else 0
        if not depth or depth > len(LEVELS):
            if self._path:
                self._path[-1].cells += [piece(TEXT, line, at) for at in places]
            return False
        text = squeeze("".join(line.cells[at] for at in places))
        marker = Marker(CODE, count_of(code), code, 0)
        depth = min(depth, len(self._path) + 1)
        node = self._open(depth - 1, marker, text, piece(TEXT, line, places[0]))
        node.cells.append(piece(NUMBER, line, self._columns.numbers[0]))
        return True

    def _by_level(self, line: Line, number: str) -> bool:
        """Find the nodes that a row stands under, and begin those that are new; say whether the last is."""
        new = False
        levels = self._columns.levels
        for at, places in enumerate(levels, len(self._captions())):
            alone, cell = _number_and_text(line, places)
            raw = squeeze((alone.printed if alone else "") + pattern(GOES_ON).sub("", cell))
            last = places is levels[-1]
            if not raw:
                continue
            if len(self._path) > at and self._raw[at] == raw and not new:
                self._path[at].cells += [piece(AGAIN, line, place) for place in places]
                continue
            marker, text = numbered(cell)
            filled = [place for place in places if line.cells[place].strip()]
            if last and not (alone or number or marker) and self._goes_on(line, at):
                self._path[-1].cells += [piece(TEXT, line, place) for place in filled]
                continue
            if len(self._path) < at:
                continue
            if not alone and last and number and not marker:
                alone = Marker(BARE, count_of(number), number, 0)
            marker, text = (alone, cell) if alone else (marker, text)
            node = self._open(at, marker, text, piece(TEXT, line, filled[-1]))
            self._raw[-1] = raw
            node.cells += [piece(NUMBER, line, place) for place in filled[:-1]]
            new = True
        return new

    def _goes_on(self, line: Line, at: int) -> bool:
        """Say whether a row without number that a page cut off goes on with the last indicator: no end before."""
        if len(self._path) <= at or not self._path[at].printed:
            return False
        above = zip(self._raw, self._columns.levels[:-1], strict=False)
        begins = any(
            (cell := squeeze(line.cells[places[-1]])) and cell != raw for raw, places in above
        )
        return not begins and not pattern(ENDED).search(squeeze(self._path[at].said(TEXT)[-1].text))

    def _fill(self, line: Line, taken: set[int]) -> None:
        """Put the other cells of a row where their columns say."""
        node, holds = self._path[-1], self._columns.holds
        for at, cell in enumerate(line.cells):
            if at in taken or not cell.strip():
                continue
            if at >= len(self._head):
                self.forest.doubt(piece(TEXT, line, at), UNDER_NO_HEAD)
                continue
            what = holds[at]
            if at and cell == line.cells[at - 1] and holds[at - 1] == what:
                continue
            owner = self._owner(self._columns.scores[at]) if what == SCORE else node
            last = owner.said(what)[-1:]
            same = last and squeeze(last[0].text) == squeeze(cell)
            merged = what != SCORE or owner is not node or at in self.joined.get(line.number, ())
            if same and merged:
                continue
            owner.cells.append(piece(what, line, at))

    def _owner(self, level: int) -> Node:
        """Return whose points a column of points says: those of a level, or of the row."""
        depth = level + len(self._captions())
        above = depth < len(self._path) and not self._columns.by_codes
        return self._path[depth] if above else self._path[-1]


def _number_and_text(line: Line, places: Sequence[int]) -> tuple[Marker | None, str]:
    """Return the number of a level that stands in a cell of its own, and the words of its other cells."""
    cells = (line.cells[at] for at in places)
    own = list(dict.fromkeys(cell for cell in cells if cell.strip()))
    alone = next(filter(None, map(number_alone, own)), None)
    texts = [cell for cell in own if not alone or number_alone(cell) != alone]
    return (alone, "\n".join(texts)) if texts else (None, "\n".join(own))
