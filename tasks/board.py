"""What the operator's window shows of a day: the chart, the lights, what is due this week."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.campaign import campaign_named, stages_of
from models.database import open_session
from models.holiday import work_calendar
from models.items import milestone_items
from models.rules.lights import light_days
from models.rules.words import PREVIEW, Progress
from notifications import links
from notifications.gantt import Bar, gantt_svg
from notifications.rendering import render
from tasks.patrol import CampaignView
from tasks.summary import lights_in_words, summary
from tasks.switches import off_in_words

CHART_KEY, LIGHTS_KEY, WEEK_KEY = "chart", "lights", "this-week"
CHARTS_SHOWN = 8  # a province sees its other campaigns in the table of lights
ROWS_SHOWN = 2000

Table = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class BoardPages:
    """The three pages of a day, ready to be published."""

    chart: str
    lights: Table
    week: Table


def board_pages(views: Sequence[CampaignView]) -> BoardPages:
    """Return the pages that show ``views``; reads each shown campaign once."""
    charts, week = [], []
    for view in views[:CHARTS_SHOWN]:
        with open_session(read_only=True) as session:
            campaign = campaign_named(session, view.slug)
            days = light_days(view.today, work_calendar(session))
            items = milestone_items(session, campaign.id or 0, days)
            bars = [
                Bar(s.ordinal, s.name, s.status, s.planned_start, s.planned_end, s.open_ended)
                for s in stages_of(session, campaign.id or 0)
            ]
        svg = gantt_svg(f"{view.title}{mark(view)} {view.today}", bars, items, view.today)
        charts.append(
            {
                "title": view.title + mark(view),
                "summary": summary(view),
                "lights": lights_in_words(view.board.all),
                "svg": base64.b64encode(svg.encode()).decode(),
                "open_groups": view.open_groups,
            }
        )
        week += [
            {
                "创建活动": view.slug + mark(view),
                "编号": item.code,
                "事项": item.title,
                "责任": item.unit,
                "时限": item.due.isoformat() if item.due else "",
                "灯": item.light.chinese,
                "进度": item.state.chinese,
            }
            for item in items
            if item.due
            and item.due <= end_of_week(view.today)
            and item.state in (Progress.OPEN, Progress.STARTED)
        ]
    return BoardPages(
        chart=render(
            "board/chart.md.j2",
            campaigns=charts,
            off=off_in_words(),
            more=max(0, len(views) - CHARTS_SHOWN),
            lights=links.artifact(LIGHTS_KEY),
            week=links.artifact(WEEK_KEY),
            progress=links.form("登记进展"),
        ),
        lights=_lights(views)[:ROWS_SHOWN],
        week=week[:ROWS_SHOWN],
    )


def mark(view: CampaignView) -> str:
    """Return the marks of a demonstration and of a preview, which stand wherever the name does."""
    return ("【演示】" if view.is_demo else "") + (PREVIEW if view.preview else "")


def end_of_week(day: date) -> date:
    """Return the Sunday of the week of ``day``."""
    return day + timedelta(days=7 - day.isoweekday())


def _lights(views: Sequence[CampaignView]) -> Table:
    rows = []
    for view in views:
        named = [("单位", name, lights) for name, lights in view.board.units.items()]
        named += [("工作任务", name, lights) for name, lights in view.board.work_items.items()]
        rows += [
            {
                "创建活动": view.slug + mark(view),
                "类别": kind,
                "名称": name,
                "灯": lights.worst.chinese,
                "红（逾期）": str(lights.red),
                "黄（滞后）": str(lights.yellow),
                "蓝（临近）": str(lights.blue),
                "绿（正常）": str(lights.green),
            }
            for kind, name, lights in named
        ]
    return rows
