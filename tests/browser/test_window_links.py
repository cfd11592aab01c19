"""A personal link that ran out, was withdrawn or was changed: one page says so and leads on, and nothing happens."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.rules.window.entry import LINK_LASTS
from models.settings import settings
from tasks.notices.delivery import deliver
from tasks.window.links import personal_token
from tasks.window.tokens import TokenKind, sign
from tests.browser.office import command
from tests.support.alerts import MONDAY, at, robots
from tests.support.rows import everything
from tests.support.served import served
from tests.support.visitors import post_of
from tests.support.windows import all_noted, nothing_noted_yet

pytestmark = pytest.mark.browser
LEAD, NOON = "市司法局", at(MONDAY, 12)
SIZES = {"phone": (390, 844), "desk": (1440, 900)}
CODE = re.compile(r"验证码：\**([3-9A-Z]{6})")


def expired() -> str:
    return personal_token(post_of(LEAD), 1, NOON - LINK_LASTS)


def withdrawn(whose: str) -> str:
    token = personal_token(post_of(LEAD), 1, NOON - timedelta(days=1))
    command(settings().home, "window", "revoke", whose)
    return token


def with_another_letter() -> str:
    token = personal_token(post_of(LEAD), 1, NOON)
    return token[:3] + ("A" if token[3] != "A" else "B") + token[4:]


def signed_for_something_else() -> str:
    return sign(TokenKind.FEED, post_of(LEAD), 1, 0, 0)


KINDS = {
    "expired": (expired, "已经过期", True),
    "withdrawn": (lambda: withdrawn(f"{LEAD}联络员"), "已经收回", True),
    "all withdrawn": (lambda: withdrawn("全部"), "已经收回", True),
    "another letter": (with_another_letter, "不是这里发出的", False),
    "another signature": (signed_for_something_else, "不是这里发出的", False),
}


@pytest.fixture
def told(campaign, provider, tmp_path, monkeypatch, clock_at):
    """It is noon, and the liaison has a channel of its own that we read; what a page sends is sent below."""
    robots(tmp_path, monkeypatch, provider.base, [LEAD])
    monkeypatch.setattr("deployments.window.entering.send_soon", lambda: None)
    nothing_noted_yet()
    clock_at(NOON)
    return provider


def refusals() -> list[tuple[str, str]]:
    all_noted()
    with open_session(read_only=True) as session:
        query = select(AuditEntry).where(AuditEntry.what == "door-refused")
        return [(one.who, one.subject) for one in session.exec(query.order_by(AuditEntry.id))]


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize(("made", "line", "ours"), KINDS.values(), ids=KINDS)
def test_a_link_that_counts_no_more_says_what_to_do_and_that_leads_in(
    browser, told, pictures, size, made, line, ours
):
    width, height = size
    token = made()
    before = everything()
    with served() as address:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", java_script_enabled=False
        )
        page = context.new_page()
        for _ in range(2):  # a chat program has looked already
            assert page.goto(f"{address}/in/{token}/me").status == 401
        assert refusals() == [("来自 127.0.0.1", "GET /in/…")]
        after = everything()
        changed = {name for name in after if after[name] != before[name]}
        assert changed == {"audit_entry", "database_state"}  # the row, and that one was written

        assert line in page.get_by_role("alert").inner_text()
        page.screenshot(path=pictures / f"link-{made.__name__}-{width}.png", full_page=True)
        asks = page.get_by_role("button", name="发验证码")
        assert asks.bounding_box()["y"] + asks.bounding_box()["height"] <= height
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        post = page.get_by_label("岗位")
        assert post.input_value() == (f"{LEAD}联络员" if ours else "")
        post.fill(f"{LEAD}联络员")
        asks.click()
        assert f"已发往{LEAD}联络员的通道" in page.get_by_role("status").inner_text()
        deliver(lambda: NOON + timedelta(seconds=1))
        [code] = [found[1] for one in told.accepted if (found := CODE.search(one.text))]
        page.get_by_label("验证码（六位）").fill(code)
        page.get_by_role("button", name="登录").click()

        page.wait_for_url(f"{address}/me")  # where the link would have led
        assert page.get_by_role("heading", level=1).is_visible()
        context.close()
    assert refusals() == [("来自 127.0.0.1", "GET /in/…")]
