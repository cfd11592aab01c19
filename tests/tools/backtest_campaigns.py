"""Campaigns of which the pace is known, for `make backtest`: people with habits, not the model that foresees them.

Four kinds, a quarter each; in every campaign units differ in how able they are.

* steady: a unit works through what it owes in the order of the days, so many a week.
* last-minute: most is done in the week before its day, some when somebody calls after it.
* stuck: steady, but a third of the units stop for some weeks, and some never go on.
* holidays: steady, with two weeks in which hardly anybody works, and what is done is reported on Fridays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from models.calendar.calendar import published_days
from models.rules.calendar.workdays import WorkCalendar
from models.rules.foresight.values import PacedItem, StageDays

KINDS = ("steady", "last-minute", "stuck", "holidays")
FIRST = date(2025, 3, 3)
DAYS = 130  # working days of a campaign
CUTS = (0.3, 0.5, 0.7)
STAGES = 3


@dataclass(frozen=True, slots=True)
class KnownCampaign:
    """A campaign with every item's true day; an item that was never finished has none."""

    kind: str
    items: Sequence[PacedItem]
    stages: Sequence[StageDays]
    cuts: Sequence[date]


def published() -> WorkCalendar:
    """Return the days off of the years that the campaigns lie in, as they were published."""
    years = (2025, 2026)
    days = {day: worked for year in years for day, worked, _ in published_days(year)}
    return WorkCalendar(days, frozenset(years))


def workdays(calendar: WorkCalendar, count: int = 3 * DAYS) -> list[date]:
    """Return the first working days from `FIRST` on."""
    found, day = [], FIRST
    while len(found) < count:
        if calendar.is_workday(day):
            found.append(day)
        day += timedelta(days=1)
    return found


def campaigns(count: int, calendar: WorkCalendar, seed: int = 1) -> Iterator[KnownCampaign]:
    """Yield so many campaigns, each kind in turn."""
    days = workdays(calendar)
    for number in range(count):
        yield _campaign(KINDS[number % len(KINDS)], days, np.random.default_rng([seed, number]))


def _campaign(kind: str, days: list[date], chance: np.random.Generator) -> KnownCampaign:
    units, each = int(chance.integers(15, 40)), int(chance.integers(8, 25))
    ends = [int(DAYS * (n + 1) / STAGES) for n in range(STAGES)]
    hard = chance.lognormal(0.0, 0.35)  # how much this campaign asks of all
    items = []
    for unit in range(1, units + 1):
        able = chance.lognormal(0.0, 0.6) / hard
        due = np.sort(chance.integers(8, DAYS, each))
        begin = np.maximum(due - chance.integers(15, 60, each), 0)
        done = _done(kind, begin, due, able, chance)
        for n in range(each):
            finished = None if done[n] >= len(days) else days[int(done[n])]
            stage = next(s for s, end in enumerate(ends, 1) if due[n] <= end)
            items.append(
                PacedItem(
                    id=len(items) + 1,
                    part=True,
                    unit=unit,
                    kind="indicator" if n % 3 else "work_item",
                    stage=stage,
                    begin=days[int(begin[n])],
                    due=days[int(due[n])],
                    done=finished,
                )
            )
    starts = [0, *ends[:-1]]
    stages = [
        StageDays(n + 1, days[start], days[end])
        for n, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    return KnownCampaign(kind, items, stages, [days[int(DAYS * cut)] for cut in CUTS])


def _done(
    kind: str, begin: np.ndarray, due: np.ndarray, able: float, chance: np.random.Generator
) -> np.ndarray:
    """Return on which working day each item is finished."""
    if kind == "last-minute":
        early = due - np.minimum(chance.geometric(0.35, len(due)) - 1, 8)
        called = due + chance.geometric(0.12, len(due))
        on_time = chance.random(len(due)) < min(0.95, 0.55 * able**0.7 + 0.15)
        return np.maximum(np.where(on_time, early, called), begin)
    stops = _stop(kind, chance)
    free, done = 0.0, []
    for first in range(len(due)):
        free = max(free, float(begin[first]))
        free += chance.gamma(2.0, 2.2 / able)
        while stops[0] <= free < stops[1]:
            free = float(stops[1])
        if kind == "holidays":
            if 60 <= free < 70 and chance.random() < 0.85:
                free = 70 + chance.random() * 2
            done.append(5 * np.ceil(free / 5))  # told on a Friday
        else:
            done.append(free)
    return np.array(done)


def _stop(kind: str, chance: np.random.Generator) -> tuple[float, float]:
    """Return from when to when a unit stops; for most it never does."""
    if kind != "stuck" or chance.random() > 0.35:
        return (np.inf, np.inf)
    first = float(chance.integers(10, 90))
    return (first, 10_000.0 if chance.random() < 0.3 else first + float(chance.integers(15, 45)))


def as_known_on(campaign: KnownCampaign, day: date) -> Sequence[PacedItem]:
    """Return the items as they were known on ``day``: what was finished later is open."""
    return [
        one if one.done is None or one.done <= day else replace(one, done=None)
        for one in campaign.items
    ]
