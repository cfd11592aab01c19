"""The dead-man switch, as the process it is: no heartbeat, an old one, a fresh one."""

import email
import email.policy
import json
import os
import re
import signal
import ssl
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from deployments.watchdog import CHINA, _reason, fault
from models.settings import moment_of
from tests.places import ROOT
from tests.support.listener import listening
from tests.tools.fake_provider import FakeMail, FakeProvider

PROGRAM = ROOT / "deployments" / "watchdog.py"
DUE, GRACE = time(8, 30), timedelta(minutes=60)


def heart(path: Path, day: date, days: int = 30) -> Path:
    ahead = [day + timedelta(days=n) for n in range(days)]
    working = [d.isoformat() for d in ahead if d.weekday() < 5]
    path.write_text(json.dumps({"day": day.isoformat(), "working_days": working}))
    return path


def bark(tmp_path: Path, **settings) -> subprocess.CompletedProcess:
    """Run the watchdog as its own process, without anything of ours on its path."""
    config = tmp_path / "watchdog.json"
    said = {"heartbeat": str(tmp_path / "heartbeat.json"), **settings}
    config.write_text(json.dumps(said), encoding="utf-8")
    command = [sys.executable, "-I", str(PROGRAM), str(config)]
    return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)


@pytest.mark.parametrize(
    ("last", "now", "alarm"),
    [
        (date(2025, 7, 18), datetime(2025, 7, 21, 9, 29), False),  # Monday, within the grace
        (date(2025, 7, 18), datetime(2025, 7, 21, 9, 30), True),
        (date(2025, 7, 18), datetime(2025, 7, 20, 12, 0), False),  # Sunday: nothing is expected
        (date(2025, 7, 21), datetime(2025, 7, 21, 23, 0), False),
        (date(2025, 7, 1), datetime(2025, 9, 1, 9, 0), True),  # the list of days has ended
    ],
)
def test_the_alarm_is_raised_when_a_working_morning_had_no_patrol(tmp_path, last, now, alarm):
    found = fault(heart(tmp_path / "h.json", last), DUE, GRACE, now.replace(tzinfo=CHINA))

    assert bool(found) == alarm


def test_what_the_watchdog_remembers_is_its_owner_s_alone(tmp_path):
    before = os.umask(0o022)
    try:
        assert bark(tmp_path, command=["true"]).returncode == 1
    finally:
        os.umask(before)

    assert (tmp_path / "watchdog.state.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "{", "[]", '{"day": 3, "working_days": []}'])
def test_a_broken_heartbeat_is_a_reason_too(tmp_path, text):
    (tmp_path / "h.json").write_text(text)
    now = datetime(2025, 7, 21, 9, 0, tzinfo=CHINA)

    assert "读不出来" in fault(tmp_path / "h.json", DUE, GRACE, now)


DEEP = "[" * 3000
TODAY = date(2025, 7, 21)


@pytest.mark.parametrize(
    ("day", "working_days", "says"),
    [
        ("9999-12-31", ["2025-07-21"], "还没有到"),  # it would never be late again
        ("0001-01-01", ["2025-07-21", "9999-12-31"], "至今没有完成"),
        ("2025-07-18", ["0001-01-01"], "很久没有完成"),
    ],
)
def test_days_nobody_reckons_with_raise_the_alarm(tmp_path, day, working_days, says):
    said = json.dumps({"day": day, "working_days": working_days})
    (tmp_path / "h.json").write_text(said)
    now = datetime(2025, 7, 21, 10, 0, tzinfo=CHINA)

    assert says in fault(tmp_path / "h.json", DUE, GRACE, now)


def test_what_is_no_heartbeat_keeps_the_watchdog_neither_waiting_nor_silent(tmp_path):
    now = datetime(2025, 7, 21, 10, 0, tzinfo=CHINA)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "deep").write_text(DEEP)
    (tmp_path / "giant").write_bytes(b" " * 1_000_001)

    for name in ("pipe", "deep", "giant", "."):
        assert "读不出来" in fault(tmp_path / name, DUE, GRACE, now)


@pytest.mark.parametrize("told", [DEEP, '{"at": "0001-01-01T00:00:00"}', '{"at": 3}', "[]", "\\"])
def test_a_broken_word_of_the_delivery_is_no_word(tmp_path, told):
    path = heart(tmp_path / "heartbeat.json", TODAY)
    (tmp_path / "heartbeat.delivery.json").write_text(told)

    assert fault(path, DUE, GRACE, datetime(2025, 7, 21, 10, 0, tzinfo=CHINA)) == ""


@pytest.mark.parametrize("minutes", [1e308, float("inf"), float("nan"), "x", None])
def test_a_grace_nobody_can_wait_for_is_told(tmp_path, minutes):
    heart(tmp_path / "heartbeat.json", date(2025, 7, 21))
    done = bark(tmp_path, grace_minutes=minutes)

    assert done.returncode == 2
    assert "不能使用" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_heartbeat_the_command_is_told_once(tmp_path):
    out = tmp_path / "alarm.txt"
    tell = [sys.executable, "-c", f"import sys;open({str(out)!r},'a').write(sys.stdin.read())"]
    first = bark(tmp_path, command=tell)
    again = bark(tmp_path, command=tell)

    assert (first.returncode, again.returncode) == (1, 1)
    assert out.read_text().count("示范创建系统报警") == 1


def test_a_fresh_heartbeat_is_silence(tmp_path):
    heart(tmp_path / "heartbeat.json", datetime.now(CHINA).date())
    done = bark(tmp_path, command=["/nowhere"])

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_its_mail_has_the_headers_that_every_mail_of_ours_has(tmp_path):
    with FakeMail() as mail:
        sender = "某某市全面依法治市委员会办公室法治政府建设示范创建工作专班 <a@b.cn>"
        smtp = {"host": "127.0.0.1", "port": mail.port, "from": sender, "to": ["c@d.cn"]}
        assert bark(tmp_path, smtp=smtp).returncode == 1

    top, _, _ = mail.letters[0].partition(b"\r\n\r\n")
    letter = email.message_from_bytes(mail.letters[0], policy=email.policy.default)
    dated = parsedate_to_datetime(letter["date"])
    assert dated.utcoffset() == timedelta(hours=8)
    assert abs(dated - datetime.now(CHINA)) < timedelta(minutes=1)
    assert letter["message-id"].endswith("@b.cn>")
    assert letter["list-id"].endswith("<shifan.b.cn>")
    assert letter["subject"] == "示范创建系统报警"
    assert all(len(line) <= 76 for line in top.split(b"\r\n"))


def test_one_of_several_who_is_turned_away_makes_it_a_failure(tmp_path):
    with FakeMail() as mail:
        mail.behave("refuse", key="gone@d.cn")
        to = ["c@d.cn", "gone@d.cn"]
        smtp = {"host": "127.0.0.1", "port": mail.port, "from": "a@b.cn", "to": to}

        assert bark(tmp_path, smtp=smtp).returncode == 2


def test_its_webhook_uses_a_proxy_only_where_its_file_names_one(tmp_path, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with FakeProvider() as provider, listening() as proxy:
        hook = f"{provider.base}/plain/hook"
        assert bark(tmp_path, webhook=hook).returncode == 1
        (tmp_path / "watchdog.state.json").unlink()
        bark(tmp_path, webhook=hook, proxy=f"http://127.0.0.1:{proxy.port}")

    assert proxy.heard[0].startswith(b"POST http://127.0.0.1:")


def test_mail_and_webhook_are_its_own_and_a_refusal_with_200_is_a_failure(tmp_path):
    with FakeProvider() as provider, FakeMail() as mail:
        hook = f"{provider.base}/cgi-bin/webhook/send?key=watchdog-0000"
        smtp = {"host": "127.0.0.1", "port": mail.port, "from": "a@b.cn", "to": ["c@d.cn"]}
        assert bark(tmp_path, webhook=hook, smtp=smtp).returncode == 1
        assert "从未完成过巡查" in provider.accepted[0].text
        assert "从未完成过巡查" in mail.accepted[0].text
        (tmp_path / "watchdog.state.json").unlink()
        provider.behave("refuse")
        refused = bark(tmp_path, webhook=hook)

    assert refused.returncode == 2
    assert "watchdog-0000" not in refused.stderr


def test_a_patrol_leaves_a_heartbeat_the_watchdog_reads(campaign):
    from models.settings import settings
    from tasks.patrol.heartbeat import beat
    from tests.conftest import NOW

    beat(moment_of(NOW, date(2025, 7, 21)), None, [])
    path = settings().home / "heartbeat.json"
    now = datetime(2025, 7, 22, 9, 0, tzinfo=CHINA)

    assert fault(path, DUE, GRACE, now) == ""
    assert fault(path, DUE, GRACE, now + timedelta(hours=1))


def test_only_a_complete_patrol_leaves_a_heartbeat_and_a_killed_one_raises_the_alarm(
    campaign, monkeypatch
):
    from models.settings import settings
    from tasks.patrol.heartbeat import beat
    from tasks.patrol.patrol import patrol_all
    from tests.conftest import NOW

    path = settings().home / "heartbeat.json"
    beat(moment_of(NOW, date(2025, 7, 21)), None, [])
    before = path.read_text()
    child = os.fork()
    if child == 0:  # the next morning's patrol dies in the middle of its work
        monkeypatch.setattr(
            "tasks.patrol.round.quieten_all", lambda *_, **__: os.kill(os.getpid(), 9)
        )
        patrol_all(None, date(2025, 7, 22), NOW + timedelta(days=1))
        beat(moment_of(NOW + timedelta(days=1), date(2025, 7, 22)), None, [])
        os._exit(0)
    _, status = os.waitpid(child, 0)

    assert os.WTERMSIG(status) == signal.SIGKILL
    assert path.read_text() == before
    morning = datetime(2025, 7, 22, 9, 29, tzinfo=CHINA)
    assert fault(path, DUE, GRACE, morning) == ""
    assert "2025-07-22 08:30 应完成巡查" in fault(path, DUE, GRACE, morning + timedelta(minutes=1))


def test_messages_that_are_no_longer_sent_raise_the_alarm_in_the_day(tmp_path):
    path = heart(tmp_path / "heartbeat.json", date(2025, 7, 21))
    noon = datetime(2025, 7, 21, 12, 0, tzinfo=CHINA)
    assert fault(path, DUE, GRACE, noon) == ""  # nothing known of delivery
    sent = tmp_path / "heartbeat.delivery.json"
    sent.write_text(json.dumps({"at": "2025-07-21T03:30:00+00:00"}))  # 11:30 in China

    assert fault(path, DUE, GRACE, noon) == ""
    assert "提醒已停止发送，最后一次是 07月21日 11:30" in fault(
        path, DUE, GRACE, noon + timedelta(hours=1)
    )
    assert fault(path, DUE, GRACE, noon + timedelta(hours=7)) == ""  # the machine may sleep


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai"])
def test_it_knows_china_s_time_on_a_machine_of_any_zone(tmp_path, zone, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    code = "from deployments.watchdog import _now; print(_now().isoformat()[-6:])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=PROGRAM.parents[1]
    )

    assert done.stdout.strip() == "+08:00"


def test_it_needs_nothing_but_the_standard_library():
    code = f"import sys, runpy; sys.argv = ['w']; sys.path[:] = [p for p in sys.path if 'site-packages' not in p]; runpy.run_path({str(PROGRAM)!r})"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False
    )
    imported = re.findall(r"^(?:import|from) (\w+)", PROGRAM.read_text(), re.M)

    assert done.returncode == 0, done.stderr
    assert set(imported) <= set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    ("path", "behaviour", "code"),
    [
        ("/cgi-bin/webhook/send?key=watchdog-0000", "accept", 1),
        ("/cgi-bin/webhook/send?key=watchdog-0000", "refuse", 2),
        ("/cgi-bin/webhook/send?key=watchdog-0000", "empty", 2),
        ("/robot/send?access_token=watchdog-0000", "accept", 1),
        ("/robot/send?access_token=watchdog-0000", "html", 2),
        ("/open-apis/bot/v2/hook/watchdog-0000", "accept", 1),
        ("/open-apis/bot/v2/hook/watchdog-0000", "garbage", 2),
        ("/watchdog-0000.send", "accept", 1),
        ("/watchdog-0000.send", "error", 2),
        ("/plain/hook/of/13800000000", "empty", 1),  # a plain webhook's 2xx is its yes
        ("/plain/hook/of/13800000000", "html", 2),
        ("/plain/hook/of/13800000000", {"code": 0, "success": False}, 2),
        ("/plain/hook/of/13800000000", "drop", 2),
        ("/plain/hook/of/13800000000", "redirect", 2),
    ],
)
def test_each_kind_of_webhook_is_told_as_it_wants_and_only_its_yes_counts(
    tmp_path, path, behaviour, code
):
    with FakeProvider() as provider:
        provider.behave(behaviour)
        done = bark(tmp_path, webhook=provider.base + path)

    assert done.returncode == code, done.stderr
    assert "watchdog-0000" not in done.stderr
    assert behaviour != "redirect" or ("答 302" in done.stderr and len(provider.seen) == 1)
    if behaviour == "accept":
        assert "从未完成过巡查" in provider.accepted[0].text


def test_the_example_can_be_filled_in_and_a_test_alarm_tells_whether_it_arrives(tmp_path):
    example = json.loads(PROGRAM.with_name("watchdog.example.json").read_text(encoding="utf-8"))
    with FakeProvider() as provider, FakeMail() as mail:
        example["webhook"] = f"{provider.base}/cgi-bin/webhook/send?key=watchdog-0000"
        example["smtp"] |= {"host": "127.0.0.1", "port": mail.port, "ssl": False}
        config = tmp_path / "watchdog.json"
        config.write_text(json.dumps(example))
        command = [sys.executable, "-I", str(PROGRAM), str(config), "--test"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "测试报警已发出\n"), done.stderr
        assert "测试报警" in provider.accepted[0].text
        assert "测试报警" in mail.accepted[0].text
        mail.closed = {"chuangjianban"}
        refused = subprocess.run(command, capture_output=True, text=True, check=False)

    assert refused.returncode == 2
    assert "没有发出：邮件：邮箱账号或授权码不对" in refused.stdout
    assert "JIASHOUQUANMA126" not in refused.stdout + refused.stderr


def test_a_full_width_digit_in_the_mail_s_password_is_said_without_it(tmp_path):
    with FakeMail() as mail:
        smtp = {"host": "127.0.0.1", "port": mail.port, "from": "a@b.cn", "to": ["c@d.cn"]}
        told = bark(tmp_path, smtp=smtp | {"user": "u", "password": "pass１"})

    assert told.returncode == 2
    assert "邮件：地址、账号或授权码里有全角字符或汉字" in told.stderr
    assert "codec" not in told.stderr


def test_a_certificate_that_a_mail_server_shows_is_named():
    error = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] failed")
    error.reason = "CERTIFICATE_VERIFY_FAILED"  # as the handshake sets it

    assert _reason(error).startswith("加密连接没有建立")
