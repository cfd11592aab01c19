"""The commands of notices, silences and burden: Chinese for people, one object for programs."""

import json
from datetime import UTC, datetime

import pytest

from deployments.cli import run


@pytest.fixture
def patrolled(campaign, capsys, clock_at):
    clock_at(datetime(2025, 7, 21, 1, tzinfo=UTC))
    assert run(["patrol"]) == 0
    assert run(["notices", "deliver"]) == 0
    capsys.readouterr()
    return campaign


def said(capsys, *words):
    assert run([*words]) == 0
    return capsys.readouterr().out


def test_why_answers_with_one_word_for_programs_and_a_sentence_for_people(patrolled, capsys):
    found = json.loads(said(capsys, "notices", "why", "S1.1", "--on", "2025-07-21", "--json"))

    assert set(found) == {"campaign", "subject", "on", "answer", "facts"}
    assert found["answer"] == "no-channel"
    assert "没有通道" in said(capsys, "notices", "why", "S1.1", "--on", "2025-07-21")
    assert run(["notices", "why", "W999"]) == 1


def test_lists_are_objects_for_programs(patrolled, capsys):
    listed = json.loads(said(capsys, "notices", "list", "--json", "--most", "3"))["notices"]
    assert len(listed) == 3
    assert json.loads(said(capsys, "notices", "dead", "--json")) == {"dead": []}
    assert json.loads(said(capsys, "notices", "retry", "--json")) == {"retried": 0}
    assert "sent" in json.loads(said(capsys, "notices", "deliver", "--json"))
    burden = json.loads(said(capsys, "burden", "--json", "--week", "2025-07-21"))
    assert len(burden["units"]) == 40
    assert "分管领导" in said(capsys, "notices", "ladder")


def test_a_silence_is_added_listed_and_ended(patrolled, capsys):
    add = ["silence", "add", "W5", "--until", "2099-01-01", "--by", "创建办", "--reason", "等文件"]
    assert "第 1 号" in said(capsys, *add)
    [one] = json.loads(said(capsys, "silence", "list", "--json"))["silences"]
    assert (one["scope"], one["reason"], one["stands"]) == ("W5", "等文件", True)
    assert "已结束" in said(capsys, "silence", "end", "1", "--by", "创建办")
    assert run(["silence", "end", "9"]) == 1


def test_an_acknowledgement_at_the_command(patrolled, capsys):
    assert "已签收" in said(capsys, "notices", "ack", "S2.1", "--by", "创建办")
    assert "没有变化" in said(capsys, "notices", "ack", "S2.1", "--by", "创建办")


def test_a_wrong_ladder_file_is_told_with_every_fault(patrolled, capsys, tmp_path, monkeypatch):
    path = tmp_path / "ladder.yaml"
    path.write_text("duty: 市长\nrungs: 甲\n", encoding="utf-8")
    monkeypatch.setenv("SHIFAN_LADDER", str(path))

    assert run(["notices", "ladder"]) == 1
    assert "2 处问题" in capsys.readouterr().err
