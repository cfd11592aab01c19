"""What in a plan is larger, longer or further away than the tables can hold, each with its place."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from models.plan.field_words import in_words
from models.rules.bounds import (
    LARGEST_AMOUNT,
    LARGEST_NUMBER,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_PASSAGE,
    day_fault,
    number_fault,
    text_fault,
)

Place = tuple[int | str, ...]

# Fields whose text becomes a name in the tables, a heading or part of a file's name.
_NAMES = {
    "name",
    "parent",
    "unit",
    "canonical",
    "variants",
    "aliases",
    "located_in",
    "document_number",
    "number",
    "where",
    "period",
    "skip",
    "required",
    "deciders",
    "escalate_to",
}
_ENDINGS = ("_units", "_groups", "_posts", "_post")
_LONGEST = {"title": LONGEST_NOTE} | dict.fromkeys(_NAMES, LONGEST_NAME)


def excesses(value: Any, at: Place = ()) -> Iterator[tuple[Place, str]]:
    """Yield the place and what is wrong there, for everything in a plan, in its order.

    Walks whatever fields there are, so a new one is looked at by itself.
    """
    for step, inner in _parts(value):
        yield from excesses(inner, (*at, step))
    if fault := _fault(value, _name_of(at)):
        yield at, fault


def place(steps: Sequence[int | str]) -> str:
    """Return a place as a file spells it, counted from 1: tasks[3].title."""
    shown = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps)
    return "".join(shown).lstrip(".") or "开头"


def spelled_out(steps: Sequence[int | str]) -> str:
    """Return a place for the author of a file: in words, with the fields as the file spells them."""
    return f"{in_words(steps)}（{place(steps)}）" if steps else in_words(steps)


def _parts(value: Any) -> Iterator[tuple[int | str, Any]]:
    if isinstance(value, BaseModel):
        yield from ((name, getattr(value, name)) for name in type(value).model_fields)
    elif isinstance(value, dict):
        yield from ((str(key), inner) for key, inner in value.items())
        yield from ((str(key)[:LONGEST_NAME], str(key)) for key in value)
    elif isinstance(value, list | tuple):
        yield from enumerate(value)


def _name_of(at: Place) -> str:
    return next((step for step in reversed(at) if isinstance(step, str)), "")


def _fault(value: Any, field: str) -> str:
    match value:
        case bool() | None:
            return ""
        case date():
            return day_fault(value)
        case int():
            return number_fault(value, -LARGEST_NUMBER, LARGEST_NUMBER)
        case float():
            return number_fault(value, -LARGEST_AMOUNT, LARGEST_AMOUNT)
        case str():
            longest = LONGEST_NAME if field.endswith(_ENDINGS) else LONGEST_PASSAGE
            return text_fault(value, _LONGEST.get(field, longest), lines=True)
        case _:
            return ""
