"""What a dataclass expects of the columns that fill it: in which order, and as what."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, get_args, get_type_hints

from sqlalchemy import Boolean, Date
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime


@cache
def field_names(kind: Callable[..., object]) -> tuple[str, ...]:
    """Return what a ``kind`` is made of, in the order in which it takes them; nothing for no dataclass."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()


@cache
def column_types(kind: Hashable) -> Mapping[str, TypeEngine[Any]]:
    """Return the types of the columns that a driver may hand back as something else."""
    types: dict[type, TypeEngine[Any]] = {date: Date(), datetime: UTCDateTime(), bool: Boolean()}
    return {
        name: types[one]
        for name, hint in get_type_hints(kind).items()
        for one in (get_args(hint) or (hint,))
        if one in types
    }
