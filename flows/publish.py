"""Publish pages and events in the operator's window."""

from collections.abc import Sequence

from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.events import emit_event

from models.rules.words import PREVIEW
from notifications.markdown import harmless
from tasks.board import (
    CHART_KEY,
    HOW_LIGHTS_ADD_UP,
    LIGHTS_KEY,
    WEEK_KEY,
    BoardPages,
    Table,
    due_in_words,
)
from tasks.patrol import CampaignView

PREVIEW_KEY = "preview-"  # before the key of a page that shows another day: today's stays as it is


def publish_board(pages: BoardPages, *, preview: bool = False) -> None:
    """Publish the chart and the two tables; the same three keys every day, so links keep working."""
    key, mark = (PREVIEW_KEY, PREVIEW) if preview else ("", "")
    chart, lights, week = pages.chart, _shown(pages.lights), _shown(pages.week)
    create_markdown_artifact(
        chart, key=key + CHART_KEY, description=f"{mark}甘特图：阶段、今天、节点亮灯"
    )
    create_table_artifact(
        lights, key=key + LIGHTS_KEY, description=f"{mark}亮灯表：{HOW_LIGHTS_ADD_UP}"
    )
    create_table_artifact(week, key=key + WEEK_KEY, description=mark + due_in_words(pages))


def _shown(table: Table) -> Table:
    """Return ``table`` as both UIs show it: one takes a cell for Markdown, the other for plain text."""
    return [{name: harmless(value) for name, value in row.items()} for row in table]


def announce(views: Sequence[CampaignView]) -> None:
    """Emit an event for each stage opened and milestone slipped today, and one for the patrol."""
    for view in views:
        for stage in view.opened:
            _emit("shifan.stage.opened", view, f"S{stage.ordinal}", stage.name)
        for slip in view.slipped:
            _emit("shifan.milestone.slipped", view, slip.code, slip.title)
        _emit("shifan.patrol.completed", view, "patrol", view.today.isoformat())


def _emit(event: str, view: CampaignView, code: str, name: str) -> None:
    resource = {
        "prefect.resource.id": f"shifan.campaign.{view.slug}.{code}",
        "prefect.resource.name": name,
    }
    emit_event(event, resource=resource, payload={"campaign": view.slug, "today": str(view.today)})
