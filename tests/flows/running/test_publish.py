"""Every artifact leads into the window, to the page of its campaign that shows the same."""

import re
from pathlib import Path

import pytest
from prefect import get_client

import flows
from flows.running import publish
from flows.running.publish import KEYS, publish_board, publish_outlook, ways_to, with_window
from flows.running.stage_round import publish_rounds
from models.settings import moment_of
from notifications import links
from tasks.gates.checklists import rounds_under_way
from tasks.patrol.board import board_pages
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import NOW, TODAY
from tests.support.windows import Client, account, is_page

PAGES = {
    links.CHART: "/c/jc/chart",
    links.LIGHTS: "/c/jc",
    links.WEEK: "/c/jc/week",
    links.OUTLOOK: "/c/jc/gate",
}


def described() -> dict[str, str]:
    with get_client(sync_client=True) as client:
        found = client.request("POST", "/artifacts/latest/filter", json={}).json()
    return {one["key"]: one["description"] for one in found}


def ways_in(description: str) -> list[str]:
    return [
        address.removeprefix(links.ui()) for address in re.findall(r"\]\(([^)]+)\)", description)
    ]


@pytest.mark.server
@pytest.mark.usefixtures("prefect_server")
def test_every_artifact_leads_to_the_page_of_its_campaign(campaign, clock_at):
    clock_at(NOW)
    pages = board_pages([patrol_campaign(campaign, moment_of(NOW, TODAY))])
    publish_board(pages)
    publish_outlook("还差什么", pages.campaigns)
    rounds = rounds_under_way(TODAY)
    publish_rounds(rounds)
    shown = described()

    expected = PAGES | {f"checklist-{one.address}-{one.stage.ordinal}": "/c/jc" for one in rounds}
    assert rounds
    assert set(expected) <= set(shown)
    assert set(PAGES) == set(KEYS)
    office = Client(account(NOW))
    for key, path in expected.items():
        assert ways_in(shown[key]) == [path], key
        is_page(office.get(path))


def test_of_several_campaigns_it_leads_to_each_and_of_none_to_the_first_page():
    many = [(f"第{n}个", f"c{n}") for n in range(1, 12)]

    assert ways_in(with_window("表", ways_to([], "week"))) == ["/"]
    assert ways_in(with_window("表")) == ["/"]
    assert ways_in(with_window("表", ways_to(many[:2], "week"))) == [
        "/c/c1/week",
        "/c/c2/week",
        "/",
    ]
    assert len(ways_to(many, "week")) == publish.WAYS_SHOWN + 1
    hostile = with_window("表", ways_to([("]( http://evil.example)", "c1"), many[0]], ""))
    assert ways_in(hostile)[-2:] == ["/c/c1", "/"]


def test_nothing_else_makes_an_artifact_and_whoever_does_says_the_way():
    made = re.compile(r"(?:create|update)_\w+_artifact\(|\"/artifacts/\"")
    for path in Path(flows.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not made.search(text) or "with_window(" in text, path
