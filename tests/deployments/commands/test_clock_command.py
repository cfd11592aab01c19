"""`shifan clock`: what a clerk reads when the clock has jumped, and what the word of a person does."""

import json
from datetime import date

import pytest

from deployments.cli import run
from tests.support.alerts import MONDAY, at

AHEAD = date(2025, 8, 29)


@pytest.fixture
def jumped(campaign, clock_at, capsys):
    """A Monday's patrol, and the next one 40 days later by the clock."""
    for day in (MONDAY, AHEAD):
        clock_at(at(day))
        assert run(["patrol"]) == 0
    assert "本机时钟可疑" in capsys.readouterr().out
    return campaign


def test_every_place_says_what_is_wrong_and_what_to_do(jumped, capsys):
    for words in (["clock"], ["status"], ["patrol"], ["notices", "deliver"]):
        assert run(words) == 0
        said = "".join(capsys.readouterr().out.split())
        assert "单位负责人以上的提醒、阶段启动和审批都先停着，只提醒联络员" in said, words
        assert "shifanclockconfirm--today今天的日期--by创建办" in said, words
    assert run(["clock", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["believed"] is False
    assert run(["patrol", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["clock_held"] is True


def test_a_wrong_day_confirms_nothing_and_the_right_one_does(jumped, capsys):
    assert run(["clock", "confirm", "--today", "2025-07-22", "--by", "创建办"]) == 1
    assert "您写的是 2025-07-22；请先校正本机时钟" in capsys.readouterr().err
    assert run(["clock", "confirm", "--today", "2025-08-29", "--by", "创建办"]) == 0
    assert "已确认本机时钟：今天是 2025-08-29" in capsys.readouterr().out
    assert run(["clock"]) == 0
    assert capsys.readouterr().out == "时钟没有疑点：今天是 2025-08-29\n"


def test_a_clock_that_was_set_right_needs_nobody(jumped, capsys, clock_at):
    clock_at(at(MONDAY, 15))
    assert run(["notices", "deliver"]) == 0
    said = capsys.readouterr().out

    assert "已收回时钟走快时写下的" in said
    assert run(["clock"]) == 0
    assert capsys.readouterr().out == "时钟没有疑点：今天是 2025-07-21\n"
