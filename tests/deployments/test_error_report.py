"""A fault of ours: one line on the screen, and a report that holds no secret."""

import re
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError as DriverError

from deployments import cli
from deployments.error_report import keep_report
from models.database import open_session
from models.database import run as run_statement
from tests.support.strangers import reached_by_others

SECRETS = {
    "SHIFAN_PASSWORD": "Open-Sesame-42",
    "SHIFAN_DATABASE_URL": "postgresql://u:Db%2FPass99@h/x",
    "PREFECT_API_AUTH_STRING": "admin:Sesame-of-Prefect",
    "WECOM_TOKEN": "693axxx6-7aoc-4bc4",
}
WHO = "张三的电话"
TOLD = (
    "key=693axxx6-7aoc-4bc4 Db/Pass99 Open-Sesame-42 Sesame-of-Prefect https://robot.cn/send?k=9x7"
)


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "system"))
    (tmp_path / "system").mkdir()
    return tmp_path / "home"


def failing() -> ValueError:
    try:
        raise ValueError(f"第 5 行\n  {TOLD}")
    except ValueError as error:
        return error


def test_a_report_lies_in_the_home_for_its_owner_alone_without_a_secret(home, monkeypatch):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)

    line = keep_report(failing())

    [file] = (home / "logs").iterdir()
    report = file.read_text(encoding="utf-8")
    assert line == f"程序内部出错，没有完成；请把 {file} 交给维护人员"
    assert reached_by_others(home) == []
    assert re.search(r'^  File ".*test_error_report.py", line \d+, in failing$', report, re.M)
    assert "ValueError: 第 5 行" in report
    assert "key=***" in report
    for secret in ("Open-Sesame", "Pass99", "Sesame-of-Prefect", "693axxx6", "9x7"):
        assert secret not in report + line


def test_a_fault_in_a_statement_names_the_statement_and_no_value(database):
    with pytest.raises(DriverError) as caught, open_session() as session:
        run_statement(session, "INSERT INTO nothing (who) VALUES (:who)", {"who": WHO})

    line = keep_report(caught.value)

    report = Path(line.partition("请把 ")[2].partition(" 交给")[0]).read_text(encoding="utf-8")
    assert "INSERT INTO nothing" in report
    assert WHO not in report


def test_where_the_home_cannot_be_written_the_line_names_the_place_and_no_file_is_made(
    home, monkeypatch, tmp_path
):
    monkeypatch.setenv("SHIFAN_HOME", "/proc/none")

    line = keep_report(failing())

    assert "没有留下错误报告" in line
    assert re.search(r"出错处是 ValueError，test_error_report.py 第 \d+ 行$", line)
    assert list((tmp_path / "system").iterdir()) == []


def test_a_command_that_fails_inside_says_one_line_and_where_the_report_is(
    home, monkeypatch, capsys
):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(cli, "_run", broken)

    assert cli.run(["status"]) == 1

    [line] = capsys.readouterr().err.splitlines()
    [file] = (home / "logs").iterdir()
    assert str(file) in line
    assert "a fault of ours" in file.read_text(encoding="utf-8")
