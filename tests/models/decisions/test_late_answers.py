"""A process that slept past its lease and answers late: a yes counts, a no overrules nobody."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models.database import open_session
from models.notices.channel_health import Reply
from models.notices.notice import Delivery, Message, Notice
from models.notices.outbox import LEASE, MOST_TRIES, Claim, answered, claim, put_back
from models.notices.outcomes import dead_letters_unsettled, mark_dead, settle_messages
from models.settings import moment_of
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import NOW

TODAY = NOW.date()
LATER = NOW + LEASE * 2


@pytest.fixture
def posted(campaign, any_database) -> int:
    """One message of one notice that waits in the outbox; the notice's id."""
    patrol_campaign(campaign, moment_of(NOW, TODAY))
    with open_session() as session:
        notice = session.exec(select(Notice)).first()
        message = Message(
            campaign_id=notice.campaign_id, tag="创建办", subject="甲", body="乙", made_at=NOW
        )
        session.add(message)
        session.flush()
        session.add(
            Delivery(message_id=message.id, target="t", target_kind="企业微信", next_try_at=NOW)
        )
        notice.state, notice.message_id = "posted", message.id
        return notice.id


def claimed(now) -> Claim:
    with open_session() as session:
        [one] = claim(session, now)
        return one


def say(one: Claim, now, *, yes: bool, permanent: bool = False) -> None:
    with open_session() as session:
        reply = Reply(yes, "0" if yes else "550", "好" if yes else "拒收", permanent=permanent)
        answered(session, one, reply, now)


def delivery() -> Delivery:
    with open_session(read_only=True) as session:
        found = session.exec(select(Delivery)).one()
        session.expunge(found)
        return found


@pytest.mark.parametrize("permanent", [False, True])
def test_a_late_no_does_not_undo_what_another_delivered(posted, permanent):
    slow = claimed(NOW)
    say(claimed(LATER), LATER, yes=True)
    say(slow, LATER, yes=False, permanent=permanent)

    assert delivery().state == "delivered"
    assert delivery().code == "0"


@pytest.mark.parametrize("permanent", [False, True])
def test_a_late_no_leaves_the_claim_of_whoever_is_at_it(posted, permanent):
    slow = claimed(NOW)
    quick = claimed(LATER)
    say(slow, LATER, yes=False, permanent=permanent)

    assert quick.holds(delivery())
    assert delivery().attempts == 2
    say(quick, LATER, yes=False)
    assert delivery().state == "waiting"
    assert delivery().lease_until is None


def test_a_late_no_counts_where_nobody_else_has_claimed(posted):
    slow = claimed(NOW)
    say(slow, LATER, yes=False)

    assert delivery().lease_until is None
    assert delivery().next_try_at > LATER
    assert claimed(LATER + timedelta(hours=1)).attempts == 2


def test_a_rest_in_time_gives_the_try_back(posted):
    one = claimed(NOW)
    with open_session() as session:
        put_back(session, one, NOW + timedelta(hours=1))

    assert (delivery().attempts, delivery().lease_until) == (0, None)
    assert claimed(NOW + timedelta(hours=1)).attempts == 1


def test_a_late_rest_gives_nothing_back_that_another_holds(posted):
    slow = claimed(NOW)
    quick = claimed(LATER)
    with open_session() as session:
        put_back(session, slow, LATER + timedelta(hours=1))

    assert quick.holds(delivery())
    assert delivery().attempts == 2


def test_a_late_yes_makes_a_dead_letter_a_delivered_one_and_its_notices_sent(posted):
    slow = claimed(NOW)
    say(claimed(LATER), LATER, yes=False, permanent=True)
    with open_session() as session:
        mark_dead(session, [one.id for one in dead_letters_unsettled(session)])
    say(slow, LATER, yes=True)
    with open_session() as session:
        assert dead_letters_unsettled(session) == []
        settle_messages(session, TODAY)
        notice = session.get_one(Notice, posted)
        assert (notice.state, notice.reason) == ("sent", "")
        assert session.exec(select(Message.settled)).one()


@pytest.mark.parametrize(("tries", "state"), [(MOST_TRIES - 1, "waiting"), (MOST_TRIES, "dead")])
def test_the_fifth_no_in_time_is_the_last(posted, tries, state):
    for n in range(tries):
        now = NOW + timedelta(hours=2 * n)
        say(claimed(now), now, yes=False)

    assert delivery().state == state
