"""From the alert to the receipt: a liaison opens what the mail brought, signs for it, registers, takes it back.

With a running Shifan and a real mailbox, on a phone and at a desk; then the same home with Prefect stopped,
and with the database locked.
"""

import contextlib
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows.running import clock
from tests.browser.office import Office, command, open_office
from tests.support.upped import Up, free_port, wait_until
from tests.support.windows import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

BOX, HEAD, LEADER = "liaison@example.cn", "head@example.cn", "leader@example.cn"
LINK = re.compile(r"http://127\.0\.0\.1:\d+/in/[\w.-]+/[\w./%-]+")


def plan_yaml(today: date, title: str, place: str) -> str:
    start, end = today - timedelta(days=60), today + timedelta(days=60)
    late = today - timedelta(days=10)
    return (
        f"kind: implementation_plan\ntitle: {title}\nissued_on: {start}\nstages:\n"
        f"- {{ordinal: 1, name: 实施推进, kind: implementation, start: {start}, end: {end}}}\n"
        "tasks:\n"
        f"- {{ordinal: 1, title: 公示权责清单, lead_units: [{place}司法局], deadline: {{date: {late}}}}}\n"
        f"- {{ordinal: 2, title: 清理规范性文件, lead_units: [{place}司法局], deadline: {{date: {late}}}}}\n"
        f"- {{ordinal: 3, title: 评查执法案卷, lead_units: [{place}财政局], deadline: {{date: {late}}}}}\n"
    )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("walking")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHIFAN_TIME_ZONE", where_it_is_ten())
        yield from _office(folder, clock.today())


def where_it_is_ten() -> str:
    """A zone in which the office is open now, whenever the test runs: alerts wait for no morning."""
    ahead = (10 - clock.now().hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def _office(folder: Path, today: date) -> Iterator[Office]:
    plans = {
        "jia": plan_yaml(today, "甲市创建方案", "市"),
        "yi": plan_yaml(today, "乙县创建方案", "县"),
    }
    boxes = {BOX: "市司法局", HEAD: "市财政局", LEADER: "组长"}
    with open_office(folder, plans, {"GROUP": "创建办"}, [], boxes) as running:
        running.patrol()
        running.send_now()
        wait_until(lambda: bool(running.mails(BOX)), 120)
        yield running


def entered(office: Office, context: Any) -> Any:
    """A page that the last mail's link to sign for it led to."""
    found = LINK.findall(office.mails(BOX)[-1])
    to_sign = next(one for one in found if "/m/" in one)
    page = context.new_page()
    page.goto(to_sign)
    page.wait_for_url(lambda url: "/in/" not in url)
    return page


@pytest.mark.parametrize(("width", "script"), [(390, False), (1440, True)], ids=["phone", "desk"])
def test_from_the_alert_to_the_receipt_and_back(office, browser, pictures, width, script):
    size = {"width": width, "height": 844 if width == 390 else 900}
    context = browser.new_context(viewport=size, locale="zh-CN", java_script_enabled=script)
    page = entered(office, context)
    assert "/in/" not in page.url  # the token left the address
    page.screenshot(path=pictures / f"message-{width}.png", full_page=True)

    stand = "SELECT count(*) FROM acknowledgement WHERE ended_at IS NULL"
    before = office.rows(stand)
    page.reload()  # looking changes nothing
    assert office.rows(stand) == before
    page.get_by_role("button", name=re.compile("^签收全部")).click()
    page.wait_for_url("**/r/*")
    assert re.search("第 [0-9]+ 条", page.locator("main").inner_text())
    assert office.rows(stand) > before
    page.screenshot(path=pictures / f"receipt-{width}.png")
    take_back(page)
    assert office.rows(stand) == before  # nothing vanished: the rows say when they ended

    page.goto(office.up.url + "/me")
    page.screenshot(path=pictures / f"me-{width}.png", full_page=True)
    page.get_by_role("button", name=re.compile("今天已完成")).first.click()
    page.wait_for_url("**/r/*")
    assert done_in(office) == 1
    [(who, facts)] = office.rows(
        "SELECT who, facts FROM audit_entry WHERE what = 'progress' ORDER BY id DESC LIMIT 1"
    )
    assert who == "市司法局联络员"
    assert "凭本人通道 市司法局联络员（127.0.0.1）" in facts
    take_back(page)
    assert done_in(office) == 0
    context.close()


def done_in(office: Office) -> int:
    """How many items and parts of the liaison's campaign are done."""
    count = "(SELECT count(*) FROM {} WHERE state = 'done' AND campaign_id = ?)"
    both = f"SELECT {count.format('milestone')} + {count.format('assignment')}"
    [(found,)] = office.rows(both, number(office), number(office))
    return int(found)


def take_back(page: Any) -> None:
    """Take back what the receipt is of, and read the receipt of that."""
    there = page.url
    page.get_by_role("button", name="撤回").click()
    page.wait_for_url(lambda url: "/r/" in url and url != there)
    assert "撤回的是" in page.locator("main").inner_text()


def number(office: Office) -> int:
    """The campaign that the link's post belongs to."""
    [(found,)] = office.rows("SELECT campaign_id FROM message WHERE tag = '市司法局' LIMIT 1")
    return int(found)


def address(office: Office) -> str:
    [(slug,)] = office.rows("SELECT slug FROM campaign WHERE id = ?", number(office))
    return str(slug)


def test_a_liaison_sees_the_own_unit_and_no_other_and_the_group_gets_no_token(office, browser):
    context = browser.new_context(locale="zh-CN")
    page = entered(office, context)
    [(other,)] = office.rows(
        "SELECT id FROM unit WHERE name = '市财政局' AND campaign_id = ?", number(office)
    )
    page.goto(f"{office.up.url}/c/{address(office)}/u/{other}")
    assert "不归您看" in page.locator("main").inner_text()
    context.close()

    robots = "".join(taken.text for taken in office.provider.accepted)
    assert robots and "/in/" not in robots
    kept = "".join(
        str(office.rows(f"SELECT * FROM {t}")) for t in ("message", "delivery", "notice")
    )
    logs = "".join(p.read_text() for p in (office.up.home / "logs").glob("*.log"))
    assert "/in/" not in kept + logs


def test_two_campaigns_stand_on_the_first_page_one_line_each(office, browser, pictures):
    command(
        office.up.home,
        "window",
        "account",
        "add",
        "张科",
        "--role",
        "office",
        typed=f"{PASSWORD}\n",
    )
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{office.up.url}/")
    page.get_by_label("账号").fill("张科")
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_url(f"{office.up.url}/")
    words = page.locator("main").inner_text()
    page.screenshot(path=pictures / "front-390.png", full_page=True)
    assert "甲市创建方案" in words and "乙县创建方案" in words
    page.get_by_role("link", name="运行").click()
    page.wait_for_url("**/v2/dashboard*")
    context.close()


@contextlib.contextmanager
def alone(office: Office) -> Iterator[str]:
    """The window of the same home without Prefect, and its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "deployments.cli", "window", "--port", str(port)],
        env={**environment(office.up)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: answers(url), 60)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def environment(up: Up) -> dict[str, str]:
    import os

    return os.environ | {"SHIFAN_HOME": str(up.home)}


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/in", trust_env=False, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def test_with_prefect_stopped_and_the_database_locked_the_window_still_works(office, browser):
    """The last test of this home: `shifan up` ends."""
    link = LINK.findall(office.mails(BOX)[-1])[0]
    assert office.up.stop() == 0
    with alone(office) as url:
        context = browser.new_context(locale="zh-CN", java_script_enabled=False)
        page = context.new_page()
        page.goto(re.sub(r"http://[^/]+", url, link))
        page.wait_for_url(lambda address: "/in/" not in address)
        page.goto(f"{url}/v2/dashboard")
        assert "没有启动" in page.content()

        locked = threading.Event()

        def hold() -> None:
            with closing(sqlite3.connect(office.up.home / "shifan.db")) as connection:
                connection.execute("BEGIN IMMEDIATE")
                locked.set()
                time.sleep(10)
                connection.rollback()

        holder = threading.Thread(target=hold)
        holder.start()
        locked.wait(10)
        began = time.monotonic()
        page.goto(f"{url}/me")  # who only reads waits for nobody
        assert time.monotonic() - began < 8
        page.get_by_role("button", name=re.compile("今天已完成")).first.click(timeout=60_000)
        page.wait_for_url("**/r/*", timeout=60_000)
        holder.join()
        context.close()
    assert done_in(office) == 1
