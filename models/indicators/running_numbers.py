"""Whether the numbers of a system run on without a gap, through each heading or through a whole level."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from models.indicators.nodes import Forest, SystemNode
from models.indicators.numbers import count_of
from models.indicators.system import SystemDoubt, SystemIndicator

Counted = list[tuple[int, SystemNode]]


def running_number_doubts(
    forest: Forest, places: Mapping[int, int], indicators: Sequence[SystemIndicator]
) -> Iterator[SystemDoubt]:
    """Yield where numbers leave one out, say one twice or go back; ``places`` are those of nodes by identity."""
    levels: dict[int, list[Counted]] = {}
    for siblings in (forest.tops, *(each.children for each in forest.walk())):
        if counted := _counted(siblings):
            levels.setdefault(siblings[0].level, []).append(counted)
    for groups in levels.values():
        ordered = [list(chain(*groups))] if _runs_through(groups) else groups
        for group in ordered:
            before = 0
            for number, node in group:
                if said := _gap(before, number, node, forest):
                    at = places[id(node)]
                    one = indicators[at]
                    yield SystemDoubt(
                        where=f"indicators[{at}].code",
                        line=one.line,
                        text=one.text[:80],
                        reason=said,
                    )
                before = number


def _counted(siblings: Sequence[SystemNode]) -> Counted:
    return [(number, each) for each in siblings if (number := count_of(each.number))]


def _runs_through(groups: Sequence[Counted]) -> bool:
    """Say whether the numbers of a level go on from one heading to the next (1 to 104)."""
    on = sum(after[0][0] > before[-1][0] for before, after in zip(groups, groups[1:], strict=False))
    return on * 2 > len(groups) - 1


def _gap(before: int, number: int, node: SystemNode, forest: Forest) -> str:
    """Return what is wrong with the number behind another; numbers of chapters left aside are not missed."""
    if number == before:
        return f"编号“{node.number}”与前一项重复"
    start = f"编号不连续：{before} 之后是 {number}" if before else f"编号不连续：从 {number} 开始"
    if number < before:
        return f"{start}，往回数了"
    missed = [n for n in range(before + 1, number) if (node.kind, n) not in forest.passed]
    if not missed:
        return ""
    return f"{start}，缺 {missed[0]}" + (f" 至 {missed[-1]}" if len(missed) > 1 else "")
