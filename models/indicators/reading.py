"""From a document to an indicator system: the one place that knows the order of the steps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from models.indicators.accounting import account
from models.indicators.around import own_cells
from models.indicators.building import Builder
from models.indicators.checking import (
    FULL,
    count_doubts,
    number_in_demand_doubts,
    row_of_sums_doubts,
    sum_doubts,
)
from models.indicators.columns import LEVELS, Heads
from models.indicators.forest import Forest, piece
from models.indicators.points import points_within, stated_counts, stated_total
from models.indicators.running_numbers import running_number_doubts
from models.indicators.shared_points import SharedPoints
from models.indicators.system import IndicatorSystem
from models.indicators.table_forest import TableReader
from models.indicators.text_forest import TextReader
from models.indicators.words import SystemWords
from models.plan.reading.masking import masked
from models.plan.reading.outline.markers import numbered
from models.plan.reading.outline.outline import TEXT, Node
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
        words = in_force()
        self.words = SystemWords(words)
        self.grammar = Grammar.of(words)
        self.heads = Heads(self.words, self.grammar)
        self.forest = Forest()

    def read(self) -> SystemReading:
        lines = masked([_plain(line) for line in self.document.lines], self.grammar)
        title = self._title(lines)
        blocks = [
            list(block)
            for _, block in groupby(lines, key=lambda line: (bool(line.cells), line.table))
        ]
        tables = {
            n: at for n, block in enumerate(blocks) if (at := self._head_at(block)) is not None
        }
        is_table = any(self.heads.are_telling(blocks[n][at].cells) for n, at in tables.items())
        named = any(word in title for word in self.words.of("指标标题"))
        if tables and (is_table or named):
            self._read_tables(blocks, tables)
        else:
            self._read_text(lines)
        total = stated_total("\n".join(line.text for line in lines if len(own_cells(line)) == 1))
        SharedPoints(self.forest, self.joined).settle(FULL if total is None else total)
        left = (words for words, _ in self.forest.left if words.meaning in RULED)
        rules = (lead_rule(squeeze(words.text)) for words in left)
        rule = next(filter(None, rules), None)
        builder = Builder(self.forest, self.words, self.grammar, rule)
        found = builder.indicators()
        every = "\n".join(line.text for line in lines)
        counts = stated_counts(every)
        checks = [
            *sum_doubts(found, total),
            *number_in_demand_doubts(found),
            *row_of_sums_doubts(self.forest, found),
            *running_number_doubts(self.forest, found),
            *count_doubts(found, counts),
        ]
        system = IndicatorSystem(
            title=title,
            source=self.document.source,
            counts={str(level): count for level, count in sorted(counts.items())},
            total=total,
            indicators=found,
        )
        account(system, lines, self.forest, checks)
        points = sum(bool(points_within(line.text)) for line in lines)
        other = title.endswith(self.words.of("非指标标题"))
        of_text = (named and not other) or points > 2
        leaves = sum(not node.children for node in self.forest.nodes())
        return SystemReading(
            system, leaves > 1 and (bool(tables and (is_table or named)) or of_text)
        )

    def _title(self, lines: Sequence[Line]) -> str:
        """Return the line that names the system, else the first line of text."""
        texts = [
            squeeze(
                line.text if not line.cells else next(filter(None, map(str.strip, line.cells)), "")
            )
            for line in lines[:TITLE_WITHIN]
        ]
        texts = [text for text in texts if text]
        ends = self.words.either("指标标题")
        named = (
            text
            for text in texts
            if len(text) <= 60 and pattern(rf"(?:{ends})[^。；]{{0,8}}$").search(text)
        )
        return next(named, texts[0][:60] if texts else "")

    def _head_at(self, block: Sequence[Line]) -> int | None:
        """Return which of the first rows of a table heads its columns, None for text and other tables."""
        if not block[0].cells:
            return None
        rows = enumerate(block[:HEADS_WITHIN])
        return next((at for at, line in rows if self.heads.are_heads(line.cells)), None)

    def _read_tables(self, blocks: Sequence[Sequence[Line]], tables: Mapping[int, int]) -> None:
        reader = TableReader(self.heads, self.words, self.forest, self.joined)
        last: tuple[int, Sequence[str]] | None = None
        for n, block in enumerate(blocks):
            if n in tables:
                reader.above = self._above(reader, blocks[n][tables[n]])
                reader.read(block, tables[n])
                last = (n, [squeeze(cell) for cell in block[tables[n]].cells])
            elif block[0].cells and last and len(block[0].cells) == len(last[1]):
                reader.go_on(block)
            elif block[0].cells:
                for line in block:
                    for cell in own_cells(line):
                        self.forest.mention(cell, "other table")
            else:
                self._between(reader, block)

    def _above(self, reader: TableReader, head: Line) -> Node | None:
        return (
            reader.above
            if LEVELS[0] not in map(self.heads.meaning, map(squeeze, head.cells))
            else None
        )

    def _between(self, reader: TableReader, block: Sequence[Line]) -> None:
        """Read the lines of text before and between tables: the last numbered one may head the next table."""
        for line in block:
            marker, text = numbered(line.text)
            heads = marker and marker.kind in {"chapter", "part"} and len(text) <= LONGEST_HEADING
            if marker and heads and not pattern("[。；]").search(text):
                title = piece(TEXT, line, text=text)
                reader.above = Node(marker.kind, marker.number, marker.printed)
                reader.above.title, reader.above.cells = title.passage, [title]
            else:
                before = not self.forest.root.children
                self.forest.mention(piece(TEXT, line), "preamble" if before else "note")

    def _read_text(self, lines: Sequence[Line]) -> None:
        TextReader(self.heads, self.words, self.forest).read(list(_as_text(lines)))


def _plain(line: Line) -> Line:
    cells = tuple(cell.translate(LOOK_ALIKES) for cell in line.cells)
    return replace(line, text=line.text.translate(LOOK_ALIKES), cells=cells)


def _as_text(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the rows of tables without heads as lines: nothing is known of their columns."""
    for line in lines:
        yield replace(line, cells=()) if line.cells else line
