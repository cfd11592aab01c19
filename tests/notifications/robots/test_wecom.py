"""The WeCom application: to a person, with a token that runs out, on any host."""

import json

import pytest

from notifications.robots.wecom import _TOKENS
from notifications.saying.message import Message

SECRET = "AppSecretAppSecret0123"


@pytest.fixture(autouse=True)
def no_tokens():
    _TOKENS.clear()


@pytest.fixture
def app(load, provider):
    """Return channels with an application and the given recipients."""

    def make(path: str = "/zhangsan"):
        url = f"wecomapp://wwcorp000:{SECRET}@1000002{path}?base={provider.base}&rto=1"
        return load(f"urls:\n  - '{url}':\n      tag: 组长\n")

    return make


def test_a_message_reaches_the_person_with_its_link(app, provider, message):
    channels = app()

    answer = channels.send(channels.targets("组长")[0], message)

    sent = json.loads(provider.seen[1].body)
    assert answer.delivered
    assert (sent["touser"], sent["agentid"], sent["msgtype"]) == ("zhangsan", 1000002, "text")
    assert sent["text"]["content"].endswith(message.link)
    assert "**" not in sent["text"]["content"]


def test_one_token_serves_many_messages_and_people(app, provider, message):
    channels = app("/zhangsan/lisi")

    for target in channels.targets("组长"):
        assert channels.send(target, message).delivered
        assert channels.send(target, message).delivered

    assert sum("/gettoken" in seen.path for seen in provider.seen) == 1
    assert [t.privacy for t in channels.targets("组长")] == ["z***", "l***"]


def test_a_token_that_ran_out_is_renewed_and_the_message_goes_out_once(app, provider, message):
    channels = app()
    expired = {"errcode": 42001, "errmsg": "access_token expired"}
    provider.behave(expired, "accept", key="zhangsan")

    assert channels.send(channels.targets("组长")[0], message).delivered
    assert len(provider.accepted) == 1
    assert sum("/gettoken" in seen.path for seen in provider.seen) == 2


# (the service's answer, code, is another try useless): Apprise's own plugin calls two of them delivered
@pytest.mark.parametrize(
    ("said", "code", "permanent"),
    [
        ("refuse", "81013", True),
        ("limit", "45009", False),
        ({"errcode": 0, "errmsg": "ok", "invaliduser": "zhangsan"}, "invaliduser", True),
        ({"errcode": 0, "errmsg": "ok", "invalidparty": "2"}, "invalidparty", True),
        ({"errcode": 0, "errmsg": "ok", "invalidtag": "3"}, "invalidtag", True),
        ({"errcode": 0, "errmsg": "ok", "unlicenseduser": "zhangsan"}, "unlicenseduser", True),
        ({"errcode": 0, "invaliduser": "", "unlicenseduser": ["zhangsan"]}, "unlicenseduser", True),
        ({"anything": 1}, "unreadable", False),
        ("html", "unreadable", False),
        ("hang", "timeout", False),
    ],
)
def test_only_a_clear_yes_is_delivered(app, provider, message, said, code, permanent):
    channels = app()
    provider.behave(said, key="zhangsan")

    answer = channels.send(channels.targets("组长")[0], message)

    assert (answer.delivered, answer.code, answer.permanent) == (False, code, permanent)


@pytest.mark.parametrize("behaviour", ["refuse", "html", "error", "drop", {"errcode": 0}])
def test_without_a_token_nothing_is_sent_and_the_reason_is_told(app, provider, message, behaviour):
    channels = app()
    provider.behave(behaviour, key="wwcorp000")

    answer = channels.send(channels.targets("组长")[0], message)

    assert not answer.delivered
    assert answer.text.startswith("没有取得应用的访问凭证：")
    assert not answer.uncertain
    assert provider.accepted == []


def test_neither_secret_nor_token_comes_back(app, provider, message):
    channels = app()
    provider.echo = f"{SECRET} FAKETOKEN wwcorp000"
    provider.behave("accept", key="wwcorp000")
    provider.behave("refuse", key="zhangsan")
    [target] = channels.targets("组长")

    told = repr(channels.send(target, message)) + repr(target) + repr(channels)

    assert not any(secret in told for secret in (SECRET, "FAKETOKEN", "wwcorp000"))


def test_a_token_that_another_recipient_s_message_brought_does_not_come_back(
    app, provider, message
):
    channels = app("/zhangsan/lisi")
    first, second = channels.targets("组长")
    assert channels.send(first, message).delivered
    provider.echo = "FAKETOKEN"
    provider.behave("refuse", key="lisi")

    assert "FAKETOKEN" not in repr(channels.send(second, message))


def test_departments_and_tags_are_addressed_as_such(app, provider):
    channels = app("/%232/+3/@all")

    for target in channels.targets("组长"):
        channels.send(target, Message("提醒", ""))

    sent = [json.loads(seen.body) for seen in provider.seen if seen.body]
    assert [(s.get("toparty"), s.get("totag"), s.get("touser")) for s in sent] == [
        ("2", None, None),
        (None, "3", None),
        (None, None, "@all"),
    ]


@pytest.mark.parametrize(
    "url", ["wecomapp://corp:s@1000002", "wecomapp://corp:s@name/x", "wecomapp://1/x"]
)
def test_an_address_without_all_its_parts_says_how_to_write_it(load, url):
    [fault] = load(f"urls:\n  - {url}:\n      tag: 组长\n").faults

    assert "应写成 wecomapp://" in fault or "没有写明发给谁" in fault


def test_empty_lists_of_people_left_out_are_a_yes(app, provider, message):
    channels = app()
    empty = {"invaliduser": "", "invalidparty": [], "invalidtag": None, "unlicenseduser": ""}
    provider.behave({"errcode": 0, "errmsg": "ok", "msgid": "1", **empty}, key="zhangsan")

    assert channels.send(channels.targets("组长")[0], message).delivered


# (the recipient, may the repeat be a second copy)
@pytest.mark.parametrize(
    ("path", "uncertain"), [("/zhangsan", False), ("/%232", True), ("/@all", True)]
)
def test_a_part_of_a_group_left_out_is_no_delivery_and_the_rest_may_have_it(
    app, provider, message, path, uncertain
):
    channels = app(path)
    provider.behave({"errcode": 0, "errmsg": "ok", "unlicenseduser": "lisi|wangwu"})
    provider.behave("accept", key="wwcorp000")

    answer = channels.send(channels.targets("组长")[0], message)

    assert (answer.delivered, answer.uncertain) == (False, uncertain)
    assert "接口许可" in answer.text
    assert "lisi" not in answer.text
