"""What the office hears of the plan of visits: whom it leaves out, what of it cannot stay, which rounds are missing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.words import Worded

NAMED = 6  # units or visits in one sentence; more are counted


class Gap(Worded):
    """A kind of gap, in the order in which they are told."""

    UNPLANNED = "unplanned", "没有排到"
    STALE = "stale", "要重新排定"
    SHORT = "short", "次数不够"
    ROUNDS = "rounds", "缺轮次"


@dataclass(frozen=True, slots=True)
class VisitGap:
    """One gap: the unit (``number``: the round, or how many visits), the visit, or how many rounds there are.

    Of rounds ``name`` is how many there are and ``number`` how many there must be.
    """

    kind: Gap
    name: str
    number: int


def gaps_in_words(gaps: Sequence[VisitGap], wanted: int) -> str:
    """Return what the office hears, and what it can do; ``wanted`` is how many rounds there must be."""
    of: dict[Gap, list[VisitGap]] = defaultdict(list)
    for one in gaps:
        of[one.kind].append(one)
    rounds: dict[int, list[str]] = defaultdict(list)
    for one in of[Gap.UNPLANNED]:
        rounds[one.number].append(one.name)
    said = [
        f"第 {number} 轮还有 {len(units)} 个单位没有排到走访：{_some(units)}"
        for number, units in sorted(rounds.items())
    ]
    if stale := [one.name for one in of[Gap.STALE]]:
        said.append(f"{_some(stale)}的单位或督导组有了变化，要重新排定")
    if short := [f"{one.name}（{one.number} 次）" for one in of[Gap.SHORT]]:
        said.append(
            f"{len(short)} 个单位走访不到 {wanted} 次，要延长这一轮或增加一轮：{_some(short)}"
        )
    said += [_missing(one) for one in of[Gap.ROUNDS]]
    return f"{'；'.join(said)}。排定走访用 shifan inspection plan，确实不督导的单位在督导安排表里写明理由"


def _missing(one: VisitGap) -> str:
    there = f"只设了 {one.name} 轮，都已结束" if one.name != "0" else "一轮也没有设"
    return f"督导应有 {one.number} 轮，{there}，请用 shifan inspection round add 设下一轮"


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:NAMED]) + ("等" if len(names) > NAMED else "")
