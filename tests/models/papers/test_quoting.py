"""What a report quotes: figures, evidence and scores with their rows, by a fixed number of statements."""

from decimal import Decimal

import pytest
from sqlalchemy import event

from models.campaign.campaign import campaign_named
from models.figures.measuring import NewMeasurement, measure
from models.figures.score import Score
from models.papers.quoting import report_facts
from models.rules.evidence.words import EvidenceState
from models.settings import moment_of
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.pieces import piece
from tests.support.scoring_table import add_demand, add_tree, names, units

AT = moment_of(NOW, TODAY)


@pytest.fixture
def ids(session, campaign_id):
    return add_tree(session, campaign_id)


def points_of(session):
    facts = report_facts(session, campaign_named(session, "jc"), TODAY)
    return facts, {
        point.code: point
        for chapter in facts.chapters
        for section in chapter.sections
        for point in section.points
    }


@ON_BOTH
def test_a_figure_is_quoted_with_its_unit_period_source_and_evidence(session, campaign_id, ids):
    demand = add_demand(session, campaign_id, ids["1.1.1"], (">=", 90.0, "%"))
    proof = piece(session, campaign_id, "证明", ("1.1.1", None), state=EvidenceState.ACCEPTED)
    first, second = units(session, campaign_id)[:2]
    rows = [
        NewMeasurement(demand, first, "", 35, 40, "政务服务网", proof.id),
        NewMeasurement(demand, second, "", 9, 10),
    ]
    measure(session, campaign_id, rows, "创建办", AT)

    facts, points = points_of(session)
    [(asked, _, quoted)] = points["1.1.1"].figures

    unit = names(session, campaign_id)[0]
    assert f"{unit} 35/40，来源 政务服务网，证明材料 {proof.code}" in quoted.note
    assert "没有写来源，没有证明材料" in quoted.note
    assert asked.note == "要求 1.1.1#1 的原文。"
    assert "44/50" in quoted.text
    assert quoted in [one.why for one in facts.problems]  # 88 % of 90 %
    assert proof.code in points["1.1.1"].evidence.note


def test_a_figure_that_is_owed_and_a_score_that_is_not_there_are_blanks(session, campaign_id, ids):
    add_demand(session, campaign_id, ids["1.1.1"], (">=", 90.0, "%"))

    facts, points = points_of(session)

    assert any("1.1.1#1 的数据" in one.what for one in points["1.1.1"].missing)
    assert "自评分" in str(facts.scores[0].own)
    assert facts.score_totals == []


def test_a_score_is_quoted_with_its_total_and_what_is_not_scored(session, campaign_id, ids):
    session.add(
        Score(
            campaign_id=campaign_id,
            indicator_id=ids["1.1.1"],
            kind="self",
            points=2.0,
            by_post="创建办",
            at=NOW,
        )
    )
    session.flush()

    facts, _ = points_of(session)

    [row] = [one for one in facts.scores if one.code == "1.1.1"]
    assert (str(row.own), str(row.points)) == ("2", "2.5")
    assert Decimal(str(row.own)) == 2
    [(_, total, _)] = facts.score_totals
    assert "3 项还没有评" in total.text


def test_the_statements_do_not_grow_with_the_campaign(session, campaign_id, ids):
    seen = []
    bind = session.get_bind()

    def count():
        seen.clear()
        points_of(session)
        return len(seen)

    def see(*given):
        seen.append(given[2])

    event.listen(bind, "before_cursor_execute", see)
    few = count()
    for n in range(40):
        piece(session, campaign_id, f"材料{n}", ("1.1.1", None))
        add_demand(session, campaign_id, ids["1.1.2"], (">=", 90.0, "%"), ordinal=n + 1)
    many = count()
    event.remove(bind, "before_cursor_execute", see)

    assert many == few <= 25
