"""Row 10 of the figures: mails, webhooks and a target that hangs, each beside the bare library's time.

Servers are processes of their own on loopback. Run by ``python -m tests.bench_notices``; prints
seconds, asserts nothing.
"""

import json
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import Request, urlopen

from notifications.channels import Channels, load_channels
from notifications.message import Message

MAILS, WEBHOOKS, HANGS_FOR = 60, 1000, 1.0
WORDS = Message(
    "3 项逾期:某市创建活动", "**逾期满3个工作日** W5 简政放权\n责任:市司法局\n时限:2025-07-01"
)


def main() -> None:
    """Print each figure on a line."""
    command = [sys.executable, "-m", "tests.fake_provider"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        said = json.loads(server.stdout.readline())
        base, port = said["base"], said["mail_port"]
        _say(
            f"{MAILS} 封邮件", _mails(port), "smtplib 同样 6 路并发", _bare_mails(port), "<= 1.0 s"
        )
        ours = _webhooks(base)
        _say(
            f"{WEBHOOKS} 条机器人消息", ours, "http.client 同样 24 路并发", _bare(base), "<= 2.5 s"
        )
        others, last = _one_hangs(base)
        _say("一个对象没有反应,其余 99 个", others, f"它自己到 {HANGS_FOR:g} s 时限", HANGS_FOR, "")
        _say("一个对象没有反应,全部结束", last, "时限 + 1 s", HANGS_FOR + 1, "<= 时限 + 1 s")
        server.communicate()


def _say(what: str, ours: float, rival: str, theirs: float, reach: str) -> None:
    sys.stdout.write(f"  10  {what:<24} {ours:6.2f} s | {theirs:6.2f} s {rival} | {reach}\n")
    sys.stdout.flush()


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _channels(urls: list[str]) -> Channels:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "channels.yaml"
        path.write_text(json.dumps({"urls": [{url: {"tag": "甲"}} for url in urls]}))
        path.chmod(0o600)
        return load_channels(path)


def _send(channels: Channels) -> None:
    answers = channels.send_all((target, WORDS) for target in channels.targets("甲"))
    bad = [answer for _, _, answer in answers if not answer.delivered]
    assert not bad, bad[:3]


def _mails(port: int) -> float:
    to = ",".join(f"p{n}@b.cn" for n in range(MAILS))
    mail = f"mailto://127.0.0.1:{port}/?smtp=127.0.0.1&from=a@b.cn&to={to}"
    channels = _channels([mail])
    _send(_channels([mail.replace(to, "warm@b.cn")]))
    return _timed(lambda: _send(channels))


def _bare_mails(port: int) -> float:
    def one(n: int) -> None:
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = WORDS.subject, "a@b.cn", f"p{n}@b.cn"
        mail.set_content(WORDS.body_markdown)
        with smtplib.SMTP("127.0.0.1", port) as connection:
            connection.send_message(mail)

    with ThreadPoolExecutor(6) as pool:
        return _timed(lambda: list(pool.map(one, range(MAILS))))


def _robots(base: str, count: int) -> list[str]:
    return [f"wecomrobot://bench-{n:04d}?base={base}&rto={HANGS_FOR}&cto=1" for n in range(count)]


def _webhooks(base: str) -> float:
    channels = _channels(_robots(base, WEBHOOKS))
    return _timed(lambda: _send(channels))


def _bare(base: str) -> float:
    body = json.dumps(
        {"msgtype": "markdown", "markdown": {"content": WORDS.body_markdown}}
    ).encode()

    def one(n: int) -> None:
        connection = HTTPConnection(base.removeprefix("http://"))
        connection.request("POST", f"/cgi-bin/webhook/send?key=bare-{n:04d}", body)
        json.loads(connection.getresponse().read())
        connection.close()

    with ThreadPoolExecutor(24) as pool:
        return _timed(lambda: list(pool.map(one, range(WEBHOOKS))))


def _one_hangs(base: str) -> tuple[float, float]:
    """Return when the last of the others had its answer, and when all was over."""
    order = json.dumps({"behaviours": ["hang"], "key": "bench-0000"}).encode()
    urlopen(Request(f"{base}/control", order)).close()  # noqa: S310
    channels = _channels(_robots(base, 100))
    start = time.perf_counter()
    others = 0.0
    for _, _, answer in channels.send_all((t, WORDS) for t in channels.targets("甲")):
        if answer.delivered:
            others = time.perf_counter() - start
    return others, time.perf_counter() - start


if __name__ == "__main__":
    main()
