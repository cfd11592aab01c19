"""`shifan up` that does not start: a password that is missing, a taken port, a wrong plan."""

import os
import re
import socket
import subprocess
import sys

import docx
import pytest

from deployments.cli import run
from deployments.service import up
from deployments.service.children import Child
from deployments.service.only_one import only_one
from deployments.service.server import Server
from models.errors import ServerError
from models.settings import settings
from tests.places import DOCUMENTS
from tests.support.upped import Up, free_port, processes_of


@pytest.mark.parametrize(
    ("options", "password", "said"),
    [
        ((), "口令", "口令应有 10 到"),
        (("--password", "Only-4-us!"), "", "--ask-password"),
        (("--host", "0.0.0.0"), "", "--password-file"),
        (("--host", "192.0.2.1"), "", "必须先有账号"),
        (("--host", "::"), "", "必须先有账号"),
        (("--ask-password",), "", "在终端里"),
        (("--password-file", "不在"), "", "找不到文件"),
    ],
)
def test_a_password_that_cannot_be_used_or_is_missing_is_one_line(
    tmp_path, monkeypatch, capsys, options, password, said
):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "home"))
    if password:
        monkeypatch.setenv("SHIFAN_PASSWORD", password)

    assert run(["up", *options]) == 1
    printed, told = capsys.readouterr()
    assert printed == ""
    assert said in told
    assert len(told.strip().splitlines()) == 1
    assert "Only-4-us!" not in told
    assert not (tmp_path / "home").exists()


@pytest.mark.server  # it waits a while for a port that somebody may be giving up
@pytest.mark.parametrize(("seconds", "said"), [("0", "没有启动起来"), ("60", "多半是电脑太忙")])
def test_a_server_that_ended_is_told_from_one_that_is_slow(tmp_path, monkeypatch, seconds, said):
    monkeypatch.setattr(up, "START_SECONDS", 1)
    nobody = Server({"PREFECT_API_URL": f"http://127.0.0.1:{free_port()}/api"})
    child = Child("服务", ["sleep", seconds], os.environ, tmp_path / "server.log", tmp_path)

    with pytest.raises(ServerError, match=said) as caught:
        up._wait_until_it_answers(nobody, child)
    child.tell_to_end()
    child.wait_for_end()
    assert str(tmp_path / "server.log") in str(caught.value)


def test_a_taken_port_is_one_clear_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = Up(tmp_path / "home", port=taken.getsockname()[1])
        assert refused.process.wait(120) == 1

    first, *_, last = refused.said.splitlines()
    assert re.match("正在启动：.*约需十几秒", first)  # before anything that takes a while
    assert "--port" in last
    assert "Traceback" not in refused.said
    assert processes_of(tmp_path / "home") == []


def test_a_wrong_plan_stops_before_anything_starts(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("title: 甲\n", encoding="utf-8")
    command = [sys.executable, "-m", "deployments.cli", "up", "--plan", str(bad)]
    ended = subprocess.run(
        command, env=os.environ | {"SHIFAN_HOME": str(tmp_path / "home")}, capture_output=True
    )

    assert ended.returncode == 1
    assert "文种（kind）：缺少这一项" in ended.stderr.decode()
    assert not (tmp_path / "home").exists()


def test_a_word_document_is_read_and_must_be_seen_before_anything_starts(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "home"))
    written = docx.Document()
    plan = DOCUMENTS / "01-fazhi-shifan-shishi.txt"
    for line in plan.read_text(encoding="utf-8").splitlines():
        written.add_paragraph(line)
    written.save(str(tmp_path / "实施方案.docx"))

    assert run(["up", "--plan", str(tmp_path / "实施方案.docx")]) == 1

    printed, told = capsys.readouterr()
    assert "任务 10 项" in printed
    assert f"shifan plan load {tmp_path / '实施方案.docx'} --yes" in told
    assert not (tmp_path / "home" / "shifan.db").exists()


def test_an_address_left_over_from_another_prefect_is_one_line_with_the_way_out(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")

    assert run(["up", "--no-demo"]) == 1

    [line] = capsys.readouterr().err.splitlines()
    assert "PREFECT_API_URL" in line
    assert "unset PREFECT_API_URL" in line


def test_a_second_one_is_refused_before_it_touches_a_table(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))

    with only_one(settings().home):
        assert run(["up"]) == 1

    said, refused = capsys.readouterr()
    assert "shifan up 已在运行" in refused
    assert "已装入" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["up.lock"]
