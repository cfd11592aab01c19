"""A text of SQL as a statement: its parameters with their types, a set of numbers as a list of them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Integer, String, TextClause, bindparam, text
from sqlalchemy.sql.selectable import TextualSelect
from sqlmodel.sql.sqltypes import UTCDateTime

from models.row_kinds import column_types

Types = tuple[tuple[str, type, int], ...]


def bound(values: Mapping[str, object]) -> tuple[Types, Mapping[str, object]]:
    """Return the names in ``values`` with their types and how many each stands for, and what is bound.

    A tuple of numbers stands for a list, ``IN :these``: its last is said again until there are as many
    as a power of two, so that few texts are read however many sets there are.
    """
    types = tuple(
        (name, type(value), _padded(value) if isinstance(value, tuple) else 0)
        for name, value in values.items()
    )
    sets = [(name, size) for name, _, size in types if size]
    if not sets:
        return types, values
    spread = dict(values)
    for name, size in sets:
        numbers: Any = spread.pop(name)
        numbers = (*numbers, *[numbers[-1]] * (size - len(numbers)))
        spread |= {f"{name}_{n}": number for n, number in enumerate(numbers)}
    return types, spread


def _padded(numbers: tuple[object, ...]) -> int:
    return 1 << (len(numbers) - 1).bit_length()


@lru_cache(maxsize=512)  # reading a text for its parameters costs as much as running it
def statement(sql: str, types: Types) -> TextClause:
    """Return ``sql`` as a statement that binds those of ``types`` that it names."""
    named: list[tuple[str, type]] = []
    for name, type_, size in types:
        if f":{name}" not in sql:
            continue
        each = [f"{name}_{n}" for n in range(size)]
        sql = sql.replace(f":{name}", f"({', '.join(f':{one}' for one in each)})") if each else sql
        named += [(one, int) for one in each] or [(name, type_)]
    return text(sql).bindparams(*(bindparam(name, type_=_column(type_)) for name, type_ in named))


@lru_cache(maxsize=512)  # so does telling it what comes back
def typed_statement(kind: Callable[..., Any], sql: str, types: Types) -> TextualSelect:
    """Return ``sql`` as a statement whose columns have the types of the fields of ``kind``."""
    return statement(sql, types).columns(**column_types(kind))


def _column(type_: type) -> Any:
    if issubclass(type_, datetime):
        return UTCDateTime()
    if issubclass(type_, date):
        return Date()
    return {str: String(), int: Integer()}.get(type_)
