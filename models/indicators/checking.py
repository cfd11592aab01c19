"""What a system says of itself that does not agree: points, sums, stated counts, running numbers."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from models.indicators.forest import Forest, printed_number
from models.indicators.points import points_within
from models.indicators.system import IndicatorSystem, SystemIndicator
from models.plan.reading.accounting.told import DoubtTold
from models.plan.reading.outline.outline import Node
from models.rules.evidence.demands import demand_doubts
from models.rules.figures.decimals import exact, in_figures

LEVEL_WORDS = {1: "一级指标", 2: "二级指标", 3: "三级指标"}
FULL = 100.0
Below = Mapping[str | None, Sequence[SystemIndicator]]  # by the code of the one above


def disagreements(system: IndicatorSystem, forest: Forest) -> Iterator[DoubtTold]:
    """Yield every doubt about what a system says of itself."""
    yield from _sums(system)
    yield from _numbers_in_demands(system.indicators)
    yield from _rows_of_sums(forest, system.indicators)
    yield from _running_numbers(forest, system.indicators)
    for level, wanted in system.counts.items():
        found = sum(one.level == int(level) for one in system.indicators)
        if found != wanted:
            said = f"文中写有{LEVEL_WORDS[int(level)]} {wanted} 项，读到 {found} 项"
            yield DoubtTold("counts", None, "", said)


def _sums(system: IndicatorSystem) -> Iterator[DoubtTold]:
    """Yield where the points of those below do not add up to those above, with both numbers."""
    below: dict[str | None, list[SystemIndicator]] = {}
    for one in system.indicators:
        below.setdefault(one.parent, []).append(one)
    for at, one in enumerate(system.indicators):
        if one.score is None:
            continue
        children = _nearest_scored(one.code, below)
        if without := [child.code for child in children if child.score is None]:
            said = f"下级里 {'、'.join(without[:5])} 没有分值，其余的有"
            yield DoubtTold(f"indicators[{at}]", one.line, one.text[:80], said)
        for whose, points in _parts(one, children):
            if points and (worth := _sum(points)) != exact(one.score):
                said = f"分值写的是 {_said(one.score)} 分，{whose}合计 {_said(worth)} 分"
                better = f"{one.code} 的分值改为 {_said(worth)} 分"
                where = f"indicators[{at}].score"
                yield DoubtTold(where, one.line, one.text[:80], said, better)
    scored = _nearest_scored(None, below)
    total = _sum([one.score for one in scored])
    stated = "文中没有写满分，通常是 100 分"
    if system.total is not None:
        stated = f"文中写的是 {_said(system.total)} 分"
    if scored and total != exact(FULL if system.total is None else system.total):
        yield DoubtTold("total", None, "", f"各项分值合计 {_said(total)} 分，{stated}")


def _parts(
    one: SystemIndicator, children: Sequence[SystemIndicator]
) -> Iterator[tuple[str, list[float]]]:
    """Yield the points that should come to those of an indicator, and whose they are."""
    yield "下级", [child.score for child in children if child.score is not None]
    if not children:
        yield (
            "各项要求里写的",
            [each.score for each in one.demands if each.score is not None],
        )
        rule = points_within(one.scoring)
        yield "评分标准里写的", rule if len(rule) > 1 else []


def _nearest_scored(code: str | None, below: Below) -> list[SystemIndicator]:
    """Return the indicators below one that say points, the nearest on each way down; none where none does.

    One without points stands among them where others beside it have some.
    """
    found: list[SystemIndicator] = []
    for child in below.get(code, ()):
        found += (
            [child] if child.score is not None else _nearest_scored(child.code, below) or [child]
        )
    return found if any(each.score is not None for each in found) else []


def _rows_of_sums(forest: Forest, indicators: Sequence[SystemIndicator]) -> Iterator[DoubtTold]:
    """Yield where a row of sums says what no level adds up to."""
    parents = {one.parent for one in indicators}
    levels = [[one.score for one in indicators if one.level == level] for level in LEVEL_WORDS]
    leaves = [one.score for one in indicators if one.code not in parents]
    sums = sorted({*map(_sum, [*levels, leaves])})
    told = "、".join(_said(each) for each in sums if each) or "0"
    for cell, value in forest.sums:
        if exact(value) not in sums:
            said = f"合计行写的是 {_said(value)} 分，各级读到的合计是 {told} 分"
            yield DoubtTold("total", cell.line, cell.text, said)


def _numbers_in_demands(indicators: Sequence[SystemIndicator]) -> Iterator[DoubtTold]:
    """Yield the demands with a number that was not read as a target, or with several targets."""
    for at, one in enumerate(indicators):
        for n, demand in enumerate(one.demands):
            targets = [target for target in demand.targets if not target.implicit]
            compared = any(target.change for target in targets)
            for reason in demand_doubts(
                demand.text, len(targets), has_target=bool(targets), compared=compared
            ):
                where = f"indicators[{at}].demands[{n}]"
                yield DoubtTold(where, one.line, demand.text[:200], reason)


def _running_numbers(forest: Forest, indicators: Sequence[SystemIndicator]) -> Iterator[DoubtTold]:
    """Yield where numbers leave one out, say one twice or go back: below each heading or through a level."""
    read = dict(zip(forest.nodes(), enumerate(indicators), strict=True))
    levels: dict[int, list[list[Node]]] = {}
    for parent in forest.root.walk():
        if counted := [each for each in parent.children if each.number]:
            levels.setdefault(read[counted[0]][1].level, []).append(counted)
    for groups in levels.values():
        for group in [list(chain(*groups))] if _runs_through(groups) else groups:
            before = 0
            for node in group:
                if said := _gap(before, node, forest):
                    at, one = read[node]
                    yield DoubtTold(f"indicators[{at}].code", one.line, one.text[:80], said)
                before = node.number


def _runs_through(groups: Sequence[Sequence[Node]]) -> bool:
    """Say whether the numbers of a level go on from one heading to the next (1 to 104)."""
    pairs = zip(groups, groups[1:], strict=False)
    on = sum(after[0].number > before[-1].number for before, after in pairs)
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


def _sum(points: Sequence[float | None]) -> Decimal:
    return sum((exact(each) for each in points if each is not None), Decimal(0))


def _said(points: float | Decimal) -> str:
    return in_figures(exact(points))
