"""What an office set is used, or refused in one line that shows no value."""

import pytest

from deployments.cli import run
from models.settings import settings

REFUSED = [
    ("DECISION_CODE_HOURS", "abc"),
    ("DECISION_CODE_HOURS", "0"),  # the shortest is one hour
    ("DECISION_CODE_HOURS", "721"),  # the longest is thirty days
    ("TIME_ZONE", "Mars/Phobos"),
    ("TIME_ZONE", "Asia"),  # a folder of zones
    ("DATABASE_URL", "nonsense-Pa55"),
    ("DATABASE_URL", "mysql://u:Pa55@host/name"),
    ("DATABASE_URL", "postgresql://u:Pa55@host:port/name"),
]


@pytest.mark.parametrize("name, value", REFUSED)
def test_a_setting_that_cannot_be_used_is_named_without_its_value(
    name, value, monkeypatch, capsys, tmp_path
):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    monkeypatch.setenv(f"SHIFAN_{name}", value)

    assert run(["status"]) == 1

    [line] = capsys.readouterr().err.splitlines()
    assert f"SHIFAN_{name} 应为" in line
    assert "Pa55" not in line


def test_several_wrong_settings_are_listed_together(monkeypatch, capsys):
    monkeypatch.setenv("SHIFAN_DECISION_CODE_HOURS", "abc")
    monkeypatch.setenv("SHIFAN_TIME_ZONE", "nowhere")

    assert run(["status"]) == 1

    [line] = capsys.readouterr().err.splitlines()
    assert "SHIFAN_DECISION_CODE_HOURS" in line
    assert "SHIFAN_TIME_ZONE" in line


def test_a_home_that_cannot_be_made_is_one_line(monkeypatch, capsys):
    monkeypatch.setenv("SHIFAN_HOME", "/proc/none")

    assert run(["status"]) == 1

    [line] = capsys.readouterr().err.splitlines()
    assert "不能建立数据目录 /proc/none" in line


@pytest.mark.parametrize("url", ["", "postgres://u:p@h/x", "postgresql://u:p@h:5432/x"])
def test_a_database_of_ours_is_taken(url, monkeypatch):
    monkeypatch.setenv("SHIFAN_DATABASE_URL", url)

    assert settings().database_url == url
