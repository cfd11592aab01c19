"""Share the units of a round among its teams: evenly, areas whole where they can be, by `scipy.optimize.milp`."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from models.rules.visits.round_frame import RoundFrame, VisitedUnit

# What a unit costs in the plan: an area in one more team, a unit not in the team that prefers its area, a unit
# in a team that prefers others.
SPLIT, ELSEWHERE, UNASKED = 100.0, 10.0, 1.0
SEARCHED = 5  # nodes of the search tree; the best found by then is taken, the same each time
LATER = 1e-3  # of two equal ways the one with the earlier team
Key = tuple[str, tuple[int, ...]]  # an area and the teams that may go
Rule = tuple[np.ndarray, float, float]  # a row of the programme, and the bounds of its sum


def shared(frame: RoundFrame) -> dict[int, list[VisitedUnit]] | None:
    """Return the units of each team, which differ in number as little as can be; None where it cannot be.

    Teams of which units are members do not visit them, and none gets more than it has days for. What is
    fixed counts. The same frame gives the same shares.
    """
    groups = _groups(frame)
    keys = list(groups)
    room = Counter({team.id: 0 for team in frame.teams})
    for slot, free in frame.seats().items():
        room[slot.team] += free
    had = Counter(slot.team for slot in frame.fixed.values())
    problem = _Sharing(frame, keys, [len(groups[key]) for key in keys], room, had)
    counts = problem.solved()
    if counts is None:
        return None
    shares: dict[int, list[VisitedUnit]] = {team.id: [] for team in frame.teams}
    for key, row in zip(keys, counts, strict=True):
        left = iter(groups[key])
        for team, count in zip(frame.teams, row, strict=True):
            shares[team.id] += [next(left) for _ in range(count)]
    return shares


def _groups(frame: RoundFrame) -> dict[Key, list[VisitedUnit]]:
    found: dict[Key, list[VisitedUnit]] = defaultdict(list)
    for unit in frame.free_units:
        found[unit.area, frame.allowed(unit)].append(unit)
    return dict(sorted(found.items()))


class _Sharing:
    """The programme: how many units of each group go to each team, and which area meets which team."""

    def __init__(
        self,
        frame: RoundFrame,
        keys: Sequence[Key],
        sizes: Sequence[int],
        room: Counter[int],
        had: Counter[int],
    ) -> None:
        self._frame, self._keys, self._sizes = frame, keys, sizes
        self._teams = frame.teams
        self._areas = sorted({area for area, _ in keys if area})
        self._room = [room[team.id] for team in self._teams]
        self._had = [had[team.id] for team in self._teams]
        self._shares = len(keys) * len(self._teams)
        self._meets = len(self._areas) * len(self._teams)
        self._size = self._shares + self._meets + 2  # the fewest and the most visits of a team

    def solved(self) -> list[list[int]] | None:
        """Return the shares by group and team: first as even as can be, then as near to the areas."""
        spread = np.zeros(self._size)
        spread[-1], spread[-2] = 1.0, -1.0
        even = self._best(spread, None)
        if even is None:
            return None
        found = self._best(self._liking(), round(float(spread @ even)))
        best = even if found is None else found
        rows = np.rint(best[: self._shares]).astype(int).reshape(len(self._keys), -1)
        return [[int(one) for one in row] for row in rows]

    def _best(self, cost: np.ndarray, most_apart: int | None) -> np.ndarray | None:
        upper = np.full(self._size, np.inf)
        for g, (_, allowed) in enumerate(self._keys):
            for t, team in enumerate(self._teams):
                upper[self._share(g, t)] = self._sizes[g] if team.id in allowed else 0
        upper[self._shares : self._shares + self._meets] = 1
        rules = [*self._whole(), *self._within_room(), *self._met()]
        if most_apart is not None:
            apart = np.zeros(self._size)
            apart[-1], apart[-2] = 1.0, -1.0
            rules.append((apart, 0, most_apart))
        table, low, high = zip(*rules, strict=True)
        found = milp(
            cost,
            constraints=LinearConstraint(np.array(table), low, high),
            integrality=np.ones(self._size),
            bounds=Bounds(0, upper),
            options={"node_limit": SEARCHED},
        )
        return None if found.x is None else np.asarray(found.x)

    def _share(self, group: int, team: int) -> int:
        return group * len(self._teams) + team

    def _meeting(self, area: str, team: int) -> int:
        return self._shares + self._areas.index(area) * len(self._teams) + team

    def _whole(self) -> list[Rule]:
        rules: list[Rule] = []
        for g, size in enumerate(self._sizes):
            row = np.zeros(self._size)
            row[self._share(g, 0) : self._share(g, len(self._teams))] = 1
            rules.append((row, size, size))
        return rules

    def _within_room(self) -> list[Rule]:
        rules: list[Rule] = []
        for t, (room, had) in enumerate(zip(self._room, self._had, strict=True)):
            row = np.zeros(self._size)
            for g in range(len(self._keys)):
                row[self._share(g, t)] = 1
            rules.append((row, 0, room))
            fewest, most = row.copy(), row.copy()
            fewest[-2], most[-1] = -1, -1
            rules += [(fewest, -had, np.inf), (most, -np.inf, -had)]
        return rules

    def _met(self) -> list[Rule]:
        rules: list[Rule] = []
        for g, (area, _) in enumerate(self._keys):
            for t in range(len(self._teams)) if area else ():
                row = np.zeros(self._size)
                row[self._share(g, t)], row[self._meeting(area, t)] = 1, -self._sizes[g]
                rules.append((row, -np.inf, 0))
        return rules

    def _liking(self) -> np.ndarray:
        cost = np.zeros(self._size)
        preferred = {area for team in self._teams for area in team.areas}
        for t, team in enumerate(self._teams):
            for g, (area, _) in enumerate(self._keys):
                elsewhere = ELSEWHERE * (area in preferred and area not in team.areas)
                unasked = UNASKED * bool(area and team.areas and area not in team.areas)
                cost[self._share(g, t)] = elsewhere + unasked + LATER * t
            for area in self._areas:
                cost[self._meeting(area, t)] = SPLIT
        return cost
