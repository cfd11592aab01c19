"""A channel works when it exists and did not refuse the last time it was used."""

from datetime import date, timedelta

import pytest

from models.database import open_session
from models.notices.channel_health import ChannelHealth, Reply, keep_answer
from models.settings import moment_of, settings
from notifications.channels.channels import load_channels
from tasks.gates.outlook import outlook
from tasks.notices.self_test import self_test
from tasks.office.reach import lazily_reachable, reach
from tests.conftest import NOW

LEAD = "市司法局"


@pytest.fixture
def listed(provider, tmp_path, monkeypatch):
    """Let the channels file have these robots, each with its tag, and no others."""
    path = tmp_path / "channels.yaml"
    monkeypatch.setenv("SHIFAN_CHANNELS", str(path))

    def write(*robots: tuple[str, str]) -> None:
        entries = [
            f"  - wecomrobot://{key}?base={provider.base}: {{tag: {tag}}}\n" for key, tag in robots
        ]
        path.write_text("urls:\n" + "".join(entries), encoding="utf-8")
        path.chmod(0o600)

    return write


@pytest.fixture
def channel(any_database, listed) -> str:
    """The target of a lead unit's only channel."""
    listed(("LEAD-1", LEAD))
    [target] = load_channels(settings().channels).targets(LEAD)
    return target.id


def answered(target: str, delivered: bool, minutes: int = 0) -> None:
    with open_session() as session:
        now = NOW + timedelta(minutes=minutes)
        keep_answer(session, target, "x", Reply(delivered, "93000", "no"), now, LEAD)


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


OTHER = ("OTHER-1", "市财政局")
# What the file says later, and whether the channel that refused counts as failing then.
LATER = {
    "as it was": ([("LEAD-1", LEAD), OTHER], 1),
    "tag changed": ([("LEAD-1", "局长"), OTHER], 1),
    "tag taken by another": ([("LEAD-1", "局长"), ("NEW-1", LEAD)], 1),
    "made a spare one": ([("NEW-1", LEAD), ("LEAD-1", f"{LEAD}-备用")], 1),
    "one of several": ([("NEW-1", LEAD), ("LEAD-1", LEAD)], 1),
    "taken out": ([OTHER], 0),
    "another in its place": ([("NEW-1", LEAD)], 0),
}


def failing() -> int:
    with open_session(read_only=True) as session:
        return reach().failing(session)


@pytest.mark.parametrize(("robots", "counted"), LATER.values(), ids=LATER)
@pytest.mark.parametrize("known", [True, False], ids=["", "from before tags were kept"])
def test_a_channel_fails_as_long_as_the_file_has_it_under_whatever_tag(
    channel, listed, robots, counted, known
):
    answered(channel, False)
    if not known:
        with open_session() as session:
            session.get_one(ChannelHealth, channel).tag = None
    listed(*robots)

    assert failing() == counted
    self_test(moment_of(NOW))
    with open_session(read_only=True) as session:
        tag = next((tag for key, tag in robots if key == "LEAD-1"), "")
        assert session.get_one(ChannelHealth, channel).tag == tag


def test_a_channel_that_the_file_lost_and_got_again_counts_from_the_next_self_test(channel, listed):
    answered(channel, False)
    listed(OTHER)
    assert self_test(moment_of(NOW)).faults == []
    listed(("LEAD-1", "局长"), OTHER)
    assert failing() == 0

    [fault] = self_test(moment_of(NOW)).faults

    assert "返回码 93000" in fault
    assert failing() == 1
