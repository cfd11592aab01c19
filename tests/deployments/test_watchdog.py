"""The dead-man switch, as the process it is: no heartbeat, an old one, a fresh one."""

import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from deployments.watchdog import CHINA, fault
from tests.fake_provider import FakeMail, FakeProvider

PROGRAM = Path(__file__).resolve().parents[2] / "deployments" / "watchdog.py"
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


@pytest.mark.parametrize("text", ["", "{", "[]", '{"day": 3, "working_days": []}'])
def test_a_broken_heartbeat_is_a_reason_too(tmp_path, text):
    (tmp_path / "h.json").write_text(text)
    now = datetime(2025, 7, 21, 9, 0, tzinfo=CHINA)

    assert "读不出来" in fault(tmp_path / "h.json", DUE, GRACE, now)


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
    from tasks.heartbeat import beat
    from tests.conftest import NOW

    beat(date(2025, 7, 21), NOW, 1)
    path = settings().home / "heartbeat.json"
    now = datetime(2025, 7, 22, 9, 0, tzinfo=CHINA)

    assert fault(path, DUE, GRACE, now) == ""
    assert fault(path, DUE, GRACE, now + timedelta(hours=1))
