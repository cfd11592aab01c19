"""The last forecast as lines of a page: what may be late, thing by thing; each stage; what helps most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.foresight.shown import Days, LikelyItem, ShownForecast, StageForecast
from models.rules.foresight.wording import (
    chance_in_words,
    likely_in_words,
    too_little_in_words,
)

THINGS = 5


@dataclass(frozen=True, slots=True)
class LikelyThing:
    """A thing that may be late with the parts of it that may; whose it is, by its most probable part.

    ``unit_id`` is 0 for the office.
    """

    code: str
    title: str
    unit: str
    unit_id: int
    parts: int
    units: int
    due: date | None
    chance: str
    days: Days

    @property
    def whose(self) -> str:
        """Return whose it is, in words."""
        return f"{self.unit}等 {self.units} 个单位" if self.units > 1 else self.unit


@dataclass(frozen=True, slots=True)
class StageChance:
    """A stage and how probably it ends late, empty where it has no end."""

    ordinal: int
    name: str
    chance: str
    days: Days


@dataclass(frozen=True, slots=True)
class Helping:
    """An item whose completion this week helps the stage ``ordinal`` most, by so much."""

    thing: LikelyThing
    ordinal: int
    gain: str


@dataclass(frozen=True, slots=True)
class ForecastLines:
    """What a page shows of a forecast; without ``enough`` the sentence says that too little is known, and all else is empty."""

    day: date
    enough: bool
    sentence: str
    things: Sequence[LikelyThing] = ()
    stages: Sequence[StageChance] = ()
    helps: Sequence[Helping] = ()
    record: str = ""


def forecast_lines(shown: ShownForecast | None) -> ForecastLines | None:
    """Return what is shown of a forecast, most probable first; None without one."""
    if shown is None:
        return None
    if not shown.enough:
        return ForecastLines(shown.day, False, too_little_in_words())
    return ForecastLines(
        shown.day,
        True,
        likely_in_words(shown.likely),
        _things(shown.items)[:THINGS],
        [_stage(one) for one in shown.stages],
        [
            Helping(_thing([one]), one.helped, f"{max(one.gain, 0.01):.0%}")
            for one in shown.helps[:THINGS]
        ],
        shown.record.words,
    )


def _things(items: Iterable[LikelyItem]) -> list[LikelyThing]:
    """Return the things that ``items`` are parts of, in the order of their first."""
    found: dict[str, list[LikelyItem]] = {}
    for one in items:
        found.setdefault(one.code, []).append(one)
    return [_thing(parts) for parts in found.values()]


def _thing(parts: Sequence[LikelyItem]) -> LikelyThing:
    first = parts[0]
    return LikelyThing(
        first.code,
        first.title,
        first.unit,
        first.unit_id,
        len(parts),
        len({one.unit_id for one in parts}),
        first.due,
        chance_in_words(first.late) if first.late is not None else "",
        first.days,
    )


def _stage(one: StageForecast) -> StageChance:
    chance = chance_in_words(one.late) if one.has_end else ""
    return StageChance(one.ordinal, one.name, chance, one.days)
