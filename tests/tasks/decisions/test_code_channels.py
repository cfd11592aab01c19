"""Leaders whose channels others read too: said before a question is asked, and no code goes there."""

from datetime import date

import pytest
from sqlmodel import select

from deployments.cli import run
from models.campaign.campaign import campaign_named
from models.database import open_session
from models.notices.notice import Message
from tasks.decisions.codes.code_channels import shared_channels
from tests.conftest import ON_BOTH
from tests.support.deciding import asked
from tests.tools.fake_provider import FakeProvider

MONDAY = date(2025, 7, 21)


@pytest.fixture
def channels(tmp_path, monkeypatch):
    """Write a channels file of robots, by key and tag, on a provider of our own."""
    with FakeProvider() as provider:

        def write(*entries: tuple[str, str]) -> None:
            lines = "".join(
                f"  - wecomrobot://{key}?base={provider.base}:\n      tag: {tag}\n"
                for key, tag in entries
            )
            path = tmp_path / "channels.yaml"
            path.write_text(f"urls:\n{lines}", encoding="utf-8")
            path.chmod(0o600)
            monkeypatch.setenv("SHIFAN_CHANNELS", str(path))

        yield write


def shared(slug: str) -> list[str]:
    with open_session(read_only=True) as session:
        return shared_channels(session, campaign_named(session, slug))


def secrets() -> list[str]:
    with open_session(read_only=True) as session:
        return list(session.exec(select(Message.tag).where(Message.secret)))


def test_a_leader_who_shares_a_channel_is_named_with_whom_and_what_to_do(office, channels):
    channels(("HEAD-1", "组长, 创建办"))
    slug = office()
    [line] = shared(slug)
    asked(slug, MONDAY)

    assert "组长的通道不能发验证码" in line
    assert "与“创建办”共用" in line
    assert "验证码单" in line
    assert secrets() == []


@ON_BOTH
def test_a_leader_with_one_channel_of_the_own_gets_the_code_there_and_nothing_is_said(
    office, channels
):
    channels(("HEAD-1", "组长"), ("GROUP-1", "组长, 创建办"))
    slug = office()
    asked(slug, MONDAY)

    assert shared(slug) == []
    assert secrets() == ["组长"]


def test_the_check_of_channels_and_the_asking_say_it_first(office, channels, capsys):
    channels(("HEAD-1", "组长, 创建办"))
    office()
    assert run(["channels", "check"]) == 0
    assert "组长的通道不能发验证码" in capsys.readouterr().out
    assert run(["decision", "ask", "2", "--by", "创建办"]) == 0
    first, *_, last = capsys.readouterr().out.splitlines()
    assert "组长的通道不能发验证码" in first
    assert "提请审批" in last
