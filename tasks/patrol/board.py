"""What the operator's window shows of a day: the chart, the lights, what is due this week."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, campaigns_named, stages_of
from models.campaign.items import Item, due_items, milestone_items
from models.campaign.lights import lights_in_words
from models.database import open_session
from models.keys import key_of
from models.rules.lights import LightDays, light_days
from models.rules.words import OFFICE, PREVIEW, Light, RunKind
from notifications import links
from notifications.gantt import gantt_svg
from notifications.rendering import render
from tasks.office.switches import off_in_words
from tasks.patrol.summary import standing
from tasks.patrol.view import CampaignView, sets_of

CHART_KEY, LIGHTS_KEY, WEEK_KEY = links.CHART, links.LIGHTS, links.WEEK
CHARTS_SHOWN = 8  # a province sees its other campaigns in the table of lights
ROWS_SHOWN = 2000
UNITS_SHOWN = 100  # of evidence; a city has sixty
WHOLE = "工作任务整项（各单位的部分另计）"
# Said under the table, for whoever adds the rows up.
COLOURS = "红为逾期，黄为滞后，蓝为临近，绿为正常"
HOW_LIGHTS_ADD_UP = (
    f"{COLOURS}。各单位、创建办和工作任务整项相加等于合计；工作任务各行是同一批事项按任务看；"
    "下级各行是它们自己的事项，不计入合计"
)

Table = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class BoardPages:
    """The three pages of a day, ready to be published; ``due`` rows stand or would stand in ``week``.

    ``red`` of them are overdue: the same number as in every other place. ``campaigns`` are shown, each by
    its label and its part of an address.
    """

    chart: str
    lights: Table
    week: Table
    due: int = 0
    red: int = 0
    campaigns: Sequence[tuple[str, str]] = ()


def board_pages(views: Sequence[CampaignView]) -> BoardPages:
    """Return the pages that show ``views``, all of one day; reads the campaigns in sets."""
    charts: list[dict[str, Any]] = []
    week: Table = []
    named: list[tuple[str, str]] = []
    # A phone shows the first columns alone: with several campaigns a row's name says which it is of.
    of = {view.slug: f"{called(view)} · " if len(views) > 1 else "" for view in views}
    lights, left_out = [row for view in views for row in _lights(view, of[view.slug])], 0
    run = _run_word(views)
    for some in sets_of(views):
        with open_session(read_only=True) as session:
            shown = campaigns_named(session, [view.slug for view in some])
            named += [(campaign.label, campaign.address) for campaign in shown]
            days = light_days(some[0].today, work_calendar(session))
            for campaign, view in zip(shown, some, strict=True):
                if len(charts) < CHARTS_SHOWN:
                    charts.append(_chart(session, campaign, view, days))
            ids, until = [key_of(campaign) for campaign in shown], end_of_week(days.today)
            due = due_items(session, ids, days, until, ROWS_SHOWN - len(week))
        for id, view in zip(ids, some, strict=True):
            items, total = due[id]
            week += [_due_row(view, item, of[view.slug]) for item in items]
            left_out += total - len(items)
    return BoardPages(
        chart=render(
            "board/chart.md.j2",
            campaigns=charts,
            off=off_in_words(),
            more=max(0, len(views) - CHARTS_SHOWN),
            lights=links.artifact(LIGHTS_KEY),
            week=links.artifact(WEEK_KEY),
            outlook=links.artifact(links.OUTLOOK),
            progress=links.form("登记进展"),
        ),
        lights=_called(_cut(lights[:ROWS_SHOWN], len(lights) - ROWS_SHOWN), run),
        week=_called(_cut(week, left_out), run),
        due=len(week) + left_out,
        red=sum(view.board.all.red for view in views),
        campaigns=named,
    )


def due_in_words(pages: BoardPages) -> str:
    """Return what stands in the page of the week, counted."""
    return f"本周到期和已经逾期的事项共 {pages.due} 项，其中逾期 {pages.red} 项；{COLOURS}"


def _chart(
    session: Session, campaign: Campaign, view: CampaignView, days: LightDays
) -> dict[str, Any]:
    stages = stages_of(session, key_of(campaign))
    items = milestone_items(session, key_of(campaign), days)
    svg = gantt_svg(f"{view.title}（{called(view)}）{view.today}", stages, items, view.today)
    return {
        "title": f"{view.title}（{called(view)}）",
        "standing": standing(view),
        "page": links.board(campaign.address),
        "lights": lights_in_words(view.board.all),
        "svg": base64.b64encode(svg.encode()).decode(),
        "open_groups": view.open_groups,
        "evidence": _evidence(view),
    }


def _evidence(view: CampaignView) -> dict[str, Any]:
    """Return where evidence stands, unit by unit in the plan's order: nobody is ranked."""
    units = view.evidence.units
    more = len(units) - UNITS_SHOWN
    return {"lines": view.evidence.lines, "units": units[:UNITS_SHOWN], "more": more}


def _due_row(view: CampaignView, item: Item, of: str) -> dict[str, str]:
    """Return one row; a phone of 390 points shows its first columns without a push.

    The window breaks no line within a cell: what may be long stands behind what is short.
    """
    return {
        "编号": item.code,
        "灯": _colour(item.light),
        "时限": _day(item.due, view.today),
        "责任": item.unit,
        "事项": of + item.title,
        "进度": item.state.chinese,
        "类别": item.role.chinese if item.role else item.kind.chinese,
        "创建活动": called(view),
    }


def _cut(rows: Table, left_out: int) -> Table:
    """Return ``rows``, with a last one that says how many more there are."""
    if left_out <= 0 or not rows:
        return rows
    first, *others = rows[0]
    return [*rows, {first: f"另有 {left_out} 行没有列出"} | dict.fromkeys(others, "")]


def _run_word(views: Sequence[CampaignView]) -> str:
    """Return the head of the column that names the runs: plans of work are never called campaigns."""
    kinds = [kind.chinese for kind in RunKind if kind in {view.run_kind for view in views}]
    return "、".join(kinds) or RunKind.CAMPAIGN.chinese


def _called(rows: Table, run: str) -> Table:
    """Return ``rows`` with the column of the runs under its head."""
    if run == RunKind.CAMPAIGN.chinese:
        return rows
    own = RunKind.CAMPAIGN.chinese
    return [{run if key == own else key: text for key, text in row.items()} for row in rows]


def called(view: CampaignView) -> str:
    """Return what a campaign is called on the pages, with the mark of a preview where it is one."""
    return view.label + (PREVIEW if view.preview else "")


def _day(day: date | None, today: date) -> str:
    """Return 07-31 for a day of this year, 2025-07-31 for one of another; empty where there is none."""
    if day is None:
        return ""
    return day.strftime("%m-%d") if day.year == today.year else day.isoformat()


def _colour(light: Light) -> str:
    """Return 红 for 红（逾期）: six columns fit a phone, and what each means stands above the table."""
    return light.chinese.partition("（")[0]


def end_of_week(day: date) -> date:
    """Return the Sunday of the week of ``day``."""
    return day + timedelta(days=7 - day.isoweekday())


def _lights(view: CampaignView, of: str) -> Table:
    """Return the rows of a campaign: all, then each body, which add up to it, then each work item."""
    board = view.board
    rows = [("合计", "全部事项", board.all)]
    rows += [("单位", name, lights) for name, lights in board.units.items()]
    rows += [(OFFICE, OFFICE, board.office)] if board.office.total else []
    rows += [("整项", WHOLE, board.whole)] if board.whole.total else []
    rows += [("工作任务", name, lights) for name, lights in board.work_items.items()]
    rows += [("下级", one.label, one.lights) for one in view.children]
    return [
        {
            "名称": of + name,
            "灯": _colour(lights.worst),
            _colour(Light.RED): str(lights.red),
            _colour(Light.YELLOW): str(lights.yellow),
            _colour(Light.BLUE): str(lights.blue),
            _colour(Light.GREEN): str(lights.green),
            "类别": kind,
            "创建活动": called(view),
        }
        for kind, name, lights in rows
    ]
