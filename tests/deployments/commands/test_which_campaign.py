"""With two campaigns every command says which one it means, or asks; what it did bears the name."""

import pytest

from deployments.cli import run
from models.campaign.progress import Report
from models.errors import UnclearError
from models.rules.words import Progress
from models.settings import moment_of
from tasks.campaign.progress import register_report
from tasks.lists.progress import export_progress
from tasks.notices.acknowledging import acknowledge
from tasks.plans.loading import find_plan, load_plan, read_plan
from tests.conftest import NOW, TODAY

BY = ["--by", "创建办"]
ASKING = [
    ["progress", "set", "W5", "--state", "已完成", *BY],
    ["progress", "export", "进展.xlsx"],
    ["progress", "load", "表.xlsx"],
    ["units", "export", "单位.xlsx"],
    ["units", "load", "表.xlsx"],
    ["posts", "export", "岗位.xlsx"],
    ["posts", "load", "表.xlsx"],
    ["indicators", "load", "表.xlsx"],
    ["silence", "add", "W5", "--until", "2099-01-01", "--reason", "等文件", *BY],
    ["silence", "list"],
    ["silence", "end", "1", *BY],
    ["burden"],
    ["burden", "allow", "市司法局", "--by", "分管领导"],
    ["notices", "list"],
    ["notices", "dead"],
    ["notices", "why", "W5"],
    ["notices", "ack", "W5", *BY],
    ["notices", "ladder"],
    ["gate"],
    ["gate", "confirm", "ledgers-out", *BY],
    ["gate", "unconfirm", "ledgers-out", "--reason", "弄错了", *BY],
    ["decision", "ask", "2", *BY],
    ["decision", "delegate", "组长", "--to", "分管领导", "--start", "2099-01-01"]
    + ["--end", "2099-01-02", *BY],
    ["decision", "undelegate", "组长", *BY],
]


@pytest.fixture
def two(campaign, tmp_path, monkeypatch):
    """Two campaigns, and a workbook that bears the name of none."""
    from openpyxl import Workbook

    monkeypatch.chdir(tmp_path)
    plan = read_plan(find_plan("zengdu-2023"))
    load_plan(plan, slug="曾都 2023", start=None, moment=moment_of(NOW, TODAY))
    book = Workbook()
    book.active.append(["编号", "状态", "单位名称", "单位"])
    book.active.append(["W1", "已完成", "甲", "乙"])
    book.save("表.xlsx")
    return tmp_path


@pytest.mark.parametrize("words", ASKING, ids=lambda words: " ".join(words[:2]))
def test_a_command_asks_which_of_two_campaigns_is_meant(two, capsys, words):
    assert run(words) == 1
    said = capsys.readouterr().err
    assert "有 2 个创建活动，请写明是哪一个" in said
    assert "jc（金昌市创建全国法治政府建设示范市实施方案）" in said
    assert "曾都 2023（曾都区创建省级法治政府建设示范区工作方案）" in said


def test_the_result_names_campaign_and_item_in_words(two, capsys):
    words = ["progress", "set", "w5", "--state", "已完成", "--by", "创建办"]
    assert run([*words, "--campaign", "jc"]) == 0

    said = capsys.readouterr().out
    assert said == "jc · W5 优化公共服务：已完成，3 处变更\n"


def test_a_form_asks_too(two):
    report = Report("W5", Progress.DONE, "市司法局联络员")
    with pytest.raises(UnclearError, match="表单填“创建活动或工作计划”一栏"):
        register_report(None, report, moment_of(NOW, TODAY))
    with pytest.raises(UnclearError):
        acknowledge(None, "W5", "创建办", "", moment=moment_of(NOW, TODAY))


def test_a_list_of_one_campaign_is_refused_by_the_other(two, capsys):
    export_progress("jc", two / "金昌.xlsx", today=TODAY)

    assert run(["progress", "load", "金昌.xlsx", "--campaign", "曾都2023"]) == 1
    assert "这是创建活动“jc”的表，不能装入“曾都 2023”" in capsys.readouterr().err


def test_a_list_says_itself_where_it_belongs(two, capsys):
    export_progress("jc", two / "金昌.xlsx", today=TODAY)

    assert run(["progress", "load", "金昌.xlsx"]) == 0
    assert capsys.readouterr().out.startswith("jc：读到 ")
