"""Small checks, put together in `bodies`, of what may stand in a body.

A check takes a value as JSON gives it and returns it; it raises `Misshaped` with the place of what
is wrong.
"""

from collections.abc import Callable
from typing import Any

# What came as JSON; the shapes say what may stand in it.
JsonObject = dict[str, Any]
Check = Callable[[Any], Any]
LARGEST = 2**53 - 1  # above it JavaScript and Python no longer mean the same number
DEEPEST = 20
REFERENCES = ("$ref", "$dynamicRef", "$id", "$schema")
LONGEST = 20_000  # letters of one text


class Misshaped(Exception):
    """Something that may not stand there; the message is its place in the body."""


def check_flag(value: Any) -> Any:
    """Take true or false."""
    return _hold(isinstance(value, bool), value)


def check_nothing(value: Any) -> Any:
    """Take what says nothing: null, false, 0, an empty text, list or object, or an object of those."""
    if isinstance(value, dict):
        return {name: _at(name, check_nothing, one) for name, one in value.items()}
    return _hold(not value, value)


def check_text(most: int) -> Check:
    """Take a text of at most ``most`` letters, or null."""
    return lambda value: _hold(
        value is None or (isinstance(value, str) and len(value) <= most and _storable(value)),
        value,
    )


def check_number(least: int, most: int) -> Check:
    """Take a whole number from ``least`` to ``most``."""
    return lambda value: _hold(type(value) is int and least <= value <= most, value)


def check_one_of(*words: str | bool | None) -> Check:
    """Take exactly one of ``words``; 1 is not true."""
    return lambda value: _hold(any(type(value) is type(w) and value == w for w in words), value)


def check_list(of: Check, most: int) -> Check:
    """Take a list of at most ``most`` values that pass ``of``, or null."""

    def check(value: Any) -> Any:
        if value is None:
            return None
        _hold(isinstance(value, list) and len(value) <= most, value)
        return [_at(str(place), of, one) for place, one in enumerate(value)]

    return check


def as_object(needed: tuple[str, ...] = (), others: bool = False, **known: Check) -> Check:
    """Take an object of the ``known`` fields, with all that are ``needed``; of others only if said."""

    def check(value: Any) -> Any:
        _hold(isinstance(value, dict), value)
        for name in needed:
            if name not in value:
                raise Misshaped(name)
        rest = _as_it_is if others else _refuse
        return {name: _at(name, known.get(name, rest), one) for name, one in value.items()}

    return check


def as_one_object(**known: Check) -> Check:
    """Take an object of exactly the ``known`` fields."""
    return as_object(tuple(known), False, **known)


def optional(check: Check) -> Check:
    """Take null, or what passes ``check``."""
    return lambda value: None if value is None else check(value)


def check_values(value: Any) -> Any:
    """Take an object of values that a form can hold, within bounds, and nothing that is expanded.

    Prefect makes templates and variables of objects with `__prefect_kind`, and the library that
    checks schemas fetches what a `$ref` to elsewhere points to.
    """
    _hold(isinstance(value, dict), value)
    _bounded(value, DEEPEST)
    return value


def _bounded(value: Any, deep: int) -> None:
    match value:
        case dict():
            _hold(deep > 0, value)
            for name, one in value.items():
                _hold(_storable(name) and len(name) <= 200 and not name.startswith("__"), name[:40])
                if name in REFERENCES:
                    _at(name, _check_reference, one)
                _at(name, lambda v: _bounded(v, deep - 1), one)
        case list():
            _hold(deep > 0, value)
            for place, one in enumerate(value):
                _at(str(place), lambda v: _bounded(v, deep - 1), one)
        case str():
            _hold(len(value) <= LONGEST and _storable(value), value)
        case int() | float():
            _hold(abs(value) <= LARGEST, value)  # NaN and the infinities are within nothing


def _check_reference(value: Any) -> Any:
    return _hold(isinstance(value, str) and value.startswith("#"), value)


def _storable(value: str) -> bool:
    """Say whether both databases hold it: no NUL, no half of a surrogate pair."""
    return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _at(name: str, check: Check, value: Any) -> Any:
    try:
        return check(value)
    except Misshaped as fault:
        raise Misshaped(".".join(part for part in (name[:40], str(fault)) if part)) from None


def _as_it_is(value: Any) -> Any:
    return value


def _refuse(_value: Any) -> Any:
    raise Misshaped


def _hold(right: bool, value: Any) -> Any:
    if not right:
        raise Misshaped
    return value
