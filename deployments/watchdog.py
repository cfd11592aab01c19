"""The dead-man switch: raise the alarm when the patrol's heartbeat is older than it should be.

A process of its own, best on another machine: standard library only, no database, no Prefect, its
own channel. Copy `watchdog.example.json`, write in how you want to be told (any of command, webhook,
smtp), `chmod 600` it, and let it look every ten minutes by cron, or for ever by `systemd/shifan-watchdog.service`.

    python3 deployments/watchdog.py watchdog.json           looks once; exit code 0 well, 1 alarm, 2 broken
    python3 deployments/watchdog.py watchdog.json --test    raises a test alarm: does it reach you?

Let it run as the user of `shifan up`: nobody else may see the heartbeat. Paths are taken from where the
file lies, `due` is China's time. A webhook uses a proxy only where one is named (`"proxy": "http://host:port"`).
"""

import email.policy
import json
import os
import smtplib
import socket
import ssl
import stat
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from datetime import time as clock_time
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from pathlib import Path
from typing import Any

Settings = dict[str, Any]  # as the file says them
LOOK, PATIENCE, LARGEST = 60, 30, 1_000_000  # seconds, seconds, bytes of a file that is read
# What a file that is missing, cut off or tampered with can end in.
BROKEN = (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
CHINA, EVENING = timezone(timedelta(hours=8)), clock_time(18, 0)
# Where an address is a known robot's, how it wants to be told: a piece of its path, and the body.
ROBOTS = {
    "/cgi-bin/webhook/": '{"msgtype": "text", "text": {"content": %s}}',
    "/robot/send": '{"msgtype": "text", "text": {"content": %s}}',
    "/open-apis/bot/": '{"msg_type": "text", "content": {"text": %s}}',
    ".send": '{"title": "示范创建系统报警", "desp": %s}',
}
ANY_OTHER = '{"text": %s, "msgtype": "text", "content": %s}'
REASONS: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPAuthenticationError, "邮箱账号或授权码不对"),
    (smtplib.SMTPNotSupportedError, "邮件服务器不提供所写的加密或登录"),
    (UnicodeEncodeError, "地址、账号或授权码里有全角字符或汉字"),
    (smtplib.SMTPRecipientsRefused, "邮件服务器拒收这个收件人"),
    (TimeoutError, "等待超时"),
    (subprocess.TimeoutExpired, "命令超时没有结束"),
    (subprocess.CalledProcessError, "命令执行失败"),
    (ConnectionRefusedError, "对方没有开放这个端口，连接被拒绝"),
    (ConnectionError, "连接中断"),
    (ssl.SSLError, "加密连接没有建立（证书不受信任或已过期）"),
    (socket.gaierror, "找不到这个主机名"),
    (FileNotFoundError, "找不到要运行的命令"),
    (PermissionError, "没有权限"),
    (KeyError, "配置缺少必要的一项"),
)
UNREADABLE = "对方的答复看不懂"


def fault(heartbeat: Path, due: clock_time, grace: timedelta, now: datetime) -> str:
    """Return in one Chinese line why the alarm must be raised at ``now`` (aware); empty when all is well."""
    file = f"心跳文件 {heartbeat}"
    try:
        said = _json(heartbeat)
        last = date.fromisoformat(said["day"])
        days = [date.fromisoformat(day) for day in said["working_days"]]
    except FileNotFoundError:
        return f"没有找到{file}：系统可能从未完成过巡查"
    except BROKEN:
        return f"{file} 读不出来或不完整"
    if last > now.date() + timedelta(days=1):
        return f"{file} 写的日期 {last} 还没有到，它可能被改动过，或这台机器的时钟不对"
    past = (day for day in days if day <= now.date())  # nothing is reckoned at the end of time
    expected = [day for day in past if datetime.combine(day, due, now.tzinfo) <= now - grace]
    if not days or now.date() > days[-1]:
        return f"系统已很久没有完成巡查，最后一次是 {last}"
    if expected and expected[-1] > last:
        return f"系统在 {expected[-1]} {due:%H:%M} 应完成巡查，至今没有完成，最后一次是 {last}"
    at_work = bool(expected) and expected[-1] == now.date() and now.time() < EVENING
    return _delivery_fault(heartbeat, grace, now) if at_work else ""


def _delivery_fault(heartbeat: Path, grace: timedelta, now: datetime) -> str:
    """Return why messages are not being sent any more; empty when they are, or nothing is known."""
    try:
        told = _json(heartbeat.with_name("heartbeat.delivery.json"))
        last = datetime.fromisoformat(told["at"]).astimezone(now.tzinfo)
    except BROKEN:
        return ""
    return "" if now - last <= grace else f"提醒已停止发送，最后一次是 {last:%m月%d日 %H:%M}"


def raise_alarm(settings: Settings, text: str) -> list[str]:
    """Say ``text`` on every configured channel; return what went wrong, one line per channel."""
    ways = {"command": (_command, "命令"), "webhook": (_webhook, "机器人"), "smtp": (_mail, "邮件")}
    chosen = [way for name, way in ways.items() if name in settings]
    failed = [] if chosen else ["没有配置任何报警方式（command、webhook 或 smtp）"]
    for say, word in chosen:
        try:
            wrong = say(settings, text)  # in Chinese why it was not taken, empty where it was
        except Exception as error:  # one broken channel must not silence the others
            wrong = _reason(error)
        failed += [f"{word}：{wrong}"] if wrong else []
    return failed


def _reason(error: Exception) -> str:
    """Return in an office's words why an alarm did not go out; nothing a server said, nothing secret."""
    inner = getattr(error, "reason", None)  # of urllib what happened, of ssl a text
    cause = inner if isinstance(inner, Exception) else error
    if known := next((words for kind, words in REASONS if isinstance(cause, kind)), ""):
        return known
    code = getattr(error, "code", "") or getattr(error, "smtp_code", "")
    return f"对方答 {code}，没有收下" if code else f"没有发出（{type(error).__name__}）"


def look(settings: Settings, now: datetime) -> int:
    """Look once; return 0 when all is well, 1 when the alarm was or had been raised, 2 when it could not."""
    heartbeat = Path(settings["heartbeat"])
    due = clock_time.fromisoformat(settings.get("due", "08:30"))
    grace = timedelta(minutes=float(settings.get("grace_minutes", 60)))
    memory = Path(settings.get("state", heartbeat.with_name("watchdog.state.json")))
    wrong = fault(heartbeat, due, grace, now)
    with suppress(OSError):  # a sign for `shifan doctor`; where the home is only read there is none
        heartbeat.with_name("watchdog.seen").touch()
    if not wrong:
        memory.unlink(missing_ok=True)
        return 0
    with suppress(*BROKEN):
        told, pause = _json(memory), timedelta(minutes=float(settings.get("repeat_minutes", 240)))
        age = now - datetime.fromisoformat(told["at"])
        if told["text"] == wrong and timedelta() <= age < pause:
            return 1
    text = f"【示范创建系统报警】{wrong}。请检查 shifan up 是否在运行。"
    failed = raise_alarm(settings, text)
    sys.stderr.write(text + "\n" + "".join(f"报警没有发出：{line}\n" for line in failed))
    if not failed:
        memory.write_text(json.dumps({"text": wrong, "at": now.isoformat()}), encoding="utf-8")
    return 2 if failed else 1


def _command(settings: Settings, text: str) -> str:
    subprocess.run(settings["command"], input=text, text=True, check=True, timeout=PATIENCE)  # noqa: S603
    return ""


def _webhook(settings: Settings, text: str) -> str:
    url, proxy = settings["webhook"], str(settings.get("proxy", ""))
    if not url.startswith(("http://", "https://")):
        return "网址应以 http:// 或 https:// 开头"
    known = next((b for piece, b in ROBOTS.items() if piece in urllib.parse.urlsplit(url).path), "")
    body = (known or ANY_OTHER).replace("%s", json.dumps(text, ensure_ascii=False)).encode()
    kind = {"Content-Type": "application/json; charset=utf-8"}
    request = urllib.request.Request(url, body, kind)  # noqa: S310
    # The shell's proxy is for browsers, and another one under cron: only our own file names one.
    way = urllib.request.ProxyHandler({"http": proxy, "https": proxy} if proxy else {})
    with urllib.request.build_opener(way, _Stays).open(request, timeout=PATIENCE) as answer:
        return _denial(answer.read(65536).decode("utf-8", "replace"), strict=bool(known))


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow no redirect: what another page answers is no yes."""


def _denial(said: str, *, strict: bool) -> str:
    """Return what speaks against an answer being a yes; a known robot's must have its code (``strict``)."""
    try:
        found = json.loads(said)
    except ValueError:
        return UNREADABLE if strict or said.lstrip()[:1] in ("<", "{") else ""
    facts = found if isinstance(found, dict) else {}
    codes = [str(facts[one]) for one in ("errcode", "code", "StatusCode", "errno") if one in facts]
    if strict and not codes:
        return UNREADABLE
    if wrong := next((code for code in codes if code not in ("0", "200")), ""):
        return f"对方没有收下，返回码 {wrong}"
    return "对方没有收下" if facts.get("success") is False or facts.get("ok") is False else ""


def _mail(settings: Settings, text: str) -> str:
    server = settings["smtp"]
    mail = EmailMessage(policy=email.policy.SMTP.clone(max_line_length=76))
    mail["Subject"], mail["From"] = "示范创建系统报警", server["from"]
    mail["To"] = ", ".join(server["to"])
    host = parseaddr(server["from"])[1].rpartition("@")[2]
    mail["Date"], mail["Message-ID"] = format_datetime(_now()), make_msgid(domain=host)
    mail["List-Id"] = f"Shifan <shifan.{host}>"
    mail.set_content(text, cte="base64")
    kind = smtplib.SMTP_SSL if server.get("ssl") else smtplib.SMTP
    port = int(server.get("port", 465 if server.get("ssl") else 25))
    with kind(server["host"], port, timeout=PATIENCE) as connection:
        if server.get("starttls"):
            connection.starttls(context=ssl.create_default_context())
        if server.get("user"):
            connection.login(server["user"], server["password"])
        turned_away = connection.send_message(mail)  # of several; the others have it
    return "有收件人被邮件服务器拒收" if turned_away else ""


def main(words: list[str]) -> int:
    """Read the configuration, look once or for ever."""
    os.umask(0o077)  # what it remembers lies beside the heartbeat, in the home
    if not words:
        sys.stderr.write("用法：python3 deployments/watchdog.py 配置文件.json [--watch | --test]\n")
        return 2
    while True:
        try:
            settings = _read(Path(words[0]))
            if "--test" in words:
                failed = raise_alarm(settings, "【示范创建系统】这是看门狗的测试报警，无需处理。")
                sys.stdout.writelines([f"没有发出：{x}\n" for x in failed] or ["测试报警已发出\n"])
                return 2 if failed else 0
            code = look(settings, _now())
        except BROKEN as error:
            sys.stderr.write(f"看门狗的配置文件 {words[0]} 不能使用：{_reason(error)}\n")
            code = 2
        if "--watch" not in words or "--test" in words:
            return code
        time.sleep(LOOK)


def _read(path: Path) -> Settings:
    """Return the configuration, its paths taken from where the file lies."""
    said, here = _json(path), path.absolute().parent
    return said | {name: str(here / said[name]) for name in ("heartbeat", "state") if name in said}


def _json(path: Path) -> Any:
    """Return what a file of ours says; raises one of BROKEN for a pipe, a giant, or no JSON at all."""
    at_once = getattr(os, "O_NONBLOCK", 0)  # a pipe keeps nobody waiting
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | at_once)) as file:  # noqa: PTH123
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
            raise ValueError(path.name)
        return json.loads(file.read(LARGEST).decode("utf-8-sig"))


def _now() -> datetime:
    return datetime.now(CHINA)  # the watchdog has no settings of ours: China has one zone


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
