"""Which demands have evidence that was accepted: what counts, what does not, and what the gate says."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models.campaign.campaign import Campaign, Stage
from models.campaign.work import Assignment, Indicator
from models.database import open_session
from models.decisions.gate import gate_of
from models.evidence.demands.demand import Demand
from models.evidence.reviewing import unreviewed_demands
from models.rules.words import StageKind
from tests.conftest import ON_BOTH, TODAY
from tests.support.pieces import indicator, piece


@pytest.fixture
def session(campaign):
    """A session in a campaign whose work items ask for nothing, with two indicators that do."""
    with open_session() as session:
        indicator(session, 1, "1.1.1", "持证", demands=1)
        indicator(session, 1, "1.1.2", "培训", demands=2)
        yield session


def missing(session):
    found = unreviewed_demands(session, 1, TODAY)
    return None if found is None else {one.name: one.why for one in found}


def test_before_the_first_piece_nothing_is_measured(session):
    assert missing(session) is None


@ON_BOTH
@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, None),
        ({"expires_on": TODAY}, None),  # holds today still
        ({"expires_on": TODAY - timedelta(1)}, "1 份已通过而有效期已过"),
        ({"state": "submitted"}, "1 份已报，等待审核"),
        ({"state": "returned"}, "1 份已退回"),
        ({"withdrawn": True}, "没有材料"),
    ],
)
def test_only_what_was_accepted_and_holds_counts(session, more, why):
    piece(session, 1, "证", ("1.1.2", 1), **more)

    assert missing(session).get("1.1.2#1") == why
    assert missing(session)["1.1.2#2"] == "没有材料"


def test_a_units_part_proves_the_only_demand_of_its_item_and_none_of_several(session):
    piece(session, 1, "证一", ("1.1.1", None))
    piece(session, 1, "证二", ("1.1.2", None))

    assert [name for name in missing(session) if name.startswith("1.")] == ["1.1.2#1", "1.1.2#2"]


def test_what_need_not_be_shown_and_what_applies_to_nobody_is_not_missing(session):
    piece(session, 1, "证", ("1.1.2", 1))
    session.exec(select(Demand).where(Demand.text == "培训之2")).one().needs_evidence = False
    own = select(Indicator.id).where(Indicator.code == "1.1.1")
    part = session.exec(select(Assignment).where(Assignment.indicator_id.in_(own))).one()
    part.state = "dropped"
    session.flush()

    assert [name for name in missing(session) if name.startswith("1.")] == []


def test_the_gate_says_what_is_missing_and_where_all_of_it_stands(session):
    piece(session, 1, "证", ("1.1.2", 1))
    stage = session.exec(select(Stage).where(Stage.kind == StageKind.SELF_EVALUATION)).first()
    report = gate_of(session, session.get_one(Campaign, 1), stage, TODAY, lambda _: True)

    [said] = [one.text for one in report.obstacles if one.rule == "evidence-reviewed"]
    assert said == ("没有通过的证明材料的要求：1.1.1#1、1.1.2#2，全部见证明材料缺项清单")
