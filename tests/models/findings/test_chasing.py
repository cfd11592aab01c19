"""An overdue finding climbs the ladder by its milestone alone, and nobody is chased for what is settled."""

from sqlmodel import select

from models.campaign.milestone import milestone_coded
from models.database import open_session
from models.notices.notice import Notice
from models.rules.findings.words import FindingStep
from tasks.patrol.patrol import patrol_campaign
from tests.support.findings import ANOTHER, at, day, raised, step
from tests.support.pieces import piece

T = FindingStep


def told(code):
    """Return rule and level of each notice of a finding, in the order they were written."""
    with open_session(read_only=True) as session:
        due = milestone_coded(session, 1, code)
        query = select(Notice.rule, Notice.level).where(
            Notice.subject_kind == "milestone", Notice.subject_id == due.id
        )
        return [tuple(one) for one in session.exec(query.order_by(Notice.id))]


def test_an_overdue_finding_climbs_until_it_is_mended_and_then_nobody_hears_of_it(campaign):
    with open_session() as session:
        raised(session, 1, "逾期的", due=day(3))
        raised(session, 1, "不再整改的", due=day(3), unit=ANOTHER)
        step(session, 1, "F2", T.END, by="分管领导")
        proof = piece(session, 1, "整改通知").code

    for days in (6, 8, 13, 20):
        patrol_campaign(campaign, at(days))
    overdue = [level for rule, level in told("F1") if rule.startswith("overdue")]
    assert list(dict.fromkeys(overdue)) == [1, 2, 3, 4, 5]
    assert told("F2") == []

    with open_session() as session:
        step(session, 1, "F1", T.RECTIFY, pieces=(proof,), days=20)
    before = told("F1")
    for days in (21, 28, 45):
        patrol_campaign(campaign, at(days))
    assert told("F1") == before


def test_what_is_declined_is_the_offices_and_not_the_units(campaign):
    with open_session() as session:
        raised(session, 1, "不认领的", due=day(3))
        step(session, 1, "F1", T.DECLINE)

    patrol_campaign(campaign, at(8))

    assert {level for _, level in told("F1")} <= {3, 4, 5}
    assert told("F1")
