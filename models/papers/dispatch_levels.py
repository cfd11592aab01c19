"""The colours of a dispatch: a table of the office's own, by time and by a former one left unanswered.

Colours are not fixed anywhere: some take blue, yellow, red by how late a thing is; some blue, orange, red, each
only after the one before it was not answered in time. So a level has both triggers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MOST_LEVELS = 6
_KEYS = {"name", "days_late", "answer_workdays"}


@dataclass(frozen=True, slots=True)
class DispatchLevel:
    """One colour: from how many days late on (below 0: before the day), and how long an answer may take."""

    name: str
    days_late: int
    answer_workdays: int


# From the mildest up: near its day, behind it, long behind it.
DEFAULT_LEVELS = (
    DispatchLevel("蓝色", -10, 5),
    DispatchLevel("黄色", 1, 3),
    DispatchLevel("红色", 15, 2),
)


def level_by_time(levels: Sequence[DispatchLevel], days_late: int) -> DispatchLevel:
    """Return the sternest level that ``days_late`` reaches, the mildest where it reaches none."""
    reached = [level for level in levels if days_late >= level.days_late]
    return reached[-1] if reached else levels[0]


def level_after(levels: Sequence[DispatchLevel], former: str) -> DispatchLevel | None:
    """Return the level above the one called ``former``, the last one where there is none above."""
    names = [level.name for level in levels]
    if former not in names:
        return None
    return levels[min(names.index(former) + 1, len(levels) - 1)]


def sterner(levels: Sequence[DispatchLevel], *found: DispatchLevel | None) -> DispatchLevel:
    """Return the sternest of those found."""
    return max((one for one in found if one), key=levels.index)


def parse_levels(table: Any) -> tuple[Sequence[DispatchLevel], list[str]]:
    """Return the levels that an office's table lists, mildest first, or every fault of it."""
    rows = table.get("levels") if isinstance(table, dict) else None
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_LEVELS:
        return (), [
            f"应有 levels: 一节，列出 1 至 {MOST_LEVELS} 级，每级写 name、days_late、answer_workdays"
        ]
    faults = [fault for n, row in enumerate(rows, start=1) for fault in _faults(n, row)]
    if faults:
        return (), faults
    levels = [
        DispatchLevel(str(row["name"]), row["days_late"], row["answer_workdays"]) for row in rows
    ]
    late = [level.days_late for level in levels]
    if late != sorted(set(late)) or len({level.name for level in levels}) < len(levels):
        return (), ["各级应由轻到重排列，days_late 逐级增大，名称不重复"]
    return levels, []


def _faults(n: int, row: Any) -> list[str]:
    if not isinstance(row, dict) or set(row) != _KEYS:
        return [f"第 {n} 级应有且只有 name、days_late、answer_workdays 三项"]
    faults = []
    if not isinstance(row["name"], str) or not 1 <= len(row["name"]) <= 10:
        faults.append(f"第 {n} 级的 name 应是 10 个字以内的名称")
    for key, least, most in (("days_late", -365, 365), ("answer_workdays", 1, 60)):
        number = row[key]
        if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
            faults.append(f"第 {n} 级的 {key} 应是 {least} 到 {most} 的整数")
    return faults
