"""Delivery: real providers on loopback, real tables, nothing lost and nothing said twice."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from models.campaign.progress import Report, register
from models.database import engine_for, open_session
from models.notices.notice import Delivery, Message, Notice
from models.notices.outbox import LEASE, claim
from models.rules.words import Progress
from models.settings import moment_of, settings
from models.units.unit import Post
from tasks.notices.delivery import deliver
from tasks.patrol.patrol import patrol_campaign
from tasks.plans.demo import load_demo
from tests.conftest import NOW
from tests.tools.fake_provider import FakeMail

MONDAY = date(2025, 7, 21)
NOON = datetime(2025, 7, 21, 4, 0, tzinfo=UTC)
KEY = "0123456789abcdef-office"
OTHER = "fedcba9876543210-other"


@pytest.fixture
def channels(provider, tmp_path, monkeypatch):
    """The office and one bureau each have a WeCom robot at the provider."""
    path = tmp_path / "channels.yaml"
    urls = [(KEY, "创建办"), (OTHER, "市司法局")]
    entries = [
        {f"wecomrobot://{key}?base={provider.base}&rto=2&cto=2": {"tag": tag}} for key, tag in urls
    ]
    path.write_text(json.dumps({"version": 1, "urls": entries}, ensure_ascii=False))
    path.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(path))
    return path


def states(table=Notice):
    with open_session(read_only=True) as session:
        return [row.state for row in session.exec(select(table))]


def test_each_recipient_gets_one_message_with_all_its_notices(campaign, provider, channels):
    patrol_campaign(campaign, moment_of(NOON, MONDAY))
    result = deliver(lambda: NOON)

    assert (result.sent, result.messages, len(provider.accepted)) == (2, 2, 2)
    assert result.unsendable["no-channel"] > 0
    assert "waiting" not in states()


def test_what_was_delivered_is_not_sent_again(campaign, provider, channels):
    patrol_campaign(campaign, moment_of(NOON, MONDAY))
    deliver(lambda: NOON)
    again = deliver(lambda: NOON + timedelta(minutes=5))

    assert again.sent == 0
    assert len(provider.accepted) == 2


def test_a_refusal_with_http_200_is_no_delivery_and_keeps_the_code(campaign, provider, channels):
    provider.behave("refuse", key=KEY)
    patrol_campaign(campaign, moment_of(NOON, MONDAY))
    result = deliver(lambda: NOON)

    assert (result.sent, result.refused) == (1, 1)
    with open_session(read_only=True) as session:
        bad = session.exec(select(Delivery).where(Delivery.state != "delivered")).one()
        assert "93000" in bad.code
        assert KEY not in bad.code + bad.answer


def test_a_failing_receiver_costs_the_healthy_one_no_extra_copy(campaign, provider, channels):
    provider.behave("error", key=KEY)
    patrol_campaign(campaign, moment_of(NOON, MONDAY))
    deliver(lambda: NOON)
    provider.behave("accept", key=KEY)
    later = deliver(lambda: NOON + timedelta(minutes=2))

    assert later.sent == 1
    keys = [accepted.key for accepted in provider.accepted]
    assert sorted(keys) == sorted([KEY, OTHER])


def test_a_claim_that_died_is_sent_again_and_says_that_it_is_a_repeat(
    campaign, provider, channels, monkeypatch
):
    patrol_campaign(campaign, moment_of(NOON, MONDAY))

    def die(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tasks.notices.delivery.letter_for", die)
        with pytest.raises(KeyboardInterrupt):
            deliver(lambda: NOON)

    assert deliver(lambda: NOON + LEASE / 2).sent == 0  # the lease still runs
    assert deliver(lambda: NOON + LEASE * 2).sent == 2
    assert all("重发" in accepted.text for accepted in provider.accepted)


def test_after_words_that_are_no_answer_the_repeat_says_that_it_is_one(
    campaign, tmp_path, monkeypatch
):
    with FakeMail() as mail:
        spares = {"创建办": "office@126.com", "创建办-备用": "spare@126.com"}
        entries = [{mail.url(to, more="&rto=1"): {"tag": tag}} for tag, to in spares.items()]
        path = tmp_path / "channels.yaml"
        path.write_text(json.dumps({"version": 1, "urls": entries}, ensure_ascii=False))
        path.chmod(0o600)
        monkeypatch.setenv("SHIFAN_CHANNELS", str(path))
        mail.behave("say:\x00 no word of SMTP", "say:554 no", key="office@126.com")
        patrol_campaign(campaign, moment_of(NOON, MONDAY))
        deliver(lambda: NOON)
        deliver(lambda: NOON + timedelta(minutes=2))

        subjects = [(taken.key, taken.text.startswith("【重发】")) for taken in mail.accepted]

    # The spare's, too: the first may have been read.
    assert subjects == [
        ("office@126.com", False),
        ("office@126.com", True),
        ("spare@126.com", True),
    ]


def test_two_deliveries_at_once_never_claim_the_same_row(campaign, channels, any_database):
    patrol_campaign(campaign, moment_of(NOON, MONDAY))
    with open_session() as session:
        session.add(
            message := Message(
                campaign_id=1, tag="创建办", subject="甲", body="乙", link="", made_at=NOON
            )
        )
        session.flush()
        session.add_all(
            Delivery(message_id=message.id, target=str(n), target_kind="x", next_try_at=NOON)
            for n in range(20)
        )
    with open_session() as one:
        first = {c.id for c in claim(one, NOON, most=10)}
    with open_session() as two:
        second = {c.id for c in claim(two, NOON)}

    assert len(first) == len(second) == 10
    assert not first & second


def test_what_was_done_meanwhile_needs_no_word(campaign, campaign_id, provider, channels):
    patrol_campaign(campaign, moment_of(NOON, MONDAY))
    with open_session() as session:
        for code in ("S1.1", "S1.2", "S1.3", "S1.4", "S1.END"):
            report = Report(code, Progress.DONE, "创建办")
            register(session, campaign_id, report, moment=moment_of(NOW, MONDAY))
    deliver(lambda: NOON)

    said = [a.text for a in provider.accepted if a.key == KEY]
    assert said
    assert all("S1.1" not in text for text in said)
    assert states().count("dropped") > 0


def test_a_demonstration_sends_nothing(database, provider, channels):
    load_demo(moment_of(NOON, MONDAY))
    result = deliver(lambda: NOON + timedelta(days=1))

    assert provider.accepted == []
    assert result.unsendable["demo"] > 0


def test_without_channels_the_notices_stay_and_say_why(campaign):
    patrol_campaign(campaign, moment_of(NOON, MONDAY))
    first = deliver(lambda: NOON)
    second = deliver(lambda: NOON)

    assert first.unsendable == second.unsendable
    assert set(states()) == {"unsendable"}


def test_channels_added_later_reach_what_could_not_be_said_before(
    campaign, provider, channels, monkeypatch
):
    patrol_campaign(campaign, moment_of(NOON, MONDAY))
    with monkeypatch.context() as patch:
        patch.delenv("SHIFAN_CHANNELS")
        deliver(lambda: NOON)

    assert deliver(lambda: NOON).sent == 2


def test_what_goes_out_to_nobody_is_written_down_once_and_in_one_statement(campaign, channels):
    with open_session() as session:
        posts = list(session.exec(select(Post.id)))
        session.add_all(
            Notice(
                campaign_id=1,
                subject_kind="campaign",
                subject_id=1,
                rule="x",
                level=1,
                occurrence=str(post),
                post_id=post,
                day=MONDAY,
                created_at=NOON,
                hold_until=NOON,
                words="甲",
            )
            for post in posts
        )
    engine, written = engine_for(settings().database), []

    def note(_connection, cursor, statement, *_more):
        if statement.startswith("UPDATE notice"):
            written.append(cursor.rowcount)

    def unsendable():
        with open_session(read_only=True) as session:
            chosen = select(Notice).where(Notice.state == "unsendable")
            return [n.post_id for n in session.exec(chosen)]

    event.listen(engine, "after_cursor_execute", note)
    deliver(lambda: NOON)
    first, told = sorted(rows for rows in written if rows), unsendable()
    statements = len(written)
    written.clear()
    deliver(lambda: NOON + timedelta(minutes=5))
    event.remove(engine, "after_cursor_execute", note)

    assert len(told) == len(posts) - 2 > 10  # whoever they are for
    assert first == [1, 1, 2, len(told)]  # two are posted and then sent, the rest in one
    assert statements <= 12
    assert sum(written) == 0  # what stands there is not written once more
    assert unsendable() == told
