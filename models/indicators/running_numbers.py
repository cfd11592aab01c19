"""Whether the numbers of a system run on without a gap, through each heading or through a whole level."""

from collections.abc import Iterator, Sequence
from itertools import chain

from models.indicators.forest import Forest, printed_number
from models.indicators.system import SystemIndicator
from models.plan.reading.accounting.told import DoubtTold
from models.plan.reading.outline.outline import Node


def running_number_doubts(
    forest: Forest, indicators: Sequence[SystemIndicator]
) -> Iterator[DoubtTold]:
    """Yield where numbers leave one out, say one twice or go back."""
    read = dict(zip(forest.nodes(), enumerate(indicators), strict=True))
    levels: dict[int, list[list[Node]]] = {}
    for parent in forest.root.walk():
        if counted := [each for each in parent.children if each.number]:
            levels.setdefault(read[counted[0]][1].level, []).append(counted)
    for groups in levels.values():
        ordered = [list(chain(*groups))] if _runs_through(groups) else groups
        for group in ordered:
            before = 0
            for node in group:
                if said := _gap(before, node, forest):
                    at, one = read[node]
                    yield DoubtTold(f"indicators[{at}].code", one.line, one.text[:80], said)
                before = node.number


def _runs_through(groups: Sequence[Sequence[Node]]) -> bool:
    """Say whether the numbers of a level go on from one heading to the next (1 to 104)."""
    on = sum(
        after[0].number > before[-1].number
        for before, after in zip(groups, groups[1:], strict=False)
    )
    return on * 2 > len(groups) - 1


def _gap(before: int, node: Node, forest: Forest) -> str:
    """Return what is wrong with the number behind another; numbers of chapters left aside are not missed."""
    number = node.number
    if number == before:
        return f"编号“{printed_number(node)}”与前一项重复"
    start = f"编号不连续：{before} 之后是 {number}" if before else f"编号不连续：从 {number} 开始"
    if number < before:
        return f"{start}，往回数了"
    missed = [n for n in range(before + 1, number) if (node.kind, n) not in forest.passed]
    if not missed:
        return ""
    return f"{start}，缺 {missed[0]}" + (f" 至 {missed[-1]}" if len(missed) > 1 else "")
