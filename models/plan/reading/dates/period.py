"""A period as it was read."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """A read period; ``fuzzy`` names what makes its dates doubtful, ``end_at`` the offset behind it.

    ``without_year``: nothing printed says which year it is in; ``lacking``: a day in it does not exist.
    """

    start: date | None
    end: date | None
    open_ended: bool
    raw: str
    end_at: int = 0
    fuzzy: str | None = None
    without_year: bool = False
    lacking: bool = False
