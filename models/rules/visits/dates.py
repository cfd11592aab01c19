"""Lay the visits of each team on its days: days evenly full, few outings, an area's units on one day.

How many visits a team makes on each day is found by `scipy.optimize.milp`; which units they are is then
filled in area by area, the fullest days first.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from models.rules.visits.round_frame import RoundFrame, Slot, VisitedUnit

SEARCHED = 5  # nodes of the search tree; the best found by then is taken, the same each time
Shares = Mapping[int, Sequence[VisitedUnit]]


def dated(frame: RoundFrame, shares: Shares) -> dict[int, Slot] | None:
    """Return the day of each unit that a team has in ``shares``; None where its days do not hold them.

    How many visits there are on a day differs as little as can be (what is fixed counts); then as few
    outings of teams as were found. The same shares give the same days.
    """
    teams = [team.id for team in frame.teams if shares.get(team.id)]
    if not teams:
        return {}
    counts = _Outings(frame, teams, [len(shares[team]) for team in teams]).solved()
    if counts is None:
        return None
    placed: dict[int, Slot] = {}
    for team, row in zip(teams, counts, strict=True):
        sizes = dict(zip(frame.days, row, strict=True))
        placed |= {one: Slot(team, day) for one, day in filled(shares[team], sizes).items()}
    return placed


def filled(units: Sequence[VisitedUnit], sizes: Mapping[date, int]) -> dict[int, date]:
    """Return the day of each unit, on each day as many as ``sizes`` says, the units of an area together.

    The fullest days come first. One takes what is left of an area where that fits it exactly, else units
    of the area of which most are left; those without an area fill what remains.
    """
    left: dict[str, list[VisitedUnit]] = defaultdict(list)
    for unit in sorted(units, key=lambda one: one.id):
        left[unit.area].append(unit)
    placed: dict[int, date] = {}
    for day in sorted(sizes, key=lambda one: (-sizes[one], one)):
        room = sizes[day]
        while room:
            area = _next_area(left, room)
            taken = left[area][:room]
            left[area] = left[area][room:]
            placed |= {unit.id: day for unit in taken}
            room -= len(taken)
    return placed


def _next_area(left: Mapping[str, Sequence[VisitedUnit]], room: int) -> str:
    there = [area for area, units in left.items() if units]
    return min(
        there, key=lambda area: (area == "", len(left[area]) != room, -len(left[area]), area)
    )


class _Outings:
    """The programme: how many visits a team makes on each day, and whether it goes out at all."""

    def __init__(self, frame: RoundFrame, teams: Sequence[int], sizes: Sequence[int]) -> None:
        self._frame, self._teams, self._sizes = frame, teams, sizes
        self._seats = frame.seats()
        fixed = Counter(slot.day for slot in frame.fixed.values())
        self._had = [fixed[day] for day in frame.days]
        self._out = Counter(frame.fixed.values())  # an outing that is made anyway costs nothing
        self._cells = len(teams) * len(frame.days)
        self._size = 2 * self._cells + 2  # visits, outings, the fewest and the most visits of a day

    def solved(self) -> list[list[int]] | None:
        """Return the visits by team, day by day.

        How full each day is comes first; kept as it is then, the outings are found at once.
        """
        spread = np.zeros(self._size)
        spread[-1], spread[-2] = 1.0, -1.0
        even = self._best(spread, None)
        if even is None:
            return None
        found = self._best(self._outings(), self._visits(even).sum(axis=0))
        rows = self._visits(even if found is None else found)
        return [[int(one) for one in row] for row in rows]

    def _visits(self, found: np.ndarray) -> np.ndarray:
        return np.rint(found[: self._cells]).astype(int).reshape(len(self._teams), -1)

    def _outings(self) -> np.ndarray:
        cost = np.zeros(self._size)
        cost[self._cells : 2 * self._cells] = [
            0.0 if self._out[Slot(team, day)] else 1.0
            for team in self._teams
            for day in self._frame.days
        ]
        return cost

    def _best(self, cost: np.ndarray, a_day: np.ndarray | None) -> np.ndarray | None:
        rules = _Rules(self._size)
        days = len(self._frame.days)
        upper = np.full(self._size, np.inf)
        upper[self._cells : 2 * self._cells] = 1
        for t, team in enumerate(self._teams):
            rules.add({t * days + d: 1.0 for d in range(days)}, self._sizes[t], self._sizes[t])
            for d, day in enumerate(self._frame.days):
                cell = t * days + d
                upper[cell] = self._seats.get(Slot(team, day), 0)
                rules.add({cell: 1.0, self._cells + cell: -float(upper[cell])}, -np.inf, 0)
        for d, had in enumerate(self._had):
            there = {t * days + d: 1.0 for t in range(len(self._teams))}
            rules.add({**there, self._size - 2: -1.0}, -had, np.inf)
            rules.add({**there, self._size - 1: -1.0}, -np.inf, -had)
        if a_day is not None:
            self._at_least(rules, a_day)
        found = milp(
            cost,
            constraints=rules.constraint(),
            integrality=np.ones(self._size),
            bounds=Bounds(0, upper),
            options={"node_limit": SEARCHED},
        )
        return None if found.x is None else np.asarray(found.x)

    def _at_least(self, rules: "_Rules", a_day: np.ndarray) -> None:
        """Keep the days as full as they are; say how few outings there can be, which is found slowly."""
        days, most = len(self._frame.days), self._frame.most
        for t, size in enumerate(self._sizes):
            row = {self._cells + t * days + d: 1.0 for d in range(days)}
            rules.add(row, -(-size // most), np.inf)
        for d, visits in enumerate(map(int, a_day)):
            cells = range(d, self._cells, days)
            rules.add(dict.fromkeys(cells, 1.0), visits, visits)
            out = {self._cells + cell: 1.0 for cell in cells}
            rules.add(out, -(-visits // most), np.inf)


class _Rules:
    """The rows of a programme, most of whose columns are 0."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._cells: list[tuple[int, int, float]] = []
        self._low: list[float] = []
        self._high: list[float] = []

    def add(self, row: Mapping[int, float], low: float, high: float) -> None:
        """Let the sum of ``row`` lie between two bounds."""
        self._cells += [(len(self._low), column, value) for column, value in row.items()]
        self._low.append(low)
        self._high.append(high)

    def constraint(self) -> LinearConstraint:
        """Return all of them."""
        rows, columns, values = zip(*self._cells, strict=True)
        shape = (len(self._low), self._size)
        table = coo_array((values, (rows, columns)), shape=shape).tocsr()
        return LinearConstraint(table, self._low, self._high)
