"""The last forecast as lines of a page: what may be late, thing by thing; each stage; what helps most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.foresight.shown import Days, LikelyItem, ShownForecast, StageForecast
from models.rules.foresight.wording import (
    chance_in_words,
    likely_in_words,
    too_little_in_words,
)

HELPS = 5


@dataclass(frozen=True, slots=True)
class LikelyThing:
    """A thing that may be late, by the most probable of its ``parts`` that may; ``unit_id`` is 0 for the office."""

    code: str
    title: str
    unit: str
    unit_id: int
    parts: int
    due: date | None
    chance: str
    days: Days


@dataclass(frozen=True, slots=True)
class StageChance:
    """A stage, its end where it has one, and how probably that is missed; ``late`` where it is missed already."""

    ordinal: int
    name: str
    end: date | None
    late: bool
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


def forecast_lines(shown: ShownForecast | None, today: date) -> ForecastLines | None:
    """Return what is shown of a forecast on ``today``, most probable first; None without one."""
    if shown is None:
        return None
    if not shown.enough:
        return ForecastLines(shown.day, False, too_little_in_words())
    return ForecastLines(
        shown.day,
        True,
        likely_in_words(shown.likely),
        [_thing(one) for one in shown.items],
        [_stage(one, today) for one in shown.stages],
        [
            Helping(_thing(one), one.helped, f"{max(one.gain, 0.01):.0%}")
            for one in shown.helps[:HELPS]
        ],
        shown.record.words,
    )


def _thing(one: LikelyItem) -> LikelyThing:
    chance = chance_in_words(one.late) if one.late is not None else ""
    about = (one.code, one.title, one.unit, one.unit_id)
    return LikelyThing(*about, one.parts, one.due, chance, one.days)


def _stage(one: StageForecast, today: date) -> StageChance:
    late = one.end is not None and one.end < today
    return StageChance(one.ordinal, one.name, one.end, late, chance_in_words(one.late), one.days)
