"""The one table of `make bench`: what, ours, its floor or rival of the same run, the goal, how far off.

A goal is a limit for our own figure, for how many times the floor it may be, or for how many times
the rival's speed it must have. Ratios are the right way round: more than a floor, less than a rival.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

HEADER = (
    "| 行 | 测什么 | 我们的 | 同一次运行里的对照 | 倍数 | 要求 | 达到没有 |\n"
    "| --- | --- | --- | --- | --- | --- | --- |\n"
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A limit and what is held against it: "own", "floor" or "rival"."""

    against: str
    limit: float


def at_most(limit: float) -> Goal:
    """Our own figure is no more than ``limit``: seconds, or a count."""
    return Goal("own", limit)


def at_least(limit: float) -> Goal:
    """Our own figure is no less than ``limit``: a score."""
    return Goal("score", limit)


def floor(times: float) -> Goal:
    """We take at most ``times`` what the floor takes."""
    return Goal("floor", times)


def rival(times: float) -> Goal:
    """We take at most a ``times``-th of what the rival takes."""
    return Goal("rival", times)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: ours and theirs in seconds, or plain numbers where ``unit`` says of what."""

    row: str
    what: str
    ours: float
    goal: Goal
    beside: str = ""
    theirs: float = 0.0
    unit: str = ""  # empty for seconds

    @property
    def margin(self) -> float:
        """Return how much better than its goal the figure is, as a share of the goal; below 0 missed."""
        limit = self.goal.limit
        held = {
            "own": (limit - self.ours) / limit,
            "score": (self.ours - limit) / limit,
            "floor": (limit - self.ours / self.theirs) / limit if self.theirs else 0.0,
            "rival": (self.theirs / self.ours - limit) / limit if self.ours else 0.0,
        }
        return held[self.goal.against]

    def __str__(self) -> str:
        cells = (self.row, self.what, self._sized(self.ours), self._beside(), self._ratio())
        return f"| {' | '.join(cells)} | {self._wanted()} | {self._verdict()} |"

    def _beside(self) -> str:
        return f"{self.beside} {self._sized(self.theirs)}" if self.theirs else self.beside

    def _ratio(self) -> str:
        if not (self.theirs and self.ours):
            return ""
        if self.goal.against == "rival":
            return f"快 {self.theirs / self.ours:.1f} 倍"
        return f"{self.ours / self.theirs:.2f} 倍"

    def _wanted(self) -> str:
        limit = self.goal.limit
        return {
            "own": f"≤ {self._sized(limit)}",
            "score": f"≥ {self._sized(limit)}",
            "floor": f"≤ 对照的 {limit:g} 倍",
            "rival": f"快 {limit:g} 倍以上",
        }[self.goal.against]

    def _verdict(self) -> str:
        share = f"{abs(self.margin) * 100:.0f}%"
        if self.margin >= 0:
            return f"达到，余 {share}"
        wanting = self.goal.against in ("rival", "score")
        return f"没达到，还差 {share}" if wanting else f"没达到，超出 {share}"

    def _sized(self, number: float) -> str:
        if self.unit:
            return f"{number:,.4g} {self.unit}" if number < 1000 else f"{number:,.0f} {self.unit}"
        if number < 0.9995:
            return f"{number * 1000:.3g} ms"
        return f"{number:.3g} s" if number < 100 else f"{number:,.0f} s"


def say(figure: Figure) -> None:
    """Print one row as it comes."""
    sys.stdout.write(f"{figure}\n")
    sys.stdout.flush()


def taken(work: Callable[[], object]) -> float:
    """Return the seconds of one ``work``."""
    start = perf_counter()
    work()
    return perf_counter() - start


def timed(work: Callable[[], object], times: int = 5) -> float:
    """Return the median seconds of ``work``."""
    return median(taken(work) for _ in range(times))


def in_turn(
    one: Callable[[], object], other: Callable[[], object], times: int
) -> tuple[float, ...]:
    """Return the median seconds of both, run in turn: what slows the machine slows both."""
    both = [(taken(one), taken(other)) for _ in range(times)]
    return median(a for a, _ in both), median(b for _, b in both)
