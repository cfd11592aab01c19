"""The facts of a paper as plain values, for whoever writes a template: texts, lists, and fields by name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from models.papers.quoted import Dated, Missing, Quoted, Supplied

Plain = str | int | float | bool | None | list[Any] | dict[str, Any]

SOURCES = "sources"  # every number of a paper with its rows, for a template to print
IN_WORDS = "_in_words"  # a property that says a code of ours in an office's words


def plain_values(values: Mapping[str, object]) -> Mapping[str, Plain]:
    """Return the facts of a paper as plain values by name, and as ``sources`` each number with its rows."""
    quoted = {one.key: one for one in _quoted(values)}
    sources = [{"text": one.text, "note": one.note} for one in quoted.values()]
    return {name: plain_value(one) for name, one in values.items()} | {SOURCES: sources}


def noted_values(values: Mapping[str, object]) -> Mapping[str, Any]:
    """Return the plain values with a pair of its text and its source for each number, which says where it is from."""
    named = {
        name: plain_value(one, lambda quoted: (quoted.text, quoted.note))
        for name, one in values.items()
    }
    return named | {SOURCES: plain_values(values)[SOURCES]}


def plain_value(value: object, quoted: Callable[[Quoted], Any] = str) -> Any:
    """Return ``value`` without a type of ours: what a process that opens foreign files may be given.

    What is quoted, missing, supplied or dated is its text, a day is written as a paper writes it; of a
    value with fields each field and each property by its name, but no code of ours that a property says
    in words.
    """
    if value is None or isinstance(value, str | bool | int | float) and not isinstance(value, Enum):
        return value
    if isinstance(value, Quoted):
        return quoted(value)
    if isinstance(value, Missing | Supplied | Dated):
        return str(value)
    if isinstance(value, Enum):
        return str(getattr(value, "chinese", value.value))
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, Mapping):
        return {str(key): plain_value(one, quoted) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return _by_name(value, quoted)
    if isinstance(value, Sequence):
        return [plain_value(one, quoted) for one in value]
    return str(value)


def _quoted(value: object) -> Iterator[Quoted]:
    """Yield the numbers within ``value`` in their order."""
    if isinstance(value, Quoted):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _quoted(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for name in fields(value):
            yield from _quoted(getattr(value, name.name))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            yield from _quoted(one)


def _by_name(value: Any, quoted: Callable[[Quoted], Any]) -> dict[str, Any]:
    names = [one.name for one in fields(value) if not one.name.startswith("_")]
    own = vars(type(value)).items()
    names += [name for name, one in own if isinstance(one, property) and not name.startswith("_")]
    said = {name.removesuffix(IN_WORDS) for name in names if name.endswith(IN_WORDS)}
    return {name: plain_value(getattr(value, name), quoted) for name in names if name not in said}
