"""From a document to an indicator system: the one place that knows the order of the steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from models.indicators.accounting import account
from models.indicators.building import Builder
from models.indicators.checking import FULL, disagreements
from models.indicators.columns import Heads
from models.indicators.forest import Forest, node_of, own_cells, piece
from models.indicators.points import points_within, stated_counts, stated_total
from models.indicators.shared_points import SharedPoints
from models.indicators.system import IndicatorSystem
from models.indicators.table_forest import TableReader
from models.indicators.text_forest import TextReader
from models.plan.reading.masking import masked
from models.plan.reading.outline.markers import numbered
from models.plan.reading.outline.outline import TEXT
from models.plan.reading.roles.own_roles import lead_rule
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.text.document import Document, Line
from models.plan.reading.text.lines import LOOK_ALIKES
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.vocabulary import in_force, reading_with

HEADS_WITHIN = 12  # rows of a table
LONGEST_HEADING = 40
RULED = {"header", "note", "preamble"}  # where a document says how a lead is found
TITLE_WITHIN = 12  # lines of text
LONGEST_TITLE = 60
Joined = Mapping[int, frozenset[int]]


@dataclass(frozen=True)
class SystemReading:
    """A system as read; ``is_system`` is False where the document holds no indicators."""

    system: IndicatorSystem
    is_system: bool


def read_system(document: Document, joined: Joined | None = None) -> SystemReading:
    """Return the indicator system that ``document`` holds. Same document: same reading.

    ``joined`` says by the number of a line which of its cells (from 0) go on with the cell above;
    a line that is not in it is of a file that does not say so. Every line and cell ends in a field, a
    doubt or a mention.
    """
    with reading_with(in_force()):  # so that each pattern is found by one look
        return _Reader(document, joined or {}).read()


class _Reader:
    def __init__(self, document: Document, joined: Joined) -> None:
        self.document, self.joined = document, joined
        self.grammar = Grammar.of(in_force())
        self.heads = Heads(self.grammar)
        self.forest = Forest()

    def read(self) -> SystemReading:
        lines = masked([_plain(line) for line in self.document.lines], self.grammar)
        title = _title(lines)
        named = bool(pattern("{指标标题}").search(title))
        by_table = groupby(lines, key=lambda line: (bool(line.cells), line.table))
        blocks = [list(block) for _, block in by_table]
        heads = [self._head_at(block) for block in blocks]
        told = [block[at] for block, at in zip(blocks, heads, strict=True) if at is not None]
        is_table = any(named or self.heads.are_telling(line.cells) for line in told)
        if is_table:
            self._read_tables(blocks, heads)
        else:  # nothing is known of the columns of a row
            rows = [replace(line, cells=()) for line in lines]
            TextReader(self.heads, self.forest).read(rows)
        system = self._system(lines, title)
        points = sum(bool(points_within(line.text)) for line in lines)
        of_text = points > 2 or (named and not pattern("{非指标标题}$").search(title))
        leaves = sum(not node.children for node in self.forest.nodes())
        return SystemReading(system, leaves > 1 and (is_table or of_text))

    def _system(self, lines: Sequence[Line], title: str) -> IndicatorSystem:
        """Make the indicators of what was read, check them, and say of each line what it became."""
        total = stated_total("\n".join(line.text for line in lines if len(own_cells(line)) == 1))
        counts = stated_counts("\n".join(line.text for line in lines))
        SharedPoints(self.forest, self.joined).settle(FULL if total is None else total)
        left = (cell for cell, _ in self.forest.left if cell.meaning in RULED)
        rules = (lead_rule(squeeze(cell.text)) for cell in left)
        builder = Builder(self.forest, self.grammar, next(filter(None, rules), None))
        system = IndicatorSystem(
            title=title,
            source=self.document.source,
            counts={str(level): count for level, count in sorted(counts.items())},
            total=total,
            indicators=builder.indicators(),
        )
        account(system, lines, self.forest, disagreements(system, self.forest))
        return system

    def _head_at(self, block: Sequence[Line]) -> int | None:
        """Return which of the first rows of a table heads its columns, None for text and other tables."""
        rows = enumerate(block[:HEADS_WITHIN])
        heads = (at for at, line in rows if line.cells and self.heads.are_heads(line.cells))
        return next(heads, None)

    def _read_tables(self, blocks: Sequence[Sequence[Line]], heads: Sequence[int | None]) -> None:
        reader = TableReader(self.heads, self.forest, self.joined)
        width = 0  # of the table before
        for block, at in zip(blocks, heads, strict=True):
            if at is not None:
                reader.read(block, at)
                width = len(block[at].cells)
            elif block[0].cells and len(block[0].cells) == width:
                reader.go_on(block)
            elif block[0].cells:
                for line in block:
                    self.forest.mention_row(line, "other table")
            else:
                self._between(reader, block)

    def _between(self, reader: TableReader, block: Sequence[Line]) -> None:
        """Read the lines of text before and between tables: the last numbered one may head the next table."""
        for line in block:
            marker, text = numbered(line.text)
            heads = marker and marker.kind in {"chapter", "part"} and len(text) <= LONGEST_HEADING
            if marker and heads and not pattern("[。；]").search(text):
                reader.above = node_of(marker, piece(TEXT, line, text=text))
            else:
                before = not self.forest.root.children
                self.forest.mention(piece(TEXT, line), "preamble" if before else "note")


def _title(lines: Sequence[Line]) -> str:
    """Return the line that names the system, else the first line of text."""
    own = (own_cells(line)[:1] for line in lines[:TITLE_WITHIN])
    texts = [squeeze(cell.text) for cells in own for cell in cells]
    short = (text for text in texts if len(text) <= LONGEST_TITLE)
    named = (text for text in short if pattern("{指标标题}[^。；]{0,8}$").search(text))
    return next(named, texts[0][:LONGEST_TITLE] if texts else "")


def _plain(line: Line) -> Line:
    cells = tuple(cell.translate(LOOK_ALIKES) for cell in line.cells)
    return replace(line, text=line.text.translate(LOOK_ALIKES), cells=cells)
