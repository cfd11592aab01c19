"""A signature that is too old: whose clock is wrong, and by how much, from the answer's own Date."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from notifications.robots.clocks import ahead, in_words
from tests.notifications.robots.test_transport import head, saying, server

DING = "description:机器人发送签名过期;solution:签名生成时间和发送时间请保持在timestamp毫秒数以内"
REFUSED = {
    "dingrobot": f'{{"errcode":310000,"errmsg":"{DING}"}}',
    "feishurobot": '{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}',
}


def answer_of(load, message, scheme, *headers, said=""):
    reply = (said or REFUSED[scheme]).encode()
    with server(saying(head(*headers), reply)) as port:
        url = f"{scheme}://KEY-KEY?base=http://127.0.0.1:{port}&secret=SECabc&rto=2"
        channels = load(f"urls:\n  - {url}:\n      tag: 甲\n")
        return channels.send(channels.targets("甲")[0], message)


def dated(**off) -> bytes:
    return f"Date: {format_datetime(datetime.now(UTC) + timedelta(**off), usegmt=True)}".encode()


@pytest.mark.parametrize("scheme", REFUSED)
@pytest.mark.parametrize(
    ("off", "words"), [({"hours": 3, "minutes": 12}, "慢 3 小时 12 分"), ({"days": -2}, "快 2 天")]
)
def test_a_refused_time_says_by_how_much_this_clock_is_wrong(load, message, scheme, off, words):
    answer = answer_of(load, message, scheme, dated(**off))

    assert f"这台电脑的时钟比对方{words}" in answer.text
    assert not answer.permanent  # a clock can be put right


def test_a_clock_that_is_right_is_not_blamed(load, message):
    answer = answer_of(load, message, "dingrobot", dated(seconds=20))

    assert "时钟" not in answer.text
    assert answer.permanent


def test_without_a_date_the_clock_is_only_to_be_looked_at(load, message):
    assert "核对这台电脑的时钟" in answer_of(load, message, "dingrobot").text


def test_another_refusal_says_nothing_of_clocks(load, message):
    said = '{"errcode":310000,"errmsg":"keywords not in content"}'

    assert "时钟" not in answer_of(load, message, "dingrobot", dated(days=1), said=said).text


@pytest.mark.parametrize("header", ["", "soon", "Wed, 99 Foo 2026"])
def test_a_date_that_is_none_says_nothing(header):
    assert ahead(header, datetime.now(UTC)) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(180, "3 分"), (3600, "1 小时"), (90_000, "1 天 1 小时"), (11_520, "3 小时 12 分")],
)
def test_a_length_of_time_is_said_in_its_two_largest_parts(seconds, words):
    assert in_words(seconds) == words
