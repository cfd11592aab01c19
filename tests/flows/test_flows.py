"""The flows, in a real Prefect server of their own: what they write, publish and count."""

import json
from datetime import date

import pytest
from prefect import get_client

from flows.deliver_notices import deliver_notices
from flows.implement import implement
from flows.launch import launch
from flows.patrol import patrol
from flows.register_progress import ProgressForm, register_progress
from models.database import open_session
from models.milestone import milestone_coded
from models.rules.words import Progress
from models.settings import settings
from tests.fill import fill_indicators

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_server")]
MONDAY = date(2025, 7, 21)


def artifacts() -> dict[str, str]:
    with get_client(sync_client=True) as client:
        answer = client._client.post("/artifacts/latest/filter", json={})
        return {one["key"]: _text(one["data"]) for one in answer.json()}


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
    state = patrol(today=MONDAY, return_state=True)

    assert "检查 32 项任务、40 个单位" in state.message
    shown = artifacts()
    assert "data:image/svg+xml;base64," in shown["chart"]
    assert "市司法局" in shown["lights"]
    assert "S1.1" in shown["this-week"]


def test_a_patrol_of_a_day_off_says_so(campaign):
    assert "休息日" in patrol(today=date(2025, 7, 20), return_state=True).message


@pytest.mark.parametrize("indicators", [0, 104])
def test_prefect_sees_few_runs_and_pages_at_any_size(campaign, campaign_id, indicators):
    if indicators:
        with open_session() as session:
            fill_indicators(session, campaign_id, indicators, due=MONDAY)
    patrol(today=MONDAY, return_state=True)
    tasks, pages = counts("巡查")

    assert tasks <= 10
    assert pages <= 3


def test_a_stage_flow_writes_its_checklists_and_counts_the_obstacles(campaign):
    patrol(today=MONDAY, return_state=True)
    state = implement(today=MONDAY, return_state=True)

    assert "41 份清单" in state.message
    assert "个障碍" in state.message
    assert len(list((settings().home / "checklists" / "jc").rglob("*.md"))) == 41
    assert "市司法局" in artifacts()["checklist-jc-2"]


def test_a_stage_flow_without_its_stage_says_so(campaign):
    assert "没有进行中" in launch(today=MONDAY, return_state=True).message


def test_progress_from_the_form_is_registered_once(campaign, campaign_id):
    form = ProgressForm(
        code="w1", state="已完成", by_post="市司法局联络员", done_on=date(2025, 7, 18)
    )
    first = register_progress(form, return_state=True)
    second = register_progress(form, return_state=True)

    assert "已登记为已完成" in first.message
    assert "没有变化" in second.message
    with open_session(read_only=True) as session:
        assert milestone_coded(session, campaign_id, "W1").state == Progress.DONE


def test_a_wrong_form_ends_in_one_line_without_a_traceback(campaign, caplog):
    form = ProgressForm(code="W99", state="已完成", by_post="甲")
    state = register_progress(form, return_state=True)

    assert state.is_failed()
    assert "没有编号为 W99 的事项" in state.message
    assert "Traceback" not in caplog.text


def test_delivery_says_why_nothing_went_out(campaign):
    patrol(today=MONDAY, return_state=True)
    message = deliver_notices(return_state=True).message

    assert "没有配置通道" in message or "发出 0 条消息" in message
