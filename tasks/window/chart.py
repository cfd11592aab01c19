"""The Gantt chart at a size that can be read: rows with bars and marks, in points from the left."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Stage, stages_of
from models.campaign.front import marked_campaign
from models.campaign.items import Item, milestone_items
from models.database import open_session
from models.rules.lights import light_days
from models.rules.words import Light, MilestoneKind, StageStatus
from notifications.gantt import OPEN_TAIL, chart_months, chart_span
from tasks.window.lines import BoardHeading, found_or_raise, heading

DAY_WIDTH = 3  # points; a month is ninety
NARROWEST, WIDEST = 1040, 4000
MARK, DIGIT = 24, 9  # how wide a mark is, and each digit of its number
STEPS_SHOWN = 60  # of a stage; what is beyond stands in one row
# Each has a row of its own; of all others a stage has one row for each kind.
SINGLE = (MilestoneKind.STEP, MilestoneKind.STAGE_END)


@dataclass(frozen=True, slots=True)
class ChartMark:
    """What is due on one day in one light: its place, how wide it is, and how many items it stands for."""

    x: int
    width: int
    light: Light
    count: int
    day: date


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A stage between its days; an ``open`` one has no end in the plan."""

    x: int
    width: int
    status: StageStatus
    open: bool


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A row: a stage with its bar, one step of it (its ``code`` leads to its page), or all of a kind."""

    name: str
    code: str = ""
    bar: ChartBar | None = None
    start: date | None = None
    end: date | None = None
    status: StageStatus | None = None
    marks: Sequence[ChartMark] = ()

    @property
    def is_stage(self) -> bool:
        """Say whether the row heads a stage."""
        return self.status is not None


@dataclass(frozen=True, slots=True)
class ChartPage:
    """The chart: how wide it is, where months begin and today is (None outside), and its rows."""

    heading: BoardHeading
    width: int
    months: Sequence[tuple[int, date]]
    today_x: int | None
    rows: Sequence[ChartRow]


Place = Callable[[date], int]


def chart_page(slug: str, today: date) -> ChartPage:
    """Return the chart of a campaign; four statements at any size. Raises NotFoundError."""
    with open_session(read_only=True) as session:
        campaign = found_or_raise(marked_campaign(session, slug, today), slug)
        calendar = work_calendar(session)
        stages = stages_of(session, campaign.id)
        items = milestone_items(session, campaign.id, light_days(today, calendar))
        first, last = chart_span(stages, items, today)
        days = max(1, (last - first).days)
        width = min(max(days * DAY_WIDTH, NARROWEST), WIDEST)

        def x(day: date) -> int:
            return round(width * (day - first).days / days)

        rows = [row for stage in stages for row in _rows(stage, items, x, last)]
        rows += _by_kind([one for one in items if one.stage is None], x)
    return ChartPage(
        heading(campaign, today, calendar),
        width,
        [(x(day), day) for day in chart_months(first, last)],
        x(today) if first <= today <= last else None,
        rows,
    )


def _rows(stage: Stage, items: Sequence[Item], x: Place, last: date) -> Iterator[ChartRow]:
    status = StageStatus(stage.status)
    bar = _bar(stage, status, x, last)
    name = f"{stage.ordinal}. {stage.name}"
    yield ChartRow(name, "", bar, stage.planned_start, stage.planned_end, status)
    own = [one for one in items if one.stage == stage.ordinal]
    single = [one for one in own if one.kind in SINGLE]
    shown, beyond = single[:STEPS_SHOWN], single[STEPS_SHOWN:]
    for one in shown:
        yield ChartRow(one.title, one.code, marks=_marks([one], x))
    if beyond:
        yield ChartRow(f"另有 {len(beyond)} 个步骤", marks=_marks(beyond, x))
    yield from _by_kind([one for one in own if one.kind not in SINGLE], x)


def _bar(stage: Stage, status: StageStatus, x: Place, last: date) -> ChartBar | None:
    if stage.planned_start is None and stage.planned_end is None:
        return None
    end = stage.planned_end or min(last, (stage.planned_start or last) + OPEN_TAIL)
    start = stage.planned_start or end - OPEN_TAIL
    left = max(0, x(start))
    return ChartBar(
        left, max(3, x(end + timedelta(days=1)) - left), status, stage.planned_end is None
    )


def _by_kind(items: Sequence[Item], x: Place) -> Iterator[ChartRow]:
    """Yield a row for each kind, in the order of `MilestoneKind`; what has no day is counted in its name."""
    for kind in MilestoneKind:
        if found := [one for one in items if one.kind is kind]:
            yield ChartRow(f"{kind.chinese} {len(found)} 项", marks=_marks(found, x))


def _marks(items: Sequence[Item], x: Place) -> list[ChartMark]:
    """Return the marks of a row from the left; one that would lie on another stands beside it."""
    counted = Counter((item.due, item.light) for item in items if item.due)
    order = {light: n for n, light in enumerate(reversed(Light))}
    marks: list[ChartMark] = []
    days = sorted(counted.items(), key=lambda one: (one[0][0], order[one[0][1]]))
    for day, of_day in groupby(days, key=lambda one: one[0][0]):
        for (_, light), count in of_day:
            width = MARK + (DIGIT * len(str(count)) if count > 1 else 0)
            free = marks[-1].x + marks[-1].width + 2 if marks else 0
            marks.append(ChartMark(max(free, x(day) - MARK // 2), width, light, count, day))
    return marks
