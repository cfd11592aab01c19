"""Row 10 of the figures: mails, webhooks and a target that hangs, each beside the bare library's time.

Servers are processes of their own on loopback. Run by ``python -m tests.tools.bench_notices``; prints rows
of the table, asserts nothing.
"""

import json
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

from notifications.channels.channels import Channels, load_channels
from notifications.robots.base import WIDE
from notifications.robots.mail_server import MAIL_AT_ONCE
from notifications.saying.message import Message
from tests.tools.bench_table import Figure, at_most, floor, say, taken

MAILS, WEBHOOKS, HANGS_FOR = 60, 1000, 1.0
WORDS = Message(
    "3 项逾期：某市创建活动", "**逾期满3个工作日** W5 简政放权\n责任：市司法局\n时限：2025-07-01"
)


def main() -> None:
    """Print each figure as a row."""
    command = [sys.executable, "-m", "tests.tools.fake_provider"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        said = json.loads(server.stdout.readline())
        for figure in _figures(said["base"], said["mail_port"]):
            say(figure)
        server.communicate()


def _figures(base: str, port: int) -> Iterator[Figure]:
    mails = median(_mails(port) for _ in range(3)), median(_bare_mails(port) for _ in range(3))
    six = f"smtplib 同样 {MAIL_AT_ONCE} 路并发"
    yield Figure("10", f"{MAILS} 封邮件发到本机", mails[0], floor(1.2), six, mails[1])
    ours, bare = _webhooks(base), _bare(base)
    many = f"http.client 同样 {WIDE.width} 路并发"
    yield Figure("10", f"{WEBHOOKS:,} 条机器人消息发到本机", ours, floor(1.2), many, bare)
    others, last = _one_hangs(base)
    what = "100 个对象中 1 个没有反应"
    yield Figure("10", f"{what}，其余 99 个收到", others, at_most(HANGS_FOR))
    yield Figure("10", f"{what}（时限 {HANGS_FOR:g} s），全部结束", last, at_most(HANGS_FOR + 1))


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
    return taken(lambda: _send(channels))


def _bare_mails(port: int) -> float:
    def one(n: int) -> None:
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = WORDS.subject, "a@b.cn", f"p{n}@b.cn"
        mail.set_content(WORDS.body_markdown)
        with smtplib.SMTP("127.0.0.1", port) as connection:
            connection.send_message(mail)

    with ThreadPoolExecutor(MAIL_AT_ONCE) as pool:
        return taken(lambda: list(pool.map(one, range(MAILS))))


def _robots(base: str, count: int) -> list[str]:
    return [f"wecomrobot://bench-{n:04d}?base={base}&rto={HANGS_FOR}&cto=1" for n in range(count)]


def _webhooks(base: str) -> float:
    channels = _channels(_robots(base, WEBHOOKS))
    return taken(lambda: _send(channels))


def _bare(base: str) -> float:
    body = json.dumps(
        {"msgtype": "markdown", "markdown": {"content": WORDS.body_markdown}}
    ).encode()

    def one(n: int) -> None:
        connection = HTTPConnection(base.removeprefix("http://"))
        connection.request("POST", f"/cgi-bin/webhook/send?key=bare-{n:04d}", body)
        json.loads(connection.getresponse().read())
        connection.close()

    with ThreadPoolExecutor(WIDE.width) as pool:
        return taken(lambda: list(pool.map(one, range(WEBHOOKS))))


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
