"""Wrong codes: whoever types them waits, everybody else goes on, and no code is lost or sent for it."""

from datetime import date, timedelta
from itertools import count

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.decisions.decision import DecisionCode
from models.decisions.tries import DecisionTry, HandedIn
from models.decisions.wrong_codes import WrongCodes
from models.notices.notice import Message
from models.rules.decisions import tries
from models.rules.decisions.answers import Answer, Said
from models.settings import moment_of
from tasks.decisions.answering import take_answer
from tasks.notices.delivery import deliver
from tests.conftest import ON_BOTH
from tests.support.deciding import asked, code_for, decision, noon, notices, statuses
from tests.tools.fake_provider import FakeProvider

MONDAY = date(2025, 7, 21)
FORCE = Said(Answer.FORCE, "边推进边补")
WRONG = "AAAAAA"
STRANGER, LEADER = "10.9.9.9", "10.1.2.3"
_numbers = count(1)


def hand_in(number, code, client=STRANGER, *, minutes=0.0, run="run-1", nth=None):
    now = noon(MONDAY) + timedelta(minutes=minutes)
    nth = nth or next(_numbers)
    return take_answer(number, FORCE, HandedIn(code, run, nth, client), moment_of(now, MONDAY))


@pytest.fixture
def head(tmp_path, monkeypatch):
    """The head of the group has a robot of its own."""
    with FakeProvider() as running:
        path = tmp_path / "channels.yaml"
        url = f"wecomrobot://HEAD-1?base={running.base}"
        path.write_text(f"urls:\n  - {url}:\n      tag: 组长\n", encoding="utf-8")
        path.chmod(0o600)
        monkeypatch.setenv("SHIFAN_CHANNELS", str(path))
        yield running


def test_a_stranger_locks_nobody_out_and_has_nothing_sent(office, head):
    number = asked(office())
    deliver(lambda: noon(MONDAY))
    told = len(head.accepted)
    code = code_for(number, MONDAY)
    for minute in range(300):  # all morning
        hand_in(number, WRONG, minutes=minute)

    with open_session(read_only=True) as session:
        codes = session.exec(select(DecisionCode).order_by(DecisionCode.id)).all()
        assert [c.state for c in codes] == ["void", "open"]  # the sheet replaced the one sent
        secret = session.exec(select(Message).where(Message.secret == True)).all()  # noqa: E712
        assert len(secret) == 1
    assert told == 2  # that a decision is asked, and the code
    assert hand_in(number, code, LEADER, minutes=301).done


def test_the_fifth_wrong_code_makes_its_own_source_wait_and_says_how_long(office):
    number = asked(office())
    code = code_for(number, MONDAY)
    said = [hand_in(number, WRONG).line for _ in range(5)]
    waiting = hand_in(number, code)  # right, but not looked at

    assert ["再错" in line for line in said] == [True] * 4 + [False]
    assert "再错 1 次就要等一等" in said[3]
    assert "已错 5 次，请等 60 秒再试" in said[4]
    assert not waiting.done
    assert "还要等 60 秒才能再试" in waiting.line
    assert "30 秒" in hand_in(number, code, minutes=0.5).line
    assert hand_in(number, code, minutes=1).done
    assert statuses("xj")[0] == "closed"


@ON_BOTH
def test_the_next_wrong_code_waits_longer(office):
    number = asked(office())
    code_for(number, MONDAY)
    minute, waits = 0.0, []
    for _ in range(9):
        line = hand_in(number, WRONG, minutes=minute).line
        waits.append(next((w for w in (60, 15, 5, 1) if f"请等 {w} 分钟" in line), 0))
        minute += waits[-1] or (1 if "请等 60 秒" in line else 0)

    assert waits == [0, 0, 0, 0, 0, 5, 15, 60, 60]


def test_what_is_handed_in_during_the_wait_does_not_prolong_it(office):
    number = asked(office())
    code = code_for(number, MONDAY)
    for _ in range(5):
        hand_in(number, WRONG)
    for _ in range(20):
        hand_in(number, WRONG, minutes=0.9)

    assert hand_in(number, code, minutes=1).done


def test_each_question_counts_for_itself(office):
    from tasks.decisions.asking import ask_by_hand

    slug = office()
    first = asked(slug)
    code_for(first, MONDAY)
    second, _ = ask_by_hand(slug, 2, "创建办", moment_of(noon(MONDAY), MONDAY))
    code = code_for(second, MONDAY)
    for _ in range(6):
        hand_in(first, WRONG)

    now = noon(MONDAY)
    approve = Said(Answer.APPROVE)
    assert take_answer(
        second, approve, HandedIn(code, "run-2", 1, STRANGER), moment_of(now, MONDAY)
    ).done


@ON_BOTH
def test_window_and_command_are_told_apart_where_no_door_says_more(office):
    number = asked(office())
    code = code_for(number, MONDAY)
    for nth in range(1, 7):  # every one through a run of its own
        take_answer(
            number, FORCE, HandedIn(WRONG, f"elsewhere-{nth}", 1), moment_of(noon(MONDAY), MONDAY)
        )

    with open_session(read_only=True) as session:
        [row] = session.exec(select(WrongCodes))
        assert (row.matter, row.source, row.wrong) == (f"decide:{number}", "界面", 5)
    assert take_answer(
        number, FORCE, HandedIn.at_command(code, ""), moment_of(noon(MONDAY), MONDAY)
    ).done


@ON_BOTH
def test_a_replayed_run_counts_nothing_twice(office):
    number = asked(office())
    code_for(number, MONDAY)
    first = hand_in(number, WRONG, nth=1)
    again = [hand_in(number, WRONG, nth=1) for _ in range(9)]

    assert set(again) == {first}
    with open_session(read_only=True) as session:
        assert session.exec(select(WrongCodes.wrong)).all() == [1]
        assert session.exec(select(DecisionCode.tries)).all() == [1]
        assert len(session.exec(select(DecisionTry)).all()) == 1


def test_what_is_missing_or_faulty_is_no_wrong_code(office):
    number = asked(office())
    code = code_for(number, MONDAY)
    now = noon(MONDAY)
    for nth in range(8):
        take_answer(
            number, FORCE, HandedIn(" ", f"elsewhere-{nth}", 1, LEADER), moment_of(now, MONDAY)
        )
        take_answer(
            number,
            Said(Answer.FORCE),
            HandedIn(code, f"elsewhere-{nth}", 2, LEADER),
            moment_of(now, MONDAY),
        )

    assert hand_in(number, code, LEADER).done


def test_a_right_code_does_not_wash_wrong_ones_away(office):
    """Whoever holds one code of several could else try the others' at leisure."""
    number = asked(office("gates: {deciders: [组长, 分管领导], all_must_agree: true}"))
    mine = code_for(number, MONDAY, "分管领导")
    code_for(number, MONDAY, "组长")
    now = noon(MONDAY)
    for nth in range(1, 6):
        take_answer(
            number, Said(Answer.FORCE), HandedIn(mine, "mine", nth, LEADER), moment_of(now, MONDAY)
        )
        last = hand_in(number, WRONG, LEADER)

    assert "请等 60 秒再试" in last.line


@ON_BOTH
def test_a_code_tried_from_everywhere_wears_out_is_reported_and_replaced(office, head, monkeypatch):
    monkeypatch.setattr(tries, "MOST_WRONG", 30)
    number = asked(office())
    deliver(lambda: noon(MONDAY))
    for n in range(29):
        hand_in(number, WRONG, f"10.9.9.{n}")
    assert notices("code_worn") == []
    hand_in(number, WRONG, "10.9.9.29")

    with open_session(read_only=True) as session:
        assert session.exec(select(DecisionCode.state)).all() == ["worn"]
        entry = session.exec(select(AuditEntry).where(AuditEntry.what == "decision-code-worn"))
        assert '"posts":["组长"]' in entry.one().facts
        assert session.exec(select(Message.secret)).all().count(True) == 1  # nothing sent for it
    assert len(notices("code_worn")) == 2  # the leader and the office
    line = hand_in(number, WRONG, LEADER).line
    assert "已经停用，新的验证码已发往组长的通道" in line
    assert statuses("xj")[0] == "deciding"
    assert decision(number).status == "asked"


@ON_BOTH
def test_a_source_is_kept_as_long_as_the_table_holds(office):
    number = asked(office())
    code_for(number, MONDAY)
    for _ in range(5):
        hand_in(number, WRONG, "地" * 90)

    assert "还要等" in hand_in(number, WRONG, "地" * 90).line
    with open_session(read_only=True) as session:
        assert session.exec(select(WrongCodes.source)).all() == ["地" * 60]
