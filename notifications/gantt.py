"""The Gantt chart: where each bar and mark stands, then one SVG."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from models.campaign.campaign import Stage
from models.campaign.items import Item
from models.rules.words import Light, StageStatus
from notifications.rendering import render

WIDTH, LEFT, TOP, ROW = 1080, 230, 64, 52
COLOURS = {
    Light.GREEN: "#15803d",
    Light.BLUE: "#1d4ed8",
    Light.YELLOW: "#b45309",
    Light.RED: "#b91c1c",
}
BARS = {  # fill and edge of a stage's bar by where it stands
    StageStatus.PENDING: ("#f3f4f6", "#9ca3af"),
    StageStatus.ACTIVE: ("#bfdbfe", "#1d4ed8"),
    StageStatus.DECIDING: ("#fde68a", "#b45309"),
    StageStatus.CLOSED: ("#bbf7d0", "#15803d"),
}
NAME = 76  # how wide the name of a month is; one that would be cut at the edge is left out
OPEN_TAIL = timedelta(days=30)  # how much of an open end is drawn


def gantt_svg(title: str, stages: Sequence[Stage], items: Sequence[Item], today: date) -> str:
    """Return the chart as SVG: a row per stage, milestones in their lights, today's line.

    Overlapping stages stand above each other, gaps stay white, an open end is dashed with an arrow,
    a stage without days says so. Milestones due on one day in one light share a mark with a number.
    """
    first, last = chart_span(stages, items, today)

    def x(day: date) -> int:
        return round(LEFT + (WIDTH - LEFT - 30) * (day - first).days / max(1, (last - first).days))

    rows = [
        {
            "y": TOP + i * ROW,
            "name": f"{stage.ordinal}. {stage.name}",
            "status": StageStatus(stage.status).chinese,
            "days": _days(stage),
            "fill": BARS[StageStatus(stage.status)][0],
            "edge": BARS[StageStatus(stage.status)][1],
            "bar": _bar(stage, x, first, last),
            "marks": _marks([item for item in items if item.stage == stage.ordinal], x),
        }
        for i, stage in enumerate(stages)
    ]
    bottom = TOP + len(rows) * ROW
    return render(
        "chart/gantt.svg.j2",
        width=WIDTH,
        height=bottom + 56,
        left=LEFT,
        top=TOP,
        bottom=bottom,
        title=title,
        months=[
            {"x": x(day), "name": f"{day.year}年{day.month}月" if x(day) <= WIDTH - NAME else ""}
            for day in chart_months(first, last)
        ],
        rows=rows,
        today=today.isoformat(),
        today_x=x(today) if first <= today <= last else None,
        legend=[
            {"x": 24 + i * 110, "fill": COLOURS[light], "name": light.chinese}
            for i, light in enumerate(reversed(Light))
        ],
    )


def chart_span(stages: Sequence[Stage], items: Sequence[Item], today: date) -> tuple[date, date]:
    """Return the days the chart covers: all stages and their milestones, today if it is near."""
    days = [day for s in stages for day in (s.planned_start, s.planned_end) if day]
    days += [item.due for item in items if item.due and item.stage]
    days += [s.planned_start + OPEN_TAIL for s in stages if s.planned_start and not s.planned_end]
    if not days:
        return today - OPEN_TAIL, today + OPEN_TAIL
    near = timedelta(days=120)
    if min(days) - near <= today <= max(days) + near:
        days.append(today)
    return min(days) - timedelta(days=3), max(days) + timedelta(days=7)


def chart_months(first: date, last: date) -> list[date]:
    """Return the first days of months in the span, thinned out so that names do not collide."""
    months = []
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            months.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return months[:: 1 + len(months) // 10]


def _days(stage: Stage) -> str:
    start, end = stage.planned_start, stage.planned_end
    first = f"{start:%m-%d}" if start else ""
    last = f"{end:%m-%d}" if end else "无结束日" if stage.open_ended else ""
    return f"{first} 至 {last}" if first and last else (first or last)


def _bar(stage: Stage, x, first: date, last: date) -> dict[str, object] | None:  # type: ignore[no-untyped-def]
    if stage.planned_start is None and stage.planned_end is None:
        return None
    start, end = stage.planned_start or first, stage.planned_end or last
    return {"x": x(start), "width": max(3, x(end) - x(start)), "open": stage.planned_end is None}


def _marks(items: Sequence[Item], x) -> list[dict[str, object]]:  # type: ignore[no-untyped-def]
    grouped = Counter((item.due, item.light) for item in items if item.due)
    return [
        {
            "x": x(due) - 17 * n,
            "fill": COLOURS[light],
            "count": count,
            "title": f"{due} {light.chinese} {count} 项",
        }
        for due, marks in groupby(sorted(grouped.items(), key=_due), key=_due)
        for n, ((_, light), count) in enumerate(marks)
    ]


def _due(mark: tuple[tuple[date, Light], int]) -> date:
    return mark[0][0]
