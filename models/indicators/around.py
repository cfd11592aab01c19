"""What of a table is no row of indicators: heads said again, rows of sums, notes, titles."""

from collections.abc import Sequence

from models.indicators.columns import Heads
from models.indicators.forest import Forest, own_cells
from models.indicators.points import cell_points
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze

SUM = "^{合计行}(?:分值?)?[：]?"


def is_second_head(head: Sequence[str], line: Line, heads: Heads) -> bool:
    """Say whether a row parts the heads above it further: 责任分工 over 牵头单位 and 责任单位."""
    cells = [squeeze(cell) for cell in line.cells]
    pairs = list(zip(head, cells, strict=False))
    same = sum(a == b for a, b in pairs if a)
    others = sum(a != b for a, b in pairs if b)
    return same >= 1 and 0 < others <= len(cells) - same and heads.are_heads(cells)


def kept_aside(head: Sequence[str], line: Line, heads: Heads, forest: Forest) -> bool:
    """Keep what is no row of indicators as a mention; say whether it is one."""
    own = own_cells(line)
    first = squeeze(own[0].text) if own else ""
    again = [squeeze(cell) for cell in line.cells] == list(head)
    if again or (len(own) > 1 and heads.are_heads(line.cells)):
        forest.mention_row(line, "header")
    elif pattern(SUM + "(?:{分数}分?)?").fullmatch(first):
        forest.mention_row(line, "sum")
        for cell in own[1:] or own:
            value = cell_points(pattern(SUM).sub("", squeeze(cell.text)))
            forest.sums += [(cell, value)] if value is not None else []
    elif len(own) == 1 and pattern("{附注行}{N}?[：.、]").match(first):
        forest.mention_row(line, "note")
    else:
        return not own
    return True
