"""The daily self-test: silent when all is well, honest about how far it could look, no message sent."""

import json

from sqlmodel import select

from models.database import open_session
from models.notices.notice import Notice
from models.settings import moment_of
from notifications.robots.wecom import _TOKENS
from tasks.notices.self_test import self_test
from tests.support.alerts import MONDAY, ONE_DAY, at, every_tag, morning, robots
from tests.tools.fake_provider import FakeProvider

SECRET = "geheimgeheim0123"


def configure(tmp_path, monkeypatch, *urls: str) -> None:
    path = tmp_path / "channels.yaml"
    entries = [{url: {"tag": f"第{n}"}} for n, url in enumerate(urls)]
    path.write_text(json.dumps({"urls": entries}, ensure_ascii=False))
    path.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(path))


def notices() -> list[str]:
    with open_session(read_only=True) as session:
        return [n.rule for n in session.exec(select(Notice))]


def test_it_is_silent_until_a_door_stays_shut_and_tells_the_office_once_a_day(
    campaign, provider, tmp_path, monkeypatch
):
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    assert self_test(moment_of(at(MONDAY, 8), MONDAY)).faults == []
    assert notices() == []
    robots(tmp_path, monkeypatch, "http://127.0.0.1:9", ["创建办"])
    for _ in range(2):
        [fault] = self_test(moment_of(at(MONDAY, 8), MONDAY)).faults

    assert "连不上" in fault
    assert "key-0000" not in fault
    assert notices() == ["channel_fault"]
    assert provider.seen == []


def test_a_mailbox_is_logged_into_and_nothing_is_sent(campaign, mail, tmp_path, monkeypatch):
    url = mail.url("a@b.cn", "c@d.cn", user="cjb", secret=SECRET)
    configure(tmp_path, monkeypatch, url)
    found = self_test(moment_of(at(MONDAY, 8), MONDAY))

    assert (found.faults, found.looked_at) == ([], "共 2 个接收对象：2 个能登录")
    assert mail.logins == 1  # one account, looked at once
    assert mail.accepted == []


def test_a_mailbox_whose_password_ran_out_is_a_fault_in_the_server_s_words(
    campaign, mail, tmp_path, monkeypatch
):
    mail.closed, mail.echo = {"cjb"}, SECRET
    configure(tmp_path, monkeypatch, mail.url("a@b.cn", user="cjb", secret=SECRET))
    [fault] = self_test(moment_of(at(MONDAY, 8), MONDAY)).faults

    assert "返回码 535" in fault
    assert "authentication failed" in fault
    assert SECRET not in fault


def test_an_application_is_asked_for_a_token(campaign, provider, tmp_path, monkeypatch):
    _TOKENS.clear()
    url = f"wecomapp://wwcorp:{SECRET}@1000002/zhangsan?base={provider.base}"
    configure(tmp_path, monkeypatch, url)
    assert "1 个能登录" in self_test(moment_of(at(MONDAY, 8), MONDAY)).looked_at
    provider.behave("refuse")
    [fault] = self_test(moment_of(at(MONDAY, 8), MONDAY)).faults

    assert "40001" in fault
    assert SECRET not in fault
    assert provider.accepted == []


def test_what_only_a_message_can_tell_is_counted_by_its_last_real_success(
    campaign, provider, tmp_path, monkeypatch
):
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    before = self_test(moment_of(at(MONDAY, 8), MONDAY)).looked_at
    result = morning(campaign, MONDAY)
    after = self_test(moment_of(at(MONDAY + ONE_DAY, 8), MONDAY + ONE_DAY)).looked_at

    assert "能连上，密钥是否有效要发消息才知道" in before
    assert "0 个在最近 30 天里真正送达过" in before
    assert f"{result.sent} 个在最近 30 天里真正送达过" in after


def test_a_fault_that_is_over_is_forgotten_and_a_refused_message_is_not(
    campaign, provider, tmp_path, monkeypatch
):
    from models.notices.channel_health import failing_targets

    def failing() -> int:
        with open_session(read_only=True) as session:
            return len(failing_targets(session))

    port = provider.port
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    with FakeProvider() as other:
        gone = other.port
    robots(tmp_path, monkeypatch, f"http://127.0.0.1:{gone}", ["创建办"])
    self_test(moment_of(at(MONDAY, 8), MONDAY))
    assert failing() == 1
    with FakeProvider(port=gone):
        assert self_test(moment_of(at(MONDAY, 9), MONDAY)).faults == []
    assert failing() == 0

    robots(tmp_path, monkeypatch, f"http://127.0.0.1:{port}", every_tag())
    provider.behave("refuse")
    morning(campaign, MONDAY)
    assert "93000" in self_test(moment_of(at(MONDAY, 10), MONDAY)).faults[0]


def test_behind_a_proxy_the_proxy_is_what_can_be_seen(campaign, provider, tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_PROXY", f"http://127.0.0.1:{provider.port}")
    configure(
        tmp_path, monkeypatch, "wecomrobot://key-0000-0000?base=https://wework.example.gov.cn"
    )
    found = self_test(moment_of(at(MONDAY, 8), MONDAY))

    assert found.faults == []
    assert "1 个能连上" in found.looked_at
