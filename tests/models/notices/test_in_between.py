"""What another process writes between two statements of a round of delivery is lost to nobody, and said once.

SQLite lets one write at a time; a server shows each statement what the others have committed by then.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from models.database import engine_for, open_session
from models.notices.notice import Delivery, Message, Notice
from models.notices.outbox import LEASE
from models.notices.outcomes import dead_letters_unsettled, mark_dead, revive, settle_messages
from models.notices.waiting import begin_window
from models.settings import settings
from tests.models.decisions.test_late_answers import (
    LATER,
    NOW,
    TODAY,
    claimed,
    delivery,
    posted,  # noqa: F401 - a fixture
    say,
)

pytestmark = pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
TOMORROW = TODAY + timedelta(days=1)


@contextmanager
def just_before(words: str, deed: Callable[[], object]) -> Iterator[list[bool]]:
    """Do ``deed`` once, in a transaction of its own, before the first statement that holds ``words``."""
    done: list[bool] = []

    def look(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        if words in " ".join(sql.split()) and not done:
            done.append(True)
            deed()

    engine = engine_for(settings().database)
    event.listen(engine, "before_cursor_execute", look)
    yield done
    event.remove(engine, "before_cursor_execute", look)


def told(notice: int) -> tuple[str, bool]:
    with open_session(read_only=True) as session:
        row = session.get_one(Notice, notice)
        return row.state, session.exec(select(Message.settled)).one()


def settle() -> None:
    with open_session() as session:
        settle_messages(session, TODAY)


def test_a_yes_while_messages_are_settled_is_settled_by_the_next_round(posted):  # noqa: F811
    one = claimed(NOW)

    with just_before("UPDATE message SET settled", lambda: say(one, NOW, yes=True)) as done:
        settle()

    assert done
    assert told(posted) == ("posted", False)
    settle()
    assert told(posted) == ("sent", True)


def test_a_yes_while_a_message_is_given_up_lets_it_be(posted):  # noqa: F811
    slow = claimed(NOW)
    say(claimed(LATER), LATER, yes=False, permanent=True)

    with just_before("FOR UPDATE", lambda: say(slow, LATER, yes=True)) as done, open_session() as s:
        given_up = mark_dead(s, [one.id for one in dead_letters_unsettled(s)])

    assert done
    assert given_up == []
    settle()
    assert told(posted) == ("sent", True)


def test_what_is_tried_afresh_while_a_message_is_given_up_is_tried(posted):  # noqa: F811
    say(claimed(NOW), NOW, yes=False, permanent=True)
    with open_session() as session:
        mark_dead(session, [one.id for one in dead_letters_unsettled(session)])
        session.exec(
            select(Message)
        ).one().settled = False  # as another channel's late answer leaves it

    def again() -> None:
        with open_session() as session:
            assert revive(session, None, LATER) == 1

    with just_before("FOR UPDATE", again) as done, open_session() as session:
        given_up = mark_dead(session, [one.id for one in dead_letters_unsettled(session)])

    assert (bool(done), given_up) == (True, [])
    assert told(posted) == ("posted", False)
    say(claimed(LATER), LATER, yes=True)
    settle()
    assert told(posted) == ("sent", True)


@pytest.mark.parametrize("before", ["FOR UPDATE", "UPDATE delivery SET state = 'superseded'"])
def test_what_somebody_is_about_to_send_is_not_taken_back_beside_it(posted, before):  # noqa: F811
    claims = []

    def try_to_claim() -> None:
        from models.notices.outbox import claim

        with open_session() as session:
            claims.extend(claim(session, NOW))

    with open_session() as session:
        session.exec(select(Message)).one().window = TODAY
    with just_before(before, try_to_claim) as done, open_session() as session:
        begin_window(session, TOMORROW)

    assert done
    if claims:  # it was first: the message stays as it is, and is sent
        assert delivery().state == "waiting"
        assert told(posted) == ("posted", False)
        again = claimed(NOW + LEASE * 2)  # also where whoever claimed it was killed
        assert again.repeat
    else:
        assert delivery().state == "superseded"
        assert told(posted) == ("waiting", True)


def test_a_message_of_which_one_channel_was_taken_back_and_the_other_died_is_a_dead_letter(posted):  # noqa: F811
    with open_session() as session:
        one = session.exec(select(Delivery)).one()
        more = {"target_kind": "邮件", "next_try_at": NOW, "state": "superseded"}
        session.add(Delivery(message_id=one.message_id, target="u", **more))
    say(claimed(NOW), NOW, yes=False, permanent=True)

    with open_session() as session:
        [letter] = dead_letters_unsettled(session)
        assert mark_dead(session, [letter.id]) == [letter.id]
    assert told(posted) == ("dead", True)
