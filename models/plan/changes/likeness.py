"""How alike two texts are: what stays of a sentence when an office words it anew."""

from collections.abc import Collection
from functools import lru_cache

LONGEST = 2_000  # characters looked at; a title is a tenth of that


@lru_cache(maxsize=16_384)
def bare(text: str) -> str:
    """Return the letters and digits of ``text``: stops, quotes and blanks make no difference."""
    return "".join(char for char in text[:LONGEST] if char.isalnum())


@lru_cache(maxsize=16_384)
def _pairs(text: str) -> frozenset[str]:
    letters = bare(text)
    return frozenset(letters[at : at + 2] for at in range(max(1, len(letters) - 1)))


def likeness(one: str, other: str) -> float:
    """Return from 0 to 1 how many neighbouring letters two texts share; 1 for the same words."""
    ours, theirs = _pairs(one), _pairs(other)
    if ours == theirs and bare(one) == bare(other):
        return 1.0
    # Never quite 1, so that only the same words are the same.
    return min(0.99, 2 * len(ours & theirs) / (len(ours) + len(theirs)))


def shared_names(one: Collection[str], other: Collection[str]) -> float | None:
    """Return from 0 to 1 how many names two collections share; None where neither has any."""
    every = {*one, *other}
    return len({*one} & {*other}) / len(every) if every else None
