"""A doubt: what of a reading a person should look at."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubtful reading: what it is about (stage, task, target, duty, group, plan, text), which, and why.

    Duties and groups are counted from 1; 0 is none of them. ``field`` is the field of that item, or of
    the plan, that the ``proposal`` would be added to (a list) or stand in. ``unread`` is one about words
    that no field holds: it is about the item only as the place where they stand.
    """

    about: str
    ordinal: int
    reason: str
    sentence: str = ""
    line: int | None = None
    field: str = ""
    proposal: Any = None
    unread: bool = False
