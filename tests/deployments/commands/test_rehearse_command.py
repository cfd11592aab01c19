"""`shifan rehearse`: what it prints and writes, what it compares, and what it refuses in one line."""

import json
from pathlib import Path

import pytest

from deployments.cli import run

DAYS = ["--from", "2025-06-03", "--to", "2025-06-04"]


@pytest.fixture
def said(campaign, tmp_path, monkeypatch, capsys):
    """Type a command in an empty folder; return what it printed."""
    monkeypatch.chdir(tmp_path)

    def typed(*words: str, code: int = 0) -> str:
        assert run(["rehearse", "jc", *words]) == code
        printed = capsys.readouterr()
        return printed.err if code else printed.out

    return typed


def test_a_rehearsal_is_written_and_compared(said, tmp_path):
    first = said(*DAYS, "--out", "一次")
    again = said(*DAYS, "--out", "二次", "--against", "一次/演练.json")
    later = said("--from", "2025-06-04", "--to", "2025-06-04", "--against", "一次/演练.json")

    assert first.startswith("【演练】jc 2025-06-03 至 2025-06-04")
    assert sorted(one.name for one in (tmp_path / "一次").iterdir()) == [
        "演练.html",
        "演练.json",
        "演练.md",
        "演练.xlsx",
    ]
    assert "消息没有变化" in again
    assert "与上次演练相比：" in later
    for name in ("演练.html", "演练.md", "演练.json"):
        one, two = (tmp_path / folder / name for folder in ("一次", "二次"))
        if name != "演练.html" and name != "演练.md":
            assert one.read_bytes() == two.read_bytes()
        assert "演练" in one.read_text(encoding="utf-8")


def test_one_json_object_is_printed(said):
    found = json.loads(said(*DAYS, "--json"))

    assert (found["version"], found["slug"], found["first"]) == (1, "jc", "2025-06-03")
    assert {"day", "at", "recipient", "channel", "body"} <= found["messages"][0].keys()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--pace", "快"], "--pace 写 none"),
        (["--against", "坏.json"], "不是 JSON"),
        (["--against", "别的.json"], "不是演练的结果"),
        (["--pace", "坏.yaml"], "version 应为 1"),
        (["--from", "2025-06-05", "--to", "2025-06-03"], "不能到更早的"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(said, tmp_path, words, line):
    (tmp_path / "坏.json").write_text("{", encoding="utf-8")
    (tmp_path / "别的.json").write_text('{"version": 9}', encoding="utf-8")
    (tmp_path / "坏.yaml").write_text("pace: on-time\n", encoding="utf-8")

    assert line in said(*words, "--out", "出", code=1)
    assert not Path("出").exists()
