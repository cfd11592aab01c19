"""Mails and the answers they are owed: one at a time, once, on either database."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from models.database import engine_for, open_session
from models.evidence.intake.mails import (
    MailEnd,
    Refusal,
    answer_refused,
    answer_sent,
    answers_since,
    answers_waiting,
    begin_mail,
    claim_answers,
    finish_mail,
    known_mails,
    let_go,
)
from models.evidence.intake.received import ReceivedMail
from models.notices.outbox import MOST_TRIES
from models.settings import settings
from tests.conftest import NOW, ON_BOTH

END = MailEnd(text="收下", reason="", attached=(("a.xlsx", "0" * 64),), subject="台账")


def mail(n: int = 1, digest: str = "d", sender: str = "li@example.cn") -> ReceivedMail:
    return ReceivedMail(
        message_id=f"<{n}@x>", digest=digest, size=10, sender=sender, received_at=NOW
    )


def begun(one: ReceivedMail, minutes: float = 0) -> tuple[int, str]:
    with open_session() as session:
        return begin_mail(session, one, NOW + timedelta(minutes=minutes))


def owed(n: int = 1, **how: str) -> int:
    number, _ = begun(mail(n, **how))
    with open_session() as session:
        assert finish_mail(session, number, NOW, END)
    return number


def claimed(minutes: float = 0, most: int = 9) -> list:
    with open_session() as session:
        return claim_answers(session, NOW + timedelta(minutes=minutes), most)


@ON_BOTH
def test_a_mail_is_taken_in_by_one_and_by_another_only_when_its_lease_ran_out():
    number, how = begun(mail())

    assert how == "new"
    assert begun(mail(), 5) == (number, "held")
    assert begun(mail(), 21) == (number, "again")
    assert begun(mail(digest="other"), 21)[1] == "new"
    with open_session() as session:
        let_go(session, number)
    assert begun(mail(), 22) == (number, "again")
    with open_session() as session:
        assert finish_mail(session, number, NOW, END)
        assert not finish_mail(session, number, NOW, END)
    assert begun(mail(), 60) == (number, "done")


def test_a_lease_from_a_clock_that_was_wrong_holds_nobody_up(database):
    number, _ = begun(mail(), 60 * 24 * 365)
    assert begun(mail()) == (number, "again")


@ON_BOTH
def test_an_answer_is_claimed_by_one_and_comes_again_as_a_repeat_when_nothing_is_heard():
    owed()
    [first] = claimed()

    assert not first.repeat and first.attached == END.attached
    assert claimed(9) == []
    [again] = claimed(11)
    assert again.repeat
    with open_session() as session:  # the first was only slow: its yes counts, its no would not
        answer_refused(session, first, NOW, Refusal("no", for_good=True, maybe_sent=False))
        assert answers_waiting(session) == 1
        answer_sent(session, first, NOW, "ok")
        assert answers_waiting(session) == 0
    assert claimed(600) == []


@ON_BOTH
@pytest.mark.parametrize("for_good", [True, False])
def test_an_answer_that_is_refused_is_tried_so_often_and_then_named(for_good):
    owed()
    ended, tries = False, 0
    for hour in range(20):
        for one in claimed(hour * 70):
            tries += 1
            with open_session() as session:
                no = Refusal("550", for_good=for_good, maybe_sent=False)
                ended = answer_refused(session, one, NOW + timedelta(hours=hour * 70 / 60), no)
    assert ended
    assert tries == (1 if for_good else MOST_TRIES)


def test_answers_to_one_sender_are_counted_from_an_hour_on(database):
    owed(1)
    owed(2)
    owed(3, sender="wang@example.cn")

    with open_session() as session:
        assert answers_since(session, "li@example.cn", NOW - timedelta(days=1)) == 2
        assert answers_since(session, "li@example.cn", NOW) == 0


def test_known_mails_are_asked_for_by_the_five_hundred(database):
    owed()
    seen: list[str] = []
    engine = engine_for(settings().database)

    def note(*told: object) -> None:
        seen.append(str(told[2]))

    event.listen(engine, "before_cursor_execute", note)
    with open_session(read_only=True) as session:
        found = known_mails(session, [f"<{n}@x>" for n in range(1000)])
    event.remove(engine, "before_cursor_execute", note)

    assert [(one.message_id, one.done) for one in found] == [("<1@x>", True)]
    assert len([one for one in seen if "received_mail" in one]) == 2
