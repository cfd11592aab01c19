"""One change of a plan, and the words that changes are said in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.rules.bounds import shown

NOTHING = "（无）"


class PlanPart(StrEnum):
    """What of a plan a change is in; the value is its word."""

    STAGE = "阶段"
    TASK = "任务"
    DUTY = "周期工作"
    GROUP = "组织机构"
    PLAN = "方案"


class ChangeKind(StrEnum):
    """What happened to it; the value is its word."""

    NEW = "新增"
    GONE = "取消"
    CHANGED = "调整"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One thing that a later plan says otherwise: of what, what happened, and the words of each difference.

    ``asked`` says why a person should look at the match itself; "" where it is clear. ``old`` and ``new``
    are the ordinals in the two plans, for what has one.
    """

    part: PlanPart
    kind: ChangeKind
    subject: str
    says: Sequence[str] = ()
    asked: str = ""
    old: int | None = None
    new: int | None = None

    def in_words(self) -> str:
        """Return the change in one line."""
        said = "；".join(self.says)
        look = f"（请核对：{self.asked}）" if self.asked else ""
        verb = f"{self.kind.value}" if self.kind is not ChangeKind.CHANGED else ""
        return f"{verb}{self.subject}{look}" + (f"：{said}" if said else "")


def called(name: str, longest: int = 30) -> str:
    """Return the name of an item as it is quoted in a line."""
    return f"“{shown(name[:longest])}{'…' if len(name) > longest else ''}”"


def moved_day(what: str, old: date | None, new: date | None, none: str = "未定") -> list[str]:
    """Return how a day moved, and by how much; nothing where it stays."""
    if old == new:
        return []
    said = f"{what} {old or none} → {new or none}"
    if old and new:
        days = (new - old).days
        said += f"（{'晚' if days > 0 else '早'} {abs(days)} 天）"
    return [said]


def reworded(what: str, old: str, new: str) -> list[str]:
    """Return what a text was and is; nothing where it is the same."""
    return [] if old == new else [f"{what}由{_quoted(old)}改为{_quoted(new)}"]


def _quoted(text: str) -> str:
    return called(text, 60) if text else NOTHING


def joined_and_left(what: str, old: Iterable[str], new: Iterable[str]) -> list[str]:
    """Return which names came to a list and which are gone; their order says nothing."""
    before, after = list(dict.fromkeys(old)), list(dict.fromkeys(new))
    came = [shown(one[:60]) for one in after if one not in before]
    left = [shown(one[:60]) for one in before if one not in after]
    said = [f"{what}增加 {'、'.join(came)}"] if came else []
    return said + ([f"{what}减少 {'、'.join(left)}"] if left else [])
