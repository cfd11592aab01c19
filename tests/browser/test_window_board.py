"""The board in a real browser: what a phone's first screen holds, the chart that slides, the sheet of paper."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from models.campaign.campaign import Campaign
from models.database import open_session
from models.rules.window.sight import VisitorRole
from models.settings import moment_of
from models.units.unit import Unit
from tests.support.fill import fill_indicators
from tests.support.packs import load_pack
from tests.support.served import let_in, served
from tests.support.windows import account

pytestmark = pytest.mark.browser
FIRST_SCREEN = (
    ".board-title",
    ".board-day",
    ".board-bar",
    ".bar-today",
    ".board-now >> nth=0",
    ".lights",
    ".board-change",
    ".board-due >> nth=0",
    ".board-due >> nth=1",
)
PAGES = ("", "/week", "/chart", "/gate", "/sheet")
WIDTHS = ((390, 844), (768, 1024), (1440, 900), (1920, 1080))
A3 = (1191, 842)  # points, lying


@pytest.fixture
def board(campaign, campaign_id):
    """The address of a board of sixty columns of names, some of them hostile."""
    with open_session() as session:
        fill_indicators(session, campaign_id, 20, due=date(2025, 7, 31))
        session.get_one(Unit, 2).name = "<b>粗</b>" + "长" * 280
    with served() as address:
        yield f"{address}/c/jc"


def opened(browser, board, size, *, scripts=False):
    """A page of the office's auditor, in a browser that runs no script unless a test looks with one."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=scripts,
        bypass_csp=scripts,
    )
    reader = account(datetime.now(UTC), "审计员", VisitorRole.AUDITOR)
    let_in(context, board.partition("/c/")[0], reader)
    return context.new_page()


def test_the_first_screen_of_a_phone_answers_what_is_red_and_whose(browser, board, pictures):
    page = opened(browser, board, (390, 844))
    page.goto(board)

    page.screenshot(path=pictures / "board.png")
    for what in FIRST_SCREEN:
        box = page.locator(what).bounding_box()
        assert box["y"] + box["height"] <= 844, what
    assert "逾期" in page.locator(".board-due").first.inner_text()
    page.locator(".board-due a").first.click()  # one tap; its history stands on that page
    assert "/i/" in page.url
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_the_board_is_wider_than_its_screen_or_breaks_a_rule_of_access(
    browser, board, path
):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(browser, board, WIDTHS[0], scripts=True)
    page.goto(board + path)
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, width
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert Axe().run(page).response["violations"] == []
    page.context.close()


def test_the_four_lights_stay_in_their_frame_on_any_phone(browser, board):
    load_pack(moment_of(datetime.now(UTC)), "county")  # of one campaign alone the board comes first
    page = opened(browser, board, WIDTHS[0])
    for path in ("", "/c/jc"):
        page.goto(board.partition("/c/")[0] + path)
        for width in (390, 360, 320):
            page.set_viewport_size({"width": width, "height": 844})
            frame = page.locator(".lights").first.bounding_box()
            last = page.locator(".lights").first.locator("li").last.bounding_box()
            assert last["x"] + last["width"] <= frame["x"] + frame["width"] + 0.5, (path, width)
    page.context.close()


def test_the_names_of_the_chart_stand_still_while_the_months_slide(browser, board):
    page = opened(browser, board, WIDTHS[0], scripts=True)
    page.goto(f"{board}/chart")
    names, bar = page.locator(".gantt-names"), page.locator(".gantt-chart rect").first
    before = names.bounding_box()["x"], bar.bounding_box()["x"]
    page.locator(".gantt-scroll").evaluate("one => { one.scrollLeft = 300 }")

    assert names.bounding_box()["x"] == before[0]
    assert bar.bounding_box()["x"] == before[1] - 300
    page.context.close()


@pytest.mark.parametrize("demo", [False, True], ids=["real", "demonstration"])
def test_the_board_is_printed_on_one_sheet_of_a3(browser, board, campaign_id, pictures, demo):
    import pypdfium2

    with open_session() as session:
        session.get_one(Campaign, campaign_id).is_demo = demo
    page = opened(browser, board, (1440, 900))
    page.goto(f"{board}/sheet")
    printed = page.pdf(path=pictures / "sheet.pdf", prefer_css_page_size=True)

    paper = pypdfium2.PdfDocument(BytesIO(printed))
    assert len(paper) == 1
    assert tuple(round(one) for one in paper[0].get_size()) == A3
    assert ("演示数据" in paper[0].get_textpage().get_text_range()) is demo
    page.context.close()
