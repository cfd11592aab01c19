"""Who sent nothing for a recurring duty, in the words that the office hears."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Missed:
    """A submission that did not come: its code, whose, for what, by when; ``place`` orders the units."""

    code: str
    unit: str
    title: str
    due: date
    place: int


def missing_in_words(missed: Sequence[Missed]) -> str:
    """Return of each duty who sent nothing the last time it was due, in the fixed order of units."""
    last: dict[str, list[Missed]] = {}
    for one in sorted(missed, key=lambda one: (one.due, one.place)):
        rows = last.setdefault(one.code.split(".")[0], [])
        if rows and rows[0].due != one.due:
            rows.clear()
        rows.append(one)
    return "；".join(
        f"“{rows[0].title}”（{rows[0].due} 前）还没有收到 {len(rows)} 个单位的报送："
        f"{'、'.join(one.unit for one in rows)}"
        for _, rows in sorted(last.items())
    )
