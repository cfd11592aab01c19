"""The ladder as a table that an office or a plan writes: values in, a ladder or every fault out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from models.rules.notices.ladder import LADDER, Rung
from models.rules.words import Level

LEVELS = {level.chinese: level for level in Level} | {"办公室": Level.OFFICE}
FURTHEST = 400  # working days; beyond it a rung is a typing error


@dataclass(frozen=True, slots=True)
class Ladder:
    """Who hears when, in working days, and what becomes of a notice that nobody acknowledges.

    ``asking`` are the rules of the rungs that ask for an acknowledgement. Unacknowledged for
    ``acknowledge_within`` working days, a notice is repeated once, then goes up; an acknowledgement
    counts for ``acknowledgement_lasts`` working days if nothing moves. ``duty`` hears every morning.
    """

    rungs: tuple[Rung, ...] = LADDER
    asking: tuple[str, ...] = tuple(rung.rule for rung in LADDER if rung.workdays >= 0)
    acknowledge_within: int = 2
    acknowledgement_lasts: int = 5
    duty: Level = Level.LEADER


DEFAULT = Ladder()
KEYS = ("rungs", "acknowledge_within", "acknowledgement_lasts", "duty")
RUNG_KEYS = ("workdays", "tell", "acknowledge")


def parse_ladder(table: Any, base: Ladder = DEFAULT) -> tuple[Ladder, list[str]]:
    """Return ``base`` with what ``table`` says instead, and every fault, in the table's order.

    ``table`` is what YAML makes of the file: a mapping; what it leaves out stays as in ``base``. With
    faults the ladder returned is ``base``.
    """
    if table is None:
        return base, []
    if not isinstance(table, Mapping):
        return base, [f"应为带字段名的内容（{'、'.join(KEYS)}），写的是 {_shown(table)}"]
    faults = [f"{key}：没有这个字段，只能是 {'、'.join(KEYS)}" for key in table if key not in KEYS]
    ladder = base
    if "rungs" in table:
        rungs, asking = _rungs(table["rungs"], faults)
        ladder = replace(ladder, rungs=rungs, asking=asking)
    for key in ("acknowledge_within", "acknowledgement_lasts"):
        if key not in table:
            continue
        if _whole(table[key]) and 1 <= table[key] <= 60:
            ladder = replace(ladder, **{key: table[key]})
        else:
            faults.append(f"{key}：写的是 {_shown(table[key])}，应为 1 到 60 个工作日")
    if "duty" in table:
        if table["duty"] in LEVELS:
            ladder = replace(ladder, duty=LEVELS[table["duty"]])
        else:
            faults.append(f"duty：写的是 {_shown(table['duty'])}，只能是 {'、'.join(LEVELS)}")
    return (base, faults) if faults else (ladder, [])


def rung_of(rule: str) -> Rung | None:
    """Return the rung that ``rule`` names (also repeated or risen); None for what is no rung."""
    name = plain(rule)
    if name == "due_today":
        return Rung(name, 0, ())
    side, _, days = name.partition("_")
    if side not in ("before", "overdue") or not days.isdecimal():
        return None
    return Rung(name, -int(days) if side == "before" else int(days), ())


def plain(rule: str) -> str:
    """Return the rule of the rung, without what became of the notice (again, unanswered)."""
    return rule.rpartition(":")[2]


def _rungs(rows: Any, faults: list[str]) -> tuple[tuple[Rung, ...], tuple[str, ...]]:
    if not isinstance(rows, list) or not rows:
        faults.append("rungs：应为列表（每行以 - 开头），至少一级")
        return (), ()
    found: dict[int, Rung] = {}
    asking = []
    for number, row in enumerate(rows, 1):
        place = f"rungs 第 {number} 级"
        if not isinstance(row, Mapping):
            faults.append(f"{place}：写的是 {_shown(row)}，应为 workdays、tell 等字段")
            continue
        faults += [f"{place}：没有 {key} 这个字段" for key in row if key not in RUNG_KEYS]
        days, levels = row.get("workdays"), _levels(row.get("tell"), place, faults)
        if not _whole(days) or abs(days) > FURTHEST:
            faults.append(
                f"{place} workdays：写的是 {_shown(days)}，应为整数：负数是到期前，0 是当天，正数是逾期"
            )
            continue
        if days in found:
            faults.append(f"{place} workdays:{days} 与前面重复")
        rule = "due_today" if days == 0 else f"{'overdue' if days > 0 else 'before'}_{abs(days)}"
        found[days] = Rung(rule, days, levels)
        ask = row.get("acknowledge", days >= 0)
        if not isinstance(ask, bool):
            faults.append(f"{place} acknowledge：写的是 {_shown(ask)}，应为 true 或 false")
        elif ask:
            asking.append(rule)
    late = [found[days] for days in sorted(found) if days > 0]
    for lower, upper in zip(late, late[1:], strict=False):
        if lower.levels and upper.levels and max(upper.levels) < max(lower.levels):
            faults.append(
                f"rungs：逾期 {upper.workdays} 天只到{max(upper.levels).chinese}，"
                f"比逾期 {lower.workdays} 天的{max(lower.levels).chinese}还低，应逐级向上"
            )
    return tuple(found[days] for days in sorted(found)), tuple(asking)


def _levels(names: Any, place: str, faults: list[str]) -> tuple[Level, ...]:
    listed = [names] if isinstance(names, str) else names
    if not isinstance(listed, list) or not listed:
        faults.append(f"{place} tell：没有写告诉谁，应为 {'、'.join(LEVELS)} 中的一个或几个")
        return ()
    wrong = [name for name in listed if not isinstance(name, str) or name not in LEVELS]
    faults += [f"{place} tell：写的是 {_shown(w)}，只能是 {'、'.join(LEVELS)}" for w in wrong]
    return tuple(sorted({LEVELS[name] for name in listed if name not in wrong}))


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    text = "空" if value is None else str(value)
    return text if len(text) <= 40 else text[:40] + "…"
