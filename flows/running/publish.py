"""Publish pages and events in the operator's window."""

import json
from collections.abc import Sequence
from typing import Literal

from httpx import HTTPStatusError
from prefect import get_client
from prefect.client.orchestration import SyncPrefectClient
from prefect.events import emit_event

from models.rules.words import PREVIEW
from notifications import links
from notifications.markdown import harmless, typed
from tasks.patrol.board import (
    CHART_KEY,
    HOW_LIGHTS_ADD_UP,
    LIGHTS_KEY,
    WEEK_KEY,
    BoardPages,
    Table,
    due_in_words,
)
from tasks.patrol.view import CampaignView

TEXTS = (CHART_KEY, links.OUTLOOK)
# What each shows stands in the window on this page of a campaign; the lights on its board.
IN_THE_WINDOW = {CHART_KEY: "chart", LIGHTS_KEY: "", WEEK_KEY: "week", links.OUTLOOK: "gate"}
WAYS_SHOWN = 8  # campaigns; a province's others stand on the first page
Ways = Sequence[tuple[str, str]]  # a name and an address each
Campaigns = Sequence[tuple[str, str]]  # what each is called, and its part of an address
KEYS = (CHART_KEY, LIGHTS_KEY, WEEK_KEY, links.OUTLOOK)


def publish_board(pages: BoardPages, *, preview: bool = False) -> None:
    """Publish the chart and the two tables, each in its own place."""
    said: dict[str, tuple[str | Table, str]] = {
        CHART_KEY: (pages.chart, "甘特图：阶段、今天、节点亮灯"),
        LIGHTS_KEY: (_shown(pages.lights), f"亮灯表：{HOW_LIGHTS_ADD_UP}"),
        WEEK_KEY: (_shown(pages.week), due_in_words(pages)),
    }
    for key, (page, description) in said.items():
        ways = ways_to(pages.campaigns, IN_THE_WINDOW[key])
        show(key, page, description, ways=ways, preview=preview)


def publish_outlook(page: str, campaigns: Campaigns = (), *, preview: bool = False) -> None:
    """Publish what stands between today and acceptance, of ``campaigns``."""
    ways = ways_to(campaigns, IN_THE_WINDOW[links.OUTLOOK])
    show(links.OUTLOOK, page, "如果今天验收：还差什么，由谁办", ways=ways, preview=preview)


def show(
    key: str, page: str | Table, description: str, *, ways: Ways = (), preview: bool = False
) -> None:
    """Show ``page`` in the place of what stood under ``key``: a link that led there leads there still.

    Its description leads to the window by ``ways``, else to the first page.

    A ``preview`` shows another day on a page of its own, and says so: today's stays as it is.

    May be repeated. A number that the server does not know (its database is another one) gets a new
    page, and the links made from then on lead to that.
    """
    if preview:
        key, description = f"preview-{key}", PREVIEW + description
    description = with_window(description, ways)
    data = page if isinstance(page, str) else json.dumps(page, ensure_ascii=False)
    with get_client(sync_client=True) as client:
        number = links.pages().get(key) or _newest(client, key)
        said = {"data": data, "description": description}
        if not number or not _found(client, "PATCH", number, said):
            kind = "markdown" if isinstance(page, str) else "table"
            made = client.request("POST", "/artifacts/", json={"key": key, "type": kind, **said})
            number = str(made.json()["id"])
        if links.pages().get(key) != number:
            links.remember_page(key, number)


def with_window(description: str, ways: Ways = ()) -> str:
    """Return the description of an artifact, in Markdown, with links to the window: ``ways``, else its first page."""
    named = [f"[{name}]({address})" for name, address in ways or [("网页", links.front())]]
    return " · ".join([description, *named])


def ways_to(campaigns: Campaigns, page: str) -> Ways:
    """Return the links to ``page`` of each of ``campaigns`` in the window; of many the first few, and to all."""
    if len(campaigns) == 1:
        return [("网页", links.board(campaigns[0][1], page))]
    few = campaigns[:WAYS_SHOWN]
    named = [(typed(f"{label} 网页"), links.board(address, page)) for label, address in few]
    return [*named, ("全部活动的网页" if named else "网页", links.front())]


def prepare_pages() -> None:
    """See that every page has its place before anybody is sent a link to it."""
    with get_client(sync_client=True) as client:
        known = {key: links.pages().get(key, "") for key in KEYS}
        missing = [
            key for key, number in known.items() if not number or not _found(client, "GET", number)
        ]
    for key in missing:
        show(key, "正在准备，几秒钟后刷新本页。" if key in TEXTS else [], "正在准备")


# Not by the client's own methods: these send every page once more, as an event.


def _found(
    client: SyncPrefectClient,
    method: Literal["GET", "PATCH"],
    number: str,
    said: dict[str, str] | None = None,
) -> bool:
    """Ask for the page ``number``, or change it; say whether the server knows it."""
    try:
        client.request(method, "/artifacts/{id}", json=said, path_params={"id": number})
    except HTTPStatusError as error:
        if error.response.status_code in (404, 422):
            return False
        raise
    return True


def _newest(client: SyncPrefectClient, key: str) -> str:
    """Return the newest page under ``key``, which somebody may have a link to; empty where none is."""
    only = {"artifacts": {"key": {"any_": [key]}}, "limit": 1}
    found = client.request("POST", "/artifacts/latest/filter", json=only).json()
    return str(found[0]["latest_id"]) if found else ""


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
