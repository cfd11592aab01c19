"""The pace of a rehearsal as a file says it: read from values, every fault with where it stands."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from models.rules.rehearsal.pace import NEVER, NOBODY, ON_TIME, WIDEST, Deciding, Pace, PaceKind

KEYS = ("version", "pace", "decisions", "acknowledge", "units", "items")
MOST = 10_000  # units, and items
LONGEST = 200  # characters of a name
NEVER_WORD = "never"
T = TypeVar("T")
_BASES = {kind.value: kind for kind in PaceKind}
_DECIDING = {kind.value: kind for kind in Deciding}


def parse_pace(table: Any, name: str, so_far: Pace | None = None) -> tuple[Pace, list[str]]:
    """Return the pace that a file's ``table`` says, and what is wrong with it, a line each.

    ``so_far`` is the pace so far, for a file that begins with it. Of a file with faults the pace is none.
    """
    if not isinstance(table, Mapping):
        return NOBODY, [
            "文件里没有进度：应以 version: 1 开头，样子见 deployments/pace.example.yaml"
        ]
    faults = [
        f"不认识 {str(key)[:40]}；能写的有 {'、'.join(KEYS)}" for key in table if key not in KEYS
    ]
    if table.get("version") != 1:
        faults.append("version 应为 1")
    base = _word(table, "pace", _BASES, PaceKind.NONE, faults)
    begun = {PaceKind.NONE: NOBODY, PaceKind.ON_TIME: ON_TIME}.get(base) or so_far or NOBODY
    deciding = _word(table, "decisions", _DECIDING, begun.deciding, faults)
    acknowledges = table.get("acknowledge", begun.acknowledges)
    if not isinstance(acknowledges, bool):
        faults.append("acknowledge 应为 true 或 false")
    units = dict(_units(table.get("units") or {}, faults))
    items = dict(_items(table.get("items") or {}, faults))
    if faults:
        return NOBODY, faults
    own = {**begun.units, **units}
    return Pace(name, begun.whole, own, items, deciding, acknowledges), []


def _word(
    table: Mapping[str, Any], key: str, known: Mapping[str, T], without: T, faults: list[str]
) -> T:
    said = table.get(key)
    if said is None:
        return without
    if not isinstance(said, str) or said not in known:
        faults.append(f"{key} 应为 {'、'.join(known)}，现在是 {str(said)[:40]}")
        return without
    return known[said]


def _named(table: Any, key: str, faults: list[str]) -> Iterator[tuple[str, Any]]:
    if not isinstance(table, Mapping):
        faults.append(f"{key} 应是一行一个的“名称：值”")
        return
    if len(table) > MOST:
        faults.append(f"{key} 有 {len(table)} 行，最多 {MOST} 行")
        return
    for name, value in table.items():
        if not isinstance(name, str | int | float | date) or not 0 < len(str(name)) <= LONGEST:
            faults.append(f"{key} 里有一行的名称不能用：{str(name)[:40]}")
        else:
            yield str(name).strip(), value


def _units(table: Any, faults: list[str]) -> Iterator[tuple[str, int | None]]:
    for name, value in _named(table, "units", faults):
        if value == NEVER_WORD:
            yield name, None
        elif isinstance(value, int) and not isinstance(value, bool) and abs(value) <= WIDEST:
            yield name, value
        else:
            faults.append(
                f"units 里 {name} 应写晚几个工作日（提前写负数，{WIDEST} 以内）或 {NEVER_WORD}"
            )


def _items(table: Any, faults: list[str]) -> Iterator[tuple[str, date]]:
    for name, value in _named(table, "items", faults):
        code, _, unit = name.partition("/")
        called = f"{code.strip().upper()}/{unit.strip()}" if unit else code.strip().upper()
        if value == NEVER_WORD:
            yield called, NEVER
        elif isinstance(value, date):
            yield called, value
        else:
            faults.append(f"items 里 {name} 应写办结的日期（如 2026-04-20）或 {NEVER_WORD}")
