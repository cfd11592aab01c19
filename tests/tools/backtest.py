"""`make backtest`: how true the forecasts were, over campaigns whose end is known.

    python -m tests.tools.backtest                   200 made-up campaigns
    python -m tests.tools.backtest --campaigns 8

Each campaign is cut at three days; what was known then is foreseen, and held against what came. Ends with 1
where a goal is missed.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from models.rules.calendar.workdays import WorkCalendar
from models.rules.foresight.forecasting import forecast
from models.rules.foresight.values import Forecast
from tests.tools.backtest_campaigns import KnownCampaign, as_known_on, campaigns, published

SKILL, CLOSE, ENOUGH = 0.25, 0.05, 200
DRAWS = 16  # an item's chance is worked out, and wants none
Foresee = Callable[..., Forecast]


@dataclass(frozen=True, slots=True)
class Cases:
    """What was foreseen and what came: the chance to be late, whether it was, and whether a third of the time was left."""

    said: np.ndarray
    late: np.ndarray
    red: np.ndarray

    @property
    def base(self) -> float:
        """Return the share that was late."""
        return float(self.late.mean())

    def brier(self, said: np.ndarray) -> float:
        """Return the mean squared distance between what was ``said`` and what came."""
        return float(((said - self.late) ** 2).mean())

    @property
    def skill(self) -> float:
        """Return how much nearer than to say the base rate of all cases every time (1 is perfect, 0 no nearer)."""
        return 1 - self.brier(self.said) / self.brier(np.full_like(self.said, self.base))

    @property
    def skill_over_red(self) -> float:
        """Return the same beside calling late what is open with a third of its time left."""
        return 1 - self.brier(self.said) / self.brier(self.red)

    @property
    def auc(self) -> float:
        """Return how often of two items the later one was said to be the likelier; half is guessing."""
        order = np.argsort(self.said, kind="stable")
        ranks = np.empty(len(order))
        ranks[order] = np.arange(1, len(order) + 1)
        for value in np.unique(self.said):
            same = self.said == value
            ranks[same] = ranks[same].mean()
        late = self.late.astype(bool)
        n, m = late.sum(), (~late).sum()
        return float((ranks[late].sum() - n * (n + 1) / 2) / max(n * m, 1))

    def tenths(self) -> list[tuple[str, int, float, float]]:
        """Return of each tenth of the chances: its name, its cases, the mean said, the share that was late."""
        place = np.minimum((self.said * 10).astype(int), 9)
        return [
            (
                f"{10 * n}–{10 * n + 10}%",
                int((place == n).sum()),
                float(self.said[place == n].mean()),
                float(self.late[place == n].mean()),
            )
            for n in range(10)
            if (place == n).any()
        ]

    def faults(self) -> list[str]:
        """Return which goals are missed."""
        found = []
        if self.skill < SKILL:
            found.append(f"Brier 技巧 {self.skill:.3f}，应不低于 {SKILL}")
        found += [
            f"{name} 说 {said:.3f}，实际 {came:.3f}，相差应在 {CLOSE} 以内"
            for name, count, said, came in self.tenths()
            if count >= ENOUGH and abs(said - came) > CLOSE
        ]
        return found


def cases_of(
    known: Iterable[KnownCampaign], calendar: WorkCalendar, foresee: Foresee = forecast
) -> Cases:
    """Return every open item of every campaign at each of its cuts, foreseen and as it came."""
    said, late, red = [], [], []
    for campaign in known:
        truth = {one.id: one for one in campaign.items}
        for day in campaign.cuts:
            items = as_known_on(campaign, day)
            found = foresee(items, campaign.stages, day, calendar, draws=DRAWS)
            for one in found.items:
                item = truth[one.id]
                assert item.due is not None and item.begin is not None
                said.append(one.late)
                late.append(item.done is None or item.done > item.due)
                red.append(3 * (item.due - day).days <= (item.due - item.begin).days)
    return Cases(np.array(said), np.array(late, float), np.array(red, float))


def table_of(cases: Cases) -> list[str]:
    """Return the table as lines of Markdown."""
    lines = [
        "| 说的可能性 | 事项 | 平均说 | 实际逾期 | 相差 |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {name} | {count:,} | {said:.1%} | {came:.1%} | {100 * (said - came):+.1f} 点 |"
        for name, count, said, came in cases.tenths()
    ]
    red = cases.brier(cases.red)
    base = cases.brier(np.full_like(cases.said, cases.base))
    return [
        f"事项 {len(cases.said):,} 个，实际逾期 {cases.base:.1%}；Brier {cases.brier(cases.said):.3f}，"
        f"一律说平均数 {base:.3f}，时间只剩三分之一就说逾期 {red:.3f}；"
        f"比平均数好 {cases.skill:.1%}，比三分之一好 {cases.skill_over_red:.1%}，AUC {cases.auc:.3f}",
        "",
        *lines,
    ]


def main(words: Sequence[str] | None = None) -> int:
    """Print the table; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--campaigns", type=int, default=200)
    chosen = parser.parse_args(words)
    calendar = published()
    cases = cases_of(campaigns(chosen.campaigns, calendar), calendar)
    faults = cases.faults()
    for line in [*table_of(cases), "", *faults]:
        sys.stdout.write(f"{line}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
