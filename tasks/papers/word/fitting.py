"""Share the room of a table among its columns so that its rows together are as low as they can be."""

from collections.abc import Sequence
from math import ceil, floor

STEP = 0.5  # characters by which a column grows
MOST_MOVES = 12  # when the widths are looked over at the end
SLACK = 0.05  # characters that a line may be over
LONG = 5  # characters; a column of more takes what room is left
SHORT = 10  # characters; where no column has more, all take of what room is left

Widths = Sequence[float]


def fitted(least: Widths, most: Widths, room: float, rows: Sequence[Widths]) -> list[float]:
    """Return widths in characters, not below ``least``, that fill ``room``; ``rows`` are how wide each cell is.

    ``least`` together is less than ``room``. Step by step the column grows that makes rows lower; what is
    left over goes to the columns with long texts, to all where none has any.
    """
    widths = list(least)
    left = room - sum(widths)
    while left >= STEP and (n := _helped(widths, most, rows)) is not None:
        widths[n] += STEP
        left -= STEP
    widths = _looked_over(widths, least, rows)
    has_texts = max(most) > SHORT
    weights = [one if one > LONG or not has_texts else 0.0 for one in most]
    return [one + left * own / sum(weights) for one, own in zip(widths, weights, strict=True)]


def _helped(widths: Widths, most: Widths, rows: Sequence[Widths]) -> int | None:
    """Return the column that makes the rows lowest by growing; None where every row has one line."""
    gains = [0.0] * len(widths)
    highest = [0] * len(widths)
    for row in rows:
        lines = [max(1.0, cell / own) for cell, own in zip(row, widths, strict=True)]
        n = max(range(len(lines)), key=lines.__getitem__)
        if lines[n] <= 1 or widths[n] >= most[n]:
            continue
        second = max((one for m, one in enumerate(lines) if m != n), default=1.0)
        gains[n] += lines[n] - max(1.0, second, row[n] / (widths[n] + STEP))
        highest[n] += 1
    best = max(range(len(widths)), key=lambda n: (gains[n], highest[n]))
    return best if highest[best] else None


def _looked_over(widths: list[float], least: Widths, rows: Sequence[Widths]) -> list[float]:
    """Return ``widths`` with steps moved from column to column while that saves whole lines."""
    best = _height(widths, rows)
    for _ in range(MOST_MOVES):
        moved = None
        for giver in range(len(widths)):
            for taker in range(len(widths)):
                if giver == taker or widths[giver] - STEP < least[giver]:
                    continue
                tried = list(widths)
                tried[giver] -= STEP
                tried[taker] += STEP
                if (height := _height(tried, rows)) < best:
                    best, moved = height, tried
        if moved is None:
            return widths
        widths = moved
    return widths


def _height(widths: Widths, rows: Sequence[Widths]) -> int:
    """Return how many lines the rows have together; a line holds whole characters."""
    whole = [max(1, floor(one + SLACK)) for one in widths]
    return sum(
        max(
            1 if cell <= own else ceil(cell / full)
            for cell, own, full in zip(row, widths, whole, strict=True)
        )
        for row in rows
    )
