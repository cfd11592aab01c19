"""The dead-man switch: raise the alarm when the patrol's heartbeat is older than it should be.

A process of its own, best on another machine or under cron/systemd: standard library only, no
database, no Prefect, its own channel. It reads one small JSON file:

    {"heartbeat": "var/heartbeat.json", "due": "08:30", "grace_minutes": 60,
     "repeat_minutes": 240, "state": "var/watchdog.state.json",
     "command": ["/usr/local/bin/send-sms", "13800000000"],          (the alarm on standard input)
     "webhook": "https://oa.example.gov.cn/alarm",                    (JSON {"text": ...})
     "smtp": {"host": "mail.example.gov.cn", "port": 465, "ssl": true, "user": "cjb",
              "password": "...", "from": "cjb@example.gov.cn", "to": ["zuzhang@example.gov.cn"]}}

    python deployments/watchdog.py watchdog.json           looks once; exit code 0 well, 1 alarm, 2 broken
    python deployments/watchdog.py watchdog.json --watch   looks every minute

Which days are worked it knows only from the list in the heartbeat; when that list has ended, that
alone is a reason for the alarm. A webhook counts as told only when it answers 2xx and, where its
answer has an errcode or code, that is 0.
"""

import json
import smtplib
import subprocess
import sys
import time
import urllib.request
from datetime import date, datetime, timedelta, timezone
from datetime import time as clock_time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

LOOK_SECONDS = 60
PATIENCE_SECONDS = 30
CHINA = timezone(timedelta(hours=8))


def fault(heartbeat: Path, due: clock_time, grace: timedelta, now: datetime) -> str:
    """Return in one Chinese line why the alarm must be raised at ``now``; empty when all is well.

    ``now`` is aware, in the office's zone.
    """
    try:
        said = json.loads(heartbeat.read_text(encoding="utf-8"))
        last = date.fromisoformat(said["day"])
        days = [date.fromisoformat(day) for day in said["working_days"]]
    except FileNotFoundError:
        return f"没有找到心跳文件 {heartbeat}:系统可能从未完成过巡查"
    except (OSError, ValueError, KeyError, TypeError):
        return f"心跳文件 {heartbeat} 读不出来或不完整"
    expected = [d for d in days if datetime.combine(d, due, now.tzinfo) + grace <= now]
    if not days or now.date() > days[-1]:
        return f"系统已很久没有完成巡查,最后一次是 {last}"
    if expected and expected[-1] > last:
        return f"系统在 {expected[-1]} {due:%H:%M} 应完成巡查,至今没有完成,最后一次是 {last}"
    return ""


def raise_alarm(settings: dict[str, Any], text: str) -> list[str]:
    """Say ``text`` on every configured channel; return what went wrong, one line per channel."""
    failed = []
    for name, say in (("command", _command), ("webhook", _webhook), ("smtp", _mail)):
        if name not in settings:
            continue
        try:
            say(settings[name], text)
        except Exception as error:  # one broken channel must not silence the others
            failed.append(f"{name}:{type(error).__name__}")
    if not any(name in settings for name in ("command", "webhook", "smtp")):
        failed.append("没有配置任何报警方式(command、webhook 或 smtp)")
    return failed


def look(settings: dict[str, Any], now: datetime) -> int:
    """Look once; return 0 when all is well, 1 when the alarm was or had been raised, 2 when it could not."""
    heartbeat = Path(settings["heartbeat"])
    due = clock_time.fromisoformat(settings.get("due", "08:30"))
    grace = timedelta(minutes=float(settings.get("grace_minutes", 60)))
    memory = Path(settings.get("state", heartbeat.with_name("watchdog.state.json")))
    wrong = fault(heartbeat, due, grace, now)
    if not wrong:
        memory.unlink(missing_ok=True)
        return 0
    if _told_lately(memory, wrong, float(settings.get("repeat_minutes", 240)), now):
        return 1
    text = f"【示范创建系统报警】{wrong}。请检查 shifan up 是否在运行。"
    failed = raise_alarm(settings, text)
    sys.stderr.write(text + "\n" + "".join(f"报警没有发出:{line}\n" for line in failed))
    if failed:
        return 2
    memory.write_text(json.dumps({"text": wrong, "at": now.isoformat()}), encoding="utf-8")
    return 1


def _told_lately(memory: Path, wrong: str, minutes: float, now: datetime) -> bool:
    try:
        last = json.loads(memory.read_text(encoding="utf-8"))
        age = now - datetime.fromisoformat(last["at"])
        return last["text"] == wrong and timedelta() <= age < timedelta(minutes=minutes)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _command(words: list[str], text: str) -> None:
    subprocess.run(  # noqa: S603
        words, input=text, text=True, check=True, timeout=PATIENCE_SECONDS
    )


def _webhook(url: str, text: str) -> None:
    if not url.startswith(("http://", "https://")):
        raise ValueError(url.partition(":")[0])
    body = json.dumps({"text": text, "msgtype": "text", "content": text}, ensure_ascii=False)
    if "/cgi-bin/webhook/" in url or "/robot/send" in url:
        body = json.dumps({"msgtype": "text", "text": {"content": text}}, ensure_ascii=False)
    request = urllib.request.Request(  # noqa: S310
        url, body.encode(), {"Content-Type": "application/json; charset=utf-8"}
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
        said = answer.read(65536).decode("utf-8", "replace")
    try:
        found = json.loads(said)
    except ValueError:
        return
    code = found.get("errcode", found.get("code", 0)) if isinstance(found, dict) else 0
    if str(code) != "0":
        raise ConnectionRefusedError(str(code))


def _mail(server: dict[str, Any], text: str) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "示范创建系统报警", server["from"]
    mail["To"] = ", ".join(server["to"])
    mail.set_content(text)
    kind = smtplib.SMTP_SSL if server.get("ssl") else smtplib.SMTP
    port = int(server.get("port", 465 if server.get("ssl") else 25))
    with kind(server["host"], port, timeout=PATIENCE_SECONDS) as connection:
        if server.get("user"):
            connection.login(server["user"], server["password"])
        connection.send_message(mail)


def main(words: list[str]) -> int:
    """Read the configuration, look once or for ever."""
    if not words:
        sys.stderr.write("用法:python deployments/watchdog.py 配置文件.json [--watch]\n")
        return 2
    while True:
        try:
            settings = json.loads(Path(words[0]).read_text(encoding="utf-8"))
            code = look(settings, _now())
        except (OSError, ValueError, KeyError, TypeError) as error:
            sys.stderr.write(f"看门狗的配置文件 {words[0]} 不能使用({type(error).__name__})\n")
            code = 2
        if "--watch" not in words:
            return code
        time.sleep(LOOK_SECONDS)


def _now() -> datetime:
    return datetime.now(CHINA)  # the watchdog has no settings of ours: China has one zone


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
