"""The operator's window, seen through a browser."""

import json
import sqlite3
import time
from contextlib import closing, suppress
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import TimeoutError

from flows.running import clock
from notifications import links
from tasks.window.links import personal_token
from tests.browser.office import command
from tests.support.upped import asked

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


def api(running, path: str, **body):
    return asked(running.url, path, body)


def latest(running, key: str) -> str:
    """Return the address of the newest artifact ``key``."""
    found = api(running, "artifacts/latest/filter")
    [one] = [artifact for artifact in found if artifact["key"] == key]
    return f"{running.url}/v2/artifacts/artifact/{one['latest_id']}"


def test_the_chart_is_there_with_its_stages_and_its_mark(running, page, pictures):
    page.goto(latest(running, "chart"))
    chart = page.locator("img[alt*=甘特图]")
    chart.wait_for()
    page.wait_for_function("[...document.images].every(i => i.complete && i.naturalWidth > 0)")

    assert "【演示】" in page.content()
    assert chart.evaluate("image => image.naturalWidth") > 500
    page.screenshot(path=pictures / f"chart-{page.viewport_size['width']}.png")


def test_the_table_of_lights_can_be_searched(running, page, pictures):
    page.goto(latest(running, "lights"))
    page.get_by_text("市政府办公室", exact=True).first.wait_for()
    page.get_by_placeholder("Search").first.fill("审计")
    page.get_by_text("市审计局", exact=True).first.wait_for()
    page.get_by_text("市政府办公室", exact=True).wait_for(state="detached")

    assert page.get_by_text("市审计局", exact=True).first.is_visible()
    assert page.get_by_text("市政府办公室", exact=True).count() == 0
    page.screenshot(path=pictures / f"lights-{page.viewport_size['width']}.png")


def test_the_runs_end_in_a_chinese_line(running, page, pictures):
    [run] = api(running, "flow_runs/filter", flow_runs={"tags": {"all_": ["启动时巡查"]}})
    page.goto(f"{running.url}/runs/flow-run/{run['id']}?tab=Details")
    page.get_by_text("【演示】").locator("visible=true").first.wait_for()

    assert "样例【演示】 · " in page.content()
    page.screenshot(path=pictures / f"run-{page.viewport_size['width']}.png")


def test_a_link_of_an_alert_opens_a_filled_form_that_registers_progress(running, page, pictures):
    known = json.loads((running.home / "links.json").read_text(encoding="utf-8"))
    width = page.viewport_size["width"]
    code = {1400: "W2", 390: "W3"}[width]
    filled = {
        "progress": {
            "code": code,
            "state": "进行中",
            "by_post": "创建办",
            "note": str(width),
        }
    }
    page.goto(
        f"{running.url}/deployments/deployment/{known['deployments']['登记进展']}/run"
        f"?parameters={quote(json.dumps(filled, ensure_ascii=False))}"
    )
    page.get_by_text("登记人职务").wait_for()
    page.screenshot(path=pictures / f"form-{width}.png")
    submit(page)

    assert _registered(running, code, str(width)), "the form did not register the progress"


def submit(page) -> None:
    """Press Submit; a busy server refuses at times and the form stays, so a user presses again."""
    button = page.get_by_role("button", name="Submit")
    told = page.get_by_text("scheduled").or_(page.get_by_text("Scheduled")).first
    for _ in range(3):
        button.click()
        with suppress(TimeoutError):
            told.wait_for(timeout=20_000)
            return
        if not button.is_visible():  # taken, and the word was gone before we looked
            return
    told.wait_for()


def test_the_link_at_the_end_of_a_message_opens_the_receipt_filled_in(
    running, page, pictures, monkeypatch
):
    monkeypatch.setenv("SHIFAN_HOME", str(running.home))
    width = page.viewport_size["width"]
    number, post = _message(running, width), f"创建办{width}"
    page.goto(links.form("签收提醒", receipt={"message": number, "by_post": post}))
    page.get_by_text("签收人职务").wait_for()
    page.screenshot(path=pictures / f"receipt-{width}.png")
    submit(page)

    assert _row(running, "SELECT by_post FROM acknowledgement WHERE by_post = ?", post), (
        "the form did not acknowledge the message"
    )


def _message(running, width: int) -> int:
    """Put one notice of the demonstration, which sends nothing, into a message; return its number."""
    with closing(sqlite3.connect(running.home / "shifan.db")) as connection, connection:
        row = connection.execute(
            "INSERT INTO message (campaign_id, tag, subject, body, link, made_at, secret, urgent,"
            " settled) SELECT id, '创建办', '', '', '', '2026-01-01', 0, 1, 1 FROM campaign LIMIT 1"
        )
        connection.execute(
            "UPDATE notice SET message_id = ? WHERE id = (SELECT max(id) FROM notice"
            " WHERE subject_kind IN ('milestone', 'assignment') AND message_id IS NULL)",
            (row.lastrowid,),
        )
        return int(row.lastrowid or 0)


def _registered(running, code: str, note: str) -> bool:
    return _row(running, "SELECT 1 FROM milestone WHERE code = ? AND note = ?", code, note)


def _row(running, query: str, *values: object) -> bool:
    """Wait until ``query`` finds a row."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with closing(sqlite3.connect(running.home / "shifan.db")) as connection:
            if connection.execute(query, values).fetchone():
                return True
        time.sleep(0.3)
    return False


def test_the_deployments_are_in_chinese_with_links_to_the_pages(running, page, pictures):
    page.goto(f"{running.url}/deployments")
    page.get_by_text("每日巡查").first.wait_for()
    page.screenshot(path=pictures / f"deployments-{page.viewport_size['width']}.png")
    known = json.loads((running.home / "links.json").read_text(encoding="utf-8"))
    page.goto(
        f"{running.url}/deployments/deployment/{known['deployments']['每日巡查']}?tab=Description"
    )
    link = page.get_by_role("link", name="甘特图")
    link.wait_for()

    assert link.get_attribute("href") == latest(running, "chart")


def test_a_link_to_a_page_leads_to_the_page_itself(running, page, pictures, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(running.home))
    shown = {
        links.CHART: "甘特图",
        links.LIGHTS: "全部事项",
        links.WEEK: "本周到期和已经逾期的事项共",
        links.OUTLOOK: "如果今天验收",
    }
    for key, words in shown.items():
        page.goto(links.artifact(key))
        page.get_by_text(words).locator("visible=true").first.wait_for()
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= page.viewport_size["width"]
        page.screenshot(path=pictures / f"page-{key}-{page.viewport_size['width']}.png")


def test_what_a_command_registers_stands_on_the_open_page_s_place_in_seconds(running, desk):
    code = "S1.4"
    desk.goto(latest(running, "if-accepted-today"))
    desk.get_by_text(f"{code} ").first.wait_for()
    command(running.home, "progress", "set", code, "--state", "已完成", "--by", "创建办")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        desk.reload()
        desk.get_by_text("如果今天验收").first.wait_for()
        if desk.get_by_text(f"{code} ").count() == 0:
            return
    raise AssertionError("the page still shows what was done")


def test_everything_a_message_says_stands_on_its_page(running, page, pictures, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(running.home))
    width = page.viewport_size["width"]
    number = _message(running, width)
    with closing(sqlite3.connect(running.home / "shifan.db")) as connection:
        [post] = connection.execute("SELECT id, campaign_id FROM post WHERE title = '创建办'")
    page.goto(f"{running.url}/in/{personal_token(*post, clock.now())}/m/{number}")
    page.get_by_text(f"第 {number} 号消息").first.wait_for()

    assert page.url == f"{running.url}/m/{number}"  # the token has left the address
    assert page.locator(".mine-list > li").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.screenshot(path=pictures / f"message-{width}.png")


def test_no_page_asks_for_anything_outside_this_machine(running, page):
    page.goto(f"{running.url}/dashboard")
    page.wait_for_timeout(3000)
    hosts = {urlsplit(url).hostname for url in page.asked if url.startswith("http")}

    assert hosts == {"127.0.0.1"}
