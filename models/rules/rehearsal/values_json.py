"""A rehearsal as values that JSON takes, and back: one form for the pipe, the file and the comparison."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from models.rules.rehearsal.values import Rehearsal

VERSION = 1
MOST = 500_000  # lines of one list
LONGEST = 200_000  # characters of one text


class NoRehearsal(ValueError):
    """What is no rehearsal, with where and what was expected, in Chinese."""


def as_values(found: Rehearsal) -> Mapping[str, Any]:
    """Return ``found`` as values: days as texts, every field in its place; the same for the same rehearsal."""
    return {"version": VERSION, **_plain(found)}


def from_values(found: Any) -> Rehearsal:
    """Return the rehearsal that ``found`` says; raises NoRehearsal in one line for anything else."""
    if not isinstance(found, Mapping) or found.get("version") != VERSION:
        raise NoRehearsal(
            f"不是演练的结果：应是 shifan rehearse --json 写成的文件（version {VERSION}）"
        )
    made = _made(Rehearsal, {k: v for k, v in found.items() if k != "version"}, "")
    assert isinstance(made, Rehearsal)
    return made


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _made(kind: type[Any], found: Any, place: str) -> Any:
    if not isinstance(found, Mapping):
        raise NoRehearsal(f"{place or '开头'} 应是一个对象")
    hints = get_type_hints(kind)
    made = {}
    for one in fields(kind):
        if one.name in found:
            made[one.name] = _value(hints[one.name], found[one.name], f"{place}{one.name}")
        elif _is_owed(one):
            raise NoRehearsal(f"没有 {place}{one.name}")
    return kind(**made)


def _is_owed(one: "Field[Any]") -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _value(hint: Any, found: Any, place: str) -> Any:
    if get_origin(hint) is UnionType:
        kind, *_ = [one for one in get_args(hint) if one is not type(None)]
        return None if found is None else _value(kind, found, place)
    if get_origin(hint) is Sequence:
        if not isinstance(found, list) or len(found) > MOST:
            raise NoRehearsal(f"{place} 应是一个列表，最多 {MOST:,} 行")
        [kind] = get_args(hint)
        return [_value(kind, one, f"{place}[{n}].") for n, one in enumerate(found)]
    if isinstance(hint, type) and is_dataclass(hint):
        return _made(hint, found, place)
    if hint is date:
        try:
            return date.fromisoformat(found)
        except (TypeError, ValueError):
            raise NoRehearsal(f"{place.rstrip('.')} 应是日期，如 2026-04-20") from None
    if not isinstance(found, hint) or (isinstance(found, bool) and hint is not bool):
        raise NoRehearsal(f"{place.rstrip('.')} 的值不能用")
    if isinstance(found, str) and len(found) > LONGEST:
        raise NoRehearsal(f"{place.rstrip('.')} 太长")
    return found
