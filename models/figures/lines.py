"""What a demand has come to in a period, in lines: all units together, then each of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from models.figures.goals import Counted
from models.figures.kept import Kept
from models.rules.figures.measuring import NO_FIGURE, Figure, figure_of, trend_in_words
from models.rules.figures.periods import is_over, period_before
from models.rules.figures.targets import Goal
from models.rules.figures.together import UnitFigure, summed, together

RUNNING = "还没有数据，本期还没有结束"
OTHER_UNITS = "（两期填报的单位不同，只供参考）"

OfUnits = Mapping[int, Kept]  # by unit


@dataclass(frozen=True, slots=True)
class Measured:
    """A demand's figure of one period: of one unit, or of all together (``unit`` is empty then).

    ``missing`` says that a figure is owed and not there; a period that still runs owes none.
    """

    demand_id: int
    code: str
    ordinal: int
    text: str
    goal: Goal
    period: str
    unit: str = ""
    unit_id: int | None = None
    numerator: float | None = None
    denominator: float | None = None
    source: str = ""
    evidence: str = ""
    by_post: str = ""
    figure: Figure = field(default_factory=Figure)
    trend: str = ""
    missing: bool = False

    @property
    def value(self) -> Decimal | None:
        """Return the value as shown, None where nothing was counted."""
        return self.figure.value

    @property
    def target(self) -> str:
        """Return the target in words."""
        return self.goal.words

    @property
    def reached(self) -> bool | None:
        """Say whether the target is reached; None where nobody can say."""
        return self.figure.reached

    @property
    def short_by(self) -> Decimal | None:
        """Return what is lacking, in the target's unit."""
        return self.figure.short_by

    @property
    def words(self) -> str:
        """Return all of it in one line."""
        return self.figure.words


def lines_of(
    demand: Counted, given: Mapping[str, OfUnits], period: str, today: date | None
) -> Iterator[Measured]:
    """Yield what ``demand`` came to in ``period``: all units together, then each one's.

    ``given`` are the figures of each period by unit. Units that are owed a figure come with those
    that gave one.
    """
    now, before = given.get(period, {}), given.get(period_before(period), {}) if period else {}
    named = dict(demand.units) | {one.unit_id: one.unit for one in now.values()}
    units = dict(sorted(named.items()))
    running = bool(today and period and not is_over(period, today))
    empty = Measured(
        demand.demand_id, demand.code, demand.ordinal, demand.text, demand.goal, period
    )
    single = [
        _single(replace(empty, unit=name, unit_id=unit), now.get(unit), before.get(unit), running)
        for unit, name in units.items()
    ]
    parts = [UnitFigure(x.unit, x.numerator, x.denominator, x.figure) for x in single]
    yield _whole(empty, parts, before, running)
    yield from single


def _whole(empty: Measured, parts: list[UnitFigure], before: OfUnits, running: bool) -> Measured:
    goal, given = empty.goal, [part for part in parts if part.numerator is not None]
    figure = _running(together(goal, parts), running)
    then = together(goal, [_then(one) for one in before.values()]) if before else None
    trend = trend_in_words(goal, figure, then, period_before(empty.period))
    if then and trend and {one.unit for one in before.values()} != {part.unit for part in given}:
        trend += OTHER_UNITS
    above, below = summed(given) if given else (None, None)
    return replace(
        empty,
        numerator=above,
        denominator=below,
        figure=figure,
        trend=trend,
        missing=not running and (not parts or len(given) < len(parts)),
    )


def _then(one: Kept) -> UnitFigure:
    return UnitFigure(one.unit, one.numerator, one.denominator)


def _single(empty: Measured, one: Kept | None, before: Kept | None, running: bool) -> Measured:
    if one is None:
        return replace(empty, figure=_running(Figure(), running), missing=not running)
    figure = _running(figure_of(empty.goal, one.numerator, one.denominator), running)
    then = figure_of(empty.goal, before.numerator, before.denominator) if before else None
    return replace(
        empty,
        numerator=one.numerator,
        denominator=one.denominator,
        source=one.source,
        evidence=one.evidence,
        by_post=one.by_post,
        figure=figure,
        trend=trend_in_words(empty.goal, figure, then, period_before(empty.period)),
    )


def _running(figure: Figure, running: bool) -> Figure:
    if running and figure.value is not None:
        return replace(figure, words=f"{figure.words}；本期还没有结束")
    nothing = figure.value is None and figure.words == NO_FIGURE
    return Figure(words=RUNNING) if running and nothing else figure
