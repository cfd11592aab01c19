"""The exported audit: an office's words and hours, and the keys beside them for programs."""

import csv
from datetime import UTC, date, datetime

import pytest

from models.rules.words import Progress
from models.settings import moment_of
from tasks.audit.chain import export
from tasks.campaign.progress import Report, register_report

pytestmark = pytest.mark.usefixtures("campaign")
NOW, TODAY = datetime(2025, 7, 20, 23, 30, tzinfo=UTC), date(2025, 7, 21)


def test_an_entry_is_in_chinese_and_in_the_offices_hours_with_its_keys_beside(tmp_path):
    report = Report("W5", Progress.STARTED, "创建办", note="=1+1")
    register_report("jc", report, moment_of(NOW, TODAY))

    done = export(tmp_path / "记录.csv", moment_of(NOW, TODAY))

    with done.file.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    last, kept = rows[-2:]
    assert last["时间"] == "2025-07-21 07:30"
    assert last["时间（UTC）"].startswith("2025-07-20T23:30")
    assert (last["谁"], last["事项"], last["对象"]) == ("创建办", "登记进展", "W5")
    assert "现在：（说明：=1+1；状态：进行中）" in last["内容"]
    assert last["事项（内部名称）"] == "progress"
    assert '"state":"started"' in last["当时的事实（内部名称）"]
    assert (kept["谁"], kept["事项"]) == ("创建办", "留存改动后的数据")
    assert "节点 1 行" in kept["内容"]
