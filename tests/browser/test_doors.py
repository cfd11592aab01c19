"""The doors, tried from a browser: strangers change and read nothing, an operator's clicks work."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import STRANGE_NAME
from tests.browser.strangers import TRIES, elsewhere
from tests.browser.test_ui import submit
from tests.support.upped import Up, asked, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
PASSWORD = "Only-4-us!"
SHOWN = 20_000  # milliseconds until a page shows what is so
UIS = pytest.mark.parametrize("ui", ["", "/v2"], ids=["v1", "v2"])
PAGES = (
    "/dashboard",
    "/runs",
    "/flows",
    "/deployments",
    "/work-pools",
    "/blocks",
    "/variables",
    "/automations",
    "/events",
    "/concurrency-limits",
    "/artifacts",
    "/artifacts/key/chart",
    "/settings",
)


@dataclass
class Guarded:
    """A running Shifan and the header that shows its password, if it has one."""

    up: Up
    login: dict[str, str]

    def ask(self, path: str, body: Any = None, method: str = "") -> Any:
        return asked(self.up.url, path, body, method, headers=self.login)

    def deployment(self, name: str) -> dict[str, Any]:
        [found] = [one for one in self.ask("deployments/filter", {}) if one["name"] == name]
        return dict(found)

    def runs(self) -> dict[str, str]:
        """Return the runs that no schedule made, with the type of their state."""
        found = self.ask("flow_runs/filter", {"limit": 200})
        return {one["id"]: one["state"]["type"] for one in found if not one["auto_scheduled"]}

    def rests(self) -> bool:
        return not {"PENDING", "RUNNING", "SCHEDULED"} & set(self.runs().values())

    def facts(self) -> Any:
        """Return what a stranger tries to change; what runs by itself meanwhile is left out."""
        deployments = self.ask("deployments/filter", {"sort": "NAME_ASC"})
        return (
            [
                (
                    one["name"],
                    one["description"],
                    one["paused"],
                    one["entrypoint"],
                    [each["active"] for each in one["schedules"]],
                )
                for one in deployments
            ],
            self.ask("variables/filter", {}),
            self.runs(),
        )


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    with Up(tmp_path_factory.mktemp("locked") / "home", password=PASSWORD) as up:
        yield up


@pytest.fixture(params=["open", "password"])
def guarded(request: pytest.FixtureRequest) -> Guarded:
    if request.param == "open":
        return Guarded(request.getfixturevalue("running"), {})
    up = request.getfixturevalue("locked")
    return Guarded(up, up.service)


def type_in(page: Any, password: str) -> None:
    page.get_by_label("账号").fill(
        "创建办"
    )  # the first account, which the password at the start made
    page.get_by_label("口令").fill(password)
    page.get_by_role("button", name="登录").click()


def logged_in(page: Any, up: Up) -> None:
    page.goto(f"{up.url}/runs")
    if "/in?" in page.url:
        type_in(page, PASSWORD)
        page.wait_for_url(re.compile(r"/runs"))


def test_a_page_of_another_origin_reads_and_changes_nothing(guarded, window, pictures):
    patrol = guarded.deployment("每日巡查")
    ids = [patrol["id"], next(iter(guarded.runs())), patrol["schedules"][0]["id"]]
    page = window().new_page()
    logged_in(page, guarded.up)  # the operator's browser is inside; a stranger's page opens beside
    wait_until(guarded.rests)
    before = guarded.facts()
    with elsewhere() as port:
        page.goto(f"http://127.0.0.1:{port}/")
        page.evaluate("ids => { window.ids = ids }", ids)
        said = page.evaluate(TRIES, guarded.up.url)

    assert len(said) >= 12
    assert {name for name, got in said.items() if got} == set()
    assert guarded.facts() == before


def test_under_another_name_that_resolves_here_nothing_is_shown(guarded, window):
    patrol = guarded.deployment("每日巡查")
    ids = [patrol["id"], next(iter(guarded.runs())), patrol["schedules"][0]["id"]]
    wait_until(guarded.rests)
    before = guarded.facts()
    page = window().new_page()
    there = f"http://{STRANGE_NAME}:{guarded.up.port}"
    shown = page.goto(f"{there}/dashboard")
    page.evaluate("ids => { window.ids = ids }", ids)  # the same origin, as the browser sees it
    said = page.evaluate(TRIES, there)
    words = page.locator("body").inner_text()

    assert shown.status == 421
    assert "SHIFAN_PUBLIC_URL" in words
    assert {name for name, got in said.items() if got} == set()
    assert guarded.facts() == before


def test_a_page_of_another_origin_shows_ours_in_no_frame(running, window):
    page = window().new_page()
    with elsewhere() as port:
        page.goto(f"http://127.0.0.1:{port}/")
        page.evaluate(
            """there => new Promise(done => { const f = document.createElement('iframe');
            f.onload = () => done(); f.src = there; document.body.append(f); })""",
            f"{running.url}/dashboard",
        )
        framed = [f for f in page.frames if f.url.startswith(running.url)]
        texts = [f.locator("body").inner_text() for f in framed]

    assert not any("Prefect" in text or "Runs" in text for text in texts)


@UIS
def test_a_walk_through_a_ui_asks_only_us_and_says_no_error(ui, guarded, window):
    page = window().new_page()
    strangers, refused, broken = [], [], []

    def look(request: Any) -> None:
        if not request.url.startswith((guarded.up.url, "data:", "blob:")):
            strangers.append(request.url)

    page.on("request", look)
    page.on(
        "response",
        lambda r: refused.append(r.url) if r.status in (401, 403, 413, 421, 429) else None,
    )
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on(
        "console",
        lambda m: broken.append(m.text) if "Content Security Policy" in m.text else None,
    )
    logged_in(page, guarded.up)
    for path in PAGES:
        page.goto(f"{guarded.up.url}{ui}{path}", wait_until="networkidle")
    run = next(iter(guarded.runs()))
    page.goto(f"{guarded.up.url}{ui}/runs/flow-run/{run}", wait_until="networkidle")

    assert strangers == []
    assert refused == []
    assert broken == []


@UIS
def test_an_operator_runs_a_form_switches_a_schedule_and_cancels(ui, guarded, window, pictures):
    page = window().new_page()
    logged_in(page, guarded.up)
    before = guarded.runs()
    _run_the_form(page, guarded, ui)
    wait_until(lambda: len(guarded.runs()) > len(before))
    _switch_the_schedule(page, guarded, ui)
    _cancel(page, guarded, ui)


def _run_the_form(page: Any, guarded: Guarded, ui: str) -> None:
    said = {"code": "W4", "state": "进行中", "by_post": "创建办", "note": "门"}
    filled = quote(json.dumps({"progress": said}, ensure_ascii=False))
    form = guarded.deployment("登记进展")["id"]
    page.goto(f"{guarded.up.url}{ui}/deployments/deployment/{form}/run?parameters={filled}")
    page.get_by_text("登记人职务").first.wait_for()
    submit(page)


def _switch_the_schedule(page: Any, guarded: Guarded, ui: str) -> None:
    def active() -> bool:
        return bool(guarded.deployment("通道自检")["schedules"][0]["active"])

    deployment = guarded.deployment("通道自检")["id"]
    page.goto(f"{guarded.up.url}{ui}/deployments/deployment/{deployment}")
    switch = page.get_by_role("switch").first
    switch.wait_for()
    assert active()
    for wanted in (False, True):
        expect(switch).to_be_checked(checked=not wanted, timeout=SHOWN)  # as who clicks looks first
        switch.click()
        expect(switch).to_be_checked(checked=wanted, timeout=SHOWN)
        wait_until(lambda wanted=wanted: active() == wanted, 20)


def _cancel(page: Any, guarded: Guarded, ui: str) -> None:
    later = {"type": "SCHEDULED", "state_details": {"scheduled_time": "2099-01-01T00:00:00Z"}}
    patrol = guarded.deployment("每日巡查")["id"]
    run = guarded.ask(f"deployments/{patrol}/create_flow_run", {"state": later})["id"]
    page.goto(f"{guarded.up.url}{ui}/runs/flow-run/{run}")
    if ui:
        page.get_by_role("button", name="Open menu").click()
        page.get_by_role("menuitem", name="Cancel").click()
        page.get_by_role("button", name="Cancel Flow Run").click()
    else:
        page.get_by_role("button", name="Cancel").first.click()
        page.get_by_role("button", name="Confirm").click()
    wait_until(lambda: guarded.ask(f"flow_runs/{run}")["state"]["type"].startswith("CANCEL"), 30)


def tries(up: Up, run: str) -> int:
    """Return how many answers a run has taken."""
    with closing(sqlite3.connect(up.home / "shifan.db")) as connection:
        query = "SELECT count(*) FROM decision_try WHERE source = ?"
        return int(connection.execute(query, (run,)).fetchone()[0])


@UIS
def test_a_form_that_waits_is_answered_in_either_ui(ui, running, window, pictures):
    guarded = Guarded(running, {})
    wait_until(lambda: "PAUSED" in guarded.runs().values())
    run = next(one for one, state in guarded.runs().items() if state == "PAUSED")
    page = window().new_page()
    taken = tries(running, run)
    page.goto(f"{running.url}{ui}/runs/flow-run/{run}")
    if ui:
        page.get_by_role("button", name="Open menu").click()
        page.get_by_role("menuitem", name="Resume").click()
    else:
        page.get_by_role("button", name="Resume").first.click()
    boxes = page.locator(".p-modal textarea, [role=dialog] textarea")
    boxes.last.wait_for()
    if ui:
        page.get_by_role("dialog").get_by_text("（请选择）").click()
    else:
        page.locator(".p-select-button__control").last.focus()
        page.keyboard.press("ArrowDown")
    page.locator("[role=option], [role=menuitem]").get_by_text("退回", exact=True).click()
    boxes.nth(boxes.count() - 2).fill("AAAAAA")  # the code; the name is last
    page.screenshot(path=pictures / f"answer{ui.strip('/')}.png")
    page.get_by_role("button", name=re.compile("^(Submit|Resume)$")).last.click()
    wait_until(lambda: tries(running, run) > taken, 90)


@pytest.mark.parametrize("width", [1400, 390])
def test_the_page_to_log_in_says_what_to_type_and_leads_on(width, locked, window, pictures):
    page = window(width, 844).new_page()
    page.goto(f"{locked.url}/artifacts/key/chart")
    type_in(page, "wrong")
    page.get_by_text("账号或口令不对").wait_for()
    page.screenshot(path=pictures / f"login-{width}.png")
    type_in(page, PASSWORD)
    page.wait_for_url(re.compile("/artifacts/key/chart"))
