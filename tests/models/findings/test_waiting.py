"""What of the findings stands: the gates count it by unit, the office hears of what waits for it once a week."""

import pytest
from sqlalchemy import event
from sqlmodel import select

from models.campaign.campaign import Stage, campaign_named
from models.decisions.gate import gate_facts
from models.notices.notice import Notice
from models.notices.standing import remind_of_what_stands
from models.rules.findings.words import FindingKind, FindingStep
from models.rules.gates.values import FindingCounts
from models.rules.notices.rule_words import FINDINGS_WAIT
from tests.conftest import ON_BOTH
from tests.support.findings import ANOTHER, UNIT, at, closed, day, raised, step
from tests.support.pieces import piece

T = FindingStep


def counted(session, campaign_id, days=0):
    stage = session.exec(select(Stage).where(Stage.kind == "consolidation")).one()
    campaign = campaign_named(session, "jc")
    return gate_facts(session, campaign, stage, day(days), lambda tag: True)


@ON_BOTH
def test_the_gates_count_the_problems_of_each_unit(session, campaign_id):
    assert counted(session, campaign_id).findings is None
    raised(session, campaign_id, "已销号")
    closed(session, campaign_id, "F1")
    raised(session, campaign_id, "逾期", due=day(3))
    raised(session, campaign_id, "待核实", due=day(3))
    proof = piece(session, campaign_id, "整改通知").code
    step(session, campaign_id, "F3", T.RECTIFY, pieces=(proof,))
    raised(session, campaign_id, "不再整改", unit=ANOTHER)
    step(session, campaign_id, "F4", T.END, by="分管领导")
    raised(session, campaign_id, "待交办", unit=None)
    raised(session, campaign_id, "投诉", kind=FindingKind.COMPLAINT, source="hotline")

    assert counted(session, campaign_id, 5).findings == {
        "创建办": FindingCounts(unclosed=1),
        UNIT: FindingCounts(late=1, unclosed=2, elsewhere=1, unlooked=1),
        ANOTHER: FindingCounts(),
    }


def test_counting_findings_takes_no_statement_of_its_own(session, campaign_id):
    def statements():
        seen = []
        bind = session.get_bind()

        def count(*said):
            seen.append(said[2])

        event.listen(bind, "before_cursor_execute", count)
        try:
            counted(session, campaign_id)
        finally:
            event.remove(bind, "before_cursor_execute", count)
        return len(seen)

    before = statements()
    for n in range(30):
        raised(session, campaign_id, f"问题{n}")

    assert statements() <= before


@pytest.fixture
def told(session, campaign_id):
    def words(days):
        remind_of_what_stands(session, [campaign_id], at(days))
        query = select(Notice.words).where(Notice.rule == FINDINGS_WAIT).order_by(Notice.id)
        return list(session.exec(query))

    return words


@ON_BOTH
def test_the_office_hears_once_a_week_of_all_that_waits_for_it(session, campaign_id, told):
    assert told(0) == []
    raised(session, campaign_id, "待交办", unit=None)
    raised(session, campaign_id, "不认领")
    step(session, campaign_id, "F2", T.DECLINE)

    [line] = told(1)

    assert "1 个待交办，1 个不认领、待裁定。" in line
    assert len(told(2)) == 1  # Thursday of the same week
    assert len(told(7)) == 2


def test_what_was_closed_a_month_ago_waits_to_be_looked_at_again(session, campaign_id, told):
    raised(session, campaign_id, "销了号的")
    closed(session, campaign_id)  # on the fifteenth day
    assert told(44) == []

    [line] = told(45)

    assert "1 个销号已满 30 天、还没有回头看" in line
    step(session, campaign_id, "F1", T.LOOK, days=46)
    assert len(told(60)) == 1
