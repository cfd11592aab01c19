"""Deputies that lead nowhere, and posts that are one person: what to say of them, with the mend."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Loan:
    """A post's decisions in the hands of a deputy, from ``first`` to ``last``; both by title."""

    post: str
    deputy: str
    first: date
    last: date

    def meets(self, other: "Loan") -> tuple[date, date] | None:
        """Return the days on which both stand, None when there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return (first, last) if first <= last else None


@dataclass(frozen=True, slots=True)
class Seat:
    """A post of a campaign as its channels know it: by title and tag."""

    title: str
    tag: str


def circles(loans: Sequence[Loan]) -> list[str]:
    """Return a line for each two who deputise for each other, and for each deputy of a deputy.

    A question goes one step and no further: to a deputy who lent it on, or is away too.
    """
    lines = []
    for one, other in combinations(loans, 2):
        if (one.post, one.deputy) == (other.deputy, other.post) and (days := one.meets(other)):
            lines.append(
                f"{one.post}和{one.deputy}在 {_span(days)} 互相代为决定，等于两人都没有人代："
                f"请结束其中一个（shifan decision undelegate {other.post} --by 创建办），或改委托别的岗位"
            )
    for one in loans:
        for on in loans:
            if one.deputy != on.post or on.deputy == one.post or not (days := one.meets(on)):
                continue
            lines.append(
                f"{one.post}委托{one.deputy}，而{one.deputy}在 {_span(days)} 又委托了{on.deputy}："
                f"{one.post}的审批只到{one.deputy}，不会再往下转，请把{one.post}的审批直接委托给{on.deputy}"
                f"（shifan decision delegate {one.post} --to {on.deputy}）"
            )
    return list(dict.fromkeys(lines))


def same_people(seats: Sequence[Seat]) -> list[str]:
    """Return a line for each two posts that one channel tag makes the same person."""
    return [
        f"{one.title}和{other.title}用同一个标签“{one.tag}”，是同一个人兼任：催办和升级到头来还是找他，"
        f"他提请的审批会由他自己决定；请给其中一个岗位填别人的标签，或在联系人表里把它设为空缺"
        for one, other in combinations(seats, 2)
        if one.tag == other.tag
    ]


def own_request(by: str, deciders: Iterable[Seat], seats: Sequence[Seat]) -> str:
    """Return what to say where whoever asks would also decide; empty where nobody does both."""
    asking = next((seat for seat in seats if seat.title == by), None)
    for decider in deciders:
        if decider.title == by or (asking and decider.tag == asking.tag):
            return (
                f"这次审批由{by}提请，又由{decider.title}决定，是同一个人：请由别的岗位提请，"
                f"或先把{decider.title}的审批委托给别的岗位（shifan decision delegate）"
            )
    return ""


def _span(days: tuple[date, date]) -> str:
    first, last = days
    return f"{first}" if first == last else f"{first} 至 {last}"
