"""What the last page says will happen is what happens, however an answer goes."""

import re
from datetime import date

import pytest
from sqlmodel import select

from models.campaign.campaign import campaign_named, stages_of
from models.database import open_session
from models.errors import DecisionError, NotFoundError
from models.notices.notice import Notice
from models.rules.decisions.answers import Answer, Said
from models.settings import moment_of
from tasks.decisions.asking import ask_by_hand
from tasks.window.deciding import last_page
from tests.conftest import ON_BOTH
from tests.support.deciding import asked, decide, noon, statuses

MONDAY = date(2025, 7, 21)
LATER = date(2025, 9, 15)
AT = moment_of(noon(MONDAY), MONDAY)
ANSWERS = {
    "force": Said(Answer.FORCE, "边推进边补"),
    "return": Said(Answer.RETURN, "再补"),
    "postpone": Said(Answer.POSTPONE, "等省里复核", LATER),
}


def told() -> int:
    rules = ("stage_closed", "stage_opened", "stage_returned", "stage_postponed", "opening_refused")
    with open_session(read_only=True) as session:
        found = session.exec(select(Notice.post_id).where(Notice.rule.in_(rules)))
        return len(set(found))


@ON_BOTH
@pytest.mark.parametrize("which", list(ANSWERS))
def test_what_is_foretold_comes_true(office, which):
    number, said = asked(office()), ANSWERS[which]
    sentence = last_page(number, said, None, AT).sentence
    done = decide(number, said, MONDAY)

    assert done.done and done.entry
    [count] = re.findall(r"共 (\d+) 个岗位", sentence)
    assert told() == int(count)
    assert ("今天结束" in sentence) == (statuses("xj")[0] == "closed")
    assert ("第2阶段“实施”从今天启动" in sentence) == (statuses("xj")[1] == "active")
    with open_session(read_only=True) as session:
        stage = stages_of(session, campaign_named(session, "xj").id or 0)[0]
        assert ("改为9月15日（周一）" in sentence) == (stage.planned_end == LATER)


def test_an_opening_is_foretold_too(office):
    slug = office()
    number, _ = ask_by_hand(slug, 2, "创建办", AT)
    sentence = last_page(number, Said(Answer.APPROVE), None, AT).sentence
    decide(number, Said(Answer.APPROVE), MONDAY)

    assert "第2阶段“实施”从今天启动，不等原计划的9月1日（周一）" in sentence
    assert statuses(slug)[1] == "active"
    [count] = re.findall(r"共 (\d+) 个岗位", sentence)
    assert told() == int(count)


def test_of_two_who_must_agree_the_first_yes_is_noted(office):
    number = asked(office("gates: {deciders: [组长, 分管领导], all_must_agree: true}"))
    said = ANSWERS["force"]
    first = last_page(number, said, None, AT).sentence
    noted = decide(number, said, MONDAY, post="组长")
    second = last_page(number, said, None, AT).sentence

    assert "还要分管领导表态" in first and noted.noted and noted.entry
    assert "今天结束" in second


def test_what_forbids_an_answer_is_said_before_the_last_page(office):
    number = asked(office())

    with pytest.raises(DecisionError, match="推进条件还有 .*，不能批准"):
        last_page(number, Said(Answer.APPROVE), None, AT)
    with pytest.raises(DecisionError, match="退回必须写明理由"):
        last_page(number, Said(Answer.RETURN), None, AT)
    with pytest.raises(DecisionError, match="没有选择决定"):
        last_page(number, Said(None), None, AT)
    with pytest.raises(NotFoundError):
        last_page(99, Said(Answer.RETURN, "x"), None, AT)


def test_a_closed_question_has_no_last_page(office):
    number = asked(office())
    decide(number, ANSWERS["force"], MONDAY, name="某某")
    found = last_page(number, ANSWERS["return"], None, AT)

    assert found.sentence == ""
    assert found.page.ended and "已由组长 某某" in found.page.ended.words
