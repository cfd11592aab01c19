"""Foresee (预计) what will be late: each open item, each stage and the campaign, from the pace so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from models.rules.calendar.workdays import WorkCalendar
from models.rules.foresight.drawing import HALF, MOST, DrawnEnds, OpenItems
from models.rules.foresight.pace import (
    CampaignPace,
    Exposure,
    Places,
    Recent,
    exposure,
    fitted,
    numbered,
)
from models.rules.foresight.timeline import (
    HORIZON,
    Numbers,
    Timeline,
    begins_of,
    bounds_of,
)
from models.rules.foresight.values import (
    FEWEST,
    FEWEST_DONE,
    SEED,
    DaySpan,
    Forecast,
    Foreseen,
    PacedItem,
    StageDays,
)

DRAWS = 2_000
LOOKED_BACK = (8.0, 16.0, 24.0)  # working days
FACTORS, FACTOR_SPREAD = np.geomspace(0.3, 3.0, 47), 0.8
HALF_LIFE = 30.0  # working days after which what a unit did says half as much of what it will do
AHEAD = 1.0  # of the days ahead: the middle of the way there
SPANS = (5, 5, 10, 10, 15, 15, 20, 20, 25, 25, 50, 50)  # working days, from today back


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of every item, by place: 0 is the day that it is known on. ``end`` is not a number while open."""

    unit: Places
    kind: Places
    bounds: Numbers
    due: Numbers
    end: Numbers
    stage: Places

    @property
    def done(self) -> np.ndarray:
        """Return which items are done."""
        return np.asarray(self.end <= 0)

    def before(self, days: float) -> "_Known":
        """Return what was known so many working days earlier."""
        moved = (self.bounds + days, self.due + days, self.end + days)
        return _Known(self.unit, self.kind, *moved, self.stage)

    def pace(self) -> CampaignPace:
        """Return the pace so far."""
        until = np.where(self.done, self.end, 0.0)
        days, where = exposure(self.bounds, until, self.done)
        seen = list(_recent(self.bounds, until, self.done))
        every = Exposure(self.unit, self.kind, days, where, seen)
        return fitted(every, int(self.unit.max()) + 1, int(self.kind.max()) + 1)


def forecast(
    items: Sequence[PacedItem],
    stages: Sequence[StageDays],
    day: date,
    calendar: WorkCalendar,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Forecast:
    """Return what is foreseen on ``day`` for what is open, from how items were done until then.

    The model is that of `models.rules.foresight.pace`; a unit's own factor is drawn with each draw, so its items
    are late together. What it would have said some weeks ago is held against what came since, and corrects it. A
    stage opens on its planned day, whether the one before has ended or not, and is done when the last of its
    items is; the campaign when the last of all is. The same facts in any order give the same forecast. With fewer
    than `FEWEST` items done or overdue, or `FEWEST_DONE` done, it says that too little is known.
    """
    items = sorted(items, key=lambda one: (one.part, one.id))
    line = Timeline(day, calendar)
    known = _known(items, stages, line)
    count = int(known.done.sum() + (~known.done & (known.due < 0)).sum()) if items else 0
    enough = count >= FEWEST and known.done.sum() >= FEWEST_DONE
    if not enough or known.done.all():
        return Forecast(day, bool(enough), count)
    pace = known.pace()
    open_ = _what_is_open(known, pace, _corrected(known))
    drawn = DrawnEnds(open_, pace, stages, line, draws, seed)
    return Forecast(
        day,
        True,
        count,
        _items(items, open_, pace, line),
        drawn.stages(),
        drawn.campaign(),
        drawn.helps(items),
    )


def _known(items: Sequence[PacedItem], stages: Sequence[StageDays], line: Timeline) -> _Known:
    units, kinds = numbered([one.unit for one in items]), numbered([one.kind for one in items])
    begin = begins_of(items, stages, line) if items else np.zeros(0)
    due = np.array([line.at(one.due, np.nan) for one in items])
    return _Known(
        np.array([units[one.unit] for one in items], dtype=np.int64),
        np.array([kinds[one.kind] for one in items], dtype=np.int64),
        bounds_of(begin, due),
        due,
        np.array([line.at(one.done, np.nan) for one in items]),
        np.array([one.stage for one in items], dtype=np.int64),
    )


def _what_is_open(known: _Known, pace: CampaignPace, factor: float = 1.0) -> OpenItems:
    which = np.flatnonzero(~known.done)
    bounds = np.clip(known.bounds[which], 0, 2.0 * HORIZON)
    left = bounds[:, 1:] - bounds[:, :-1]
    hazard = factor * pace.rates[None, :] * pace.kinds[known.kind[which]][:, None]
    return OpenItems(
        which, known.unit[which], bounds[:, :-1], left, hazard, known.due[which], known.stage[which]
    )


def _corrected(known: _Known) -> float:
    """Return by what all rates are to be multiplied: 1 where the past says nothing else.

    What would have been said `LOOKED_BACK` working days ago of what was due since is held against what came: the
    factor that makes it most probable, pulled to 1 (D. R. Cox, Two further applications of a model for binary
    regression, 1958, on the scale of the hazard).
    """
    worth = -((np.log(FACTORS) / FACTOR_SPREAD) ** 2) / 2
    for days in LOOKED_BACK:
        then = known.before(days)
        if then.done.sum() < FEWEST:
            continue
        pace = then.pace()
        open_ = _what_is_open(then, pace)
        since = (open_.due >= 0) & (open_.due < days)
        if not since.any():
            continue
        end = then.end[open_.which]
        late = (~(end <= open_.due))[since]
        shape, rate = pace.shape[open_.unit[since]], pace.rate[open_.unit[since]]
        kept = _still_known(pace, open_.unit[since], open_.due[since])
        ahead = _until(open_, np.nan_to_num(open_.due))[since][:, None] * FACTORS
        rate = (rate * kept)[:, None]
        said = np.clip((rate / (rate + ahead)) ** (shape * kept)[:, None], 1e-4, 1 - 1e-4)
        worth = worth + np.where(late[:, None], np.log(said), np.log1p(-said)).sum(axis=0)
    return float(FACTORS[worth.argmax()])


def _recent(bounds: Numbers, until: Numbers, done: np.ndarray) -> Iterator[Recent]:
    """Yield what was seen in each span of time behind today, the nearest first, and what it is worth."""
    before = 0.0
    for span in SPANS:
        first, last = before - span, before
        inside = done & (until > first) & (until <= last)
        within = np.clip(bounds, first, last)
        days, _ = exposure(within, np.clip(until, first, last), inside)
        yield Recent(0.5 ** ((-(first + last) / 2) / HALF_LIFE), days, inside)
        before = first


def _until(open_: OpenItems, place: Numbers) -> Numbers:
    """Return how much hazard lies between today and ``place`` for each open item of a unit like the whole."""
    days = np.clip(place[:, None] - open_.starts, 0, open_.left)
    return np.asarray((days * open_.hazard).sum(axis=1))


def _items(
    items: Sequence[PacedItem], open_: OpenItems, pace: CampaignPace, line: Timeline
) -> Sequence[Foreseen]:
    """Return each open item whose day has not passed, most probably late first."""
    ahead = open_.due >= 0
    known = _still_known(pace, open_.unit, np.nan_to_num(open_.due))
    shape, rate = pace.shape[open_.unit] * known, pace.rate[open_.unit] * known
    late = (rate / (rate + _until(open_, np.nan_to_num(open_.due)))) ** shape
    spans = {
        share: _place_of(open_, rate * ((1 - share) ** (-1 / shape) - 1)) for share in HALF + MOST
    }
    found = []
    for n in np.flatnonzero(ahead):
        one = items[open_.which[n]]
        half, most = (
            DaySpan(*(line.day_at(spans[share][n]) for share in shares)) for shares in (HALF, MOST)
        )
        found.append(Foreseen(one.id, one.part, round(float(late[n]), 4), half, most))
    return sorted(found, key=lambda one: (-one.late, one.part, one.id))


def _still_known(pace: CampaignPace, unit: Places, ahead: Numbers) -> Numbers:
    """Return how much of what is known of each item's unit is still known so many working days ahead.

    The way forward is as uncertain as the way back: who works well may stop. Who lags seldom catches up, so
    what is known of a slow unit lasts the longer the slower it is.
    """
    quick = np.minimum(pace.shape[unit] / pace.rate[unit], 1.0)
    return np.asarray(0.5 ** (np.maximum(ahead, 0) * AHEAD * quick / HALF_LIFE))


def _place_of(open_: OpenItems, hazard: Numbers) -> Numbers:
    """Return at which place each item has gone through so much ``hazard``."""
    steps = open_.hazard * open_.left
    before = np.cumsum(steps, axis=1) - steps
    days = np.clip((hazard[:, None] - before) / open_.hazard, 0, open_.left)
    # What waits before an item begins costs no hazard.
    return np.asarray(open_.starts[:, 0] + days.sum(axis=1))
