"""What Apprise's own plugins were really told: by replies as they come, not by what is logged."""

import time

import pytest

from notifications.apprise_own.replies import verdict
from notifications.robots.transport import Reply
from tests.notifications.robots.test_transport import head, saying, server


# (what the server does, code, another try useless, may it have arrived)
@pytest.mark.parametrize(
    ("speak", "code", "permanent", "uncertain"),
    [
        (lambda connection: time.sleep(2), "timeout", False, True),
        (saying(), "dropped", False, True),
        (saying(b"HTTP/1.1 404 N\r\nContent-Length: 0\r\n\r\n"), "HTTP 404", True, False),
        (saying(b"HTTP/1.1 429 N\r\nContent-Length: 0\r\n\r\n"), "HTTP 429", False, False),
        (saying(b"HTTP/1.1 500 N\r\nContent-Length: 0\r\n\r\n"), "HTTP 500", False, True),
        (saying(head(), b'{"errcode": 45009, "errmsg": "often"}'), "45009", False, False),
    ],
)  # fmt: skip
def test_a_plain_webhook_s_failure_is_known_by_what_came_back(
    load, message, speak, code, permanent, uncertain
):
    with server(speak) as port:
        channels = load(f"urls:\n  - json://127.0.0.1:{port}/x?rto=0.5:\n      tag: 甲\n")
        answer = channels.send(channels.targets("甲")[0], message)

    assert not answer.delivered
    assert (answer.code, answer.permanent, answer.uncertain) == (code, permanent, uncertain)
    assert answer.text


@pytest.mark.parametrize(
    ("url", "code"), [("json://127.0.0.1:1/x", "unreachable"), ("json://nobody.invalid/x", "unreachable")]
)  # fmt: skip
def test_a_host_that_is_not_there_got_nothing(load, message, url, code):
    channels = load(f"urls:\n  - {url}?cto=2:\n      tag: 甲\n")
    answer = channels.send(channels.targets("甲")[0], message)

    assert (answer.code, answer.permanent, answer.uncertain) == (code, False, False)


def test_a_port_without_encryption_is_told_as_such(load, message):
    with server(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad\r\n\r\n")) as port:
        channels = load(f"urls:\n  - jsons://127.0.0.1:{port}/x:\n      tag: 甲\n")
        answer = channels.send(channels.targets("甲")[0], message)

    assert (answer.code, answer.uncertain) == ("tls", False)


@pytest.mark.parametrize("code", ["40058", "44004", "40001", "301002", "81013"])
def test_what_is_hopeless_for_our_own_application_is_so_for_apprise_s(code):
    answer = verdict(False, Reply(200, f'{{"errcode": {code}, "errmsg": "no"}}'))

    assert (answer.code, answer.text, answer.permanent) == (code, "no", True)


def test_a_limit_of_the_service_is_waited_for():
    answer = verdict(False, Reply(200, '{"errcode": 45009, "errmsg": "api freq out of limit"}'))

    assert (answer.permanent, answer.retry_after) == (False, 600.0)


def test_no_reply_at_all_is_still_a_reason():
    assert verdict(False, None).text == "对方没有收下，也没有说明原因"
