"""Lay the visits of a round again with the fewest changes: what stands stays, unless something forbids it.

A visit that stays costs nothing; one that changes its team or its day costs more than all preferences
together. The assignment of visits to seats with the least cost (`scipy.optimize.linear_sum_assignment`,
exact) therefore changes as few as can be, and among those plans keeps teams, evens out days and keeps
areas together.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from models.rules.visits.round_frame import RoundFrame, Slot, VisitedUnit

CHANGED = 1_000_000.0  # more than all preferences of a thousand visits together
OTHER_TEAM, FULLER_DAY, FULLER_TEAM, ALONE, FAR = 300.0, 40.0, 8.0, 20.0, 1.0
FARTHEST = 60  # days


def laid_again(frame: RoundFrame) -> dict[int, Slot] | None:
    """Return where every unit is visited, the fixed ones where they are; None where there is no plan."""
    units = frame.free_units
    seats = [(slot, n) for slot, free in frame.seats().items() for n in range(free)]
    if not units:
        return dict(frame.fixed)
    if len(seats) < len(units):
        return None
    costs = _costs(frame, units, seats)
    try:
        rows, columns = linear_sum_assignment(costs)
    except ValueError:  # some visit fits nowhere
        return None
    placed = {units[row].id: seats[column][0] for row, column in zip(rows, columns, strict=True)}
    return {**frame.fixed, **placed}


def changed(before: Mapping[int, Slot], after: Mapping[int, Slot]) -> list[int]:
    """Return the units whose visit is on another day or by another team than before, by id."""
    return sorted(one for one, slot in after.items() if one in before and before[one] != slot)


def _costs(
    frame: RoundFrame, units: Sequence[VisitedUnit], seats: Sequence[tuple[Slot, int]]
) -> np.ndarray:
    standing = dict(frame.fixed) | {
        unit.id: slot
        for unit in units
        if (slot := frame.before.get(unit.id)) and frame.fits(unit, slot)
    }
    areas = {unit.id: unit.area for unit in frame.units}
    together = Counter((slot, areas.get(one, "")) for one, slot in standing.items())
    days = Counter(slot.day for slot in standing.values())
    teams = Counter(slot.team for slot in standing.values())
    costs = np.full((len(units), len(seats)), np.inf)
    for row, unit in enumerate(units):
        old = frame.before.get(unit.id)
        for column, (slot, place) in enumerate(seats):
            if slot == old and frame.fits(unit, slot):
                costs[row, column] = 0.0
            elif frame.fits(unit, slot):
                costs[row, column] = (
                    CHANGED
                    + OTHER_TEAM * (old is not None and old.team != slot.team)
                    + FULLER_DAY * days[slot.day]
                    + FULLER_TEAM * (teams[slot.team] + place)
                    + ALONE * (not unit.area or not together[slot, unit.area])
                    + FAR * (min(abs((slot.day - old.day).days), FARTHEST) if old else 0)
                )
    return costs
