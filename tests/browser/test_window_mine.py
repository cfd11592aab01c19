"""From a personal link in a message, without JavaScript: open, press, receipt, taken back."""

import re
from datetime import timedelta

import pytest
from sqlmodel import func, select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.notices.notice import Message, Notice
from notifications import links
from notifications.personal import personal
from tasks.window.links import personal_token
from tests.support.alerts import MONDAY, at, every_tag, morning, only, robots
from tests.support.served import let_in, served
from tests.support.visitors import post_of
from tests.support.windows import holder

pytestmark = pytest.mark.browser
LEAD, NOON = "市司法局", at(MONDAY, 12)
SIZES = ((390, 844), (1440, 900))


@pytest.fixture
def told(campaign, provider, tmp_path, monkeypatch, clock_at):
    """It is noon of a morning on which everybody was told; the number of the liaison's message."""
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    morning(campaign, MONDAY)
    clock_at(NOON)
    with open_session(read_only=True) as session:
        query = select(func.max(Notice.message_id))
        return session.exec(query.where(Notice.post_id == post_of(LEAD))).one()


def entries() -> list[str]:
    with open_session(read_only=True) as session:
        query = select(AuditEntry.what).where(
            AuditEntry.what.in_(("acknowledged", "acknowledgement-withdrawn", "progress"))
        )
        return list(session.exec(query.order_by(AuditEntry.id)))


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_a_personal_link_acknowledges_and_registers_in_two_taps_each(browser, told, size, pictures):
    width, height = size
    token = personal_token(post_of(LEAD), 1, NOON - timedelta(minutes=5))
    with served() as address:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", java_script_enabled=False
        )
        page = context.new_page()
        page.goto(f"{address}/in/{token}/m/{told}")  # the first tap
        page.wait_for_url(f"{address}/m/{told}")
        page.screenshot(path=pictures / f"message-{width}.png", full_page=True)
        assert not entries()
        page.get_by_role("button", name="签收全部").click()  # the second
        page.get_by_role("heading", name="回执：签收").wait_for()
        page.screenshot(path=pictures / f"receipt-{width}.png", full_page=True)
        page.get_by_role("button", name="撤回").click()
        page.get_by_role("heading", name="回执：撤回签收").wait_for()
        page.get_by_role("link", name="回到这条消息").click()
        page.get_by_role("button", name="今天已完成").first.click()
        page.get_by_text("未开始 → 已完成").wait_for()
        page.get_by_role("button", name="撤回").click()
        page.get_by_text("已完成 → 未开始").wait_for()
        page.get_by_role("link", name="我的事").first.click()
        page.screenshot(path=pictures / f"mine-{width}.png", full_page=True)
        page.get_by_role("link", name="登记别的进展").first.click()
        page.get_by_label("不适用").check()
        page.get_by_role("button", name="登记", exact=True).click()
        page.get_by_role("alert").get_by_text("不适用必须在说明里写明理由").wait_for()
        page.get_by_label("说明").fill("已并入其他事项")
        page.get_by_role("button", name="登记", exact=True).click()
        page.get_by_text("说明：已并入其他事项").wait_for()
        context.close()
    assert entries() == ["acknowledged", "acknowledgement-withdrawn", *["progress"] * 3]


@pytest.fixture
def alone(campaign, provider, tmp_path, monkeypatch, clock_at):
    """The liaison was told of W1 alone, overdue; the links of the message as its reader gets them."""
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    only("W1", MONDAY - timedelta(days=4))
    morning(campaign, MONDAY)
    clock_at(NOON)
    with open_session(read_only=True) as session:
        query = select(Message).join(Notice, Notice.message_id == Message.id)
        own = query.where(Notice.post_id == post_of(LEAD)).order_by(Message.id.desc())
        said = session.exec(own).first()
        token = personal_token(post_of(LEAD), 1, NOON - timedelta(minutes=5))
        text = personal(f"[消息]({said.link})\n{said.body}", lambda path: token)
    return [one.removeprefix(links.ui()) for one in re.findall(r"\]\(([^)]+)\)", text)]


@pytest.mark.parametrize(
    ("leads", "button", "what"),
    [
        ("/m/", "签收", "acknowledged"),
        ("/m/", "今天已完成", "progress"),
        ("/register", "今天已完成", "progress"),
    ],
    ids=["acknowledge", "register", "register from its own line"],
)
@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_from_the_link_in_the_message_it_takes_two_taps(
    browser, alone, size, pictures, leads, button, what
):
    width, height = size
    path = next(one for one in alone if leads in one)
    with served() as address:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", java_script_enabled=False
        )
        page = context.new_page()
        page.set_content(f'<a href="{address}{path}">消息里的链接</a>')
        taps = [page.get_by_role("link", name="消息里的链接")]
        taps[0].click()
        page.wait_for_url(lambda url: url.endswith(path.partition("/in/")[2].partition("/")[2]))
        assert not entries()
        taps.append(page.get_by_role("button", name=button).first)
        box = taps[1].bounding_box()
        assert box["y"] + box["height"] <= height  # on the first screen
        assert min(box["height"], box["width"]) >= 44
        name = f"{leads.strip('/')}-{width}.png"
        page.screenshot(path=pictures / name, full_page=True)
        taps[1].click()
        page.wait_for_url("**/r/*")
        page.screenshot(path=pictures / f"receipt-{what}-{width}.png", full_page=True)
        page.get_by_text("已经记下，不用再点").wait_for()
        context.close()
    assert entries() == [what]
    assert len(taps) == 2


def test_no_page_of_one_s_own_is_too_wide_or_breaks_a_rule_of_access(browser, told):
    from axe_playwright_python.sync_playwright import Axe

    liaison = holder(post_of(LEAD), NOON)
    with served() as address:
        for width, scheme in ((390, "dark"), (768, "light"), (1440, "light")):
            context = browser.new_context(
                viewport={"width": width, "height": 844}, color_scheme=scheme
            )
            let_in(context, address, liaison)
            page = context.new_page()
            asked: list[str] = []
            page.on("request", lambda one, asked=asked: asked.append(one.url))

            def look(page=page, width=width):
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                found = Axe().run(page).response["violations"]
                assert not [(one["id"], one["nodes"][0]["html"]) for one in found]

            page.goto(f"{address}/me")
            look()
            with page.expect_navigation():
                page.get_by_role("link", name="登记别的进展").first.click()
            look()
            page.goto(f"{address}/m/{told}")
            look()
            with page.expect_navigation():
                page.get_by_role("button", name="只签收这一项").first.click()
            page.wait_for_url("**/r/*")
            look()
            assert all(url.startswith(address) for url in asked)
            context.close()
