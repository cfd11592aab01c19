"""What is switched off, as the chain of the audit has it."""

from datetime import timedelta

import pytest

from models.audit.switch import UNKNOWN, Switch, record_switches, switched_off
from models.database import open_session
from models.settings import moment_of
from tests.conftest import NOW, ON_BOTH, TODAY


def switch(at=NOW, who="从 10.0.0.7 登录的会话", **on):
    with open_session() as session:
        return record_switches(session, on, who, moment_of(at, TODAY))


def off():
    with open_session(read_only=True) as session:
        return switched_off(session)


@ON_BOTH
def test_who_switched_off_first_stands_until_it_is_on_again():
    later = NOW + timedelta(hours=1)

    assert switch(发送提醒=False, 每日巡查=True) == 1
    assert switch(later, UNKNOWN, 发送提醒=False, 每日巡查=False) == 1  # seen again: no news
    assert off() == [
        Switch("发送提醒", "从 10.0.0.7 登录的会话", NOW),
        Switch("每日巡查", UNKNOWN, later),
    ]

    assert switch(later, 发送提醒=True, 每日巡查=False) == 1
    assert [one.schedule for one in off()] == ["每日巡查"]
    assert switch(later, 发送提醒=False) == 1
    assert [one.schedule for one in off()] == ["每日巡查", "发送提醒"]


@pytest.mark.usefixtures("database")
def test_what_was_never_switched_is_on():
    assert switch(发送提醒=True) == 0
    assert off() == []
