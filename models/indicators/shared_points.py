"""Points in a cell merged over several indicators: those of the heading above them, not of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from operator import mul

from models.indicators.columns import SCORE
from models.indicators.forest import AGAIN, Forest
from models.indicators.points import cell_points, points_within, share_within
from models.plan.reading.outline.outline import TEXT, Node

SHARED = "这个分值在原表里是几项合用的一格，记在第一项上，请核对"
UNSURE = "这几项的分值相同，看不出是各有一格还是合用一格，按各有一格读了，请核对"
MOST_RUNS = 10  # of which each is tried as shared and as not
LEAST = 0.001  # points that make a difference
Run = list[Node]


@dataclass(frozen=True)
class SharedPoints:
    """Gives points that several indicators share to the heading of just these, else to the first of them.

    A workbook says which cells are ``joined`` to those above. Another file shows the same number in each
    row: then it is shared where only so the sum is the one stated above; what fits neither way is a doubt.
    """

    forest: Forest
    joined: Mapping[int, frozenset[int]]

    def settle(self, total: float) -> None:
        """Settle the points of all; below a first level without points they shall come to ``total``."""
        tops = self.forest.root.children
        for top in tops:
            for run in self._runs(_leaves(top), sure=True):
                self._share(run)
        unsure = {top: self._unsure(top) for top in tops}
        if all(_stated(top) is None for top in tops):
            every = [leaf for top in tops for leaf in _leaves(top)]
            self._decide([run for runs in unsure.values() for run in runs], every, total)
            return
        for top in tops:
            wanted = _stated(top)
            if wanted is not None:
                below = [leaf for leaf in _leaves(top) if leaf is not top]
                self._decide(unsure[top], below, wanted)

    def _unsure(self, top: Node) -> list[Run]:
        """Return the runs that fill a heading without points of its own, of files that tell no merged cells."""
        runs = [(run, run[0].parent) for run in self._runs(_leaves(top), sure=False)]
        headed = [(run, above) for run, above in runs if above and above is not top]
        return [run for run, above in headed if above.children == run and _stated(above) is None]

    def _runs(self, leaves: Sequence[Node], *, sure: bool) -> list[Run]:
        """Return the indicators, two or more in a row, whose points are or may be one cell."""
        runs: list[Run] = []
        for leaf in leaves:
            if runs and self._goes_on(runs[-1][-1], leaf, sure=sure):
                runs[-1].append(leaf)
            else:
                runs.append([leaf])
        return [run for run in runs if len(run) > 1]

    def _goes_on(self, before: Node, leaf: Node, *, sure: bool) -> bool:
        one, other = before.said(SCORE), leaf.said(SCORE)
        if len(other) != 1 or not one:
            return False
        told = self.joined.get(other[0].line)  # None where the file does not say
        if sure:
            return told is not None and other[0].column in told
        alike = one[0].column == other[0].column and one[0].text.strip() == other[0].text.strip()
        return len(one) == 1 and told is None and other[0].column is not None and alike

    def _decide(self, runs: Sequence[Run], leaves: Sequence[Node], wanted: float) -> None:
        each = sum(_stated(leaf) or 0 for leaf in leaves)
        if not runs or abs(each - wanted) < LEAST:
            return
        saved = [(len(run) - 1) * (_stated(run[0]) or 0) for run in runs]
        fitting = [
            chosen
            for chosen in product((False, True), repeat=min(len(runs), MOST_RUNS))
            if abs(each - sum(map(mul, saved, chosen)) - wanted) < LEAST
        ]
        if len(runs) > MOST_RUNS or len(fitting) != 1:
            for run in runs:
                self.forest.doubt(run[0].said(SCORE)[0], UNSURE)
            return
        for run, shared in zip(runs, fitting[0], strict=True):
            if shared:
                self._share(run)

    def _share(self, run: Run) -> None:
        first, others = run[0], run[1:]
        above = first.parent
        if above and above.children == run and not above.said(SCORE):
            above.cells += first.said(SCORE)
            first.cells = [cell for cell in first.cells if cell.meaning != SCORE]
        else:
            above = first
            self.forest.doubt(first.said(SCORE)[0], SHARED)
        for node in others:
            above.cells += [replace(cell, meaning=AGAIN) for cell in node.said(SCORE)]
            node.cells = [cell for cell in node.cells if cell.meaning != SCORE]


def _leaves(top: Node) -> list[Node]:
    return [node for node in top.walk() if not node.children]


def _stated(node: Node) -> float | None:
    """Return the points that stand with an indicator itself."""
    said = [points for cell in node.said(SCORE) if (points := cell_points(cell.text)) is not None]
    if said:
        return sum(said)
    text = "".join(cell.text for cell in node.said(TEXT))
    share = share_within(text)
    return share if share is not None else (sum(points_within(text)) or None)
