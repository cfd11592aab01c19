"""The key of a stored row."""

from typing import Protocol


class Numbered(Protocol):
    """A row with a number that the database gives."""

    id: int | None


def key_of(row: Numbered) -> int:
    """Return the number of ``row``; a row that was never flushed has none, which is a fault of ours."""
    if row.id is None:
        raise ValueError(f"{type(row).__name__} has no number yet: flush it first")
    return row.id
