"""Which column of a table is which level of the system, and whose points a column of points says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.indicators.columns import CONTENT, DEMAND, LEVELS, RULE, SCORE, Heads
from models.indicators.points import gives_or_takes
from models.plan.reading.outline.markers import code_of
from models.plan.reading.tables.heads import NUMBER
from models.plan.reading.text.patterns import pattern

LEVEL_WORDS = ("{一级列}", "{二级列}", "{三级列}")
Rows = Sequence[Sequence[str]]  # their cells without white space


@dataclass(frozen=True)
class Columns:
    """What each column holds; ``levels`` are the places of each level's, from the first on.

    ``scores`` says of each column of points of which of the levels (from 0) it is. ``by_codes``: the
    levels are told by the codes of the rows (1, 1.1, 1.1.1), all in one column.
    """

    holds: Sequence[str]
    levels: Sequence[Sequence[int]]
    numbers: Sequence[int]
    scores: Mapping[int, int]
    by_codes: bool

    @classmethod
    def of(cls, head: Sequence[str], rows: Rows, heads: Heads) -> "Columns":
        """Settle the columns of a table by its heads, and where these leave it open by its rows."""
        holds = [heads.meaning(each) for each in head]
        _settle_texts(holds, head, rows)
        levels = [_places(holds, level) for level in LEVELS if level in holds]
        numbers = _places(holds, NUMBER)
        scores = {at: _level_of_points(at, head, levels) for at in _places(holds, SCORE)}
        dotted = sum("." in code_of(row[at]) for row in rows for at in numbers[:1])
        by_codes = len(levels) == 1 and dotted > 0 and dotted * 2 >= len(rows)
        if not by_codes:
            numbers = _bound_numbers(numbers, levels, rows)
        return cls(holds, levels, numbers, scores, by_codes)


def _places(holds: Sequence[str], what: str) -> list[int]:
    return [at for at, column in enumerate(holds) if column == what]


def _settle_texts(holds: list[str], head: Sequence[str], rows: Rows) -> None:
    """Say of the columns of text without a level which they are of: the next level, or demands of the last."""
    before: int | None = None
    depth = len({*holds} & {*LEVELS})
    for at, column in enumerate(holds):
        if column in LEVELS:
            before = at
        if column != CONTENT:
            continue
        cells = [row[at] for row in rows if row[at]]
        told = sum(map(gives_or_takes, cells))
        if before is not None and told * 2 > len(cells):
            holds[at] = RULE
        elif before is not None and head[at] == head[before]:
            holds[at] = holds[before]
        elif depth >= len(LEVELS) or (before is not None and _one_each(rows, before)):
            holds[at] = DEMAND
        else:
            holds[at] = LEVELS[depth]
            depth += 1
            before = at


def _one_each(rows: Rows, at: int) -> bool:
    """Say whether each row has a cell of its own in a column, which none shares."""
    heads = [row[at] for row in rows]
    return len(heads) > 1 and all(heads) and len(set(heads)) == len(heads)


def _level_of_points(at: int, head: Sequence[str], levels: Sequence[Sequence[int]]) -> int:
    """Return the level that a column of points names or stands behind, else the last."""
    last = len(levels) - 1
    for level, places in enumerate(levels):
        if pattern(LEVEL_WORDS[level]).search(head[at]) or (level < last and at - 1 in places):
            return level
    return last


def _bound_numbers(numbers: Sequence[int], levels: Sequence[list[int]], rows: Rows) -> list[int]:
    """Put each column of numbers of a higher level to that level's; return those of the last level.

    Of several columns each is of the level that stands behind it; a single one is of a higher level
    where its number is the same for all that hangs on one indicator of that level.
    """
    left: list[int] = []
    last = len(levels) - 1
    firsts = [places[0] for places in levels]
    for at in numbers:
        if len(numbers) > 1:
            level = next((n for n, first in enumerate(firsts) if first > at), last)
        else:
            level = _level_of_numbers(at, levels, rows)
        if level < last:
            levels[level].insert(0, at)
        else:
            left.append(at)
    return left


def _level_of_numbers(at: int, levels: Sequence[Sequence[int]], rows: Rows) -> int:
    last = len(levels) - 1
    for level in range(last):
        groups: dict[tuple[str, ...], set[str]] = {}
        for row in rows:
            key = tuple(row[places[-1]] for places in levels[: level + 1])
            groups.setdefault(key, set()).add(row[at])
        said = [next(iter(each)) for each in groups.values() if len(each) == 1]
        if len(groups) < len(rows) and len(set(said)) == len(said) == len(groups) and all(said):
            return level
    return last
