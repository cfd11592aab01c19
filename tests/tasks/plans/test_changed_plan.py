"""A later document loaded over a plan: numbers, progress and original days stay."""

from datetime import date

import pytest
from sqlmodel import col, select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Stage, campaign_named, stages_of
from models.campaign.milestone import Milestone, milestone_coded
from models.campaign.progress import Report, register
from models.campaign.work import Assignment, WorkItem
from models.database import open_session
from models.errors import PlanError
from models.groups.group import WorkingGroup
from models.loading.before import plan_before
from models.notices.notice import Notice
from models.plan.changes.comparing import plan_changes
from models.plan.schema import Deadline
from models.rules.words import Frequency, Progress, StageStatus
from models.settings import moment_of
from models.units.unit import Post, Unit
from tasks.audit.chain import verify
from tasks.plans.loading import Over, find_plan, load_plan, read_plan
from tasks.plans.same_tasks import with_same
from tasks.publicity.duties import duty_lines
from tests.conftest import NOW, ON_BOTH, TODAY

pytestmark = pytest.mark.usefixtures("one_database")


def pack():
    return read_plan(find_plan("jinchang-2025"))


def load(plan, revised=None, seen=None):
    over, moment = Over(revised, seen), moment_of(NOW, TODAY)
    return load_plan(plan, slug="jc", start=None, moment=moment, over=over)


def done(code):
    with open_session() as session:
        report = Report(code, Progress.DONE, "创建办")
        register(session, campaign_id(session), report, moment=moment_of(NOW, TODAY))


def campaign_id(session):
    return campaign_named(session, "jc").id


def with_a_task_before(plan):
    """Return the plan with a new third task: all that follow count one more."""
    new = plan.tasks[2].model_copy(
        update={
            "title": "建立涉企检查备案制度",
            "lead_units": ["市司法局"],
            "responsible_units": [],
        }
    )
    tasks = [*plan.tasks[:2], new, *plan.tasks[2:]]
    counted = [one.model_copy(update={"ordinal": n}) for n, one in enumerate(tasks, 1)]
    return plan.model_copy(update={"tasks": counted, "title": f"{plan.title}（修订）"})


@ON_BOTH
def test_a_task_keeps_its_number_and_its_progress_when_the_document_counts_anew():
    plan = pack()
    load(plan)
    done("W5")

    load(with_a_task_before(plan))

    with open_session() as session:
        fifth = milestone_coded(session, campaign_id(session), "W5")
        assert (fifth.title, fifth.state) == (plan.tasks[4].title, Progress.DONE)
        new = milestone_coded(session, campaign_id(session), "W33")
        assert (new.title, new.state) == ("建立涉企检查备案制度", Progress.OPEN)
    assert load(with_a_task_before(plan)).changes == 0
    assert verify().lines == []


@ON_BOTH
def test_a_new_task_never_takes_the_number_of_one_that_was_dropped():
    plan = pack()
    load(plan)
    done("W32")
    load(plan.model_copy(update={"tasks": plan.tasks[:-1]}))
    new = plan.tasks[-1].model_copy(update={"title": "试点涉企行政检查扫码入企"})
    load(plan.model_copy(update={"tasks": [*plan.tasks[:-1], new]}))

    with open_session() as session:
        gone = session.exec(select(Milestone).where(Milestone.code == "W32")).one()
        assert (gone.withdrawn, gone.title) == (True, plan.tasks[-1].title)
        assert milestone_coded(session, campaign_id(session), "W33").title == new.title


def later_end(plan, *, title="（修订）", end=date(2025, 9, 30)):
    third = plan.stages[2].model_copy(update={"end": end})
    stages = [*plan.stages[:2], third, *plan.stages[3:]]
    return plan.model_copy(update={"stages": stages, "title": plan.title + title})


@ON_BOTH
@pytest.mark.parametrize(
    ("revised", "original"),
    [
        (None, date(2025, 8, 31)),  # its title says what it is
        (True, date(2025, 8, 31)),
        (False, date(2025, 9, 30)),  # read wrongly before: there was no such day
    ],
)
def test_original_days_stay_beside_those_of_a_revised_plan(revised, original):
    plan = pack()
    load(plan)
    load(later_end(plan), revised=revised)

    with open_session() as session:
        third = stages_of(session, campaign_id(session))[2]
        assert (third.planned_end, third.original_end) == (date(2025, 9, 30), original)
        end = milestone_coded(session, campaign_id(session), "S3.END")
        assert (end.due, end.original_due) == (date(2025, 9, 30), original)
    assert load(later_end(plan), revised=revised).changes == 0


@ON_BOTH
def test_a_day_moved_by_decision_stays_though_the_plan_was_revised_before():
    plan = pack()
    load(plan)
    load(later_end(plan))
    with open_session() as session:
        stages_of(session, campaign_id(session))[2].planned_end = date(2025, 10, 20)

    load(later_end(plan))

    with open_session() as session:
        third = stages_of(session, campaign_id(session))[2]
        assert (third.planned_end, third.original_end) == (date(2025, 10, 20), date(2025, 8, 31))


def with_a_stage_between(plan):
    new = plan.stages[2].model_copy(
        update={"name": "专项整治", "kind": None, "steps": ["集中整治"], "start": date(2025, 8, 1)}
    )
    new = new.model_copy(update={"end": date(2025, 8, 10)})
    stages = [*plan.stages[:2], new, *plan.stages[2:]]
    counted = [one.model_copy(update={"ordinal": n}) for n, one in enumerate(stages, 1)]
    kinds = [one.model_copy(update={"kind": one.kind or plan.stages[1].kind}) for one in counted]
    return plan.model_copy(update={"stages": kinds, "title": f"{plan.title}（修订）"})


@ON_BOTH
def test_progress_goes_with_its_stage_when_a_stage_comes_before_it():
    plan = pack()
    load(plan)
    done("S3.1")
    with open_session() as session:
        before = {one.name: one.id for one in stages_of(session, campaign_id(session))}

    load(with_a_stage_between(plan))

    with open_session() as session:
        step = milestone_coded(session, campaign_id(session), "S4.1")
        assert (step.title, step.state) == (plan.stages[2].steps[0], Progress.DONE)
        assert milestone_coded(session, campaign_id(session), "S3.1").state == Progress.OPEN
        names = {one.name: one.id for one in stages_of(session, campaign_id(session))}
        assert before.items() <= names.items()
    assert load(with_a_stage_between(plan)).changes == 0
    load(plan)
    with open_session() as session:
        assert milestone_coded(session, campaign_id(session), "S3.1").state == Progress.DONE
        gone = session.exec(select(Stage).where(Stage.status == StageStatus.WITHDRAWN)).one()
        assert gone.name == "专项整治"
    assert verify().lines == []


def test_a_step_that_is_gone_leaves_its_number_unused():
    plan = pack()
    load(plan)
    steps = plan.stages[1].steps
    done("S2.2")
    second = plan.stages[1].model_copy(update={"steps": steps[1:]})
    shorter = plan.model_copy(update={"stages": [plan.stages[0], second, *plan.stages[2:]]})

    load(shorter)

    with open_session() as session:
        step = milestone_coded(session, campaign_id(session), "S2.2")
        assert (step.title, step.state, step.withdrawn) == (steps[1], Progress.DONE, False)
        first = session.exec(select(Milestone).where(Milestone.code == "S2.1")).one()
        assert first.withdrawn
    assert load(shorter).changes == 0


@ON_BOTH
def test_what_is_loaded_is_what_the_later_document_says():
    plan = pack()
    load(plan)
    later = with_a_task_before(later_end(with_a_stage_between(plan), title=""))
    moved = later.tasks[9].model_copy(update={"lead_units": ["市数据局"], "title": "健全公开机制"})
    later = later.model_copy(update={"tasks": [*later.tasks[:9], moved, *later.tasks[10:-1]]})
    load(later)

    with open_session() as session:
        kept = plan_before(campaign_named(session, "jc"))
        left = {
            said
            for one in plan_changes(kept, later)
            for said in one.says
            if not said.startswith("序号")
        }
        assert left == set()
        query = select(WorkItem.title).where(col(WorkItem.withdrawn).is_(False))
        assert set(session.exec(query)) == {one.title for one in later.tasks}
        leads = select(Assignment.id).join(WorkItem).where(WorkItem.title == "健全公开机制")
        open_ = leads.where(Assignment.role == "lead", col(Assignment.withdrawn).is_(False))
        assert len(session.exec(open_).all()) == 1


def told():
    """Return what was said of the revision, by the unit it is about, None for leaders and office."""
    with open_session() as session:
        rows = session.exec(select(Notice).where(Notice.rule == "plan_changed")).all()
        names = {
            post.id: post.unit_id and session.get(Unit, post.unit_id).name
            for post in session.exec(select(Post))
        }
        return {(names[row.post_id], row.words) for row in rows}


def reachable():
    """Give every liaison a channel, so that the unit itself hears."""
    with open_session() as session:
        for post in session.exec(select(Post)):
            post.unreachable = False


def revision(plan):
    """Return the plan revised: another day of the fifth task, the last task gone."""
    due = Deadline(raw="9月底前", date=date(2025, 9, 30))
    fifth = plan.tasks[4].model_copy(update={"deadline": due})
    tasks = [*plan.tasks[:4], fifth, *plan.tasks[5:-1]]
    return plan.model_copy(update={"tasks": tasks, "document_number": "金法办发〔2025〕30号"})


@ON_BOTH
def test_each_unit_hears_only_what_is_another_for_it_and_once():
    plan = pack()
    load(plan)
    reachable()

    load(revision(plan))
    load(revision(plan))

    units = {name: words for name, words in told() if name}
    concerned = {*plan.tasks[4].lead_units, *plan.tasks[4].responsible_units}
    assert concerned <= units.keys()
    for name in concerned:
        assert "W5“优化公共服务”的时限由 2025-07-31 改为 2025-09-30" in units[name]
    others = {*plan.tasks[0].lead_units} - concerned - {*plan.tasks[-1].lead_units}
    assert not others & units.keys()


def test_leaders_and_the_office_hear_of_stages_alone():
    plan = pack()
    load(plan)
    reachable()

    load(later_end(plan))

    words = {words for name, words in told() if name is None}
    assert words == {
        "方案已经修订：“自评初审”由 2025-08-01 至 2025-08-31 改为 2025-08-01 至 2025-09-30"
    }


def test_nobody_hears_of_what_was_read_wrongly():
    plan = pack()
    load(plan)
    reachable()

    load(revision(plan), revised=False)

    assert told() == set()


def test_the_chain_keeps_in_words_what_was_changed():
    plan = pack()
    load(plan)
    load(later_end(plan))

    with open_session() as session:
        query = select(AuditEntry).where(AuditEntry.what == "plan-loaded")
        *_, last = session.exec(query.order_by(col(AuditEntry.id)))
        assert "结束日 2025-08-31 → 2025-09-30（晚 30 天）" in last.facts
    assert verify().lines == []


def test_what_was_not_seen_is_not_overwritten():
    plan = pack()
    load(plan)
    with open_session() as session:
        seen = campaign_named(session, "jc").plan_json
    load(later_end(plan))

    with pytest.raises(PlanError, match="刚刚有别人装入了方案"):
        load(revision(plan), seen=seen)

    assert load(later_end(plan)).changes == 0


def test_a_duty_that_is_dropped_leaves_its_number_unused():
    plan = pack()
    more = {"what": "报送典型案例", "raw": "每月10日", "day": 10, "month": None}
    first = plan.recurring[0]
    second = first.model_copy(update=more | {"freq": Frequency.MONTHLY})
    plan = plan.model_copy(update={"recurring": [first, second]})
    load(plan)
    done("D2.2025-08-10")

    load(plan.model_copy(update={"recurring": [second]}))

    with open_session() as session:
        standing = select(Milestone).where(
            Milestone.kind == "duty", col(Milestone.withdrawn).is_(False)
        )
        assert {one.code.split(".")[0] for one in session.exec(standing)} == {"D2"}
        assert milestone_coded(session, campaign_id(session), "D2.2025-08-10").state == "done"
    assert [one.code for one in duty_lines("jc", moment_of(NOW, TODAY))] == ["D2"]
    load(plan)
    assert [one.code for one in duty_lines("jc", moment_of(NOW, TODAY))] == ["D1", "D2"]


def test_a_group_that_is_named_otherwise_stays_the_same_group():
    plan = read_plan(find_plan("zengdu-2023"))
    load(plan)
    named = next(one for one in plan.groups if one.member_units)
    renamed = named.model_copy(update={"name": f"区{named.name}"})
    groups = [renamed if one is named else one for one in plan.groups]

    def row():
        with open_session() as session:
            query = select(WorkingGroup).where(col(WorkingGroup.name).endswith(named.name))
            return [(one.id, one.withdrawn) for one in session.exec(query)]

    before = row()
    load(plan.model_copy(update={"groups": groups}))
    assert row() == before


@ON_BOTH
def test_a_loading_that_is_cut_off_leaves_everything_as_it_was(monkeypatch):
    plan = pack()
    load(plan)
    done("W5")

    def cut_off(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("models.loading.plan.tell_of_changes", cut_off)
        with pytest.raises(KeyboardInterrupt):
            load(with_a_task_before(with_a_stage_between(plan)))

    assert load(plan).changes == 0
    assert told() == set()
    assert verify().lines == []


@ON_BOTH
def test_an_item_that_a_person_says_is_another_keeps_that_ones_number_and_progress():
    plan = pack()
    load(plan)
    done("W5")
    words = "把行政裁决事项清单化管理"
    tasks = [
        one.model_copy(update={"title": words}) if one.ordinal == 7 else one
        for one in plan.tasks
        if one.ordinal != 5
    ]
    later = plan.model_copy(update={"tasks": tasks, "title": f"{plan.title}（修订）"})

    load(with_same(later, plan, "7=W5"))

    with open_session() as session:
        fifth = milestone_coded(session, campaign_id(session), "W5")
        assert (fifth.title, fifth.state) == (words, Progress.DONE)
    assert load(later).changes == 0  # its words are the same now


@ON_BOTH
def test_a_wrong_word_about_which_item_is_which_is_taken_back_by_the_right_one():
    plan = pack()
    load(plan)
    done("W5")
    words = "把行政裁决事项清单化管理"
    tasks = [
        one.model_copy(update={"title": words}) if one.ordinal == 7 else one
        for one in plan.tasks
        if one.ordinal != 5
    ]
    later = plan.model_copy(update={"tasks": tasks, "title": f"{plan.title}（修订）"})
    load(with_same(later, plan, "7=W5"))
    with open_session() as session:
        wrong = plan_before(campaign_named(session, "jc"))

    load(with_same(plan, wrong, "5=W5"))

    with open_session() as session:
        kept = {code: milestone_coded(session, campaign_id(session), code) for code in ("W5", "W7")}
        assert [one.title for one in kept.values()] == [plan.tasks[4].title, plan.tasks[6].title]
        assert [one.state for one in kept.values()] == [Progress.DONE, Progress.OPEN]
