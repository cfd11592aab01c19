"""Inspection at the command: from the teams to the results, and what is said of each step."""

import shlex
from datetime import UTC, datetime

import pytest

from deployments.cli import run

MORNING = datetime(2025, 7, 21, 2, tzinfo=UTC)
SETUP = (
    "teams add 第一督导组 --units 市司法局、市财政局 --areas 城北 --by 创建办",
    "teams add 第二督导组 --units 市公安局、市审计局 --by 创建办",
    "round add 1 --start 2025-08-04 --end 2025-09-12 --by 创建办",
)


@pytest.fixture
def said(campaign, clock_at, capsys, tmp_path, monkeypatch):
    """Run a line of `shifan inspection`; return its exit code and what it printed."""
    clock_at(MORNING)
    monkeypatch.chdir(tmp_path)

    def words(line):
        code = run(["inspection", *shlex.split(line)])
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    return words


def test_a_round_from_its_teams_to_its_results(said, tmp_path):
    assert said("plan")[1] == "还没有设督导轮次，请用 shifan inspection round add 设置\n"
    for line in SETUP:
        assert said(line)[0] == 0
    assert "第 1 轮走访 40 次，新排 40 次" in said("plan")[1]
    assert "没有变化" in said("plan")[1]
    code, shown = said("show 1 --unit 市公安局")
    assert code == 0 and "第一督导组" in shown and "应有 2 轮，已设 1 轮" in shown

    code, moved = said("move V1.2 --day 2025-08-12 --by 创建办 --reason 单位有会")
    assert code == 0 and "V1.2 已定" in moved
    code, away = said("away 第一督导组 --start 2025-08-04 --end 2025-08-08 --by 创建办")
    assert code == 0 and "登记了 5 天" in away
    code, back = said("away 第一督导组 --start 2025-08-08 --back --by 创建办")
    assert code == 0 and "又能去的日子登记了 1 天" in back

    code, written = said("checklist V1.1 --out 清单")
    assert code == 0 and "已写好 1 次走访的清单" in written
    [sheet] = (tmp_path / "清单").glob("*.xlsx")
    assert said(f"results load {sheet}")[1].endswith("没有填好的走访\n")
    assert "已有的 1 份 Excel 没有动" in said("checklist V1.1 --out 清单")[1]
    result = "results set V1.1 --on 2025-07-21 --by 第一督导组组长"
    assert (
        "V1.1 列出问题 2 个，已登记" in said(f"{result} --problems 公示栏没有更新；文书缺日期")[1]
    )
    assert "V1.1 列出问题 2 个，没有变化" in said(f"{result} --problems 公示栏没有更新")[1]
    assert "留下一样" in said(f"{result} --nothing")[1]
    assert "已走访 1 个" in said("show 1")[1]


def test_why_there_is_no_plan_is_said_in_one_go(said):
    for line in SETUP[:2]:
        said(line)
    said("round add 1 --start 2025-08-04 --end 2025-08-05 --by 创建办")
    code, words = said("plan")
    assert code == 1
    assert "第 1 轮：工作日不够：还要走访 40 个单位，2 个组每天各最多 2 次" in words
    assert "至少要再有 8 个工作日" in words
