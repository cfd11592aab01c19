"""The scoring table as a tree: which indicators are scored, and what does not add up in it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.rules.figures.decimals import in_figures

FULL_MARKS = Decimal(100)
LEVELS = ("一级", "二级", "三级")
_LAST = re.compile(r"([0-9]{1,4})$")


@dataclass(frozen=True, slots=True)
class Node:
    """An indicator in the tree; ``points`` None where the table gives it none."""

    id: int
    code: str
    level: int
    parent_id: int | None
    points: Decimal | None = None


def in_tree_order(nodes: Iterable[Node]) -> list[Node]:
    """Return the nodes as a table shows them: each followed by its children, siblings as they came."""
    every = list(nodes)
    children, known = _children(every), {node.id for node in every}
    tops = [node for node in every if node.parent_id not in known]
    found: list[Node] = []
    stack = tops[::-1]
    while stack:
        node = stack.pop()
        found.append(node)
        stack += children.get(node.id, [])[::-1]
    return found


def _children(nodes: Sequence[Node]) -> Mapping[int, list[Node]]:
    found: dict[int, list[Node]] = {}
    for node in nodes:
        if node.parent_id is not None:
            found.setdefault(node.parent_id, []).append(node)
    return found


def scored_ids(nodes: Sequence[Node]) -> set[int]:
    """Return the indicators that are scored themselves: the deepest with points, and every leaf.

    So a share on the first level (占总分值的15%) is scored there, and its leaves are still looked at
    one by one.
    """
    children = _children(nodes)
    by_id = {node.id: node for node in nodes}
    above_points: set[int] = set()
    for node in nodes:
        parent = by_id.get(node.parent_id or 0)
        while node.points is not None and parent and parent.id not in above_points:
            above_points.add(parent.id)
            parent = by_id.get(parent.parent_id or 0)
    return {
        node.id
        for node in nodes
        if node.id not in children or (node.points is not None and node.id not in above_points)
    }


def tree_doubts(
    nodes: Sequence[Node], total: Decimal = FULL_MARKS, counts: Sequence[int] = ()
) -> list[str]:
    """Return what does not add up in the office's table, in words: to be looked at, none of it a fault.

    Points of children against their parent's, the first level against ``total``, running numbers
    without a gap, and how many there are on each level against what was said (10/34/104).
    """
    if not any(node.points is not None for node in nodes):
        return [*_count_doubts(nodes, counts), *_number_doubts(nodes)]
    doubts = list(_sum_doubts(nodes))
    tops = [node for node in nodes if node.level == 1 and node.points is not None]
    scored = scored_ids(nodes)
    parts = tops or [node for node in nodes if node.id in scored]
    whole = sum((node.points or Decimal(0) for node in parts), Decimal(0))
    if whole != total:
        of = "一级指标的分值" if tops else "各项指标的分值"
        doubts.append(f"{of}合计 {in_figures(whole)} 分，不是 {in_figures(total)} 分")
    return [*doubts, *_count_doubts(nodes, counts), *_number_doubts(nodes)]


def _sum_doubts(nodes: Sequence[Node]) -> Iterator[str]:
    children = _children(nodes)
    for node in nodes:
        below = children.get(node.id, [])
        worth = [child.points for child in below if child.points is not None]
        if not worth:
            continue
        if len(worth) < len(below):
            without = [child.code for child in below if child.points is None]
            yield f"{node.code} 的下级里 {'、'.join(without[:5])} 没有分值，其余的有"
        if node.points is not None and sum(worth) != node.points:
            yield (
                f"{node.code} 分值 {in_figures(node.points)} 分，下级合计 {in_figures(sum(worth, Decimal(0)))} 分"
            )


def _count_doubts(nodes: Sequence[Node], counts: Sequence[int]) -> Iterator[str]:
    for level, said in enumerate(counts, start=1):
        found = sum(node.level == level for node in nodes)
        if found != said:
            yield f"{LEVELS[level - 1]}指标有 {found} 项，应有 {said} 项"


def _number_doubts(nodes: Sequence[Node]) -> Iterator[str]:
    """Yield where the numbers of siblings leave one out; numbers that run through the table too."""
    known = {node.id for node in nodes}
    siblings: dict[tuple[int, int | None], list[Node]] = {}
    for node in nodes:
        runs_through = node.code.isdecimal() and node.level > 1
        parent = node.parent_id if node.parent_id in known and not runs_through else None
        siblings.setdefault((node.level, parent), []).append(node)
    levels: dict[int, list[list[tuple[int, Node]]]] = {}
    for (level, _), group in siblings.items():
        numbered = [(int(found[1]), node) for node in group if (found := _LAST.search(node.code))]
        if numbered:
            levels.setdefault(level, []).append(sorted(numbered, key=lambda each: each[0]))
    for numbered in (each for groups in levels.values() for each in _running(groups)):
        before = (0, "")
        for number, node in numbered:
            if number > before[0] + 1:
                after = f"{before[1]} 之后是 {node.code}" if before[1] else f"从 {node.code} 开始"
                yield f"编号不连续：{after}"
            before = (number, node.code)


def _running(groups: Sequence[list[tuple[int, Node]]]) -> Sequence[list[tuple[int, Node]]]:
    """Return the numbers of a level as they count on: in one run where most headings go on with the one before."""
    on = sum(after[0][0] > before[-1][0] for before, after in zip(groups, groups[1:], strict=False))
    if on * 2 > len(groups) - 1:
        return [[each for group in groups for each in group]]
    return groups
