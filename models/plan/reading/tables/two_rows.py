"""Heads of two rows: the upper one over several columns, the lower one for each of them."""

from collections.abc import Sequence

from models.plan.reading.tables.heads import HEADS
from models.plan.reading.text.patterns import pattern

# What stands below 时间安排 and says which of the two times a column has.
_BOUNDS = r"(?:{始末})(?:时间|日期)?"


def of_two_rows(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return the heads of two rows: 责任分工 over 牵头单位 and 配合单位; what is empty below is merged.

    时间安排 over 启动 and 完成 is 启动时间安排 and 完成时间安排.
    """
    if len(above) != len(below):
        return list(below)
    over = _over(above)
    dated = pattern(HEADS[1][1])
    return [
        low + high if pattern(_BOUNDS).fullmatch(low) and dated.search(high) else low or high
        for high, low in zip(over, below, strict=True)
    ]


def are_bounds(above: Sequence[str], below: Sequence[str]) -> bool:
    """Say whether a row below heads only parts 起止时间 into 起 and 止; the rest is empty or merged."""
    if len(above) != len(below):
        return False
    own = [
        (high, low) for high, low in zip(_over(above), below, strict=True) if low not in {"", high}
    ]
    dated = pattern(HEADS[1][1])
    return len(own) > 1 and all(
        pattern(_BOUNDS).fullmatch(low) and dated.search(high) for high, low in own
    )


def _over(heads: Sequence[str]) -> list[str]:
    """Return what stands over each column; the empty cell beside 起止时间 was merged with it."""
    over: list[str] = []
    for head in heads:
        merged = over and not head and pattern(HEADS[1][1]).search(over[-1])
        over.append(over[-1] if merged else head)
    return over
