"""Rounds are planned as milestones, and planned again with the fewest changes."""

from datetime import date

import pytest
from sqlalchemy import event
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.calendar.year import set_day
from models.campaign.campaign import campaign_named
from models.campaign.milestone import Milestone
from models.database import engine_for, open_session
from models.errors import CampaignError, NotFoundError, PlanError
from models.inspection.visit import visit_lines
from models.rules.words import MilestoneKind
from models.settings import settings
from models.units.unit import Unit
from tasks.inspection.planning import (
    RoundSaid,
    WordOfAbsence,
    WordOfMove,
    move_visit,
    plan_visits,
    set_round,
    team_away,
    want_rounds,
)
from tests.conftest import ON_BOTH
from tests.tasks.inspection.conftest import MONDAY, moment

FIRST, LAST = date(2025, 7, 28), date(2025, 8, 1)


def lines(slug="xj"):
    with open_session(read_only=True) as session:
        return visit_lines(session, campaign_named(session, slug).id)


def milestones():
    with open_session(read_only=True) as session:
        query = select(Milestone).where(Milestone.kind == MilestoneKind.VISIT)
        return {row.code: (row.due, row.unit_id, row.withdrawn) for row in session.exec(query)}


def deeds():
    with open_session(read_only=True) as session:
        return [one.what for one in session.exec(select(AuditEntry).order_by(AuditEntry.id))]


def statements(act):
    """Return how many statements ``act`` sends to the database."""
    seen = []
    engine = engine_for(settings().database)
    note = lambda *said: seen.append(said[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def move(code, day=None, team=""):
    return move_visit("xj", WordOfMove(code, day, team, "创建办", "单位有会"), moment())


def away(first, last=None, *, back=False, team="第一督导组"):
    said = WordOfAbsence(team, first, last or first, "创建办", "外出开会", back)
    return team_away("xj", said, moment())


@ON_BOTH
def test_every_unit_has_its_visit_as_a_milestone_of_the_office(planned_round):
    found = lines()

    assert [one.code for one in found] == [f"V1.{n}" for n in range(1, 7)]
    assert len({one.unit for one in found}) == 6
    assert {one.code: (one.day, None, False) for one in found} == milestones()
    own = {"县司法局": "第二督导组", "县财政局": "第二督导组", "县公安局": "第一督导组"}
    assert {one.unit: one.team for one in found if one.unit in own} == own
    assert all(FIRST <= one.day <= LAST for one in found)


def test_planning_again_changes_nothing_and_says_nothing_in_the_chain(planned_round):
    before, said = lines(), deeds()
    [again] = plan_visits("xj", None, "创建办", moment())

    assert (again.changes, lines(), deeds()) == (0, before, said)


def test_a_visit_that_is_moved_stays_there_and_moves_one_other_at_most(planned_round):
    first = lines()[0]
    code, outcome = move(first.code, date(2025, 7, 31))

    moved = {one.code: one for one in lines()}[code]
    assert (moved.day, moved.settled, moved.reason) == (date(2025, 7, 31), True, "单位有会")
    assert first.code in outcome.moved and len(outcome.moved) <= 2
    assert milestones()[code][0] == date(2025, 7, 31)
    said = deeds()
    assert move(first.code, date(2025, 7, 31))[1].changes == 0  # the second time
    assert deeds() == said


def test_a_settled_visit_never_moves_and_it_is_said_what_stands_against_it(planned_round):
    one = lines()[0]
    move(one.code, date(2025, 7, 31))
    team = next(each.team for each in lines() if each.code == one.code)

    with pytest.raises(PlanError, match=f"{one.unit}的走访已定在 2025-07-31，{team}那天不在"):
        away(date(2025, 7, 31), team=team)
    assert not [each for each in lines() if each.day != date(2025, 7, 31) and each.code == one.code]


@ON_BOTH
def test_a_team_that_is_away_moves_only_its_visits_of_that_day(planned_round):
    before = {one.code: one for one in lines()}
    day = next(one.day for one in before.values() if one.team == "第一督导组")
    touched = {c for c, one in before.items() if one.team == "第一督导组" and one.day == day}

    count, [outcome] = away(day)

    assert (count, set(outcome.moved)) == (1, touched)
    assert away(day) == (0, ())
    count, [outcome] = away(day, back=True)
    assert (count, outcome.changes) == (1, 0)  # who moved stays where he is


def test_a_holiday_that_comes_later_moves_the_visits_of_that_day(planned_round):
    day = lines()[0].day
    touched = {one.code for one in lines() if one.day == day}
    with open_session() as session:
        set_day(session, day, False, "试", "创建办", moment())
    [outcome] = plan_visits("xj", 1, "创建办", moment())

    assert set(outcome.moved) == touched
    assert day not in {one.day for one in lines()}


def test_a_unit_that_is_gone_loses_its_visit_and_a_new_one_gets_one(planned_round):
    with open_session() as session:
        session.exec(select(Unit).where(Unit.name == "县教育局")).one().retired = True
        campaign_id = campaign_named(session, "xj").id
        session.add(Unit(campaign_id=campaign_id, name="南镇政府"))
    gone = next(one.code for one in lines() if one.unit == "县教育局")
    [outcome] = plan_visits("xj", 1, "创建办", moment())

    assert (outcome.added, outcome.dropped, outcome.moved) == (("V1.7",), (gone,), ())
    assert milestones()[gone][2] and not milestones()["V1.7"][2]


def test_where_there_is_no_plan_nothing_is_written(arranged):
    set_round("xj", RoundSaid(1, FIRST, FIRST, 1), "创建办", moment())
    with pytest.raises(PlanError, match="还差 4 次，至少要再有 2 个工作日"):
        plan_visits("xj", 1, "创建办", moment())
    assert lines() == []


def test_a_plan_that_is_killed_midway_leaves_nothing_and_the_next_run_makes_it(
    arranged, monkeypatch
):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("models.inspection.laying.lay_milestones", killed)
        with pytest.raises(KeyboardInterrupt):
            plan_visits("xj", 1, "创建办", moment())
    assert (lines(), milestones()) == ([], {})

    [outcome] = plan_visits("xj", 1, "创建办", moment())
    assert len(outcome.added) == 6


def test_a_round_is_planned_by_as_many_statements_whatever_its_size(arranged):
    """Six units first, then forty: what a plan reads and writes stays a constant number of statements."""
    few = statements(lambda: plan_visits("xj", 1, "创建办", moment()))
    with open_session() as session:
        campaign_id = campaign_named(session, "xj").id
        session.add_all(Unit(campaign_id=campaign_id, name=f"第{n}单位") for n in range(34))
    set_round("xj", RoundSaid(2, date(2025, 9, 1), date(2025, 9, 30), 2), "创建办", moment())
    assert statements(lambda: plan_visits("xj", 2, "创建办", moment())) <= few


def test_rounds_follow_one_another_and_the_plan_says_how_many(arranged):
    new, said = set_round(
        "xj", RoundSaid(2, date(2025, 9, 1), date(2025, 9, 5), 2), "创建办", moment()
    )
    assert (new, said) == (True, "应有 2 轮（方案：不少于2次），已设 2 轮")
    with pytest.raises(PlanError, match="第 2 轮应在第 1 轮结束（2025-08-01）以后开始"):
        set_round("xj", RoundSaid(2, LAST, date(2025, 9, 5), 2), "创建办", moment())
    with pytest.raises(PlanError, match="先设第 3 轮"):
        set_round("xj", RoundSaid(4, date(2025, 10, 1), date(2025, 10, 5), 2), "创建办", moment())
    assert want_rounds("xj", 3, "创建办", moment())
    assert not want_rounds("xj", 3, "创建办", moment())
    with pytest.raises(CampaignError, match="2 到 12"):
        want_rounds("xj", 1, "创建办", moment())


def test_a_visit_whose_day_has_come_waits_for_its_result_where_it_is(planned_round):
    first = lines()[0]
    later = moment(first.day)
    [outcome] = plan_visits("xj", 1, "创建办", later)
    assert outcome.changes == 0


def test_what_is_not_there_is_named_with_what_is(planned_round):
    with pytest.raises(NotFoundError, match="没有编号为 V9.9 的走访"):
        move("V9.9", date(2025, 7, 31))
    with pytest.raises(NotFoundError, match="现有：第一督导组、第二督导组"):
        move("V1.1", team="第九组")
    with pytest.raises(PlanError, match="2025-08-02 不是这一轮还能安排的工作日"):
        move("V1.1", date(2025, 8, 2))
    with pytest.raises(NotFoundError, match="没有第 5 轮督导"):
        plan_visits("xj", 5, "创建办", moment())
    with pytest.raises(CampaignError, match="像是姓名"):
        plan_visits("xj", 1, "张三", moment())


def test_planning_uses_the_days_after_today(arranged):
    set_round("xj", RoundSaid(1, MONDAY, LAST, 2), "创建办", moment())
    plan_visits("xj", 1, "创建办", moment())
    assert min(one.day for one in lines()) > MONDAY
