"""`shifan campaign`: a campaign's whole life at the command."""

import json
import zipfile

import pytest

from deployments.cli import run
from models.settings import settings
from tests.support.alerts import MONDAY, at

WHY = ["--by", "创建办", "--reason", "已获命名"]


@pytest.fixture
def shifan(campaign, capsys, clock_at, tmp_path, monkeypatch):
    """Run a command on a working Monday; return its code, what it said and its complaint."""
    clock_at(at(MONDAY))
    monkeypatch.chdir(tmp_path)

    def command(*words):
        capsys.readouterr()
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    return command


def listed(shifan, *more):
    found = json.loads(shifan("campaign", "list", "--json", *more)[1])["campaigns"]
    return [(one["campaign"], one["state"]) for one in found]


def test_from_patrol_to_archive_and_back(shifan):
    assert shifan("patrol")[0] == 0
    assert shifan("campaign", "archive", "jc", "--by", "创建办")[2].startswith("“jc”还在进行")

    code, said, _ = shifan("campaign", "close", "jc", *WHY)
    assert (code, said.startswith("jc：已结束，")) == (0, True)
    assert listed(shifan) == [("jc", "closed")]
    assert "没有进行中的创建活动或工作计划" in shifan("patrol")[2]
    for words in (
        ["patrol", "--campaign", "jc"],
        ["progress", "set", "W5", "--state", "进行中", "--by", "创建办"],
    ):
        code, _, complaint = shifan(*words)
        assert (code, "已于 2025-07-21 结束，只能查看" in complaint) == (1, True)
    assert shifan("status", "--campaign", "jc")[0] == 0
    assert "已结束的创建活动：jc" in shifan("status")[1]

    code, said, _ = shifan("campaign", "archive", "jc", "--by", "创建办")
    assert (code, listed(shifan), listed(shifan, "--all")) == (0, [], [("jc", "archived")])
    file = settings().home / "archives" / "jc-2025-07-21.zip"
    assert str(file) in said

    assert shifan("campaign", "reopen", "jc", "--by", "创建办", "--reason", "点错了")[0] == 0
    assert shifan("patrol")[0] == 0
    assert shifan("audit", "verify")[0] == 0


def test_the_archive_holds_what_there_was(shifan):
    shifan("patrol")
    shifan("campaign", "close", "jc", *WHY)
    assert shifan("campaign", "archive", "jc", "--by", "创建办", "--out", "金昌.zip")[0] == 0

    with zipfile.ZipFile("金昌.zip") as packed:
        names = {name.split("/", 1)[1] for name in packed.namelist()}
        chain = packed.read("jc/记录链/记录链.csv").decode("utf-8-sig")
        plan = json.loads(packed.read("jc/方案.json"))
    assert {
        "说明.html",
        "核对.py",
        "数据.sqlite",
        "进展.csv",
        "单位.xlsx",
        "岗位.xlsx",
        "阶段和决定.xlsx",
    } <= names
    assert "campaign-closed" in chain
    assert plan["title"] == "金昌市创建全国法治政府建设示范市实施方案"
    assert shifan("campaign", "archive", "jc", "--by", "创建办", "--out", "金昌.zip")[0] == 1


def test_a_dry_run_says_what_would_happen_and_closing_may_archive_at_once(shifan):
    shifan("patrol")
    code, said, _ = shifan("campaign", "close", "jc", *WHY, "--dry-run")
    assert (code, "没有做任何改动" in said) == (0, True)
    assert listed(shifan) == [("jc", "open")]
    assert shifan("campaign", "archive", "jc", "--by", "创建办", "--dry-run")[0] == 1

    code, said, _ = shifan("campaign", "close", "jc", *WHY, "--archive")
    assert (code, "：已归档到 " in said) == (0, True)
    assert listed(shifan, "--all") == [("jc", "archived")]
    assert "指纹" in shifan("campaign", "list", "--all")[1]


def test_a_new_name_counts_everywhere_and_old_lists_still_come_back(shifan):
    shifan("progress", "export", "表.xlsx")
    shifan("plan", "load", "zengdu-2023")

    code, said, _ = shifan("campaign", "rename", "jc", "金昌 2025", "--by", "创建办")
    assert (code, said) == (0, "“jc”改称“金昌 2025”，此前发出的表格仍可装回")
    assert shifan("progress", "load", "表.xlsx", "--campaign", "金昌2025")[0] == 0
    code, _, complaint = shifan("progress", "load", "表.xlsx", "--campaign", "曾都2023")
    assert (code, "这是创建活动“金昌 2025”的表" in complaint) == (1, True)
    assert shifan("campaign", "rename", "金昌 2025", "曾都2023")[0] == 1


def test_what_was_patrolled_is_not_removed_and_a_mistake_is(shifan):
    shifan("patrol")
    shifan("plan", "load", "zengdu-2023")

    code, _, complaint = shifan("campaign", "remove", "jc", *WHY)
    assert (code, "已经巡查过，不能移除" in complaint) == (1, True)
    assert shifan("campaign", "remove", "曾都 2023", *WHY)[0] == 0
    assert listed(shifan, "--all") == [("jc", "open")]
    assert shifan("plan", "load", "zengdu-2023")[0] == 0


@pytest.mark.parametrize("word", ["close", "reopen", "remove"])
def test_nobody_and_no_reason_are_refused(shifan, word):
    code, _, complaint = shifan("campaign", word, "jc", "--by", " ", "--reason", " ")

    assert code == 1
    assert complaint
