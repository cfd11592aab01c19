"""Which finding comes first on a page: the longest late, then what nobody works on; units are not ranked."""

from collections.abc import Mapping
from datetime import date

from models.rules.findings.words import FindingState

# From what presses most; what is late comes before all of it.
_TURNS: Mapping[FindingState, int] = {
    FindingState.DECLINED: 1,
    FindingState.RAISED: 1,
    FindingState.ASSIGNED: 2,
    FindingState.RECTIFIED: 3,
    FindingState.WATCHED: 4,
    FindingState.CLOSED: 5,
    FindingState.ENDED: 6,
}
# What the office has to say the next word of, whoever has it.
FOR_THE_OFFICE = (
    FindingState.RAISED,
    FindingState.DECLINED,
    FindingState.RECTIFIED,
    FindingState.WATCHED,
)


def turn_of(state: str, due: date | None, *, late: bool) -> tuple[int, date]:
    """Return by what findings are ordered: what is late by its day, the others by how far they are and their day."""
    return (0 if late else _TURNS[FindingState(state)], due or date.max)
