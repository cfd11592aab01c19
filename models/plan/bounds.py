"""How much a plan may hold: lengths and numbers that every table, sheet and list bears."""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from math import isfinite
from typing import Any

from pydantic import BaseModel

from models.plan.schema import Plan
from models.rules.days import IN_WORDS, is_possible

NAME, TEXT, SENTENCE = 100, 5_000, 60_000  # characters
WHOLE, MEASURED = 1e9, 1e15  # a whole number (a column of PostgreSQL ends at twice that); any other
LONGEST_LIST = 20_000  # items
# Fields whose texts name somebody: they stand in indexes, file names and subjects of messages.
NAMES = {
    "lead_units", "lead_groups", "responsible_units", "responsible_groups", "cooperating_units",
    "lead_posts", "unit", "name", "parent", "located_in", "aliases", "head_post", "liaison_post",
    "executive_deputy_posts", "deputy_posts", "member_posts", "member_units", "member_groups",
    "canonical", "variants", "deciders", "escalate_to", "number", "document_number",
}  # fmt: skip


def beyond_bounds(plan: Plan) -> Iterator[str]:
    """Yield one line per text, number, day or list that is too much, in the order of the plan."""
    yield from _part(plan, "")


def _part(part: BaseModel, place: str) -> Iterator[str]:
    for name in type(part).model_fields:
        yield from _value(getattr(part, name), name, f"{place}.{name}".lstrip("."))


def _value(value: Any, name: str, place: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from _part(value, place)
    elif isinstance(value, list):
        if len(value) > LONGEST_LIST:
            yield f"{place}:有 {len(value)} 项,最多 {LONGEST_LIST} 项"
        for number, item in enumerate(value[:LONGEST_LIST], 1):
            yield from _value(item, name, f"{place}[{number}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _value(item, name, f"{place}.{key}")
    elif fault := _fault(value, name):
        yield f"{place}:{fault}"


def _fault(value: Any, name: str) -> str:
    if isinstance(value, str) and not isinstance(value, Enum):
        longest = NAME if name in NAMES else SENTENCE if name == "sentence" else TEXT
        return f"有 {len(value)} 个字,最多 {longest} 个字" if len(value) > longest else ""
    if isinstance(value, date):
        return "" if is_possible(value) else f"日期 {value} 应在{IN_WORDS}"
    if isinstance(value, int | float):
        largest = WHOLE if isinstance(value, int) else MEASURED
        return "" if isfinite(value) and abs(value) <= largest else "数字太大"
    return ""
