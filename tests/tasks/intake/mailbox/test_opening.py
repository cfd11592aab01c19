"""The way into the mailbox: a real dovecot, one that behaves as 163 does, and servers that do not work."""

import socket
import threading

import pytest

from deployments.cli import run
from models.errors import CampaignError, ChannelError, SettingsError
from models.settings import settings
from tasks.intake.mailbox.account import MailboxAccount, account_now
from tasks.intake.mailbox.checking import checked_mailbox
from tasks.intake.mailbox.opening import opened_mailbox
from tests.support.imap import PASSWORD, USER, Unsafe, free_port
from tests.tasks.intake.mailbox.conftest import set_mailbox


def account(port: int, **others: object) -> MailboxAccount:
    known = {
        "host": "127.0.0.1",
        "port": port,
        "tls": "insecure",
        "folder": "INBOX",
        "seconds": 1.0,
    }
    return MailboxAccount(**{**known, "user": USER, "password": PASSWORD, **others})


@pytest.mark.imap
def test_the_mailbox_is_opened_over_a_connection_whose_certificate_was_checked(imap, capsys):
    imap.put(b"Subject: eins\r\n\r\n", b"Subject: zwei\r\n\r\n")

    assert run(["mailbox", "check"]) == 0

    said = capsys.readouterr().out
    assert "cj***@example.cn（localhost）：能登录，文件夹 INBOX 里有 2 封邮件，其中 2 封" in said
    assert PASSWORD not in said and USER not in said


@pytest.mark.imap
def test_a_server_that_selects_nothing_before_an_id_is_told_who_we_are(imap, monkeypatch):
    with Unsafe(imap.port) as front:
        set_mailbox(monkeypatch, f"127.0.0.1:{front.port}", "insecure")

        assert "能登录" in checked_mailbox()

        assert front.said[front.said.index("ID") + 1] == "SELECT"


@pytest.mark.imap
def test_a_folder_with_a_chinese_name_is_opened_by_that_name(imap, monkeypatch):
    client = imap.client()
    client.create("&UXZO1mWHTvZZOQ-")
    client.logout()
    imap.put(b"Subject: eins\r\n\r\n", folder="&UXZO1mWHTvZZOQ-")
    monkeypatch.setenv("SHIFAN_MAILBOX_FOLDER", "其他文件夹")

    said = checked_mailbox()

    client = imap.client()
    client.delete("&UXZO1mWHTvZZOQ-")
    client.logout()
    assert "文件夹 其他文件夹 里有 1 封邮件" in said


@pytest.mark.imap
@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PASSWORD", "wrong", "登录没有成功"),
        ("PASSWORD", "wrong", "授权码"),
        ("FOLDER", "收件 夹", "没有名为“收件 夹”的文件夹，现有：INBOX"),
        ("CA", "", "证书不受信任"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_mailbox_is_said_in_one_line(imap, monkeypatch, name, value, words):
    if value:
        monkeypatch.setenv(f"SHIFAN_MAILBOX_{name}", value)
    else:
        monkeypatch.delenv(f"SHIFAN_MAILBOX_{name}")
    with pytest.raises(ChannelError, match=words) as found:
        checked_mailbox()

    assert "\n" not in str(found.value)
    assert PASSWORD not in str(found.value) and USER not in str(found.value)


@pytest.mark.imap
def test_starttls_checks_the_certificate_as_well(imap):
    with opened_mailbox(account(imap.port, tls="starttls", ca=imap.ca, seconds=10.0)) as box:
        assert box.folder.get() == "INBOX"
    with (
        pytest.raises(ChannelError, match="证书不受信任"),
        opened_mailbox(account(imap.port, tls="starttls", seconds=10.0)),
    ):
        pass


def test_a_server_that_hangs_is_left_in_time_and_named():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with (
            pytest.raises(ChannelError, match="没有回应"),
            opened_mailbox(account(port, seconds=0.3)),
        ):
            pass


def test_a_server_that_drips_a_letter_at_a_time_is_let_go_of():
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            one, _ = server.accept()
            one.sendall(b"* OK ready\r\n")
            while True:
                try:
                    one.sendall(b"*")
                except OSError:
                    return
                if stop.wait(0.05):
                    return

        stop = threading.Event()
        threading.Thread(target=drip, daemon=True).start()
        with (
            pytest.raises(ChannelError, match="断开|没有回应"),
            opened_mailbox(account(server.getsockname()[1], seconds=5.0, whole_seconds=0.5)),
        ):
            pass
        stop.set()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"port": free_port()}, "没有开"),
        ({"host": "no-such-host.invalid"}, "找不到"),
        ({"tls": "ssl", "ca": "/nowhere/ca.pem"}, "SHIFAN_MAILBOX_CA"),
    ],
)
def test_a_server_that_is_not_there_is_named(change, words):
    with (
        pytest.raises(ChannelError, match=words),
        opened_mailbox(account(**{"port": free_port(), **change})),
    ):
        pass


def test_half_a_mailbox_in_the_settings_names_what_is_missing(monkeypatch, capsys):
    monkeypatch.setenv("SHIFAN_MAILBOX_HOST", "imap.163.com")
    with pytest.raises(SettingsError, match="SHIFAN_MAILBOX_USER、SHIFAN_MAILBOX_PASSWORD"):
        account_now()


def test_a_user_that_no_log_in_can_name_is_said_and_not_shown(monkeypatch):
    set_mailbox(monkeypatch, "127.0.0.1:1", "insecure")
    monkeypatch.setenv("SHIFAN_MAILBOX_USER", "创建办@example.cn")

    with pytest.raises(SettingsError) as fault:
        account_now()

    assert "SHIFAN_MAILBOX_USER 应为 收件邮箱的账号，一行半角字符" in str(fault.value)
    assert "创建办" not in str(fault.value)


def test_without_a_mailbox_the_check_says_how_to_set_one(capsys):
    assert run(["mailbox", "check"]) == 1
    assert "SHIFAN_MAILBOX_HOST" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("HOST", "imap.163.com/INBOX", "SHIFAN_MAILBOX_HOST"),
        ("HOST", "imap 163", "SHIFAN_MAILBOX_HOST"),
        ("PASSWORD", "密码１２３", "SHIFAN_MAILBOX_PASSWORD"),
        ("PASSWORD", "geheim\r\nA1 LOGOUT", "SHIFAN_MAILBOX_PASSWORD"),
        ("TLS", "none", "SHIFAN_MAILBOX_TLS"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_and_not_shown(monkeypatch, name, value, words):
    monkeypatch.setenv(f"SHIFAN_MAILBOX_{name}", value)

    with pytest.raises(CampaignError, match=words) as found:
        settings()

    assert value not in str(found.value)


def test_nothing_shows_the_password(monkeypatch):
    set_mailbox(monkeypatch, "imap.163.com")

    shown = f"{settings()!r} {account_now()!r} {account_now()}"

    assert PASSWORD not in shown and USER not in shown
