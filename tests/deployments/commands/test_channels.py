"""`shifan channels test` and `check`: the provider's words on the screen, and never a key."""

from pathlib import Path

import pytest

from deployments.commands import channels as command
from deployments.typed.options import open_tables
from models.errors import ChannelError

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


@pytest.fixture
def configure(tmp_path: Path, monkeypatch):
    """Write the channels file and point the setting at it."""

    def write(text: str) -> None:
        path = tmp_path / "channels.yaml"
        path.write_text(text)
        path.chmod(0o600)
        monkeypatch.setenv("SHIFAN_CHANNELS", str(path))
        monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "home"))

    return write


def test_a_robot_that_refuses_with_http_200_is_a_failure_with_its_code(configure, provider, capsys):
    configure(f"urls:\n  - wecomrobot://{KEY}?base={provider.base}:\n      tag: 组长\n")
    provider.behave({"errcode": 93000, "errmsg": "invalid webhook url"})

    with pytest.raises(ChannelError, match="93000 invalid webhook url") as caught:
        command.test("组长", moment=open_tables())

    shown = capsys.readouterr().out
    assert "没有收到（返回码 93000：invalid webhook url）" in shown
    assert KEY not in shown + str(caught.value)


def test_every_target_of_the_tag_is_tried_and_told(configure, provider, mail, capsys):
    configure(
        f"urls:\n"
        f"  - wecomrobot://{KEY}?base={provider.base}:\n      tag: 组长\n"
        f"  - {mail.url('zhangsan@126.com')}:\n      tag: 组长\n"
    )

    command.test("组长", moment=open_tables())

    shown = capsys.readouterr().out
    assert shown.count("已收到（返回码 0：") == 2
    assert "邮件 zh***@126.com" in shown
    assert "标签 组长 的 2 个对象都已收到" in shown
    assert len(provider.accepted) == len(mail.accepted) == 1


def test_one_of_two_that_fails_fails_the_test_but_both_are_tried(configure, provider, mail, capsys):
    configure(
        f"urls:\n"
        f"  - {mail.url('zhangsan@126.com')}:\n      tag: 组长\n"
        f"  - wecomrobot://{KEY}?base={provider.base}:\n      tag: 组长\n"
    )
    mail.behave("refuse")

    with pytest.raises(ChannelError, match="2 个对象中有 1 个没有收到：邮件 550"):
        command.test("组长", moment=open_tables())

    assert len(provider.accepted) == 1
    assert "已收到" in capsys.readouterr().out


def test_a_tag_nobody_is_configured_for_says_which_tags_there_are(configure):
    configure(
        f"urls:\n  - wecomrobot://{KEY}:\n      tag: 组长\n  - nosuch://{KEY}:\n      tag: 分管领导\n"
    )

    with pytest.raises(ChannelError) as caught:
        command.test("分管领导", moment=open_tables())

    assert "没有为标签 分管领导 配置任何通道，现有标签：组长" in str(caught.value)
    assert "第 4 行（第 2 条）：不认识的通道类型 nosuch://" in str(caught.value)
    assert KEY not in str(caught.value)


def test_without_the_setting_it_says_what_to_set(monkeypatch):
    monkeypatch.delenv("SHIFAN_CHANNELS", raising=False)

    with pytest.raises(ChannelError, match="SHIFAN_CHANNELS.*channels.example.yaml"):
        command.check(moment=open_tables())


def test_check_lists_every_tag_and_target_and_sends_nothing(configure, provider, capsys):
    configure(
        f"urls:\n"
        f"  - wecomrobot://{KEY}?base={provider.base}:\n      tag: 市司法局, 组长\n"
        f"  - mailtos://126.com?smtp=smtp.126.com&mode=ssl&user=cjb&pass={KEY}"
        f"&from=cjb@126.com&to=zhangsan@126.com:\n      tag: 组长\n"
    )

    command.check(moment=open_tables())

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("市司法局：企业微信群机器人 127.0.0.1:")
    assert lines[2].startswith("组长：邮件 zh***@126.com（编号 ")
    assert KEY not in "".join(lines)
    assert provider.seen == []


def test_check_ends_with_the_entries_that_cannot_be_used(configure, capsys):
    configure(f"urls:\n  - nosuch://{KEY}:\n      tag: 组长\n")

    with pytest.raises(ChannelError, match="有 1 处不能使用"):
        command.check(moment=open_tables())


def test_check_tells_the_last_success_and_the_last_failure_in_the_providers_words(
    configure, provider, capsys
):
    configure(f"urls:\n  - wecomrobot://{KEY}?base={provider.base}:\n      tag: 组长\n")
    command.check(moment=open_tables())
    assert "还没有发送过" in capsys.readouterr().out
    command.test("组长", moment=open_tables())
    provider.behave({"errcode": 93000, "errmsg": "invalid webhook url"})
    with pytest.raises(ChannelError):
        command.test("组长", moment=open_tables())
    capsys.readouterr()
    command.check(moment=open_tables())

    said = capsys.readouterr().out
    assert "上次成功 20" in said
    assert "上次失败 20" in said
    assert "（返回码 93000：invalid webhook url）" in said
    assert KEY not in said
