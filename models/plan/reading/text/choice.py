"""A guess as a choice: evidence with weights, alternatives with their scores, and by how much one is ahead.

Where a reader guesses, it says what speaks for which alternative and how much. The sums decide, or are
asked about a decision that a rule has taken; a small margin is a doubt for a person.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Seen = TypeVar("Seen")
Reading = TypeVar("Reading")


@dataclass(frozen=True, slots=True)
class Row(Generic[Seen, Reading]):
    """One kind of evidence: what it speaks for, how much, an example, and where it holds."""

    reading: Reading
    weight: float
    example: str
    holds: Callable[[Seen], object]


@dataclass(frozen=True, slots=True)
class Choice(Generic[Reading]):
    """The reading that was taken, the best other one, and how far it is behind.

    The margin is below zero where a rule took a reading that the evidence speaks against.
    """

    taken: Reading
    other: Reading
    margin: float

    def is_close(self, bound: float) -> bool:
        """Say whether the other reading is as good, or nearly so."""
        return self.margin < bound


@dataclass(frozen=True, slots=True)
class Near:
    """A choice about one line that was a near thing: its number, its words, and those above it."""

    line: int | None
    text: str
    above: str
    choice: Choice[str]


def evidence(rows: Iterable[Row[Seen, Reading]], seen: Seen) -> Iterator[tuple[Reading, float]]:
    """Yield what each row that holds of ``seen`` speaks for, and its weight."""
    return ((row.reading, row.weight) for row in rows if row.holds(seen))


def choose(
    among: Iterable[Reading], weighed: Iterable[tuple[Reading, float]], taken: Reading | None = None
) -> Choice[Reading]:
    """Sum the evidence for each of two or more readings; the first of the best is taken, unless one is already."""
    scores = dict.fromkeys(among, 0.0)
    for reading, weight in weighed:
        scores[reading] += weight
    if taken is None:
        taken = max(scores, key=scores.__getitem__)
    other = max((each for each in scores if each != taken), key=scores.__getitem__)
    return Choice(taken, other, scores[taken] - scores[other])
