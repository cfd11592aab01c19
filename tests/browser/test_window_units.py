"""Unit, item and search in a real browser: from the unit to its history, without JavaScript, on paper."""

from datetime import UTC, date, datetime

import pytest

from models.campaign.progress import Report
from models.database import open_session
from models.rules.window.sight import VisitorRole
from models.rules.words import Progress
from models.settings import moment_of
from models.units.unit import Unit
from tasks.campaign.progress import register_report
from tasks.patrol.patrol import patrol_campaign
from tests.support.evidence import NOON, first_item, handed, piece
from tests.support.served import let_in, served
from tests.support.windows import account

pytestmark = pytest.mark.browser
SIZES = ((390, 844), (1440, 900))


@pytest.fixture
def item(campaign):
    found = first_item()
    handed(piece(items=[found.code], provider=found.unit))
    patrol_campaign("jc", moment_of(NOON.now, date(2025, 7, 14)))
    done = Report(found.code, Progress.DONE, "创建办", found.unit, note="已办结")
    register_report("jc", done, NOON)
    with open_session() as session:
        session.get_one(Unit, 2).name = "<b>粗</b>\u202eexe.fdp" + "长" * 280
    return found


@pytest.fixture(params=SIZES, ids=["phone", "desk"])
def there(request, browser, item):
    """A page of the office's, in a browser that runs no script, and the window's address."""
    now = datetime.now(UTC)
    width, height = request.param
    with served() as address:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", java_script_enabled=False
        )
        let_in(context, address, account(now, "审计员", VisitorRole.AUDITOR))
        yield context.new_page(), f"{address}/c/jc"
        context.close()


def test_from_a_unit_to_the_history_of_its_item_and_back(there, item, pictures):
    page, board = there
    page.goto(f"{board}/u/1")
    assert page.get_by_role("heading", name=item.unit).is_visible()
    page.screenshot(path=pictures / "unit.png", full_page=True)

    page.locator(f'a[href$="/i/{item.code}?unit=1"]').first.click()
    assert "登记为已完成（2025年7月1日）" in page.locator(".item-history").inner_text()
    assert page.get_by_role("heading", name="提醒发给了谁").is_visible()
    page.screenshot(path=pictures / "item.png", full_page=True)

    page.get_by_role("link", name="看全部单位").click()
    assert page.get_by_text("各单位的部分").is_visible()
    page.get_by_role("searchbox").fill(item.unit)
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name=item.unit, exact=True).click()
    assert page.url.endswith("/c/jc/u/1")


@pytest.mark.parametrize("path", ["u/1", "u/0", "u/2", "i/W1", "i/W1?unit=2", "i/S2", "find?q=w1"])
def test_no_page_is_wider_than_its_screen_or_breaks_a_rule_of_access(browser, item, path):
    from axe_playwright_python.sync_playwright import Axe

    with served() as address:
        for width, scheme in ((390, "dark"), (1440, "light")):
            context = browser.new_context(
                viewport={"width": width, "height": 844}, color_scheme=scheme
            )
            let_in(context, address, account(datetime.now(UTC), "审计员", VisitorRole.AUDITOR))
            page = context.new_page()
            asked: list[str] = []
            page.on("request", lambda one, asked=asked: asked.append(one.url))
            assert page.goto(f"{address}/c/jc/{path}").status == 200
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found = Axe().run(page).response["violations"]
            assert not [(one["id"], one["nodes"][0]["html"]) for one in found]
            assert all(url.startswith(address) for url in asked)
            context.close()


def test_a_unit_s_page_prints_on_a4_with_its_lights_by_shape(there, pictures):
    page, board = there
    page.goto(f"{board}/u/1")
    page.emulate_media(media="print", color_scheme="light")
    assert page.locator(".unit-items .shape").first.is_visible()
    assert not page.locator("form.unit-find").is_visible() and not page.locator(".top").is_visible()
    sheet = pictures / "unit.pdf"
    page.pdf(path=sheet, format="A4", margin=dict.fromkeys(("top", "bottom"), "12mm"))
    import pypdfium2

    printed = pypdfium2.PdfDocument(sheet)
    said = printed[0].get_textpage().get_text_range()
    assert all(words in said for words in ("需要干什么", "已经干了什么", "还有哪些差距"))
    assert "●" in said or "▲" in said or "○" in said
    assert len(printed) <= 4
