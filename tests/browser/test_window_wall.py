"""The wall in a real browser of 1920 x 1080: large enough, nothing cut off in silence, turning by itself."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from deployments.window import wall as turning
from models.campaign.campaign import Campaign, Stage
from models.campaign.milestone import Milestone
from models.campaign.work import WorkItem
from models.database import open_session
from models.units.unit import Unit
from tasks.window.addresses import Behind, SecretAddress, secret_token
from tests.support.served import let_in, served
from tests.support.windows import account

pytestmark = pytest.mark.browser
SCREENS = ((1920, 1080), (1366, 768), (3840, 2160))
FROM_FIVE_METRES = 40  # points of 1920 x 1080
# What stands below what it stands in, or below the line at the foot, is cut off.
CUT_OFF = """() => {
    const foot = document.querySelector('.wall-foot').getBoundingClientRect().top + 1;
    const below = one => one.getBoundingClientRect().bottom > foot;
    return [...document.querySelectorAll('.wall-line, .wall-unit, .wall-more, .wall-lights li')]
        .filter(below).map(one => one.textContent);
}"""
SIZES = """() => [...document.querySelectorAll(
    '.wall-line, .wall-lights span, .wall-when, .wall-count, .wall h1, .wall h2, .wall-stages')]
    .map(one => parseFloat(getComputedStyle(one).fontSize))"""


@pytest.fixture(params=["plain", "hostile"])
def wall(request, campaign, campaign_id):
    """The path of the wall's own address."""
    with open_session() as session:
        if request.param == "hostile":
            for unit in session.exec(select(Unit)):
                unit.name = f"<b>{unit.id}</b>" + ("长" if unit.id % 2 else "W") * 290
            for table in (Milestone, WorkItem):
                for row in session.exec(select(table)):
                    row.title = "=长<script>" + "很长的名称" * 58
            for stage in session.exec(select(Stage)):
                stage.planned_start, stage.planned_end = date(2025, 7, 1), date(2025, 9, 1)
            session.get_one(Campaign, campaign_id).is_demo = True
            session.get_one(Campaign, campaign_id).title = "某市" * 150
        token = secret_token(session, SecretAddress(Behind.WALL, campaign_id))
    return f"/wall/{token}"


@pytest.mark.parametrize("screen", SCREENS, ids=[f"{w}x{h}" for w, h in SCREENS])
def test_every_turn_fits_its_screen_and_is_read_from_five_metres(browser, wall, screen, tmp_path):
    from axe_playwright_python.sync_playwright import Axe

    width, height = screen
    with served() as address:
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url))
        for turn in range(1, 5):
            assert page.goto(f"{address}{wall}?turn={turn}").status == 200
            assert page.evaluate(CUT_OFF) == []
            assert min(page.evaluate(SIZES)) * 1920 / width >= FROM_FIVE_METRES - 0.5
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if width == 1920:
                page.screenshot(path=tmp_path / f"{turn}.png")
            found = Axe().run(page).response["violations"]
            assert not [(one["id"], one["nodes"][0]["html"]) for one in found]
        assert all(url.startswith(address) for url in asked)
        context.close()


def test_a_screen_turns_by_itself_without_a_script_and_without_anybody(browser, wall, monkeypatch):
    monkeypatch.setattr(turning, "SECONDS", 1)
    with served() as address:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(address + wall)

        page.wait_for_url("**?turn=2")
        page.wait_for_url("**?turn=3")

        context.close()


def test_an_address_is_copied_and_withdrawn_on_a_phone(browser, campaign):
    with served() as address:
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, java_script_enabled=False
        )
        let_in(context, address, account(datetime.now(UTC)))
        page = context.new_page()
        page.goto(f"{address}/c/jc/feeds")
        before = page.get_by_label("地址").first.input_value()

        page.get_by_text("收回这个地址").first.click()
        page.get_by_role("button", name="收回，换新的地址").first.click()

        assert page.get_by_role("status").is_visible()
        assert page.get_by_label("地址").first.input_value() != before
        context.close()
