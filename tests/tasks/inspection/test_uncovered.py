"""Coverage is watched: the office hears which units a round leaves out, once a week, and that rounds are missing."""

from datetime import date

from sqlmodel import select

from models.campaign.campaign import campaign_named
from models.database import open_session
from models.inspection.area import AreaEntry, store_areas
from models.inspection.team import TeamUnit
from models.inspection.visit import visit_lines
from models.notices.notice import Notice
from models.notices.standing import remind_of_what_stands
from models.rules.notices.rule_words import VISITS_MISSING
from models.units.unit import Unit
from tasks.inspection.planning import RoundSaid, plan_visits, set_round, want_rounds
from tasks.inspection.view import inspection_view
from tasks.plans.loading import load_plan, read_plan
from tests.conftest import ON_BOTH
from tests.tasks.inspection.conftest import MONDAY, PLAN, moment


def told(day=MONDAY):
    with open_session() as session:
        remind_of_what_stands(session, [campaign_named(session, "xj").id], moment(day))
    with open_session(read_only=True) as session:
        query = select(Notice).where(Notice.rule == VISITS_MISSING).order_by(Notice.id)
        return [one.words for one in session.exec(query)]


OVER = date(2025, 8, 4)  # the first round ended on Friday


def visits(session):
    return visit_lines(session, campaign_named(session, "xj").id)


def unit(session, name):
    return session.exec(select(Unit).where(Unit.name == name)).one()


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


@ON_BOTH
def test_a_plan_that_asks_for_rounds_is_remembered_when_its_work_is_a_month_old(xian):
    """The work began on the 1st of July, and nobody has set a round."""
    assert told(date(2025, 7, 30)) == []
    [words] = told(date(2025, 8, 4))
    assert words.startswith("督导应有 2 轮，一轮也没有设")
    assert len(told(date(2025, 8, 8))) == 1


def test_a_plan_that_is_loaded_again_changes_how_many_rounds_it_asks_for(xian, tmp_path):
    def loaded(text):
        path = tmp_path / "又.yaml"
        path.write_text(text, encoding="utf-8")
        load_plan(read_plan(path), slug="xj", start=None, moment=moment())
        return inspection_view("xj", None, "", moment()).lines[0].partition("，")[0]

    asks_for_more = PLAN.replace("2次", "3次").replace("value: 2", "value: 3")
    assert loaded(asks_for_more) == "应有 3 轮（方案：不少于3次）"
    assert loaded(PLAN) == "应有 2 轮（方案：不少于2次）"
    want_rounds("xj", 4, "创建办", moment())
    assert loaded(asks_for_more) == "应有 4 轮"  # the office has said so


@ON_BOTH
def test_a_unit_that_comes_to_fewer_visits_than_rounds_is_named_while_it_can_be_mended(
    planned_round,
):
    """It joined when the first round was over; the second, once it is planned, is its only one."""
    add_unit("南镇政府")
    set_round("xj", RoundSaid(2, date(2025, 9, 1), date(2025, 9, 12), 2), "创建办", moment(OVER))
    [words] = told(OVER)
    assert "1 个单位走访不到 2 次，要延长这一轮或增加一轮：南镇政府（0 次）" in words
    plan_visits("xj", 2, "创建办", moment(OVER))
    assert "南镇政府（1 次）" in told(date(2025, 8, 11))[-1]
    want = {"南镇政府": "年内新设，第二轮一并督导"}
    with open_session() as session:
        id_ = campaign_named(session, "xj").id
        entries = [AreaEntry(unit(session, n).id, n, "", why) for n, why in want.items()]
        store_areas(session, id_, entries)
    assert len(told(date(2025, 8, 18))) == 2  # nobody asks any more


@ON_BOTH
def test_visits_that_cannot_stay_are_named_until_they_are_planned_again(planned_round):
    """The unit of one is merged into another, and the team of two has people of that other."""
    with open_session() as session:
        old, heir = unit(session, "县教育局"), unit(session, "东镇政府")
        gone = next(one.code for one in visits(session) if one.unit == "县教育局")
        own = next(one.code for one in visits(session) if one.unit == "东镇政府")
        old.retired, old.successor_id = True, heir.id
        team = next(one.team_id for one in visits(session) if one.code == own)
        session.add(TeamUnit(team_id=team, unit_id=old.id, role="body"))
    assert told()[0].startswith(f"{'、'.join(sorted([gone, own]))}的单位或督导组有了变化")
    shown = {row[0]: row[5] for row in inspection_view("xj", 1, "", moment()).rounds[0].rows}
    assert "并入别的单位" in shown[gone] and "有这个单位的人" in shown[own]

    [outcome] = plan_visits("xj", 1, "创建办", moment())
    assert gone in outcome.dropped and own in outcome.moved
    assert len(told(date(2025, 7, 28))) == 1


def test_a_renamed_unit_keeps_the_visits_it_had_under_its_old_name(planned_round):
    with open_session() as session:
        old = unit(session, "县教育局")
        new = Unit(campaign_id=old.campaign_id, name="县教育体育局")
        session.add(new)
        session.flush()
        old.retired, old.successor_id = True, new.id
    assert not any("县教育体育局（" in words for words in told(OVER))
