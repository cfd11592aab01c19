"""The examination as a run: its page, its line, and what Prefect itself says of the schedules."""

import json

import pytest
from prefect import get_client
from prefect.settings import PREFECT_API_URL

from flows.examine_installation import PAGE, examine_installation
from tasks.doctor.kept import last_examination

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_server")]


def test_an_examination_ends_in_one_line_and_shows_its_table(campaign, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", PREFECT_API_URL.value())

    state = examine_installation(return_state=True)

    assert state.is_completed()
    assert state.message.startswith("体检：")
    lines = {line.name: line for line in last_examination().examination.lines}
    # This server serves none; what another test has registered has no next run.
    none, no_next = "一个定时任务也没有登记", "每日巡查 还没有排上下一次"
    assert lines["定时任务"].words.startswith((none, no_next))
    with get_client(sync_client=True) as client:
        only = {"artifacts": {"key": {"any_": [PAGE]}}}
        [page] = client.request("POST", "/artifacts/filter", json=only).json()
    rows = json.loads(page["data"])
    assert {row["项目"] for row in rows} == set(lines)
