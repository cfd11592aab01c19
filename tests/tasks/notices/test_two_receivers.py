"""One tag, two receivers, one failing: the healthy one gets one copy, the failing one gets it later."""

import json
import os
import signal
import time
from collections import Counter

import pytest
from sqlmodel import select

from models.database import engine_for, open_session
from models.notices.notice import Delivery, Notice
from models.settings import moment_of, settings
from tasks.notices.delivery import deliver
from tasks.patrol.patrol import patrol_campaign
from tests.support.alerts import MONDAY, ONE_DAY, at, only, robots, states
from tests.tools.fake_provider import FakeMail

GOOD, BAD = "healthy-0000", "failing-0000"


@pytest.fixture
def both(campaign, provider, tmp_path, monkeypatch):
    """The office has two robots; nobody else has a channel, and one thing is to be said."""
    robots(tmp_path, monkeypatch, provider.base, [])
    entries = [{f"wecomrobot://{k}?base={provider.base}": {"tag": "创建办"}} for k in (GOOD, BAD)]
    path = tmp_path / "channels.yaml"
    path.write_text(json.dumps({"urls": entries}, ensure_ascii=False))
    path.chmod(0o600)
    only("S2.1", MONDAY)
    patrol_campaign(campaign, moment_of(at(MONDAY), MONDAY))
    return campaign


def copies(provider) -> Counter:
    return Counter(taken.key for taken in provider.accepted)


@pytest.mark.parametrize("fault", ["error", "drop", "limit", "garbage", "unavailable", "html"])
def test_a_fault_that_passes_costs_the_healthy_one_nothing(both, provider, fault):
    provider.behave(fault, key=BAD)
    deliver(lambda: at(MONDAY, 9, 1))
    assert copies(provider) == {GOOD: 1}
    assert set(states(subject_kind="milestone")) == {"sent"}  # somebody heard
    provider.behave("accept", key=BAD)
    for minute in (3, 15, 40):
        deliver(lambda m=minute: at(MONDAY, 9, m))

    assert copies(provider) == {GOOD: 1, BAD: 1}


def test_a_permanent_refusal_is_listed_and_goes_out_when_it_is_retried(both, provider):
    from tasks.notices.lists import list_dead, retry_dead

    provider.behave("refuse", key=BAD)
    deliver(lambda: at(MONDAY, 9, 1))
    [dead] = list_dead(both)
    assert (dead.to, dead.code) == ("创建办", "93000")
    provider.behave("accept", key=BAD)
    assert retry_dead(both, at(MONDAY, 10)) == 1
    deliver(lambda: at(MONDAY, 10, 1))

    assert copies(provider) == {GOOD: 1, BAD: 1}
    assert list_dead(both) == []


def test_a_process_killed_while_one_hangs_repeats_only_that_one(both, provider):
    provider.behave("hang", key=BAD)
    engine_for(settings().database).dispose()
    child = os.fork()
    if child == 0:
        deliver(lambda: at(MONDAY, 9, 1))
        os._exit(0)
    until = time.monotonic() + 60
    while "delivered" not in delivery_states() and time.monotonic() < until:
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert delivery_states() == ["delivered", "waiting"]
    provider.behave("accept", key=BAD)
    deliver(lambda: at(MONDAY, 9, 2))  # the dead process's claim still holds
    assert copies(provider) == {GOOD: 1}
    deliver(lambda: at(MONDAY, 9, 10))

    assert copies(provider) == {GOOD: 1, BAD: 1}
    [late] = [taken.text for taken in provider.accepted if taken.key == BAD]
    assert "重发" in late


def delivery_states() -> list[str]:
    with open_session(read_only=True) as session:
        return sorted(session.exec(select(Delivery.state)).all())


def test_a_mailbox_and_a_robot_of_one_tag_fail_apart(both, provider, tmp_path, monkeypatch):
    with FakeMail() as mail:
        entries = [
            {f"wecomrobot://{GOOD}?base={provider.base}": {"tag": "创建办"}},
            {mail.url("a@b.cn", "c@d.cn"): {"tag": "创建办"}},
        ]
        (tmp_path / "channels.yaml").write_text(json.dumps({"urls": entries}, ensure_ascii=False))
        mail.behave("busy", key="c@d.cn")
        deliver(lambda: at(MONDAY, 9, 1))
        mail.behave("accept", key="c@d.cn")
        deliver(lambda: at(MONDAY, 9, 10))

        assert copies(provider) == {GOOD: 1}
        assert copies(mail) == {"a@b.cn": 1, "c@d.cn": 1}


def test_nothing_is_said_twice_the_next_morning(both, provider):
    deliver(lambda: at(MONDAY, 9, 1))
    deliver(lambda: at(MONDAY + ONE_DAY, 9, 1))

    assert copies(provider) == {GOOD: 1, BAD: 1}
    with open_session(read_only=True) as session:
        assert "waiting" not in set(session.exec(select(Notice.state)).all())
