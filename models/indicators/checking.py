"""What a system says of itself that does not agree: points, sums, stated counts."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from models.indicators.forest import Forest
from models.indicators.points import points_within
from models.indicators.system import SystemIndicator
from models.plan.reading.accounting.told import DoubtTold
from models.rules.evidence.demands import demand_doubts
from models.rules.figures.decimals import exact, in_figures

LEVEL_WORDS = {1: "一级指标", 2: "二级指标", 3: "三级指标"}
FULL = 100.0


def sum_doubts(indicators: Sequence[SystemIndicator], total: float | None) -> Iterator[DoubtTold]:
    """Yield where the points of those below do not add up to those above, with both numbers."""
    below: dict[str | None, list[SystemIndicator]] = {}
    for one in indicators:
        below.setdefault(one.parent, []).append(one)
    for at, one in enumerate(indicators):
        if one.score is None:
            continue
        children = _nearest_scored(one, below)
        if not children:
            parts = [demand.score for demand in one.demands if demand.score is not None]
            if parts and _sum(parts) != exact(one.score):
                yield _doubt(at, one, "各项要求里写的", _sum(parts))
            rule = points_within(one.scoring)
            if len(rule) > 1 and _sum(rule) != exact(one.score):
                yield _doubt(at, one, "评分标准里写的", _sum(rule))
            continue
        without = [child.code for child in children if child.score is None]
        if without:
            said = f"下级里 {'、'.join(without[:5])} 没有分值，其余的有"
            yield DoubtTold(
                where=f"indicators[{at}]", line=one.line, text=one.text[:80], reason=said
            )
        worth = _sum([child.score for child in children])
        if worth != exact(one.score):
            yield _doubt(at, one, "下级", worth)
    nearest = [
        each
        for top in below.get(None, [])
        for each in ([top] if top.score is not None else _nearest_scored(top, below))
    ]
    scored = [one.score for one in nearest if one.score is not None]
    wanted = FULL if total is None else total
    if scored and _sum(scored) != exact(wanted):
        stated = (
            f"文中写的是 {_said(wanted)} 分"
            if total is not None
            else "文中没有写满分，通常是 100 分"
        )
        yield DoubtTold(
            where="total",
            line=None,
            text="",
            reason=f"各项分值合计 {_said(_sum(scored))} 分，{stated}",
        )


def _nearest_scored(
    one: SystemIndicator, below: Mapping[str | None, Sequence[SystemIndicator]]
) -> list[SystemIndicator]:
    """Return the indicators below one that say points, the nearest on each way down; none where none does.

    One without points stands among them where others beside it have some.
    """
    found: list[SystemIndicator] = []
    for child in below.get(one.code, ()):
        found += [child] if child.score is not None else _nearest_scored(child, below) or [child]
    return found if any(each.score is not None for each in found) else []


def row_of_sums_doubts(
    forest: Forest, indicators: Sequence[SystemIndicator]
) -> Iterator[DoubtTold]:
    """Yield where a row of sums says what no level adds up to."""
    sums = {
        _sum([one.score for one in indicators if one.level == level]) for level in LEVEL_WORDS
    } | {_sum(_leaves(indicators))}
    for cell, value in forest.sums:
        if exact(value) not in sums:
            told = "、".join(_said(each) for each in sorted(sums) if each)
            yield DoubtTold(
                where="total",
                line=cell.line,
                text=cell.text,
                reason=f"合计行写的是 {_said(value)} 分，各级读到的合计是 {told or '0'} 分",
            )


def _leaves(indicators: Sequence[SystemIndicator]) -> list[float]:
    parents = {one.parent for one in indicators}
    return [one.score for one in indicators if one.score is not None and one.code not in parents]


def count_doubts(
    indicators: Sequence[SystemIndicator], stated: Mapping[int, int]
) -> Iterator[DoubtTold]:
    """Yield where a level has more or fewer indicators than the document says."""
    for level, wanted in sorted(stated.items()):
        found = sum(one.level == level for one in indicators)
        if found != wanted:
            yield DoubtTold(
                where="counts",
                line=None,
                text="",
                reason=f"文中写有{LEVEL_WORDS[level]} {wanted} 项，读到 {found} 项",
            )


def number_in_demand_doubts(indicators: Sequence[SystemIndicator]) -> Iterator[DoubtTold]:
    """Yield the demands with a number that was not read as a target, or with several targets."""
    for at, one in enumerate(indicators):
        for n, demand in enumerate(one.demands):
            targets = [target for target in demand.targets if not target.implicit]
            compared = any(target.change for target in targets)
            told = demand_doubts(
                demand.text, len(targets), has_target=bool(targets), compared=compared
            )
            for reason in told:
                yield DoubtTold(
                    where=f"indicators[{at}].demands[{n}]",
                    line=one.line,
                    text=demand.text[:200],
                    reason=reason,
                )


def _doubt(at: int, one: SystemIndicator, whose: str, worth: Decimal) -> DoubtTold:
    """Return the doubt that the points of an indicator are not what those of its parts come to."""
    return DoubtTold(
        where=f"indicators[{at}].score",
        line=one.line,
        text=one.text[:80],
        reason=f"分值写的是 {_said(one.score or 0)} 分，{whose}合计 {_said(worth)} 分",
        proposal=f"{one.code} 的分值改为 {_said(worth)} 分",
    )


def _sum(points: Sequence[float | None]) -> Decimal:
    return sum((exact(each) for each in points if each is not None), Decimal(0))


def _said(points: float | Decimal) -> str:
    return in_figures(exact(points))
