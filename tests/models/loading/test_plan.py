"""Storing a plan: once, again, moved, changed."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Stage, campaign_named, stages_of
from models.campaign.milestone import Milestone, milestone_coded
from models.campaign.other_end import move_end
from models.campaign.progress import Report, register
from models.campaign.work import Assignment
from models.database import open_session
from models.plan.schema import Deadline
from models.rules.words import Progress, StageStatus
from models.settings import moment_of
from models.units.unit import unexpanded_groups
from tasks.patrol.patrol import patrol_campaign
from tasks.plans.loading import find_plan, load_plan, pack_names, read_plan
from tests.conftest import NOW, ON_BOTH, TODAY

pytestmark = pytest.mark.usefixtures("one_database")


def load(name="jinchang-2025", slug="jc", start=None, plan=None):
    plan = plan or read_plan(find_plan(name))
    return load_plan(plan, slug=slug, start=start, moment=moment_of(NOW, TODAY))


@ON_BOTH
def test_the_pack_is_what_the_document_says():
    stored = load()

    assert (stored.stages, stored.work_items, stored.assignments) == (5, 32, 130)
    with open_session() as session:
        leads = session.exec(select(Assignment).where(Assignment.role == "lead")).all()
        assert len(leads) == 98
        campaign = campaign_named(session, "jc")
        assert "市直有关部门单位" in unexpanded_groups(session, campaign.id)


@ON_BOTH
@pytest.mark.parametrize("name", pack_names())
def test_loading_a_plan_again_changes_nothing(name):
    assert load(name).changes > 0
    assert load(name).changes == 0


def test_a_start_moves_every_day_and_keeps_the_originals():
    load(start=date(2026, 3, 2))
    again = load()  # a campaign keeps the move it was loaded with

    assert again.changes == 0
    with open_session() as session:
        first, *_, last = stages_of(session, campaign_named(session, "jc").id)
        assert first.planned_start == date(2026, 3, 2)
        assert first.original_start == date(2025, 6, 1)
        assert last.planned_end is None
        item = milestone_coded(session, first.campaign_id, "w1")
        assert (item.due - item.original_due).days == (date(2026, 3, 2) - date(2025, 6, 1)).days


@ON_BOTH
def test_a_start_can_be_taken_back():
    load(start=date(2026, 3, 2))
    load(start=date(2025, 6, 1))

    with open_session() as session:
        for stage in session.exec(select(Stage)):
            assert stage.planned_start == stage.original_start


@ON_BOTH
def test_a_day_moved_by_decision_stays_until_the_plan_itself_changes():
    load()
    with open_session() as session:
        milestone_coded(session, campaign_named(session, "jc").id, "W1").due = date(2025, 8, 15)

    load()

    with open_session() as session:
        moved = milestone_coded(session, campaign_named(session, "jc").id, "W1")
        assert moved.due == date(2025, 8, 15)
        assert moved.original_due == date(2025, 7, 31)


@ON_BOTH
def test_what_left_the_plan_is_withdrawn_and_keeps_its_progress():
    load()
    plan = read_plan(find_plan("jinchang-2025"))
    with open_session() as session:
        campaign_id = campaign_named(session, "jc").id
        report = Report("W32", Progress.DONE, "创建办")
        register(session, campaign_id, report, moment=moment_of(NOW, TODAY))

    shorter = plan.model_copy(update={"tasks": plan.tasks[:-1]})
    assert load(plan=shorter).work_items == 31

    with open_session() as session:
        gone = session.exec(select(Milestone).where(Milestone.code == "W32")).one()
        assert (gone.withdrawn, gone.state) == (True, Progress.DONE)
    load(plan=plan)
    with open_session() as session:
        back = session.exec(select(Milestone).where(Milestone.code == "W32")).one()
        assert (back.withdrawn, back.state) == (False, Progress.DONE)


def with_a_stage_too_many():
    """Return the plan as a careless reading has it: with a sixth stage that is none."""
    plan = read_plan(find_plan("jinchang-2025"))
    wrong = plan.stages[-1].model_copy(
        update={"ordinal": 6, "name": "误读的阶段", "start": date(2025, 11, 20), "steps": ["误读"]}
    )
    return plan.model_copy(update={"stages": [*plan.stages, wrong]})


def test_a_stage_that_left_the_plan_is_gone_though_it_had_opened():
    load(plan=with_a_stage_too_many())
    patrol_campaign("jc", moment_of(datetime(2025, 11, 20, 1, tzinfo=UTC), date(2025, 11, 20)))
    load()

    view = patrol_campaign(
        "jc", moment_of(datetime(2025, 11, 21, 1, tzinfo=UTC), date(2025, 11, 21))
    )
    assert [stage.ordinal for stage in view.stages] == [1, 2, 3, 4, 5]
    assert load().changes == 0


@ON_BOTH
def test_a_stage_that_comes_back_waits_for_its_start_again():
    load(plan=with_a_stage_too_many())
    load()
    load(plan=with_a_stage_too_many())

    with open_session() as session:
        *_, last = stages_of(session, campaign_named(session, "jc").id)
        assert (last.ordinal, last.status, last.opened_on) == (6, StageStatus.PENDING, None)


def test_every_loading_that_changes_something_is_on_the_record():
    load()
    load()

    with open_session() as session:
        query = select(AuditEntry).where(AuditEntry.what == "plan-loaded")
        [entry] = session.exec(query).all()
        assert entry.subject == "jc"


@ON_BOTH
def test_a_plan_without_stages_has_its_monthly_duty_and_its_measures():
    stored = load("jiaozuo-publicity-2023", "jz")

    assert stored.stages == 0
    with open_session() as session:
        duties = session.exec(
            select(Milestone).where(Milestone.kind == "duty").order_by(col(Milestone.due))
        ).all()
        assert [duty.due for duty in duties[:2]] == [date(2023, 11, 28), date(2023, 12, 28)]
        measures = session.exec(select(Milestone).where(Milestone.kind == "measure")).all()
        assert len(measures) == 11
        assert all(measure.unit_id for measure in measures)


@pytest.mark.parametrize(
    ("deadline", "moves"),
    [
        (None, True),
        ({"raw": "待定"}, True),  # written, but no day: it stands on its stage's end
        ({"raw": "长期坚持", "open_ended": True}, True),
        ({"raw": "7月底前", "date": "2025-07-31"}, False),
        ({"date": "2025-07-31"}, False),  # a clerk filled in the day alone
    ],
)
def test_only_a_deadline_with_a_day_stays_when_its_stage_ends_later(deadline, moves):
    plan = read_plan(find_plan("jinchang-2025"))
    plan.tasks[0].deadline = Deadline.model_validate(deadline) if deadline else None
    load(plan=plan)

    with open_session() as session:
        item = milestone_coded(session, campaign_named(session, "jc").id, "w1")
        assert item.due == date(2025, 7, 31)
        stage = session.get(Stage, item.stage_id)
        move_end(session, stage, date(2025, 10, 31))
        session.refresh(item)
        assert item.due == (date(2025, 10, 31) if moves else date(2025, 7, 31))
