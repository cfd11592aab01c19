"""What a round of visits is planned from: units, teams, working days, and what stands already."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple


class Slot(NamedTuple):
    """A team's day."""

    team: int
    day: date


class Wish(NamedTuple):
    """What a visit is moved to: a day, a team, or both; None leaves it open."""

    day: date | None = None
    team: int | None = None


@dataclass(frozen=True, slots=True)
class VisitedUnit:
    """A unit that a round visits; those of one ``area`` go together where it can be."""

    id: int
    name: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class VisitTeam:
    """A team of several bodies: ``barred`` are the units it is made of, and those it keeps away from."""

    id: int
    name: str
    barred: frozenset[int] = frozenset()
    areas: frozenset[str] = frozenset()
    away: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class RoundFrame:
    """A round before it is planned.

    ``days`` are the working days on which visits may still be laid, ``most`` how many a team makes on
    one. ``fixed`` never move: what was held, and what was settled with a unit (``settled``). ``before`` is
    where the others stood, to be kept where they can; ``wishes`` are what they are moved to.
    """

    units: tuple[VisitedUnit, ...]
    teams: tuple[VisitTeam, ...]
    days: tuple[date, ...]
    most: int
    fixed: Mapping[int, Slot] = field(default_factory=lambda: MappingProxyType({}))
    before: Mapping[int, Slot] = field(default_factory=lambda: MappingProxyType({}))
    wishes: Mapping[int, Wish] = field(default_factory=lambda: MappingProxyType({}))
    settled: frozenset[int] = frozenset()

    @property
    def free_units(self) -> list[VisitedUnit]:
        """Return the units whose visit may be laid anywhere, by id."""
        return sorted((u for u in self.units if u.id not in self.fixed), key=lambda u: u.id)

    def seats(self) -> dict[Slot, int]:
        """Return how many visits each team can still make on each day it is there, by team and day."""
        taken = Counter(self.fixed.values())
        slots = (Slot(team.id, day) for team, day in self._there())
        return {slot: max(0, self.most - taken[slot]) for slot in slots}

    def allowed(self, unit: VisitedUnit) -> tuple[int, ...]:
        """Return the teams that may visit ``unit``, in their order."""
        wish = self.wishes.get(unit.id, Wish())
        return tuple(
            team.id
            for team in self.teams
            if unit.id not in team.barred and wish.team in (None, team.id)
        )

    def fits(self, unit: VisitedUnit, slot: Slot) -> bool:
        """Say whether ``slot`` is one that ``unit`` may be visited in, whoever else is there."""
        wish = self.wishes.get(unit.id, Wish())
        return slot.team in self.allowed(unit) and wish.day in (None, slot.day)

    def _there(self) -> Iterator[tuple[VisitTeam, date]]:
        for team in self.teams:
            for day in self.days:
                if day not in team.away:
                    yield team, day
