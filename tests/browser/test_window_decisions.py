"""Leaders decide in the window of a running Shifan, on a phone without JavaScript and at a desk.

Prefect's run of the same question ends at once with the words of the outcome; of a page and Prefect's form
at the same time one wins, and the other reads why.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from flows.running import clock
from tasks.window.links import personal_token
from tests.browser.office import Office, ended, open_office
from tests.support.upped import asked, wait_until
from tests.support.windows import TOKEN

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

STAGES = ["手机一", "电脑二", "同时三", "异议四"]


def plan_yaml(today: date) -> str:
    start, end = today - timedelta(days=40), today + timedelta(days=1)
    lines = ["kind: implementation_plan", "title: 测试市创建方案", f"issued_on: {start}", "stages:"]
    lines += [
        f"- {{ordinal: {n}, name: {name}, kind: launch, start: {start}, end: {end}, steps: []}}"
        for n, name in enumerate(STAGES, 1)
    ]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("deciding")
    plans = {"cs": plan_yaml(clock.today())}
    with open_office(folder, plans, {"KEY-1": "组长"}, STAGES) as running:
        yield running


def personal_link(office: Office, monkeypatch: pytest.MonkeyPatch, path: str) -> str:
    """The address that a message to the leader's own channel holds."""
    [(post, campaign)] = office.rows("SELECT id, campaign_id FROM post WHERE title = '组长'")
    monkeypatch.setenv("SHIFAN_HOME", str(office.up.home))
    return f"{office.up.url}/in/{personal_token(post, campaign, clock.now())}{path}"


def opened(office: Office, context: Any, link: str) -> Any:
    """A page that the link of a message led to."""
    page = context.new_page()
    page.goto(link)
    if page.locator("main form button").count() and "/in/" in page.url:
        page.locator("main form button").first.click()
    page.wait_for_url("**/d/*")
    return page


@pytest.mark.parametrize(
    ("stage", "width", "script"), [("手机一", 390, False), ("电脑二", 1440, True)]
)
def test_a_leader_decides_and_the_waiting_run_ends_with_the_words(
    office, browser, monkeypatch, pictures, stage, width, script
):
    number, run = office.decision(stage)
    code = office.code(stage)
    size = {"width": width, "height": 844 if width == 390 else 900}
    context = browser.new_context(viewport=size, locale="zh-CN", java_script_enabled=script)
    page = opened(office, context, personal_link(office, monkeypatch, f"/d/{number}"))
    asked_for: list[str] = []
    page.on("request", lambda asked: asked_for.append(asked.url))

    assert f"“{stage}”是否结束并推进" in page.locator("h1").inner_text()
    page.screenshot(path=pictures / f"decision-{width}.png")
    if width == 390:  # reached between two meetings: the facts and the button without scrolling
        box = page.locator(".decide-go a").bounding_box()
        assert box and box["y"] + box["height"] <= 844 and box["height"] >= 44
        page.locator(".decide-go a").click()
    page.locator("label[for=a-return]").click()
    page.get_by_role("button", name="下一步").click()
    assert "退回必须写明理由" in page.get_by_role("alert").inner_text()
    page.locator("label[for=a-approve]").click()
    page.get_by_role("button", name="下一步").click()
    assert f"“{stage}”今天结束" in page.locator(".decide-foretold").inner_text()
    page.screenshot(path=pictures / f"decision-last-{width}.png")
    page.locator("#f-code").fill("AAAAAA")
    page.get_by_role("button", name="确认批准").click()
    assert "验证码不正确" in page.get_by_role("alert").inner_text()
    assert page.locator("#f-code").input_value() == ""
    page.locator("#f-code").fill(code.lower())
    page.get_by_role("button", name="确认批准").click()
    page.wait_for_url("**/r/*")
    page.screenshot(path=pictures / f"decision-receipt-{width}.png")

    state = ended(office, run)
    assert state["name"] == "Completed"
    assert "组长批准" in state["message"]
    assert office.stage(stage)[0] == "closed"
    assert code not in str(office.inputs(run)) + page.content() + "".join(asked_for)
    logs = "".join(p.read_text() for p in (office.up.home / "logs").glob("*.log"))
    assert code not in logs
    assert all(url.startswith(office.up.url) for url in asked_for)
    context.close()


def test_of_a_page_and_prefects_form_at_once_one_wins_and_the_other_reads_why(office, monkeypatch):
    stage = "同时三"
    number, run = office.decision(stage)
    code = office.code(stage)
    link = personal_link(office, monkeypatch, f"/d/{number}")
    with httpx.Client(trust_env=False, timeout=60, follow_redirects=True) as client:
        client.get(link)
        at = f"{office.up.url}/d/{number}"
        csrf = TOKEN.search(client.get(at).text)
        assert csrf

        def in_window() -> httpx.Response:
            form = {"_csrf": csrf[1], "answer": "approve", "code": code}
            return client.post(at, data=form, follow_redirects=False)

        def in_form() -> httpx.Response:
            answer = {"decision": "退回", "reason": "再看看", "code": code, "name": ""}
            url = f"{office.up.url}/api/flow_runs/{run}/resume"
            return httpx.post(url, json={"run_input": answer}, trust_env=False, timeout=60)

        with ThreadPoolExecutor(2) as pool:
            page, form = pool.submit(in_window), pool.submit(in_form)
            page, form = page.result(), form.result()

        state = ended(office, run)
        shown = client.get(at).text
    if page.status_code == 303:
        assert "组长批准" in state["message"] or "作出决定（批准）" in state["message"]
        assert "批准" in shown
    else:
        assert page.status_code in (409, 422), page.text
        assert "退回" in state["message"]
        assert "再看看" in shown
    what = "SELECT count(*) FROM audit_entry WHERE what IN ('decision-approve', 'decision-return')"
    assert office.rows(f"{what} AND facts LIKE ?", f'%"decision":{number},%') == [(1,)]
    wait_until(lambda: code not in str(office.inputs(run)), 30)


def test_what_an_objection_puts_back_to_the_question_has_a_waiting_form_at_once(
    office, monkeypatch
):
    stage = "异议四"
    number, run = office.decision(stage)
    code = office.code(stage)
    with httpx.Client(trust_env=False, timeout=60) as client:

        def send(path: str, **form: str) -> httpx.Response:
            csrf = TOKEN.search(client.get(f"{office.up.url}/d/{number}").text)
            assert csrf
            return client.post(f"{office.up.url}{path}", data={"_csrf": csrf[1], **form})

        link = personal_link(office, monkeypatch, f"/d/{number}")
        client.get(link, follow_redirects=True)
        assert send(f"/d/{number}", answer="approve", code=code).status_code == 303
        assert ended(office, run)["name"] == "Completed"
        reason = {"reason": "不是本人的意思"}
        assert send(f"/d/{number}/object", **reason).status_code == 200
        code = office.code(stage, 2)
        over = send(f"/d/{number}/object/code", **reason, code=code)

    assert over.status_code == 303, over.text
    again, _ = office.decision(stage)
    assert again > number
    wait_until(lambda: office.is_asked(stage), 60)  # no patrol ran meanwhile
    name = asked(office.up.url, f"flow_runs/{office.decision(stage)[1]}")["name"]
    assert f"编号 {again}" in name and stage in name
