"""A no in a reply that looks like a yes is found, and what is no no is left alone."""

import gzip

import pytest

from notifications.robots.denial import denial, denial_in_text, parsed
from tests.notifications.robots.test_transport import head, saying, server
from tests.tools.fake_provider import TAKEN

KEY = "0123456789-denial-key"


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ({"errcode": 93000, "errmsg": "invalid webhook url"}, "93000", "invalid webhook url"),
        ({"errcode": 0, "code": "93000", "msg": "bad"}, "93000", "bad"),
        ({"code": 0, "data": {"errcode": 93000, "errmsg": "bad"}}, "93000", "bad"),
        ({"results": [{"code": 0}, {"code": 7, "message": "blocked"}]}, "7", "blocked"),
        ({"success": False, "message": "no such user"}, "refused", "no such user"),
        ({"ok": "false"}, "refused", ""),
        ({"status": "FAILED", "reason": "quota"}, "FAILED", "quota"),
        ({"error": "invalid_auth"}, "refused", "invalid_auth"),
        ({"code": "InvalidToken", "message": "x"}, "InvalidToken", "x"),
        ({"err_code": -1}, "-1", ""),
    ],
)
def test_a_no_is_found_wherever_it_stands(said, code, words):
    assert denial(said) == (code, words)


@pytest.mark.parametrize(
    "said",
    [
        *TAKEN.values(),
        {"errcode": 0, "errmsg": "ok"},
        {"code": 200, "message": "OK"},
        {"code": "0", "data": {"pushid": "1", "error": "SUCCESS", "errno": 0}},
        {"ok": True, "errors": []},
        {"error": None, "status": "ok"},
        {"data": {"code": "W5", "title": "甲"}},  # a code of something else
        [],
        "ok",
        None,
    ],
)
def test_what_says_no_no_is_left_alone(said):
    assert denial(said) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<!DOCTYPE html><html>登录</html>", "page"),
        ('{"errcode": 93000', "cut"),
        ("invalid token", "words"),
        ("发送失败：余额不足", "words"),
        ("", ""),
        ("ok", ""),
        ("已收到", ""),
    ],
)
def test_a_reply_that_is_no_json_may_say_no_too(text, why):
    assert denial_in_text(text) == why


def test_a_reply_that_says_a_thing_twice_says_nothing():
    assert parsed('{"errcode": 93000, "errcode": 0}') is None
    assert parsed('{"errcode": 0, "errcode": 0}') == {"errcode": 0}


NO = b'{"errcode": 93000, "errmsg": "invalid webhook url"}'
CHINESE = '{"errcode": 93000, "errmsg": "无效的地址"}'.encode("gbk")


@pytest.mark.parametrize("scheme", ["wecomrobot", "json"])
@pytest.mark.parametrize(
    ("speak", "code", "words"),
    [
        (saying(head(), NO), "93000", "invalid webhook url"),
        (
            saying(head(b"Content-Encoding: gzip"), gzip.compress(NO)),
            "93000",
            "invalid webhook url",
        ),
        (
            saying(head(b"Content-Type: application/json; charset=gbk"), CHINESE),
            "93000",
            "无效的地址",
        ),
        (saying(head(b"Content-Type: application/json"), CHINESE), "93000", "无效的地址"),
        (saying(head(), b'{"errcode": 0, "code": 93000}'), "93000", "93000"),
        (saying(head(), b'{"errcode": 0, "success": false, "msg": "x"}'), "refused", "x"),
        (saying(head(), b'{"errcode": 93000, "errcode": 0}'), "unreadable", "看不出"),
        (saying(head(), b"<html><body>login</body></html>"), "unreadable", "login"),
        (saying(head(), b" " * 10_000_000 + NO), "unreadable", "看不出"),
        (saying(head(b"Content-Length: 99"), NO), "dropped", "断开"),
        (saying(head(b"Transfer-Encoding: chunked"), b"zz\r\n" + NO), "dropped", "断开"),
        (saying(b"HTTP/1.1 500 E\r\n\r\n" + b'{"errcode": 0, "errmsg": "ok"}'), "HTTP 500", ""),
        (saying(b"HTTP/1.1 302 F\r\nLocation: http://127.0.0.1:9/\r\n\r\n"), "HTTP 302", ""),
    ],
)
def test_only_a_clear_yes_is_delivered_by_our_robots_and_by_apprise_s(
    load, message, scheme, speak, code, words
):
    with server(speak) as port:
        address = {
            "wecomrobot": f"wecomrobot://{KEY}?base=http://127.0.0.1:{port}&rto=3",
            "json": f"json://127.0.0.1:{port}/{KEY}?rto=3",
        }[scheme]
        channels = load(f"urls:\n  - {address}:\n      tag: 甲\n")
        [target] = channels.targets("甲")

        answer = channels.send(target, message)

    assert (answer.delivered, answer.code) == (False, code)
    assert words in answer.text
    assert KEY not in answer.text


@pytest.mark.parametrize("said", [b"", b"ok", b'{"ok": true}', b'{"code": 200}', b"[]"])
def test_a_plain_webhook_s_2xx_is_its_yes_unless_its_words_say_otherwise(load, message, said):
    with server(saying(head(), said)) as port:
        channels = load(f"urls:\n  - json://127.0.0.1:{port}/x:\n      tag: 甲\n")
        [target] = channels.targets("甲")

        assert channels.send(target, message).delivered
