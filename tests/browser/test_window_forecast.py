"""The forecast on the board in a real browser: on a phone and on a desk, fit to be read and to be tapped."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment
from models.database import open_session
from models.settings import local_day, moment_of
from models.units.unit import Unit
from tasks.foresight.making import keep_foreseen
from tests.browser.test_window_axe import faults_of
from tests.support.served import let_in, served
from tests.support.windows import account
from tests.tasks.foresight.paced import pace

pytestmark = pytest.mark.browser
SIZES = ((390, 844), (1440, 900))


@pytest.fixture
def foreseen(campaign, campaign_id):
    """A campaign that was foreseen today, of which a unit has a name that is far too long."""
    now = datetime.now(UTC)
    with open_session() as session:
        session.get_one(Unit, 1).name = "<b>粗</b>" + "长" * 60
        for stage in session.exec(select(Stage)):
            stage.planned_start = local_day(now) + timedelta(days=40 * (stage.ordinal - 2))
            stage.planned_end = stage.planned_start + timedelta(days=40)
        for one in [*session.exec(select(Milestone)), *session.exec(select(Assignment))]:
            one.state, one.done_on = "done", one.due
    pace(campaign_id, local_day(now))
    keep_foreseen(campaign, moment_of(now))


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_the_forecast_is_found_on_the_board(browser, foreseen, size, pictures):
    width, height = size
    with served() as address:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", bypass_csp=True
        )
        let_in(context, address, account(datetime.now(UTC), "甲"))
        page = context.new_page()

        assert faults_of(page, f"{address}/c/jc") == []
        part = page.locator("section[aria-labelledby=foreseen]")
        said = part.inner_text()
        assert "预计" in said
        assert "逾期的可能" in said
        assert "八成可能在" in said
        assert "不亮灯、不提醒、不上报" in said
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        part.scroll_into_view_if_needed()
        part.screenshot(path=pictures / f"forecast-{width}.png")

        part.locator("a").first.click()
        assert "/i/" in page.url
        context.close()
