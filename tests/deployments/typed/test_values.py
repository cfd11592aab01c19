"""What each type of a command takes, and the one line that says why not."""

import errno
import os
from datetime import date, datetime
from typing import Any, get_args

import pytest

from deployments.cli import commands, run
from deployments.say import say_table
from deployments.typed import values as typed
from deployments.typed.paths import of_a_file, to_be_written, to_hold_files, to_read


def read(kind: Any, text: str) -> Any:
    """Return what a type makes of ``text``; raises ValueError with the line."""
    token = type("Token", (), {"value": text})()
    return get_args(kind)[1].converter(get_args(kind)[0], [token])


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (typed.Number, "1", 1),
        (typed.Number, "12", 12),  # a Chinese keyboard
        (typed.Number, "2147483647", 2_147_483_647),
        (typed.Port, "65535", 65_535),
        (typed.Day, "2025年7月21日", date(2025, 7, 21)),
        (typed.Instant, "2025-07-21T09:00", datetime(2025, 7, 21, 9)),
        (typed.Name, "甲" * 120, "甲" * 120),
        (typed.Note, "", ""),
        (typed.Note, "甲\n乙", "甲\n乙"),
        (typed.Host, "::1", "::1"),
    ],
)
def test_a_right_value_is_taken(kind, text, value):
    assert read(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (typed.Number, "0", "写的是“0”，应为整数（1 到 2147483647）"),
        (typed.Number, "2147483648", "写的是“2147483648”，应为整数（1 到 2147483647）"),
        (typed.Number, "9" * 26, f"写的是“{'9' * 26}”，应为整数（1 到 2147483647）"),
        (typed.Number, "9" * 5_000, f"写的是“{'9' * 40}……”，应为整数（1 到 2147483647）"),
        (typed.Number, "²", "写的是“²”，应为整数（1 到 2147483647）"),
        (typed.Port, "65536", "写的是“65536”，应为整数（1 到 65535）"),
        (
            typed.Day,
            "9999-12-31",
            "写的是“9999-12-31”，应为 2025-07-21 这样的日期（1990 至 2099 年）",
        ),
        (
            typed.Instant,
            "昨天",
            "写的是“昨天”，应为 2025-07-21T09:00 这样的时刻，其中 2025-07-21 这样的日期（1990 至 2099 年）",
        ),
        (typed.Name, " ", "没有内容"),
        (typed.Name, "甲" * 121, "有 121 个字，最多 120 个字"),
        (typed.Post, "甲" * 61, "有 61 个字，最多 60 个字"),
        (typed.Note, "甲" * 501, "有 501 个字，最多 500 个字"),
        (typed.Name, "\udcff", "里有不能显示的字符（控制字符或残缺的字），请重新输入"),
        (typed.Host, "a" * 64, f"写的是“{'a' * 40}……”，应为本机的地址，如 127.0.0.1"),
    ],
)
def test_a_wrong_value_is_refused_with_what_was_expected(kind, text, told):
    with pytest.raises(ValueError) as caught:
        read(kind, text)

    assert str(caught.value) == told


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "夹").mkdir()
    (tmp_path / "甲.csv").write_text("甲", encoding="utf-8")
    os.mkfifo(tmp_path / "管道")
    return tmp_path


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (to_read, "没有.csv", "找不到文件 没有.csv"),
        (
            to_read,
            "http://u:secret@example.cn/a",
            "应写文件，写的是网址；证明材料是网页的，请写在 --url 后面",
        ),
        (to_read, "夹", "“夹”是文件夹，不是文件"),
        (to_read, "管道", "“管道”不是普通文件"),  # opening it would wait for ever
        (to_read, "甲" * 74, f"文件名太长：“{'甲' * 40}……”，最多 220 个字节"),
        (to_be_written, "没有/甲.csv", "没有“没有”这个文件夹，请先建好，或换一个地方"),
        (to_be_written, "夹", "“夹”是文件夹，不是文件"),
        (to_be_written, "夹/", "“夹”是文件夹，请写出文件名"),
        (to_be_written, "管道", "“管道”不是普通文件"),
        (to_be_written, "甲.csv/乙.csv", "“甲.csv”不是文件夹"),
        (to_be_written, "/proc/甲.csv", "写不进文件夹“/proc”："),
        (to_hold_files, "甲.csv", "“甲.csv”不是文件夹"),
        (to_hold_files, "管道/夹", "管道”不是文件夹"),
        (to_hold_files, "", "没有写文件名"),
    ],
)
def test_a_path_that_cannot_be_used_is_told_before_anything_is_opened(desk, kind, text, told):
    with pytest.raises(ValueError) as caught:
        kind(text)

    assert told in str(caught.value)
    assert sorted(path.name for path in desk.iterdir()) == ["夹", "甲.csv", "管道"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [(to_read, "甲.csv"), (to_be_written, "夹/新.csv"), (to_hold_files, "新/更新")],
)
def test_a_path_that_can_be_used_is_taken_and_nothing_is_made_yet(desk, kind, text):
    assert str(kind(text)) == text
    assert sorted(path.name for path in desk.rglob("*")) == ["夹", "甲.csv", "管道"]


def test_every_wrong_value_of_a_call_is_told_at_once(capsys):
    words = ["silence", "add", "W5", "--until", "9999-12-31", "--by", "甲" * 61, "--reason", "\x07"]

    assert run(words) == 1
    assert capsys.readouterr().err == (
        "--until 写的是“9999-12-31”，应为 2025-07-21 这样的日期（1990 至 2099 年）；"
        "--by 有 61 个字，最多 60 个字；"
        "--reason 里有不能显示的字符（控制字符或残缺的字），请重新输入；"
        "用法见 shifan silence add --help\n"
    )


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("decision decide x --answer 批准 --date x", ["--number", "--date"]),
        ("notices deliver --now x", ["--now"]),
        ("plan compile 没有 --output 没有/甲 --review 没有/乙", ["--file", "--output", "--review"]),
    ],
)
def test_values_of_every_kind_are_told_together(words, names):
    assert [line.split()[0] for line in typed.every_fault(commands, words.split())] == names


def test_a_disk_that_fills_up_midway_is_one_line_too(monkeypatch, capsys):
    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device", "甲.csv")

    monkeypatch.setattr("tasks.lists.indicators.write_template", full)

    assert run(["indicators", "template", "甲.xlsx"]) == 1
    assert capsys.readouterr().err == "“甲.csv”读写没有成功：磁盘已满\n"
    assert of_a_file(FileNotFoundError(errno.ENOENT, "", "甲.j2")) == ""  # a fault of ours
    assert of_a_file(OSError(errno.ENOSPC, "")) == (
        "读写文件没有成功：磁盘已满；请检查数据目录和要写到的文件夹所在的磁盘，再运行一次"
    )
    deep = "/var/vault/1a/66/" + "1a66" * 16
    assert f"“{deep}”" in of_a_file(PermissionError(errno.EACCES, "", deep))
    assert of_a_file(PermissionError(errno.EACCES, "", "/var/vault/drafts/7895930159689a94")) == (
        "证明材料库“/var/vault”读写没有成功：没有权限；请检查它的权限和所在的磁盘，再运行一次"
    )
    assert of_a_file(OSError(errno.EISDIR, "")) == ""


def test_a_table_shows_names_as_they_were_typed(capsys):
    say_table("甲[/]", ["名"], [["[/] [bold]甲[/bold] :warning："]])

    shown = capsys.readouterr().out
    assert "甲[/]" in shown
    assert "[/] [bold]甲[/bold] :warning：" in shown
