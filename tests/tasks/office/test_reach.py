"""A channel works when it exists and did not refuse the last time it was used."""

from datetime import date, timedelta

import pytest

from models.database import open_session
from models.notices.channel_health import Reply, keep_answer
from models.settings import settings
from notifications.channels.channels import load_channels
from tasks.gates.outlook import outlook
from tasks.office.reach import lazily_reachable
from tests.conftest import NOW

LEAD = "市司法局"


@pytest.fixture
def channel(any_database, tmp_path, monkeypatch) -> str:
    """The target of a lead unit's only channel."""
    path = tmp_path / "channels.yaml"
    path.write_text(
        f"urls:\n  - wecomrobot://LEAD-1?base=http://127.0.0.1:9:\n      tag: {LEAD}\n",
        encoding="utf-8",
    )
    path.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(path))
    [target] = load_channels(settings().channels).targets(LEAD)
    return target.id


def answered(target: str, delivered: bool, minutes: int = 0) -> None:
    with open_session() as session:
        now = NOW + timedelta(minutes=minutes)
        keep_answer(session, target, "x", Reply(delivered, "93000", "no"), now)


def unreachable(slug: str) -> str:
    found = outlook(slug, date(2025, 6, 10), 1).obstacles
    return next(one.text for _, one in found if one.rule == "liaisons-reachable")


def test_a_channel_that_was_never_used_counts(campaign, channel):
    assert lazily_reachable()(LEAD)
    assert not lazily_reachable()("市财政局")
    assert LEAD not in unreachable(campaign)


def test_a_channel_that_refused_is_none_until_it_takes_a_message_again(campaign, channel):
    answered(channel, False)
    assert not lazily_reachable()(LEAD)
    answered(channel, True, minutes=5)
    assert lazily_reachable()(LEAD)


def test_without_channels_nobody_is_reached(campaign):
    assert not lazily_reachable()(LEAD)
    assert LEAD in unreachable(campaign)
