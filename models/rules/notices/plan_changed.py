"""What units and leaders are told when the plan was revised: only what is another for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.rules.bounds import shown

NAMED = 8  # items in one notice; all stand in the checklist
_HEAD = "方案已经修订"


@dataclass(frozen=True, slots=True)
class UnitPart:
    """A unit's part: the code of the item, its title, its day."""

    code: str
    title: str
    due: date | None


def parts_changed(before: Mapping[str, UnitPart], after: Mapping[str, UnitPart]) -> str:
    """Return what is another for a unit; "" for nothing. Items are told by code, in their order."""
    moved = [
        f"{_named(now)}的时限由 {_day(was.due)} 改为 {_day(now.due)}"
        for code, now in after.items()
        if (was := before.get(code)) and was.due != now.due
    ]
    new = [
        f"新增{_named(now)}，时限 {_day(now.due)}"
        for code, now in after.items()
        if code not in before
    ]
    gone = [f"不再承担{_named(was)}" for code, was in before.items() if code not in after]
    return _said([*moved, *new, *gone], "全部见本单位的清单")


def stages_moved(
    before: Mapping[int, tuple[str, date | None, date | None]],
    after: Mapping[int, tuple[str, date | None, date | None]],
) -> str:
    """Return which stages have other days, are new or gone, by their ids; "" for none."""
    lines = []
    for key, (name, start, end) in after.items():
        was = before.get(key)
        if was is None:
            lines.append(f"新增阶段“{shown(name)}”（{_day(start)} 至 {_day(end)}）")
        elif was[1:] != (start, end):
            lines.append(
                f"“{shown(name)}”由 {_day(was[1])} 至 {_day(was[2])} 改为 {_day(start)} 至 {_day(end)}"
            )
    lines += [f"取消阶段“{shown(was[0])}”" for key, was in before.items() if key not in after]
    return _said(lines, "全部见 shifan status")


def to_pass_on(units: Sequence[str]) -> str:
    """Return what is asked of whoever hears in the place of units that cannot be told."""
    more = f"等 {len(units)} 个单位" if len(units) > NAMED else ""
    named = "、".join(shown(one) for one in units[:NAMED])
    return f"{_HEAD}，{named}{more}的事项有变，通知不到本单位，请转告（shifan checklist 单位）"


def _named(part: UnitPart) -> str:
    return f" {part.code}“{shown(part.title[:40])}”"


def _day(day: date | None) -> str:
    return str(day or "未定")


def _said(lines: Iterable[str], where: str) -> str:
    told = list(lines)
    if not told:
        return ""
    more = f"；等 {len(told)} 处，{where}" if len(told) > NAMED else ""
    return f"{_HEAD}：{'；'.join(one.strip() for one in told[:NAMED])}{more}"
