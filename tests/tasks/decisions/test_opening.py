"""A stage opened before its day: by a leader's word, beside whatever is under way, or not at all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.campaign.campaign import campaign_named, stages_of
from models.campaign.moves import Transition
from models.database import open_session
from models.errors import CampaignError, DecisionError
from models.rules.decisions.answers import Answer, Said
from models.settings import moment_of
from tasks.audit.chain import verify
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.codes.codes import print_code
from tasks.decisions.questions import decision_rows, read_question, title_of
from tasks.decisions.runs import open_runs
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import ON_BOTH
from tests.support.deciding import decide, decision, noon, notices, open_questions, statuses

FRIDAY, MONDAY = date(2025, 7, 11), date(2025, 7, 21)
YES, FORCE = Said(Answer.APPROVE), Said(Answer.FORCE, "边推进边补")


@pytest.fixture
def asked_early(office):
    """The second stage, planned for September, asked about while the first is under way."""
    slug = office()
    patrol_campaign(slug, moment_of(noon(FRIDAY), FRIDAY))
    number, name = ask_by_hand(slug, 2, "创建办", moment_of(noon(FRIDAY), FRIDAY))
    assert name == "实施（提前启动）"
    return number


@ON_BOTH
def test_an_approval_opens_the_stage_beside_the_one_under_way(asked_early):
    assert statuses("xj") == ["active", "pending"]
    done = decide(asked_early, YES, FRIDAY, name="某某")

    assert done.line == "组长 某某批准，“实施”已提前启动"
    assert statuses("xj") == ["active", "active"]
    with open_session(read_only=True) as session:
        stage = stages_of(session, campaign_named(session, "xj").id or 0)[1]
        assert (stage.opened_on, stage.planned_start) == (FRIDAY, date(2025, 9, 1))
        [moved] = session.exec(select(Transition).where(Transition.stage_id == stage.id))
        assert (moved.from_status, moved.to_status) == ("pending", "active")
        entry = session.get_one(AuditEntry, moved.audit_id)
        assert (entry.what, entry.who) == ("decision-approve", "组长 某某")
        assert '"why":"opening"' in entry.facts
        opened = stage.id
    assert {n.detail for n in notices("stage_opened") if n.subject_id == opened} == {
        "组长 某某批准提前启动"
    }
    assert verify().broken is None
    patrol_campaign("xj", moment_of(noon(MONDAY), MONDAY))  # its work goes on as any stage's
    assert decision(open_questions("xj")[1]).why == "end-near"


def test_a_return_leaves_the_stage_to_its_day(asked_early):
    missing = decide(asked_early, Said(Answer.RETURN), FRIDAY)
    assert "退回必须写明理由" in missing.line
    done = decide(asked_early, Said(Answer.RETURN, "人手不够"), FRIDAY)

    assert done.line == "组长退回，“实施”不提前启动，计划 2025-09-01 启动"
    assert statuses("xj") == ["active", "pending"]
    assert {n.detail for n in notices("opening_refused")} == {"理由：人手不够"}
    day = date(2025, 9, 1)
    patrol_campaign("xj", moment_of(noon(day), day))
    assert statuses("xj")[1] == "active"


@pytest.mark.parametrize("said", [FORCE, Said(Answer.POSTPONE, "再等", date(2025, 12, 1))])
def test_only_yes_and_no_answer_it(asked_early, said):
    refused = decide(asked_early, said, FRIDAY)

    assert "只能批准或退回" in refused.line
    assert statuses("xj")[1] == "pending"
    assert open_questions("xj")[2] == asked_early


@ON_BOTH
def test_the_form_and_the_lists_say_what_it_is_about(asked_early):
    question = read_question(asked_early, "x", moment_of(noon(FRIDAY), FRIDAY))

    assert "第 2 阶段“实施”是否提前启动？" in question.markdown
    assert "现在进行中的阶段：动员" in question.markdown
    assert "强制推进" not in question.markdown
    assert question.is_opening
    assert title_of(asked_early) == f"xj 审批“实施（提前启动）”（编号 {asked_early}）"
    assert [run.title for run in open_runs()] == ["实施（提前启动）"]
    assert decision_rows("xj", False)[0].stage == "S2 实施（提前启动）"
    sheet = print_code(asked_early, None, "创建办", "", moment_of(noon(FRIDAY), FRIDAY))
    assert sheet.stage == "实施（提前启动）"


def test_asked_twice_it_is_one_question(asked_early):
    again = ask_by_hand("xj", 2, "创建办", moment_of(noon(FRIDAY), FRIDAY))

    assert again == (asked_early, "实施（提前启动）")


@ON_BOTH
def test_asked_by_two_at_once_it_is_one_question(office):
    slug = office()
    with ThreadPoolExecutor(4) as pool:
        asked = [
            pool.submit(ask_by_hand, slug, 2, by, moment_of(noon(FRIDAY), FRIDAY))
            for by in "甲乙丙丁"
        ]

    assert len({future.result() for future in asked}) == 1
    assert list(open_questions(slug)) == [2]


def test_a_stage_whose_day_came_meanwhile_needs_no_answer(asked_early):
    day = date(2025, 9, 1)
    view = patrol_campaign("xj", moment_of(noon(day), day))

    assert statuses("xj")[1] == "active"
    assert decision(asked_early).status == "overtaken"
    assert decision(asked_early).closed_why == "阶段已经启动"
    assert any("实施（提前启动）" in words for words in view.decisions)


@ON_BOTH
def test_an_answer_that_comes_after_the_stage_opened_is_told_so(asked_early):
    first, _ = ask_by_hand("xj", 1, "创建办", moment_of(noon(FRIDAY), FRIDAY))
    assert "“实施”已启动" in decide(first, FORCE, FRIDAY).line  # nothing else was under way
    late = decide(asked_early, YES, FRIDAY)

    assert (late.done, late.overtaken) == (True, True)
    assert "阶段已经启动" in late.line
    assert decision(asked_early).status == "overtaken"
    with open_session(read_only=True) as session:
        opened = [t for t in session.exec(select(Transition)) if t.from_status == "pending"]
        assert len(opened) == 2  # each stage once


def test_an_ended_stage_is_asked_about_no_more(asked_early):
    first, _ = ask_by_hand("xj", 1, "创建办", moment_of(noon(FRIDAY), FRIDAY))
    decide(first, FORCE, FRIDAY)

    with pytest.raises(DecisionError, match="“动员”已结束，不能提请审批"):
        ask_by_hand("xj", 1, "创建办", moment_of(noon(FRIDAY), FRIDAY))


def test_a_returned_opening_does_not_make_the_end_wait(asked_early):
    decide(asked_early, Said(Answer.RETURN, "人手不够"), FRIDAY)
    number, _ = ask_by_hand(
        "xj", 2, "创建办", moment_of(noon(MONDAY), MONDAY)
    )  # may be asked again
    decide(number, YES, MONDAY)
    assert statuses("xj")[1] == "active"


@pytest.mark.parametrize(
    ("stage", "by", "line"),
    [
        (9, "创建办", "没有第 9 阶段，现有：1"),
        (0, "创建办", "没有第 0 阶段"),
        (2, " ", "没有写明由谁"),
        (2, "办" * 61, "60 个字以内"),
        (2, "创\n办", "应是一行"),
    ],
)
def test_wrong_words_ask_nothing(office, stage, by, line):
    slug = office()
    with pytest.raises(CampaignError, match=line):
        ask_by_hand(slug, stage, by, moment_of(noon(FRIDAY), FRIDAY))
    assert open_questions(slug) == {}


def test_before_anything_began_a_stage_must_be_named(office):
    slug = office()
    with pytest.raises(DecisionError, match="要提前启动某个阶段，请写明第几阶段"):
        ask_by_hand(slug, None, "创建办", moment_of(noon(FRIDAY), FRIDAY))
    number, _ = ask_by_hand(slug, 1, "创建办", moment_of(noon(FRIDAY), FRIDAY))
    assert decide(number, YES, FRIDAY).done
    assert statuses(slug) == ["active", "pending"]
