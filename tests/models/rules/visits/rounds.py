"""Rounds as the tests of visits make them up."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from models.rules.visits.round_frame import RoundFrame, Slot, VisitedUnit, VisitTeam, Wish

FIRST = date(2026, 3, 2)  # a Monday


def day(n: int) -> date:
    """Return the n-th day of a made-up round, from 0."""
    return FIRST + timedelta(days=n)


def unit(n: int, area: str = "") -> VisitedUnit:
    return VisitedUnit(n, f"单位{n}", area)


def team(n: int, barred: Iterable[int] = (), areas: Iterable[str] = (), away: Iterable[int] = ()):
    days = frozenset(day(each) for each in away)
    return VisitTeam(n, f"第{n}组", frozenset(barred), frozenset(areas), days)


def frame(
    units: Iterable[VisitedUnit],
    teams: Iterable[VisitTeam],
    days: int,
    most: int = 2,
    **more: Mapping[int, object],
) -> RoundFrame:
    """Return a round of the first ``days`` days."""
    return RoundFrame(tuple(units), tuple(teams), tuple(map(day, range(days))), most, **more)


def slots(**places: tuple[int, int]) -> dict[int, Slot]:
    """Return slots by unit: u3=(1, 0) is unit 3, team 1, the first day."""
    return {int(name[1:]): Slot(team, day(n)) for name, (team, n) in places.items()}


def wish(n: int | None = None, team: int | None = None) -> Wish:
    return Wish(None if n is None else day(n), team)
