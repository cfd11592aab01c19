"""What of a table is no row of indicators: heads said again, rows of sums, notes, titles."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.indicators.columns import Heads
from models.indicators.nodes import Forest, SystemPiece
from models.indicators.points import cell_points
from models.indicators.words import SystemWords
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze

NUMBER_ALONE = r"\d{1,4}|（?[{一}]{1,3}）?"  # in a cell of its own


def own_cells(line: Line) -> list[tuple[int, str]]:
    """Return the cells of a row that say something with their places, what is merged over columns once."""
    cells = line.cells or (line.text,)
    return [
        (at, cell)
        for at, cell in enumerate(cells)
        if cell.strip() and (not at or cell != cells[at - 1])
    ]


def number_and_text(line: Line, places: Sequence[int]) -> tuple[str, str]:
    """Return the number of a level that stands in a cell of its own, and the words of its other cells."""
    cells = [line.cells[at] for at in places if at < len(line.cells)]
    own = list(dict.fromkeys(cell for cell in cells if cell.strip()))
    digits = [squeeze(cell).rstrip(".、") for cell in own]
    alone = next((d for d in digits if pattern(NUMBER_ALONE).fullmatch(d)), "")
    texts = [c for c, d in zip(own, digits, strict=True) if d != alone or not alone]
    return (alone, "\n".join(texts)) if texts else ("", "\n".join(own))


@dataclass(frozen=True)
class Around:
    """Keeps as mentions what stands around the rows of a table."""

    heads: Heads
    words: SystemWords
    forest: Forest

    def mention(self, line: Line, kind: str) -> None:
        """Keep every cell of a row as a mention."""
        for at, text in own_cells(line):
            self.forest.mention(SystemPiece(line.number, text, at), kind)

    def is_second_head(self, head: Sequence[str], line: Line) -> bool:
        """Say whether a row parts the heads above it further: 责任分工 over 牵头单位 and 责任单位."""
        cells = [squeeze(cell) for cell in line.cells]
        pairs = list(zip(head, cells, strict=False))
        same = sum(a == b for a, b in pairs if a)
        others = [b for a, b in pairs if b and a != b]
        parts = same >= 1 and 0 < len(others) <= len(cells) - same
        return parts and self.heads.are_heads(cells)

    def takes(self, head: Sequence[str], line: Line) -> bool:
        """Keep what is no row of indicators as a mention; say whether it is one."""
        own = own_cells(line)
        first = squeeze(own[0][1]) if own else ""
        sums, notes = self.words.either("合计行"), self.words.either("附注行")
        again = [squeeze(cell) for cell in line.cells] == list(head)
        if again or (len(own) > 1 and self.heads.are_heads(line.cells)):
            self.mention(line, "header")
        elif pattern(rf"(?:{sums})(?:分值?)?[：]?(?:\d{{1,4}}(?:\.\d+)?分?)?").fullmatch(first):
            self.mention(line, "sum")
            before = pattern(rf"^(?:{sums})(?:分值?)?[：]?")
            for at, cell in own[1:] or own:
                value = cell_points(before.sub("", squeeze(cell)))
                if value is not None:
                    self.forest.sums.append((SystemPiece(line.number, cell, at), value))
        elif len(own) == 1 and pattern(rf"(?:{notes})\d{{0,2}}[：.、]").match(first):
            self.mention(line, "note")
        else:
            return not own
        return True
