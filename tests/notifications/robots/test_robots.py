"""What each robot puts on the wire, and what it makes of the answers."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from notifications.robots import dingtalk, feishu
from notifications.saying.message import Message
from tests.support.provider_fixtures import Loader
from tests.tools.fake_provider import FakeProvider

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
ROBOTS = {
    "wecom": f"wecomrobot://{KEY}?base={{base}}",
    "dingtalk": f"dingrobot://{KEY}?base={{base}}&secret=SECdemo",
    "feishu": f"feishurobot://{KEY}?base={{base}}&secret=demo",
    "serverchan": f"serverchan3://{KEY}?base={{base}}",
}


def one(load: Loader, provider: FakeProvider, url: str, **options: str):
    """Return the channels with one target, and that target."""
    lines = "".join(f"\n      {name}: {value}" for name, value in options.items())
    channels = load(f"urls:\n  - {url.format(base=provider.base)}:\n      tag: 组长{lines}\n")
    [target] = channels.targets("组长")
    return channels, target


# Both vectors are published: the services' own sample code, run on these inputs.
def test_dingtalk_signs_time_and_secret_keyed_by_the_secret():
    assert (
        dingtalk.ding_signature("this is secret", 1577262236757)
        == "hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM="
    )


def test_feishu_signs_nothing_keyed_by_time_and_secret():
    assert (
        feishu.feishu_signature("demo", 1599360473)
        == "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="
    )


def test_dingtalk_encodes_its_signature_once_on_the_wire(load, provider, message):
    channels, target = one(load, provider, ROBOTS["dingtalk"])

    for _ in range(12):  # some of the signatures hold + or /
        assert channels.send(target, message).delivered

    for seen in provider.seen:
        query = parse_qs(urlsplit(seen.path).query)
        assert query["sign"] == [dingtalk.ding_signature("SECdemo", int(query["timestamp"][0]))]
        assert not re.search(r"%25|\+|/", seen.path.split("sign=")[1])


def test_feishu_sends_time_and_signature_in_the_body(load, provider, message):
    channels, target = one(load, provider, ROBOTS["feishu"])

    assert channels.send(target, message).delivered

    sent = json.loads(provider.seen[0].body)
    assert sent["sign"] == feishu.feishu_signature("demo", int(sent["timestamp"]))
    assert sent["card"]["elements"][1]["actions"][0]["url"] == message.link


def test_the_requests_go_where_each_service_listens(load, provider, message):
    paths = []
    for url in ROBOTS.values():
        channels, target = one(load, provider, url)
        channels.send(target, message)
        paths.append(urlsplit(provider.seen[-1].path).path)

    assert paths == [
        "/cgi-bin/webhook/send",
        "/robot/send",
        f"/open-apis/bot/v2/hook/{KEY}",
        f"/send/{KEY}.send",
    ]


def test_a_base_may_have_a_path_of_its_own(load, provider, message):
    channels, target = one(load, provider, f"wecomrobot://{KEY}?base={{base}}/wework/")

    assert channels.send(target, message).delivered
    assert provider.seen[0].path == f"/wework/cgi-bin/webhook/send?key={KEY}"


def test_wecom_writes_markdown_and_calls_users_in_it(load, provider, message):
    channels, target = one(load, provider, ROBOTS["wecom"], users="zhangsan,lisi")

    channels.send(target, message)

    sent = json.loads(provider.seen[0].body)
    assert sent["msgtype"] == "markdown"
    assert sent["markdown"]["content"].endswith("<@zhangsan><@lisi>")
    assert message.link in sent["markdown"]["content"]


def test_wecom_calls_mobile_numbers_in_text(load, provider, message):
    channels, target = one(load, provider, ROBOTS["wecom"], mobiles="13812345678", all="yes")

    channels.send(target, message)

    sent = json.loads(provider.seen[0].body)
    assert sent["msgtype"] == "text"
    assert sent["text"]["mentioned_mobile_list"] == ["13812345678"]
    assert sent["text"]["mentioned_list"] == ["@all"]
    assert "**" not in sent["text"]["content"]
    assert message.link in sent["text"]["content"]


def test_dingtalk_calls_people_in_the_text_and_beside_it(load, provider, message):
    channels, target = one(load, provider, ROBOTS["dingtalk"], mobiles="13812345678", users="u1")

    channels.send(target, message)

    sent = json.loads(provider.seen[0].body)
    assert sent["msgtype"] == "markdown"
    assert sent["at"] == {"atMobiles": ["13812345678"], "atUserIds": ["u1"], "isAtAll": False}
    assert sent["markdown"]["text"].endswith("@13812345678 @u1")


def test_words_of_a_message_cannot_call_people(load, provider):
    channels, target = one(load, provider, ROBOTS["wecom"])

    channels.send(target, Message("<@all>", "请看 <@zhangsan> @所有人"))

    content = json.loads(provider.seen[0].body)["markdown"]["content"]
    assert "<@" not in content
    assert "@所有人" not in content


@pytest.mark.parametrize(
    ("service", "limit"), [("wecom", 4096), ("dingtalk", 20_000), ("feishu", 20_480)]
)
def test_a_long_message_is_cut_to_the_service_s_bytes(load, provider, service, limit):
    channels, target = one(load, provider, ROBOTS[service])
    link = "http://127.0.0.1:4200/x?parameters=%7B%22a%22%3A1%7D"

    answer = channels.send(target, Message("逾期提醒", '请于本周内报送"台账"。\n' * 2000, link))

    body = provider.seen[0].body
    content = json.loads(body).get("markdown", {}).get("content")
    assert answer.delivered
    assert limit * 0.9 < len(content.encode() if content else body) <= limit
    assert link in body.decode()
    assert "已截短" in body.decode()


# (service, the provider's code, is another try useless, seconds to wait)
CODES = [
    ("wecom", {"errcode": 93000, "errmsg": "invalid webhook url"}, "93000", True, None),
    ("wecom", {"errcode": 45009, "errmsg": "api freq out of limit"}, "45009", False, 600.0),
    ("wecom", {"errcode": "45009", "errmsg": "as text"}, "45009", False, 600.0),
    ("wecom", {"errcode": -1, "errmsg": "system busy"}, "-1", False, None),
    ("wecom", {"errcode": 999999, "errmsg": "never heard of"}, "999999", False, None),
    ("dingtalk", {"errcode": 310000, "errmsg": "sign not match"}, "310000", True, None),
    ("dingtalk", {"errcode": 310000, "errmsg": "send too fast"}, "310000", False, 600.0),
    ("wecom", {"errcode": 77, "errmsg": "rate limited"}, "77", False, 600.0),
    ("wecom", {"errcode": 40058, "errmsg": "exceed max length 4096"}, "40058", True, None),
    ("serverchan", {"code": 40001, "message": "超过当天的发送次数限制[5]"}, "40001", False, 60.0),
    ("dingtalk", {"errcode": 130101, "errmsg": "send too fast"}, "130101", False, 600.0),
    ("dingtalk", {"errcode": 410100, "errmsg": "send too fast"}, "410100", False, 600.0),
    ("feishu", {"code": 19021, "msg": "sign match fail"}, "19021", True, None),
    ("feishu", {"code": 11232, "msg": "frequency limited"}, "11232", False, 60.0),
    ("feishu", {"code": 0, "StatusCode": 1, "msg": "half"}, "1", False, None),
    ("serverchan", {"code": 40001, "message": "[AUTH]错误的Key"}, "40001", True, None),
]


@pytest.mark.parametrize(("service", "said", "code", "permanent", "wait"), CODES)
def test_a_refusal_in_an_http_200_is_a_failure_with_its_code(
    load, provider, message, service, said, code, permanent, wait
):
    channels, target = one(load, provider, ROBOTS[service])
    provider.behave(said)

    answer = channels.send(target, message)

    assert not answer.delivered
    assert (answer.code, answer.permanent, answer.retry_after) == (code, permanent, wait)
    assert answer.text == str(said.get("errmsg") or said.get("msg") or said.get("message"))


# (what the provider does, our code for it, may the message have arrived)
FAULTS = [
    ("error", "HTTP 500", True),
    ("unavailable", "HTTP 503", True),
    ("garbage", "unreadable", True),
    ("html", "unreadable", True),
    ("empty", "unreadable", True),
    ("no-content", "HTTP 204", True),
    ("redirect", "HTTP 302", False),
    ("drop", "dropped", True),
    ("drop-after", "dropped", True),
    ("hang", "timeout", True),
    ("slow", "timeout", True),
    ({"errmsg": "ok"}, "unreadable", True),
    ({"errcode": None, "code": None}, "unreadable", True),
    ({"errcode": False, "code": False}, "unreadable", True),
    ({"errcode": [], "code": {}}, "unreadable", True),
    ({"errcode": 0.0, "code": 0.0}, "unreadable", True),
    ({"errcode": "", "code": ""}, "unreadable", True),
]


@pytest.mark.parametrize("service", ROBOTS)
@pytest.mark.parametrize(("behaviour", "code", "uncertain"), FAULTS)
def test_only_the_provider_s_own_yes_is_delivered(
    load, provider, message, service, behaviour, code, uncertain
):
    channels, target = one(load, provider, ROBOTS[service] + "&rto=0.5&cto=0.5")
    provider.behave(behaviour)

    answer = channels.send(target, message)

    assert not answer.delivered
    assert (answer.code, answer.uncertain) == (code, uncertain)
    assert re.search("[\u4e00-\u9fff]", answer.text) or behaviour in ("error", "unavailable")
    assert len(provider.seen) == 1  # tried once, and nothing followed


@pytest.mark.parametrize("service", ROBOTS)
def test_a_code_written_as_text_is_the_same_code(load, provider, message, service):
    channels, target = one(load, provider, ROBOTS[service])
    provider.behave("text-code")

    assert channels.send(target, message).delivered


def test_a_redirect_to_another_host_is_not_followed(load, provider, message):
    channels, target = one(load, provider, ROBOTS["wecom"])
    provider.behave("redirect")

    with FakeProvider() as other:
        provider.elsewhere = f"{other.base}/cgi-bin/webhook/send?key=1"
        answer = channels.send(target, message)

        assert not answer.delivered
        assert other.seen == []


def test_a_server_that_is_not_there_is_a_failure_that_may_pass(load, provider, message):
    channels, target = one(load, provider, f"wecomrobot://{KEY}?base=http://127.0.0.1:1")

    answer = channels.send(target, message)

    assert (answer.code, answer.permanent, answer.uncertain) == ("unreachable", False, False)


def test_a_server_without_a_good_certificate_gets_nothing(load, provider, message):
    plain = provider.base.replace("http://", "https://")
    channels, target = one(load, provider, f"wecomrobot://{KEY}?base={plain}")

    answer = channels.send(target, message)

    assert not answer.delivered
    assert answer.code in {"tls", "unreachable", "dropped"}
    assert provider.accepted == []


def test_the_provider_s_own_wish_to_wait_is_kept(load, provider, message):
    channels, target = one(load, provider, ROBOTS["wecom"])
    provider.behave("unavailable")

    assert channels.send(target, message).retry_after == 30.0


def test_more_than_the_service_allows_is_told_with_how_long_to_wait(load, provider, message):
    channels, target = one(load, provider, ROBOTS["wecom"])
    provider.allowance = 3

    answers = [channels.send(target, message) for _ in range(5)]

    assert [a.delivered for a in answers] == [True, True, True, False, False]
    assert {a.retry_after for a in answers[3:]} == {600.0}
