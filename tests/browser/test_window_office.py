"""What the office does in a real browser without a script: from the first page to a receipt, and back."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from models.database import open_session
from models.rules.window.errands import Errand
from models.rules.window.sight import VisitorRole
from models.settings import moment_of
from models.units.unit import Post, Unit
from tasks.decisions.asking import ask_by_hand
from tasks.patrol.patrol import patrol_campaign
from tests.support.evidence import NOON
from tests.support.served import let_in, served
from tests.support.windows import account

pytestmark = pytest.mark.browser
SIZES = ((390, 844), (1440, 900))
SMALL = """() => [...document.querySelectorAll(
    'main button, main .button, main .office-errand, main select, main .choice, main summary')]
    .map(one => one.getBoundingClientRect().height).filter(height => height && height < 43.5)"""


@pytest.fixture
def at_work(campaign):
    patrol_campaign("jc", moment_of(NOON.now, date(2025, 7, 21)))
    with open_session() as session:  # one that nobody answers for, and one beside it
        session.get_one(Unit, 2).name = "<b>粗</b>" + "长" * 280
        session.get_one(Unit, 3).name = "=W" + "W" * 290
        for post in session.exec(select(Post).where(Post.unit_id == 2)):
            post.vacant = True


@pytest.fixture(params=SIZES, ids=["phone", "desk"])
def there(request, browser, at_work):
    """A page of somebody of the office, in a browser that runs no script, and the office's first page."""
    width, height = request.param
    with served() as address:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", java_script_enabled=False
        )
        let_in(context, address, account(datetime.now(UTC), "甲"))
        yield context.new_page(), f"{address}/c/jc/o"
        context.close()


def test_a_silence_is_set_and_ended_with_a_receipt_each_time(there, pictures):
    page, office = there
    page.goto(office)
    page.screenshot(path=pictures / "office.png", full_page=True)

    page.get_by_role("link", name="静默", exact=True).click()
    page.get_by_role("link", name="设置静默").click()
    page.get_by_label("静默的范围").fill("W5")
    page.get_by_label("到哪一天为止").fill("2099-01-01")
    page.get_by_label("理由").fill("等待上级文件")
    page.get_by_role("button", name="设置静默").click()
    assert "/r/" in page.url
    assert "第 1 号静默" in page.locator("main").inner_text()

    page.goto(f"{office}/acts")
    page.get_by_role("link", name="撤回").first.click()
    page.get_by_role("button", name="结束静默").click()
    assert "结束静默" in page.locator("h1").inner_text()


def test_progress_is_registered_for_another_and_taken_back(there):
    page, office = there
    page.goto(f"{office}/report")
    page.get_by_role("searchbox").fill("动员部署")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="S1.1").click()
    page.get_by_label("已完成").check()
    page.get_by_role("button", name="登记").click()
    assert "登记进展" in page.locator("h1").inner_text()

    page.get_by_role("button", name="撤回").click()

    assert "撤回" in page.locator("main").inner_text()
    page.goto(f"{office}/report/S1.1")
    assert "“未开始”" in page.locator("main").inner_text()


def test_no_page_of_the_office_is_wider_than_its_screen_or_breaks_a_rule_of_access(
    browser, at_work
):
    from axe_playwright_python.sync_playwright import Axe

    now = datetime.now(UTC)
    number, _ = ask_by_hand("jc", 1, "创建办", moment_of(now))
    forms = (
        "silences/new",
        f"decisions/{number}/sheet",
        f"decisions/{number}/back",
        "burden/1/back",
        "report/W6",
        "holidays/notice",
        "burden/1",
    )
    paths = ["", *(f"/{errand}" for errand in Errand), *(f"/{form}" for form in forms)]
    with served() as address:
        for width, scheme, role in (
            (390, "dark", VisitorRole.OFFICE),
            (390, "light", VisitorRole.AUDITOR),
            (1440, "light", VisitorRole.OFFICE),
        ):
            context = browser.new_context(
                viewport={"width": width, "height": 844}, color_scheme=scheme
            )
            let_in(context, address, account(now, f"某{role.value}", role))
            page = context.new_page()
            for path in paths:
                page.goto(f"{address}/c/jc/o{path}")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
                assert page.evaluate(SMALL) == [], path
                found = Axe().run(page).response["violations"]
                assert not [(one["id"], one["nodes"][0]["html"]) for one in found], path
            context.close()
