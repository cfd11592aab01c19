"""A day that is not today is looked at: every command that takes one writes and sends nothing."""

import json
from datetime import date

import pytest

from deployments.cli import run
from models.settings import settings
from tests.support.alerts import at, every_tag, robots
from tests.support.rows import everything

MONDAY = date(2025, 7, 21)
COMMANDS = ["patrol", "status", "gate"]


@pytest.fixture
def monday(campaign, clock_at, capsys, tmp_path, monkeypatch):
    """A patrolled Monday in an empty folder."""
    clock_at(at(MONDAY))
    monkeypatch.chdir(tmp_path)
    assert run(["patrol"]) == 0
    assert "【预览】" not in capsys.readouterr().out
    return campaign


@pytest.mark.parametrize("day", ["2025-09-01", "2025-06-11", "2025-07-20"])
def test_nothing_is_written_whatever_the_day(monday, capsys, day, tmp_path):
    before, files = everything(), {p: p.stat().st_mtime_ns for p in settings().home.glob("*.json*")}
    for words in (["patrol"], ["status"], ["gate"], ["checklist", "--out", "清单"]):
        assert run([*words, "--today", day]) == 0
        assert capsys.readouterr().out.lstrip().startswith("【预览】") or words == ["gate"]

    assert everything() == before
    assert {p: p.stat().st_mtime_ns for p in settings().home.glob("*.json*")} == files
    assert not (tmp_path / "清单").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_programs_are_told_that_it_is_a_preview(monday, capsys, command):
    kinds = []
    for day in ("2025-07-21", "2025-09-01", "2025-06-11"):
        assert run([command, "--json", "--today", day]) == 0
        said = json.loads(capsys.readouterr().out)
        kinds.append((said["campaigns"][0] if command == "status" else said)["preview"])

    assert kinds == [False, True, True]


def test_a_preview_computes_what_that_day_would_bring(monday, capsys):
    assert run(["patrol", "--today", "2025-09-01"]) == 0
    said = capsys.readouterr().out

    assert "将启动阶段：自评初审、巩固提升" in said.replace(":", "：")
    assert "将新增提醒" in said
    assert "没有写入，也没有发送" in said
    assert run(["gate", "--today", "2025-09-01"]) == 0
    assert "【预览】" in capsys.readouterr().out


def test_the_checklist_of_another_day_is_shown_and_no_file(monday, capsys):
    assert run(["checklist", "市司法局", "--today", "2025-08-01"]) == 0
    assert "# 【预览】实施推进清单" in capsys.readouterr().out
    assert run(["checklist", "火星局", "--today", "2025-08-01"]) == 1


def test_delivery_at_another_instant_only_says_how_much_it_would_be(
    campaign, clock_at, capsys, tmp_path, monkeypatch, provider
):
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    clock_at(at(MONDAY, 22))
    assert run(["patrol"]) == 0
    before = everything()
    capsys.readouterr()
    assert run(["notices", "deliver", "--now", "2025-07-22T09:00"]) == 0
    said = capsys.readouterr().out
    assert run(["notices", "deliver", "--now", "2025-07-22T09:00", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)

    assert said.startswith(f"【预览】到那时将发出 {told['messages']} 条消息")
    assert (told["preview"], told["messages"] > 1, told["sent"]) == (True, True, 0)
    assert provider.accepted == []
    assert everything() == before
