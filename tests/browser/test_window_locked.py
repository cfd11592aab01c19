"""Another program holds the database for ten seconds: who reads waits for nobody, what was pressed counts once."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import func, select

from models import database
from models.audit.chain import AuditEntry
from models.audit.facts_kept import KEPT
from models.database import open_session
from models.decisions.decision import DecisionCode
from models.decisions.wrong_codes import WrongCodes
from models.notices.notice import Notice
from models.rules.words import Level
from models.settings import moment_of, settings
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.codes.codes import print_code
from tests.support.alerts import MONDAY, at, every_tag, morning, robots
from tests.support.rows import everything
from tests.support.served import let_in, served
from tests.support.visitors import post_of
from tests.support.windows import account, holder

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
LEAD, NOON = "市司法局", at(MONDAY, 12)
SIZES = {"phone": (390, 844), "desk": (1440, 900)}
REASON = "先把欠缺的材料补齐"
HOLD = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1])
other.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
other.rollback()
"""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another process holds the write lock."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline()
        yield
        other.communicate()


@pytest.fixture
def at_noon(campaign, provider, tmp_path, monkeypatch, clock_at):
    """Everybody was told in the morning, and the leader is asked: the liaison's message, the question, its code."""
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    for module in ("decide", "entering", "objecting"):
        monkeypatch.setattr(f"deployments.window.{module}.send_soon", lambda: None)
    morning(campaign, MONDAY)
    clock_at(NOON)
    now = moment_of(NOON, date(2025, 7, 21))
    number, _ = ask_by_hand("jc", 1, "创建办", now)
    code = print_code(number, None, "创建办", "测试", now).code
    with open_session(read_only=True) as session:
        query = select(func.max(Notice.message_id))
        message = session.exec(query.where(Notice.post_id == post_of(LEAD))).one()
    return message, number, code


@pytest.fixture
def four(browser, at_noon, request):
    """Four pages, each with its form filled in and nothing pressed: a leader's, a liaison's two, the office's."""
    message, number, code = at_noon
    width, height = request.param
    with served() as address:
        contexts = []

        def page_of(visitor):
            contexts.append(
                browser.new_context(
                    viewport={"width": width, "height": height},
                    locale="zh-CN",
                    java_script_enabled=False,
                )
            )
            let_in(contexts[-1], address, visitor)
            return contexts[-1].new_page()

        leader = page_of(holder(post_of(level=Level.GROUP_HEAD), NOON))
        leader.goto(f"{address}/d/{number}")
        leader.locator("label[for=a-return]").click()
        leader.locator("#f-reason").fill(REASON)
        leader.get_by_role("button", name="下一步").click()
        leader.locator("#f-code").fill(code)
        signs = page_of(holder(post_of(LEAD), NOON))
        signs.goto(f"{address}/m/{message}")
        registers = page_of(holder(post_of(LEAD), NOON))
        registers.goto(f"{address}/m/{message}")
        office = page_of(account(NOON, "甲"))
        office.goto(f"{address}/c/jc/o/silences/new")
        office.get_by_label("静默的范围").fill("W5")
        office.get_by_label("到哪一天为止").fill("2099-01-01")
        office.get_by_label("理由").fill(REASON)
        yield (
            {
                "leader": (leader, "确认退回"),
                "signs": (signs, "签收全部"),
                "registers": (registers, "今天已完成"),
                "office": (office, "设置静默"),
            },
            page_of(account(NOON, "乙")),
            address,
        )
        for context in contexts:
            context.close()


def place_of(page, name: str) -> tuple[float, float]:
    """Where a button is on the screen: it is pressed there, whatever the page waits for."""
    button = page.get_by_role("button", name=name).first
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def deeds() -> list[str]:
    """What was done in the window, sorted, each as often as it was."""
    with open_session(read_only=True) as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.facts.contains('"window":')))
        return sorted(one.what for one in entries if one.what != KEPT)


@pytest.mark.parametrize("four", SIZES.values(), ids=SIZES, indirect=True)
def test_for_ten_seconds_pages_are_read_and_what_was_pressed_counts_once_afterwards(
    four, at_noon, pictures
):
    pressed, reader, address = four
    number = at_noon[1]
    places = [(page, place_of(page, name)) for page, name in pressed.values()]
    with held(settings().home / "shifan.db"):
        until = time.monotonic() + 10
        for _ in range(2):  # nothing seems to happen: people press again
            for page, place in places:
                page.mouse.click(*place)
            time.sleep(1)
        before = everything()
        for path in ("/c/jc", "/me", f"/d/{number}", "/c/jc/u/1", "/c/jc/o", "/c/jc/chart"):
            began = time.monotonic()
            assert reader.goto(address + path).status == 200
            assert time.monotonic() - began < 3, path
        time.sleep(max(0.0, until - time.monotonic()))
        assert everything() == before

    for who, (page, _) in pressed.items():
        page.get_by_text("号静默" if who == "office" else "回执：").first.wait_for()
    pressed["leader"][0].screenshot(path=pictures / "locked-leader.png", full_page=True)
    time.sleep(1)
    assert deeds() == ["acknowledged", "decision-return", "progress", "silence-added"]
    with open_session(read_only=True) as session:
        assert not session.exec(select(WrongCodes)).all()
        assert {one.tries for one in session.exec(select(DecisionCode))} == {0}


@pytest.fixture
def impatient(monkeypatch):
    """Give a locked database up after a moment; who comes after this test waits as always."""

    def connect_anew() -> None:
        database.engine_for(settings().database).dispose()
        database.engine_for.cache_clear()

    with monkeypatch.context() as patch:
        patch.setattr(database, "BUSY_SECONDS", 0.5)
        connect_anew()
        yield
    connect_anew()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("four", SIZES.values(), ids=SIZES, indirect=True)
def test_who_waited_in_vain_reads_that_nothing_was_entered_and_presses_again(four, pictures):
    pressed, _, _ = four
    before = everything()
    with held(settings().home / "shifan.db"):
        for who, (page, name) in pressed.items():
            page.get_by_role("button", name=name).first.click()
            said = page.get_by_role("alert").inner_text()
            page.screenshot(path=pictures / f"busy-{who}.png", full_page=True)
            assert said == "系统正忙，没有执行；请过几秒再点一次"
        assert everything() == before

    leader = pressed["leader"][0]
    assert (
        REASON in leader.locator("main").inner_text()
    )  # what was typed is there, but for the code
    assert leader.locator("#f-code").input_value() == ""
