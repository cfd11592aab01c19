"""The flows, in a real Prefect server of their own: what they write, publish and count."""

import json
import re
from datetime import date

import pytest
from prefect import get_client

from deployments.service.fresh import Window
from flows.acknowledge_notices import AcknowledgementForm, acknowledge_notices
from flows.advance_stage import AdvanceForm, advance_stage
from flows.check_channels import check_channels
from flows.confirm_clock import ClockForm, confirm_clock
from flows.confirm_condition import ConfirmForm, confirm_condition
from flows.deliver_notices import deliver_notices
from flows.implement import implement
from flows.launch import launch
from flows.patrol import patrol
from flows.register_progress import ProgressForm, register_progress
from flows.running import clock
from flows.running.publish import prepare_pages
from flows.show_outlook import show_outlook
from models.campaign.milestone import milestone_coded
from models.database import open_session, run
from models.errors import DatabaseError
from models.rules.words import Progress
from models.settings import moment_of, settings
from notifications import links
from tasks.campaign.life import rename_campaign
from tasks.patrol.heartbeat import last_beat
from tests.support.alerts import at, every_tag, robots
from tests.support.fill import fill_indicators
from tests.support.packs import load_pack
from tests.support.rows import everything
from tests.support.seen import Page
from tests.tasks.notices.test_typed_text import TYPED, rename
from tests.tools.fake_provider import FakeProvider

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_server", "monday")]
MONDAY = date(2025, 7, 21)


@pytest.fixture
def monday(clock_at):
    """Nine o'clock of that Monday."""
    clock_at(at(MONDAY))


def artifacts() -> dict[str, str]:
    with get_client(sync_client=True) as client:
        answer = client._client.post("/artifacts/latest/filter", json={})
        pages = [one for one in answer.json() if one["type"] != "progress"]
        return {one["key"]: _text(one["data"]) for one in pages}


def _text(data: str) -> str:
    """Return a table's JSON as one reads it."""
    return str(json.loads(data)) if data.startswith("[") else data


def counts(run_name: str) -> tuple[int, int]:
    """Return how many task runs and artifacts the newest run called ``run_name`` made."""
    with get_client(sync_client=True) as client:
        by_name = {"name": {"any_": [run_name]}}
        body = {"flow_runs": by_name, "sort": "START_TIME_DESC", "limit": 1}
        [run] = client._client.post("/flow_runs/filter", json=body).json()
        only = {"flow_runs": {"id": {"any_": [run["id"]]}}}
        tasks = client._client.post("/task_runs/count", json=only).json()
        made = client._client.post("/artifacts/count", json=only).json()
        return tasks, made


def test_a_patrol_ends_with_one_chinese_line_and_shows_three_pages(campaign):
    state = patrol(return_state=True)

    assert "检查 32 项任务、40 个单位" in state.message
    shown = artifacts()
    assert "data:image/svg+xml;base64," in shown["chart"]
    assert "市司法局" in shown["lights"]
    assert "S1.1" in shown["this-week"]


def test_what_was_registered_stands_on_the_pages_at_once_and_links_keep_leading_there(
    campaign, monkeypatch
):
    monkeypatch.setattr(clock, "now", lambda: at(MONDAY))
    patrol(return_state=True)
    window = Window()
    window.refresh()
    shown, before = window.shown, dict(links.pages())
    [total, *_] = table("lights")
    form = ProgressForm(code="S1.1", state="已完成", by_post="创建办")
    register_progress(progress=form, return_state=True)
    window.refresh()
    again = window.shown
    [now, *_] = table("lights")

    assert int(now["红"]) == int(total["红"]) - 1
    assert all(row["编号"] != "S1.1" for row in table("this-week"))
    assert again != shown
    window.refresh()
    assert window.shown == again  # nothing moved: nothing is made anew
    assert links.pages() == before
    for key in ("chart", "lights", "this-week", "if-accepted-today"):
        assert links.artifact(key).endswith(f"/v2/artifacts/artifact/{before[key]}")
        assert page(before[key])["key"] == key


def test_a_patrol_of_one_campaign_leaves_the_others_on_the_pages(campaign, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(MONDAY))
    load_pack(moment_of(at(MONDAY), MONDAY))
    patrol(campaign="second", return_state=True)
    show_outlook(campaign="second", today=date(2025, 9, 1), return_state=True)

    assert {row["创建活动"] for row in table("lights")} == {"jc", "second"}
    assert "（jc）" in artifacts()["preview-if-accepted-today"]


def test_every_page_has_its_place_before_anything_links_to_it(database):
    prepare_pages()
    before = dict(links.pages())
    assert set(before) == {"chart", "lights", "this-week", "if-accepted-today"}

    links.remember_page("chart", "00000000-0000-0000-0000-000000000000")  # of a server that is gone
    prepare_pages()
    Window().refresh()
    assert page(links.pages()["chart"])["key"] == "chart"
    assert links.pages()["lights"] == before["lights"]


def test_the_names_of_runs_carry_the_campaign(campaign):
    form = ProgressForm(code="W5", state="进行中", by_post="创建办")
    register_progress(progress=form, return_state=True)
    launch(campaign="jc", return_state=True)
    with get_client(sync_client=True) as client:
        body = {"sort": "START_TIME_DESC", "limit": 2}
        runs = client._client.post("/flow_runs/filter", json=body).json()

    assert [run["name"] for run in runs] == ["部署启动（jc）", "登记进展 W5（jc）"]


def page(number: str) -> dict[str, str]:
    with get_client(sync_client=True) as client:
        return dict(client._client.get(f"/artifacts/{number}").json())


def table(key: str) -> list[dict[str, str]]:
    return list(json.loads(page(links.pages()[key])["data"]))


def test_a_patrol_of_a_day_off_says_so(campaign, clock_at):
    clock_at(at(date(2025, 7, 20)))

    assert "休息日" in patrol(return_state=True).message


@pytest.mark.parametrize("day", [date(2025, 9, 1), date(2025, 6, 11)])
def test_another_day_is_a_preview_with_pages_of_its_own_and_changes_nothing(campaign, day):
    patrol(return_state=True)
    deliver_notices(return_state=True)
    before, pages = everything(), artifacts()
    seen = patrol(today=day, return_state=True)
    implement(today=day, return_state=True)
    show_outlook(today=day, return_state=True)

    assert (seen.name, seen.message[:4]) == ("预览", "【预览】")
    assert everything() == before
    assert not (settings().home / "checklists").exists()
    after = artifacts()
    ours = {key for key in after if not key.startswith("preview-")}
    assert {key: after[key] for key in ours} == {key: pages[key] for key in ours}
    assert set(after) - ours >= {"preview-chart", "preview-lights", "preview-this-week"}


def test_a_patrol_before_there_is_a_campaign_says_what_to_do(database):
    assert (
        patrol(return_state=True).message
        == "还没有创建活动或工作计划，请先运行 shifan plan load 文件或方案包"
    )


def test_a_clock_that_jumped_is_confirmed_in_a_form_and_beats_only_then(campaign, clock_at):
    patrol(return_state=True)
    alive = (settings().home / "heartbeat.json").read_text()
    clock_at(at(date(2025, 8, 29)))
    held = patrol(return_state=True).message
    still = (settings().home / "heartbeat.json").read_text()
    wrong = confirm_clock(ClockForm(today="2025-07-22", by_post="创建办"), return_state=True)
    said = confirm_clock(ClockForm(today="2025-08-29", by_post="创建办"), return_state=True)
    again = patrol(return_state=True).message

    assert "本机时钟可疑" in held
    assert still == alive
    assert (wrong.is_failed(), "请先校正本机时钟" in wrong.message) == (True, True)
    assert "已确认本机时钟" in said.message
    assert "启动阶段：自评初审" in again
    assert (settings().home / "heartbeat.json").read_text() != alive


@pytest.mark.parametrize("indicators", [0, 104])
def test_prefect_sees_few_runs_and_pages_at_any_size(campaign, campaign_id, indicators):
    if indicators:
        with open_session() as session:
            fill_indicators(session, campaign_id, indicators, due=MONDAY)
    patrol(return_state=True)
    tasks, pages = counts("巡查")

    assert tasks <= 10
    assert pages <= 3


def test_a_stage_flow_writes_its_checklists_and_counts_the_obstacles(campaign):
    patrol(return_state=True)
    state = implement(return_state=True)

    assert "41 份清单" in state.message
    assert "个障碍" in state.message
    assert len(list((settings().home / "checklists" / "jc").rglob("*.md"))) == 41
    assert "市司法局" in artifacts()["checklist-jc-2"]


def test_a_campaign_with_a_chinese_name_has_its_pages_forms_and_folder(campaign, campaign_id):
    rename_campaign("jc", "金昌 2025", "创建办", moment_of(at(MONDAY), MONDAY))
    seen = patrol(campaign="金昌2025", return_state=True)
    implement(return_state=True)

    assert seen.message.startswith("金昌 2025 · 2025-07-21：")
    page = artifacts()[f"checklist-c{campaign_id}-2"]
    assert "金昌 2025 · 金昌市创建" in page
    assert (settings().home / "checklists" / "金昌 2025" / "2-实施推进" / "市司法局.md").is_file()
    form = ProgressForm(code="W5", state="进行中", by_post="创建办", campaign="金昌 2025")
    done = register_progress(form, return_state=True)
    assert done.message.startswith("金昌 2025 · W5 优化公共服务")


def test_pages_tables_and_their_descriptions_hold_a_bad_name_as_words(campaign):
    rename()
    patrol(return_state=True)
    implement(return_state=True)
    with get_client(sync_client=True) as client:
        found = client._client.post("/artifacts/latest/filter", json={}).json()

    [page] = [one for one in found if one["key"] == "checklist-jc-2"]
    [table] = [one for one in found if one["key"] == "lights"]
    assert TYPED in Page(page["description"]).words
    assert Page(page["description"]).tags == ["p", "a"]  # our own link, to the window
    assert Page(page["data"]).addresses == []
    cells = [cell for row in json.loads(table["data"]) for cell in row.values()]
    assert any("a.example" in cell for cell in cells)
    assert not any("://" in cell or "](" in cell or "<i" in cell for cell in cells)


def test_a_stage_flow_without_its_stage_says_so(campaign):
    assert "没有进行中" in launch(return_state=True).message


def test_progress_from_the_form_is_registered_once(campaign, campaign_id):
    form = ProgressForm(code="w1", state="已完成", by_post="创建办", done_on=date(2025, 7, 18))
    first = register_progress(form, return_state=True)
    second = register_progress(form, return_state=True)

    assert first.message.startswith("jc · W1 ")
    assert "：已完成，" in first.message
    assert "没有变化" in second.message
    with open_session(read_only=True) as session:
        assert milestone_coded(session, campaign_id, "W1").state == Progress.DONE


def test_a_wrong_form_ends_in_one_line_without_a_traceback(campaign, caplog):
    form = ProgressForm(code="W99", state="已完成", by_post="甲")
    state = register_progress(form, return_state=True)

    assert state.is_failed()
    assert "没有编号为 W99 的事项" in state.message
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("typed", ["2026-02-30", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("started", [patrol, launch, show_outlook])
def test_a_day_that_is_none_ends_a_run_in_one_line(campaign, caplog, started, typed):
    state = started(today=typed, return_state=True)

    assert state.is_failed()
    assert state.message.startswith(f"日期写的是“{typed}”，应为 2025-07-21 这样的日期")
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("started", "form", "said"),
    [
        (
            register_progress,
            ProgressForm(code="W1", state="已完成", by_post="甲", done_on="2026-02-30"),
            "日期写的是“2026-02-30”",
        ),
        (
            register_progress,
            ProgressForm(code="S99999999999", state="已完成", by_post="甲"),
            "没有编号为 S99999999999 的事项",
        ),
        (
            acknowledge_notices,
            AcknowledgementForm(message=2**31 - 1, by_post="甲"),
            "没有第 2147483647 号",
        ),
        (
            acknowledge_notices,
            AcknowledgementForm(code="S99999999999", by_post="甲"),
            "S99999999999",
        ),
        (advance_stage, AdvanceForm(stage=2**31 - 1, by_post="甲"), "没有第 2147483647 阶段"),
        (
            confirm_condition,
            ConfirmForm(condition="已开展培训", by_post="甲", on="2026-02-30"),
            "日期写的是“2026-02-30”",
        ),
        (
            confirm_condition,
            ConfirmForm(condition="已开展培训", by_post="甲", stage=2**31 - 1),
            "第 2147483647 阶段没有",
        ),
    ],
)
def test_the_ends_of_what_a_form_takes_are_answered_in_one_line(
    campaign, caplog, started, form, said
):
    state = started(form, return_state=True)

    assert state.is_failed()
    assert said in state.message
    assert "Traceback" not in caplog.text


def test_delivery_says_why_nothing_went_out(campaign):
    patrol(return_state=True)
    message = deliver_notices(return_state=True).message

    assert "没有配置通道" in message or "发出 0 条消息" in message


def test_delivery_receipt_and_self_test_as_the_office_lives_them(campaign, tmp_path, monkeypatch):
    tags = every_tag()
    with FakeProvider() as provider:
        robots(tmp_path, monkeypatch, provider.base, tags)
        check = check_channels(return_state=True).message
        patrol(return_state=True)
        sent = deliver_notices(return_state=True).message
        link = next(t.text for t in provider.accepted if "请打开[签收" in t.text)
        number = int(re.search(r"请打开\[签收[^]]*\]\(\S+/m/(\d+)\)", link)[1])
        form = AcknowledgementForm(message=number, by_post="联络员")
        first = acknowledge_notices(form, return_state=True).message
        again = acknowledge_notices(form, return_state=True).message
        nobody = acknowledge_notices(
            AcknowledgementForm(message=999, by_post="甲"), return_state=True
        )
        alive = {p.name for p in settings().home.glob("heartbeat*.json")}

    assert check.startswith(f"通道没有发现问题；共 {len(tags)} 个接收对象")
    assert f"发出 {len(provider.accepted)} 条消息" in sent
    assert first.startswith("已签收 ")
    assert "没有变化" in again
    assert nobody.is_failed()
    assert "没有第 999 号消息" in nobody.message
    assert alive == {"heartbeat.json", "heartbeat.delivery.json"}


def test_the_window_knows_which_run_the_last_patrol_was(campaign):
    state = patrol(return_state=True)

    assert last_beat().run == str(state.state_details.flow_run_id)


def test_a_patrol_that_fails_midway_leaves_no_heartbeat(campaign, monkeypatch):
    monkeypatch.setattr("flows.running.here.board_pages", broken)
    state = patrol(return_state=True)

    assert state.is_failed()
    assert not (settings().home / "heartbeat.json").exists()


def test_a_campaign_with_a_fault_is_named_and_the_others_are_shown(campaign, monkeypatch, caplog):
    monkeypatch.setattr(clock, "now", lambda: at(MONDAY))
    load_pack(moment_of(at(MONDAY), MONDAY))
    with open_session() as session:
        run(
            session,
            """UPDATE campaign SET plan_json = '{"gates": {"skip": 5}}' WHERE slug = 'second'""",
        )

    state = patrol(return_state=True)

    assert state.is_failed()
    assert "有 1 个没有巡查成：second（" in state.message and "其余 1 个已巡查" in state.message
    patrol(today=date(2025, 7, 22), return_state=True)  # a preview tells why it could not, too
    assert [one.message for one in caplog.records if one.exc_info] == ["second 没有巡查成"] * 2
    assert {row["创建活动"] for row in table("this-week")} == {"jc", "second"}
    assert not (settings().home / "heartbeat.json").exists()


def broken(_views):
    raise DatabaseError("磁盘已满")
