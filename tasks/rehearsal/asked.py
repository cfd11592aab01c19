"""What is asked of a rehearsal: of which plan or campaign, over which days, at which pace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class AskedRehearsal:
    """A rehearsal as it is asked for.

    ``what`` is a pack, a file or the name of a campaign, "" for the only one under way. Without ``first`` it
    begins with the plan, or today where that is under way; without ``last`` it goes to the plan's end.
    ``pace`` is one of `PaceKind`, or a file.
    """

    what: str = ""
    first: date | None = None
    last: date | None = None
    pace: str = "none"

    def as_json(self) -> Mapping[str, Any]:
        """Return it as values that JSON takes."""
        days = {"first": self.first, "last": self.last}
        return {
            "what": self.what,
            "pace": self.pace,
            **{name: day.isoformat() if day else "" for name, day in days.items()},
        }

    @classmethod
    def from_json(cls, found: Mapping[str, str]) -> "AskedRehearsal":
        """Return what `as_json` made."""
        first, last = (
            date.fromisoformat(found[n]) if found[n] else None for n in ("first", "last")
        )
        return cls(found["what"], first, last, found["pace"])
