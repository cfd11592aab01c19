"""A run of an office with hundreds of recipients makes out only whom it speaks to, and who failed."""

from sqlmodel import select

from models.database import open_session
from models.notices.channel_health import ChannelHealth, Reply, keep_answer
from models.notices.notice import Delivery, Message
from models.notices.posting import post_message
from models.settings import moment_of, settings
from notifications.channels.channels import load_channels
from tasks.notices.delivery import deliver
from tasks.notices.self_test import self_test
from tasks.patrol.patrol import patrol_campaign
from tests.support.alerts import MONDAY, at, every_tag, robots
from tests.support.fingerprints import fingerprints_made

FEW = 6  # recipients and limits of two, and whom the office's own line goes to
MANY = 300


def office(tmp_path, monkeypatch, provider) -> list[str]:
    """Give every post and many units more a robot; return the tags."""
    tags = [*every_tag(), *(f"乡镇{n}" for n in range(MANY))]
    robots(tmp_path, monkeypatch, provider.base, tags)
    return tags


def refused(tag: str) -> str:
    """Let the channel of ``tag`` have refused the last message; return its target."""
    [target] = load_channels(settings().channels).targets(tag)
    with open_session() as session:
        reply = Reply(False, "93000", "invalid webhook url")
        keep_answer(session, target.id, target.kind, reply, at(MONDAY, 8), tag)
    return target.id


def waiting(*tags: str) -> None:
    """Let a message wait for each of ``tags``."""
    channels = load_channels(settings().channels)
    with open_session() as session:
        for tag in tags:
            targets = [(one.id, one.kind) for one in channels.targets(tag)]
            message = Message(
                campaign_id=1, tag=tag, subject="题", body="文", made_at=at(MONDAY, 8), urgent=True
            )
            post_message(session, message, targets)


def test_a_patrol_makes_out_only_the_channels_that_fail(campaign, provider, tmp_path, monkeypatch):
    office(tmp_path, monkeypatch, provider)
    refused("乡镇7")
    with fingerprints_made(monkeypatch) as made:
        patrol_campaign(campaign, moment_of(at(MONDAY), MONDAY))

    assert len(made) == 1


def test_a_delivery_makes_out_only_whom_it_speaks_to(campaign, provider, tmp_path, monkeypatch):
    office(tmp_path, monkeypatch, provider)
    waiting("乡镇7", "乡镇8")
    with fingerprints_made(monkeypatch) as made:
        result = deliver(lambda: at(MONDAY, 9))

    assert result.sent == 2
    assert 4 <= len(made) <= FEW  # each and the limit of each


def test_who_was_taken_out_of_the_file_is_looked_for_among_all_once(
    campaign, provider, tmp_path, monkeypatch
):
    tags = office(tmp_path, monkeypatch, provider)
    waiting(tags[-1])
    refused(tags[-2])
    robots(tmp_path, monkeypatch, provider.base, tags[:-2])
    with fingerprints_made(monkeypatch) as made:
        deliver(lambda: at(MONDAY, 9))
        assert len(made) >= MANY

    with open_session(read_only=True) as session:
        [code] = session.exec(select(Delivery.code).where(Delivery.state == "dead"))
    assert code == "no-channel"
    self_test(moment_of(at(MONDAY, 10), MONDAY))
    with fingerprints_made(monkeypatch) as made:
        patrol_campaign(campaign, moment_of(at(MONDAY, 11), MONDAY))
    assert made == []
    with open_session(read_only=True) as session:
        rows = session.exec(select(ChannelHealth).where(ChannelHealth.tag == "")).all()
        assert [row.failing for row in rows] == [True, True]
