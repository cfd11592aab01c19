"""No key, secret, password or token gets out: not in answers, logs, errors, reprs or the screen."""

import io
import logging
import traceback

import pytest

from models.errors import ChannelError
from notifications.channels.channels import Channels
from notifications.saying import masks
from notifications.saying.message import Message
from notifications.saying.scrub import scrubber
from tests.conftest import REAL_COST_OF_A_NAME

KEY = "693a91f6-7Secret-4bc4-97a0-0ec2sifa5aaa"
SIGN = "SECretSigning0123456789+/ab"
PASSWORD = "S3cret-Pass-Word"
BEHAVIOURS = [
    "accept", "refuse", "limit", "error", "unavailable", "hang", "slow", "drop", "drop-after",
    "garbage", "html", "empty", "no-content", "redirect",
]  # fmt: skip
ROBOTS = [
    f"wecomrobot://{KEY}?base={{base}}",
    f"dingrobot://{KEY}?base={{base}}&secret={SIGN}",
    f"feishurobot://{KEY}?base={{base}}&secret={SIGN}",
    f"serverchan3://{KEY}?base={{base}}",
    f"json://cjb:{PASSWORD}@127.0.0.1:{{port}}/{KEY}?+X-Token={SIGN}",
]


@pytest.fixture
def everything_logged():
    """Return what all loggers say at their most talkative, Apprise's own included."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    names = ("", "apprise", "httpx", "httpcore", "urllib3", "urllib3.connectionpool", "requests")
    before = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(1)
        logging.getLogger(name).addHandler(handler)
    yield said
    for name, level in before.items():
        logging.getLogger(name).removeHandler(handler)
        logging.getLogger(name).setLevel(level)


def leaks(text: str) -> list[str]:
    """Return the secrets, or pieces of them, that stand in ``text``."""
    pieces = {KEY, KEY[:18], KEY[-12:], SIGN, SIGN[:14], PASSWORD, SIGN.replace("+", "%2B")}
    return [piece for piece in pieces if piece.lower() in text.lower()]


@pytest.mark.parametrize("url", ROBOTS)
def test_no_failure_lets_a_secret_out(load, provider, everything_logged, capfd, url):
    held = [secret for secret in (KEY, SIGN, PASSWORD) if secret in url]
    provider.echo = f"key={KEY}, of http://x.cn/{KEY} {KEY.upper()} " + " ".join(held)
    channels = load(
        f"urls:\n  - {url.format(base=provider.base, port=provider.port)}&rto=0.3:\n      tag: 组长\n"
    )
    [target] = channels.targets("组长")
    said = [repr(channels), repr(target), str(target), str(channels.__dict__)]

    for behaviour in BEHAVIOURS:
        provider.behave(behaviour)
        said.append(repr(channels.send(target, Message("提醒", "请办理"))))
    said += [everything_logged.getvalue(), *capfd.readouterr()]

    assert leaks("\n".join(said)) == []
    assert len(provider.seen) == len(BEHAVIOURS)


def test_a_mail_server_that_repeats_the_password_tells_nobody(load, mail, everything_logged):
    url = mail.url("zhangsan@126.com", user="cjb", secret=PASSWORD)
    channels = load(f"urls:\n  - {url}:\n      tag: 组长\n")
    [target] = channels.targets("组长")
    mail.echo = f"{PASSWORD}"
    said = [repr(target)]

    for behaviour in ("accept", "refuse", "refuse-text", "busy", "drop"):
        mail.behave(behaviour)
        said.append(repr(channels.send(target, Message("提醒", "请办理"))))
    ours = [line for line in everything_logged.getvalue().splitlines() if "127.0.0.1" not in line]

    assert leaks("\n".join(said + ours)) == []


@pytest.mark.parametrize(
    "entry",
    [
        f"wecombott://{KEY}",
        f"wecomrobot://{KEY}/{SIGN}?base=http://{KEY}.example.cn",
        f"dingrobot://{KEY}!!{SIGN}?secret={SIGN}",
        f"feishurobot://{KEY}?rto={SIGN}&base={KEY}",
        f"mailtos://cjb:{PASSWORD}@",
        f"mailtos://cjb:{PASSWORD}@126.com?rto={KEY}&mode={KEY}&to={KEY}",
        f"{KEY}://{SIGN}",
        f"https://example.cn/{KEY}?key={SIGN}",
        f"slack://{KEY}/{SIGN}",
        f"wechat://{KEY}:{SIGN}@{PASSWORD}",
        f"{KEY} {SIGN}",
    ],
)
def test_a_bad_entry_lets_no_secret_out(load, everything_logged, capfd, entry):
    channels = load(f"urls:\n  - '{entry}':\n      tag: 组长\n")

    said = [*channels.faults, repr(channels), everything_logged.getvalue(), *capfd.readouterr()]
    assert leaks("\n".join(said)) == []


@pytest.mark.parametrize(
    "text",
    [
        f"urls:\n  - wecomrobot://{KEY}: [\n",
        f"urls:\n\t- wecomrobot://{KEY}\n",
        f"urls:\n  - &a wecomrobot://{KEY}\n  - *b{KEY}\n",
        f"urls:\n  - !!python/object:{KEY} x\n  - a: b: {KEY}\n",
        f"urls: 'wecomrobot://{KEY}\n",
        f"urls:\n  - wecomrobot://{KEY}\x00\n",
    ],
)
def test_a_file_that_is_no_yaml_lets_no_secret_out(load, everything_logged, text):
    with pytest.raises(ChannelError) as caught:
        load(text)

    trace = "".join(traceback.format_exception(caught.value))
    chain = f"{caught.value.__context__!r} {caught.value.__cause__!r}"
    assert leaks(trace.replace(text, "") + chain + everything_logged.getvalue()) == []


def test_apprise_used_by_others_in_this_process_logs_nothing_either(everything_logged):
    Channels()
    from apprise import Apprise

    Apprise().add(f"mailtos://cjb:{PASSWORD}@126.com")

    assert leaks(everything_logged.getvalue()) == []


# (what a provider may write, what is left of it)
@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"invalid key {KEY}", "invalid key ***"),
        (f"invalid key {KEY.upper()}!", "invalid key ***!"),
        (f"key {KEY[:20]}... is wrong", "key ***... is wrong"),
        ("see https://open.work.weixin.qq.com/devtool/query?e=93000", "see （网址略）"),
        ("a\x1b[31mred\u202e\nline", "a [31mred line"),
        ("pin 1234 of 91234", "pin *** of 91234"),
        ("余额不足", "余额不足"),
        ("字" * 400, "字" * 299 + "…"),
    ],
)
def test_words_are_cleaned(text, clean):
    assert scrubber([KEY, "1234"])(text) == clean


def test_guessing_whom_an_identifier_stands_for_takes_its_time(monkeypatch):
    quick = masks.fingerprint("wecom", "a")
    masks.fingerprint.cache_clear()
    monkeypatch.setattr(masks, "COST", REAL_COST_OF_A_NAME)

    assert REAL_COST_OF_A_NAME >= 2**9
    assert masks.fingerprint("wecom", "a") != quick  # the cost is part of the hash
    masks.fingerprint.cache_clear()
