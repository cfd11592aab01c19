"""Several posts that decide together, and questions handed on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.decisions.decision import AskedPost, DecisionCode
from models.decisions.tries import HandedIn
from models.errors import DecisionError
from models.rules.decisions.answers import Answer, Said
from models.settings import moment_of
from tasks.decisions.answering import take_answer
from tasks.decisions.codes.codes import print_code
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import ON_BOTH
from tests.support.deciding import asked, code_for, decide, decision, noon, notices, statuses

MONDAY, DUE, LATE = date(2025, 7, 21), date(2025, 7, 24), date(2025, 7, 28)
FORCE = Said(Answer.FORCE, "边推进边补")
BOTH = "gates: {deciders: [组长, 分管领导], all_must_agree: true}"


@ON_BOTH
def test_who_has_spoken_is_not_reminded_and_gets_no_second_code(office):
    number = asked(office(BOTH))
    decide(number, FORCE, MONDAY, post="分管领导")
    patrol_campaign("xj", moment_of(noon(DUE), DUE))

    assert len(notices("decision_reminder")) == 1  # the head of the group alone
    with pytest.raises(DecisionError, match="分管领导已经表态，不再需要验证码"):
        print_code(number, "分管领导", "创建办", "", moment_of(noon(DUE), DUE))
    with open_session(read_only=True) as session:
        open_ones = session.exec(select(DecisionCode).where(DecisionCode.state == "open")).all()
        assert open_ones == []


def test_one_no_settles_it(office):
    number = asked(office(BOTH))
    decide(number, FORCE, MONDAY, post="分管领导")
    done = decide(number, Said(Answer.RETURN, "材料不实"), MONDAY, post="组长")

    assert done.done
    assert statuses("xj")[0] == "active"
    with open_session(read_only=True) as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.what == "decision-return")).one()
        assert "分管领导" in entry.facts  # both voices are on record
        voice = session.exec(select(AuditEntry).where(AuditEntry.what == "decision-voice")).one()
        assert voice.who == "分管领导"


@ON_BOTH
def test_both_at_once_close_it_once(office):
    number = asked(office(BOTH))
    codes = [code_for(number, MONDAY, post) for post in ("组长", "分管领导")]

    def answer(code: str):
        return take_answer(
            number, FORCE, HandedIn.at_command(code, ""), moment_of(noon(MONDAY), MONDAY)
        )

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(answer, codes))

    assert sorted((o.done, o.noted) for o in found) == [(False, True), (True, False)]
    assert statuses("xj")[0] == "closed"


@ON_BOTH
def test_two_at_the_command_at_once_are_told_apart(office):
    number = asked(office("gates: {deciders: [组长, 分管领导]}"))
    answers = [
        (code_for(number, MONDAY, "组长"), FORCE),
        (code_for(number, MONDAY, "分管领导"), Said(Answer.RETURN, "再看看")),
    ]

    def answer(one):
        return take_answer(
            number, one[1], HandedIn.at_command(one[0], ""), moment_of(noon(MONDAY), MONDAY)
        )

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(answer, answers))

    assert sorted(outcome.overtaken for outcome in found) == [False, True]
    [lost] = [outcome.line for outcome in found if outcome.overtaken]
    assert "本次审批已失效：已由" in lost


@ON_BOTH
def test_the_next_level_may_hand_on_and_the_new_one_decides_alone(office):
    slug = office(
        "gates: {deciders: [创建办], all_must_agree: false, may_transfer: true, escalate_to: [组长]}"
    )
    number = asked(slug)
    patrol_campaign(slug, moment_of(noon(LATE), LATE))
    handed = decide(number, Said(Answer.TRANSFER, transfer_to="分管领导"), LATE, post="组长")
    assert "已转给分管领导" in handed.line
    with open_session(read_only=True) as session:
        rows = session.exec(select(AskedPost).where(AskedPost.decision_id == number)).all()
        assert sorted((r.how, r.gone) for r in rows) == [
            ("asked", False),
            ("escalated", False),
            ("escalated", True),
        ]
    next_day = date(2025, 7, 29)
    patrol_campaign(slug, moment_of(noon(next_day), next_day))
    assert len(notices("decision_escalated")) == 1  # it does not climb once more


@pytest.mark.parametrize(
    ("to", "line"),
    [("", "转办的对象应是以下岗位之一"), ("市长", "之一："), ("组长", "之一：")],
)
def test_nobody_can_be_handed_what_they_cannot_have(office, to, line):
    number = asked(office("gates: {may_transfer: true}"))
    refused = decide(number, Said(Answer.TRANSFER, transfer_to=to), MONDAY)

    assert not refused.noted
    assert line in refused.line
    assert decision(number).status == "asked"


def test_a_name_must_be_one_short_line(office):
    number = asked(office())
    refused = decide(number, FORCE, MONDAY, name="某" * 41)

    assert "姓名应是一行、40 个字以内的文字" in refused.line
    assert "应是一行" in decide(number, FORCE, MONDAY, name="某\n某").line
