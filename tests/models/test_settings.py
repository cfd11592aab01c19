"""What an office set is used, or refused in one line that shows no value."""

import os

import pytest

from deployments.cli import run
from models.settings import settings

REFUSED = [
    ("DECISION_CODE_HOURS", "abc"),
    ("DECISION_CODE_HOURS", "0"),  # the shortest is one hour
    ("DECISION_CODE_HOURS", "721"),  # the longest is thirty days
    ("TIME_ZONE", "Mars/Phobos"),
    ("HASH", "md5"),
    ("HASH", "SM3"),
    ("TIME_ZONE", "Asia"),  # a folder of zones
    ("PROXY", "socks5://u:Pa55@h:1"),
    ("PROXY", "proxy.example.cn:8080"),
    ("PUBLIC_URL", "10.1.2.3:4200"),  # no http://
    ("PUBLIC_URL", "http://u:Pa55@10.1.2.3"),
    ("PUBLIC_URL", "http://10.1.2.3/示范"),
    ("PUBLIC_URL", "http://10.1.2.3/a//b"),
    ("PUBLIC_URL", "http://10.1.2.3/../b"),
    ("PUBLIC_URL", "http://10.1.2.3/a?b=1"),
    ("PUBLIC_URL", "http://10.1.2.3/shifan/v2"),  # Prefect would take it for its second UI
    ("GATEWAY", "sf.example.gov"),  # a name may be anybody's
    ("MAILBOX_USER", "创建办Pa55@example.cn"),
    ("MAILBOX_USER", "Pa55＠example.cn"),  # an @ of a Chinese keyboard
    ("MAILBOX_USER", "Pa55@example.cn\nx"),
    ("MAILBOX_PASSWORD", "Pa55授权码"),
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


def test_a_file_of_settings_from_notepad_is_read(monkeypatch, tmp_path):
    (tmp_path / ".env").write_bytes("\ufeffSHIFAN_DECISION_CODE_HOURS=5\r\n".encode())
    monkeypatch.chdir(tmp_path)

    assert settings().decision_code_hours == 5


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.mkdir(), "不是文件"),
        (os.mkfifo, "不是文件"),
        (lambda path: path.write_bytes("密码=x".encode("gb18030")), "UTF-8"),
        (lambda path: path.write_bytes(b"#" * 1_000_001), "过大"),
        (lambda path: path.write_text("# 甲\n\n这是说明\nSHIFAN_TIME_ZONE=x\n"), "第 3 行看不懂"),
        (lambda path: path.write_text("SHIFAN_CHANNELS：a.yaml\n"), "第 1 行看不懂"),
        (lambda path: path.write_text("SHIFAN CHANNELS a.yaml\n"), "第 1 行看不懂"),
    ],
)
def test_what_is_no_file_of_settings_is_refused_in_one_line(
    make, says, monkeypatch, capsys, tmp_path
):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    make(tmp_path / ".env")

    assert run(["status"]) == 1

    [line] = capsys.readouterr().err.splitlines()
    assert ".env" in line
    assert says in line


EVERY_COMMAND = [
    ["status"],
    ["patrol"],
    ["up"],
    ["plan", "load", "jinchang-2025"],
    ["units", "export", "u.xlsx"],
    ["posts", "export", "p.xlsx"],
    ["channels", "check"],
    ["channels", "selftest"],
    ["notices", "list"],
    ["silence", "list"],
    ["decision", "list"],
    ["audit", "verify"],
    ["db", "upgrade"],
    ["db", "backup", "b.db"],
]


@pytest.mark.parametrize("words", EVERY_COMMAND, ids=" ".join)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_every_command_refuses_settings_in_another_code_in_one_line(
    words, encoding, monkeypatch, capsys, tmp_path
):
    monkeypatch.delenv("SHIFAN_PASSWORD", raising=False)
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    text = "SHIFAN_TIME_ZONE=Asia/Shanghai\n" + ("# 甲\n" if encoding == "gb18030" else "")
    (tmp_path / ".env").write_bytes(text.encode(encoding))

    assert run(words) == 1

    printed, told = capsys.readouterr()
    [line] = told.splitlines()
    assert "当前文件夹里的 .env" in line
    assert "另存为 UTF-8" in line
    assert printed == ""
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("given", "url", "path"),
    [
        ("", "", ""),
        ("http://10.1.2.3:4200/", "http://10.1.2.3:4200", ""),
        ("https://sf.example.gov", "https://sf.example.gov", ""),
        ("http://10.1.2.3/shifan/", "http://10.1.2.3/shifan", "/shifan"),
        ("http://oa.example.gov/a/b-2", "http://oa.example.gov/a/b-2", "/a/b-2"),
    ],
)
def test_a_public_address_may_have_a_path(monkeypatch, given, url, path):
    monkeypatch.setenv("SHIFAN_PUBLIC_URL", given)

    assert (settings().public_url, settings().public_path) == (url, path)
