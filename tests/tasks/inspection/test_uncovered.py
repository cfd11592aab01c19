"""Coverage is watched: the office hears which units a round leaves out, once a week, and that rounds are missing."""

from datetime import date

from sqlmodel import select

from models.campaign.campaign import campaign_named
from models.database import open_session
from models.notices.notice import Notice
from models.notices.standing import remind_of_what_stands
from models.rules.notices.rule_words import VISITS_MISSING
from models.units.unit import Unit
from tasks.inspection.planning import plan_visits
from tests.conftest import ON_BOTH
from tests.tasks.inspection.conftest import MONDAY, moment


def told(day=MONDAY):
    with open_session() as session:
        remind_of_what_stands(session, campaign_named(session, "xj").id, moment(day))
    with open_session(read_only=True) as session:
        query = select(Notice).where(Notice.rule == VISITS_MISSING).order_by(Notice.id)
        return [one.words for one in session.exec(query)]


def add_unit(name):
    with open_session() as session:
        session.add(Unit(campaign_id=campaign_named(session, "xj").id, name=name))


@ON_BOTH
def test_a_unit_that_no_visit_is_planned_for_is_named_once_a_week(planned_round):
    assert told() == []
    add_unit("南镇政府")

    [words] = told()
    assert words.startswith("第 1 轮还有 1 个单位没有排到走访：南镇政府")
    assert len(told(date(2025, 7, 23))) == 1  # the same week
    assert len(told(date(2025, 7, 28))) == 2

    plan_visits("xj", 1, "创建办", moment(date(2025, 7, 28)))
    assert len(told(date(2025, 8, 4))) == 3  # now the second round is missing
    assert "督导应有 2 轮，只设了 1 轮" in told(date(2025, 8, 4))[-1]


def test_a_round_that_is_neither_planned_nor_begun_is_not_asked_about(arranged):
    assert told() == []
    assert "还有 6 个单位没有排到走访" in told(date(2025, 7, 28))[0]


def test_a_campaign_without_inspection_hears_nothing(xian):
    assert told() == []
