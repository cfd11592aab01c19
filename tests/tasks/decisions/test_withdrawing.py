"""A question asked by mistake is withdrawn, unless the plan asks it or a leader has answered."""

import pytest
from sqlmodel import select

from models.campaign.campaign import Stage
from models.database import open_session
from models.decisions.decision import AskedPost, Decision, DecisionCode
from models.errors import DecisionError, NotFoundError
from models.rules.decisions.decisions import Why
from models.rules.words import StageStatus
from models.settings import moment_of
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.withdrawing import withdraw_question
from tasks.patrol.patrol import patrol_campaign
from tests.support.alerts import MONDAY, at

NOW = moment_of(at(MONDAY, 10), MONDAY)


@pytest.fixture
def asked(office) -> int:
    """A question about the stage under way, asked by hand."""
    slug = office()
    patrol_campaign(slug, NOW)
    with open_session() as session:
        for one in session.exec(select(Decision)):
            one.why = Why.BY_HAND
    return ask_by_hand(slug, 1, "创建办", NOW)[0]


def test_a_withdrawn_question_leaves_its_stage_as_it_was_and_its_codes_are_void(asked):
    line = withdraw_question(asked, "创建办", "点错了", NOW)
    again = withdraw_question(asked, "创建办", "点错了", NOW)

    assert line == "已撤回“动员”审批（编号 1）"
    assert again.endswith("失效（创建办撤回提请：点错了），没有变化")
    with open_session(read_only=True) as session:
        assert session.get_one(Decision, asked).status == "withdrawn"
        assert session.get_one(Stage, 1).status == StageStatus.ACTIVE
        assert set(session.exec(select(DecisionCode.state))) <= {"void"}


def test_what_a_leader_said_stands(asked):
    with open_session() as session:
        for voice in session.exec(select(AskedPost)):
            voice.answer, voice.said_by = "approve", "组长"

    with pytest.raises(DecisionError, match="组长已经表态，不能撤回"):
        withdraw_question(asked, "创建办", "点错了", NOW)


@pytest.mark.parametrize(
    ("number", "by", "reason", "line"),
    [(1, "创建办", " ", "没有写明撤回的理由"), (9, "创建办", "x", "没有编号为 9 的审批")],
)
def test_what_cannot_be_withdrawn_is_said_in_one_line(asked, number, by, reason, line):
    with pytest.raises((DecisionError, NotFoundError), match=line):
        withdraw_question(number, by, reason, NOW)


@pytest.mark.parametrize("why", [Why.GATE_OPEN, Why.END_NEAR, Why.OBJECTION])
def test_a_question_that_nobody_asked_by_hand_is_not_the_offices(asked, why):
    with open_session() as session:
        session.get_one(Decision, asked).why = why

    with pytest.raises(DecisionError, match="按规定提请的"):
        withdraw_question(asked, "创建办", "x", NOW)
