"""The last rehearsal in a real browser: the office's page of it, and the page that is kept as a file."""

from datetime import UTC, date, datetime

import pytest

from models.settings import moment_of
from tasks.rehearsal.asked import AskedRehearsal
from tasks.rehearsal.keeping import PAGE, Result
from tasks.rehearsal.kept import keep_for_window
from tasks.rehearsal.rehearsing import rehearse
from tests.browser.test_window_axe import faults_of
from tests.support.served import let_in, served
from tests.support.windows import account

pytestmark = pytest.mark.browser
SIZES = ((390, 844), (1440, 900))


@pytest.fixture
def rehearsed(campaign):
    asked = AskedRehearsal("jc", date(2025, 6, 3), date(2025, 8, 8))
    keep_for_window(
        Result(rehearse(asked, moment_of(datetime(2025, 6, 3, tzinfo=UTC)))), datetime.now(UTC)
    )


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_the_last_rehearsal_is_read_and_its_page_opened(browser, rehearsed, size, pictures):
    width, height = size
    with served() as address:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", bypass_csp=True
        )
        let_in(context, address, account(datetime.now(UTC), "甲"))
        page = context.new_page()

        assert faults_of(page, f"{address}/c/jc/o/rehearsal") == []
        assert "没有配置通道" in page.locator("main").inner_text()
        page.screenshot(path=pictures / f"rehearsal-{width}.png", full_page=True)

        with page.expect_download() as download:
            page.get_by_role("link", name="下载网页").click()
        kept = pictures / PAGE
        download.value.save_as(kept)
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url))
        page.goto(kept.as_uri())

        page.locator("summary", has_text="2025-06-19").click()
        assert "责任：" in page.locator("details[open]").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert asked == [kept.as_uri()]
        page.screenshot(path=pictures / f"rehearsal-page-{width}.png", full_page=True)
        context.close()
