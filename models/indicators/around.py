"""What of a table is no row of indicators: heads said again, rows of sums, notes, titles."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.indicators.columns import Heads
from models.indicators.forest import Forest, own_cells
from models.indicators.points import cell_points
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze


@dataclass(frozen=True)
class Around:
    """Keeps as mentions what stands around the rows of a table."""

    heads: Heads
    forest: Forest

    def mention(self, line: Line, kind: str) -> None:
        """Keep every cell of a row as a mention."""
        for cell in own_cells(line):
            self.forest.mention(cell, kind)

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
        first = squeeze(own[0].text) if own else ""
        before = "^{合计行}(?:分值?)?[：]?"
        again = [squeeze(cell) for cell in line.cells] == list(head)
        if again or (len(own) > 1 and self.heads.are_heads(line.cells)):
            self.mention(line, "header")
        elif pattern(before + "(?:{分数}分?)?").fullmatch(first):
            self.mention(line, "sum")
            for cell in own[1:] or own:
                value = cell_points(pattern(before).sub("", squeeze(cell.text)))
                if value is not None:
                    self.forest.sums.append((cell, value))
        elif len(own) == 1 and pattern("{附注行}{N}?[：.、]").match(first):
            self.mention(line, "note")
        else:
            return not own
        return True
