"""The command: one clear Chinese line for every failure, one object for other programs."""

import json
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deployments.cli import run
from models.database import engine_for
from models.settings import settings
from tests.places import DOCUMENTS


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A home without anything in it, as on the first day."""
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    yield tmp_path / "home"
    engine_for(settings().database).dispose()


@pytest.fixture
def monday(home, clock_at) -> None:
    """Noon of Monday, 21 July 2025."""
    clock_at(datetime(2025, 7, 21, 4, tzinfo=UTC))


def test_the_first_day_from_pack_to_patrol(monday, capsys):
    assert run(["plan", "load", "jinchang-2025", "--slug", "jc"]) == 0
    capsys.readouterr()

    assert run(["patrol", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert run(["patrol", "--json"]) == 0
    second = json.loads(capsys.readouterr().out)

    assert (len(first["stages"]), first["work_items"]) == (5, 32)
    assert first["stages"][1]["status"] == "active"
    assert second["notices_created"] == 0
    keys = {"campaign", "today", "working_day", "stages", "work_items", "assignments", "lights"}
    assert keys | {"slips", "notices_created", "notices_unsendable"} <= set(first)
    assert set(first["lights"]) == {"green", "blue", "yellow", "red"}


def test_status_prints_every_campaign_and_writes_nothing(home, capsys):
    run(["plan", "load", "jinchang-2025", "--slug", "jc"])
    run(["plan", "load", "zengdu-2023"])
    capsys.readouterr()

    assert run(["status", "--json", "--today", "2025-07-21"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert [c["campaign"] for c in found["campaigns"]] == ["曾都 2023", "jc"]
    assert found["campaigns"][1]["stages"][0]["status"] == "pending"
    assert run(["status"]) == 0
    assert "曾都区" in capsys.readouterr().out


def test_a_patrol_of_several_campaigns_still_prints_one_object(monday, capsys):
    run(["plan", "load", "zengdu-2023"])
    run(["plan", "load", "jinchang-2025", "--slug", "jc"])
    capsys.readouterr()

    assert run(["patrol", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert found["campaign"] == "jc"  # the one loaded last
    assert [other["campaign"] for other in found["others"]] == ["曾都 2023"]


def test_checklists_are_written_for_every_unit_of_a_stage_under_way(monday, capsys, tmp_path):
    run(["plan", "load", "jinchang-2025", "--slug", "jc"])
    run(["patrol"])
    assert run(["checklist", "--out", "清单"]) == 0

    texts = sorted((tmp_path / "清单" / "jc" / "2-实施推进").glob("*.md"))
    assert len(texts) == 41  # 40 units and the office
    assert len(list((tmp_path / "清单" / "jc" / "2-实施推进").glob("*.xlsx"))) == 41
    text = (tmp_path / "清单" / "jc" / "2-实施推进" / "市司法局.md").read_text(encoding="utf-8")
    assert "W1 " in text or "| W1 |" in text
    assert run(["checklist", "火星局", "--out", "清单"]) == 1
    assert "火星局" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plan", "load", "没有.yaml"], "jinchang-2025"),
        (["plan", "load"], "缺少"),
        (["plna"], "plna"),
        (["patrol", "--today", "昨天"], "昨天"),
        (["patrol", "--nope"], "--nope"),
        (["patrol", "--campaign", "x"], "还没有创建活动"),
        (["progress", "set", "W1", "--state", "已完成", "--by", "甲"], "还没有创建活动"),
        (["channels", "check"], "通道"),
        (["channels", "test", "创建办"], "通道"),
        (["patrol"], "还没有创建活动"),
    ],
)
def test_a_failure_is_told_in_chinese_with_exit_code_one(home, capsys, words, said):
    assert run(words) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert "Traceback" not in captured.err


def test_a_wrong_plan_writes_nothing_and_lists_its_faults(home, capsys, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        "title: 甲\nkind: work_plan\nstages:\n- ordinal: x\n  nmae: 乙\n", encoding="utf-8"
    )

    assert run(["plan", "load", str(bad)]) == 1

    lines = capsys.readouterr().err.splitlines()
    assert "3 处问题" in lines[0]
    assert [line.split()[1] for line in lines[1:]] == ["4", "4", "5"]
    assert run(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["campaigns"] == []


def test_an_error_of_ours_is_one_line_and_a_file_for_the_engineer(home, capsys, monkeypatch):
    def broken(*_args):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("tasks.patrol.patrol.campaign_slugs", broken)
    assert run(["patrol"]) == 1

    said = capsys.readouterr().err
    assert said.count("\n") == 1
    kept = Path(said.split("请把 ")[1].split(" 交给")[0])
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")
    kept.unlink()


def test_two_homes_never_meet(tmp_path, monkeypatch, capsys):
    for name in ("甲", "乙"):
        monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / name))
        run(["plan", "load", "zengdu-2023", "--slug", "only-" + {"甲": "a", "乙": "b"}[name]])
        capsys.readouterr()
        run(["status", "--json"])
        found = json.loads(capsys.readouterr().out)
        assert len(found["campaigns"]) == 1


def test_a_backup_is_a_whole_database_and_overwrites_nothing(home, capsys, tmp_path, monkeypatch):
    run(["plan", "load", "zengdu-2023"])
    copy = tmp_path / "aside" / "shifan.db"
    assert run(["db", "backup", str(copy)]) == 0
    assert run(["db", "backup", str(copy)]) == 1
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "new"))
    assert run(["db", "restore", str(copy)]) == 0  # on another machine
    assert run(["audit", "verify"]) == 0
    capsys.readouterr()
    run(["status", "--json"])

    assert len(json.loads(capsys.readouterr().out)["campaigns"]) == 1


def test_the_hint_after_a_document_keeps_what_was_typed(home, capsys, tmp_path):
    source = DOCUMENTS / "01-fazhi-shifan-shishi.txt"
    (tmp_path / "方 案.txt").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    options = ["--slug", "云岫 2026", "--start", "2026-03-02"]

    assert run(["plan", "load", "方 案.txt", *options]) == 1

    said = capsys.readouterr().err
    typed = "--slug '云岫 2026' --start 2026-03-02"
    assert f"shifan plan load '方 案.txt' {typed} --yes；" in said
    assert f"shifan plan load 审核表.xlsx {typed}" in said


def test_a_plan_that_looks_like_a_loaded_one_is_not_loaded_twice_unasked(home, capsys):
    run(["plan", "load", "zengdu-2023", "--slug", "zd"])
    capsys.readouterr()

    assert run(["plan", "load", "zengdu-2023", "--start", "2026-03-02"]) == 1

    said = capsys.readouterr().err
    assert "  更新“zd”：shifan plan load zengdu-2023 --slug zd --start 2026-03-02\n" in said
    again = "shifan plan load zengdu-2023 --slug '曾都 2023' --start 2026-03-02 --new"
    assert f"  另建一个：{again}\n" in said
    assert run(shlex.split(again)[1:]) == 0
    assert capsys.readouterr().out.startswith(
        "曾都 2023（曾都区创建省级法治政府建设示范区工作方案）："
    )


def test_a_briefing_is_no_plan_and_says_so_with_its_own_exit_code(home, capsys, tmp_path):
    news = tmp_path / "news.txt"
    source = DOCUMENTS / "06-xinwen-tuijinhui.txt"
    news.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")

    assert run(["plan", "load", str(news), "--yes"]) == 3
    assert "不是方案" in capsys.readouterr().err
