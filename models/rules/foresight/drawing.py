"""Draw when everything open will be done: the last day of each stage, and what helps most."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.rules.foresight.pace import CampaignPace, Places
from models.rules.foresight.timeline import Numbers, Timeline
from models.rules.foresight.values import DaySpan, Foreseen, Help, PacedItem, StageDays

AT_ONCE = 128  # items that are drawn for together: what they take stays near the processor
HELPS = 5
HALF, MOST = (0.25, 0.75), (0.10, 0.90)


@dataclass(frozen=True, slots=True)
class OpenItems:
    """The open items, in order: their places among all, unit by number, phases from today on, and their days."""

    which: Places
    unit: Places
    starts: Numbers  # where what is left of each phase begins
    left: Numbers  # working days left in each phase
    hazard: Numbers  # a working day, of a unit like the whole
    due: Numbers
    stage: Places  # by its ordinal, 0 for none


class DrawnEnds:
    """Draws of when everything open is done: the last day of each stage, and which items were late for it."""

    def __init__(
        self,
        open_: OpenItems,
        pace: CampaignPace,
        stages: Sequence[StageDays],
        line: Timeline,
        draws: int,
        seed: int,
    ) -> None:
        self._open, self._stages, self._line = open_, sorted(stages, key=lambda s: s.ordinal), line
        of = self._of = open_.stage
        random = np.random.default_rng(seed)
        factors = random.gamma(pace.shape[:, None], 1.0, (len(pace.shape), draws))
        factors = (factors / pace.rate[:, None]).astype(np.float32)
        self._last = {int(s): np.zeros(draws, np.float32) for s in np.unique(of)}
        ends = {s.ordinal: line.at(s.end, np.inf) for s in stages}
        self._end = np.array([ends.get(int(s), np.inf) for s in of])
        self._late = np.zeros((len(of), draws), bool)
        for first in range(0, len(of), AT_ONCE):
            some = slice(first, first + AT_ONCE)
            places = self._places(some, factors, random)
            self._late[some] = places > self._end[some, None]
            for stage in np.unique(of[some]):
                mine = places[of[some] == stage].max(axis=0)
                np.maximum(self._last[int(stage)], mine, out=self._last[int(stage)])

    def _places(self, some: slice, factors: np.ndarray, random: np.random.Generator) -> np.ndarray:
        open_ = self._open
        unit = open_.unit[some]
        wanted = random.standard_exponential((len(unit), factors.shape[1]), np.float32)
        wanted /= np.maximum(factors[unit], 1e-6)
        hazard = open_.hazard[some].astype(np.float32)
        left = open_.left[some].astype(np.float32)
        steps = hazard * left
        before = np.cumsum(steps, axis=1) - steps
        places = np.repeat(open_.starts[some, :1].astype(np.float32), factors.shape[1], axis=1)
        for phase in range(hazard.shape[1]):
            if left[:, phase].any():
                days = (wanted - before[:, phase : phase + 1]) / hazard[:, phase : phase + 1]
                places += np.clip(days, 0, left[:, phase : phase + 1], out=days)
        return places

    def stages(self) -> Sequence[Foreseen]:
        """Return the stages that have anything open, in their order."""
        found = []
        for one in self._stages:
            if (last := self._last.get(one.ordinal)) is not None:
                end = self._line.at(one.end, np.inf)
                found.append(self._foreseen(one.ordinal, last, end))
        return found

    def campaign(self) -> Foreseen:
        """Return when everything is done, and the chance that it is not by the last stage's end."""
        last = np.max(list(self._last.values()), axis=0)
        ends = [self._line.at(one.end, np.inf) for one in self._stages]
        return self._foreseen(0, last, max(ends, default=np.inf))

    def _foreseen(self, id: int, last: np.ndarray, end: float) -> Foreseen:
        half, most = (
            DaySpan(*(self._line.day_at(float(np.quantile(last, share))) for share in shares))
            for shares in (HALF, MOST)
        )
        return Foreseen(id, False, round(float((last > end).mean()), 4), half, most)

    def helps(self, items: Sequence[PacedItem]) -> Sequence[Help]:
        """Return the open items without which alone a stage would end in time in the most draws, at most five.

        The draws are the same for every item; the gain is the share of them in which nothing else is late.
        """
        found = []
        for one in self._stages:
            mine = np.flatnonzero(self._of == one.ordinal)
            if len(mine) == 0 or one.end is None:
                continue
            late = self._late[mine]
            alone = late & (late.sum(axis=0) == 1)[None, :]
            for n, gain in zip(mine, alone.mean(axis=1), strict=True):
                item = items[self._open.which[n]]
                if gain > 0:
                    found.append(Help(item.id, item.part, one.ordinal, round(float(gain), 4)))
        found.sort(key=lambda one: (-one.gain, one.stage, one.part, one.id))
        return found[:HELPS]
