"""A plan loaded again with later dates: stages that are not due yet wait again, or it is said why not."""

from datetime import date

import pytest
from sqlmodel import select

from models.campaign.campaign import campaign_named, stages_of
from models.campaign.moves import Transition
from models.campaign.progress import Report, register
from models.database import open_session
from models.decisions.decision import Decision
from models.notices.notice import Notice
from models.rules.decisions.answers import Answer, Said
from models.rules.words import Progress
from models.settings import moment_of
from tasks.audit.chain import verify
from tasks.decisions.asking import ask_by_hand
from tasks.gates.confirming import Vouching, Which, confirm
from tasks.patrol.patrol import patrol_campaign
from tasks.plans.loading import load_plan, read_plan
from tests.conftest import ON_BOTH
from tests.support.deciding import decide, noon, open_questions, statuses

MONDAY = date(2025, 7, 21)


@pytest.fixture
def later(office, tmp_path):
    """A campaign whose first stage is under way, and what loads its plan again in later days."""
    slug = office()
    patrol_campaign(slug, moment_of(noon(MONDAY), MONDAY))
    plan = read_plan(tmp_path / "plan.yaml")

    def load(start=date(2025, 8, 4)):
        moved = [
            one.model_copy(update={"start": start, "end": date(2025, 8, 29)})
            for one in plan.stages[:1]
        ]
        put_off = plan.model_copy(update={"stages": [*moved, *plan.stages[1:]]})
        return load_plan(put_off, slug=slug, start=None, moment=moment_of(noon(MONDAY), MONDAY))

    return load


@ON_BOTH
def test_a_stage_that_is_not_due_yet_waits_again_by_a_recorded_move(later):
    assert statuses("xj")[0] in ("active", "deciding")

    stored = later()

    assert statuses("xj") == ["pending", "pending"]
    assert stored.notes == ["第 1 阶段“动员”退回未启动，到 2025-08-04 启动"]
    with open_session(read_only=True) as session:
        move = session.exec(select(Transition).order_by(Transition.id.desc())).first()
        assert (move.to_status, move.decided_by) == ("pending", "操作员")
        assert (move.reason, bool(move.audit_id)) == ("方案的日期改后，尚未到期", True)
        [stage, _] = stages_of(session, move.campaign_id)
        assert stage.opened_on is None
    assert verify().lines == []
    assert later().notes == []


def test_its_open_question_falls_and_it_opens_on_its_new_day(later):
    ask_by_hand("xj", 1, "创建办", moment_of(noon(MONDAY), MONDAY))
    later()
    assert open_questions("xj") == {}

    patrol_campaign("xj", moment_of(noon(date(2025, 8, 1)), date(2025, 8, 1)))
    assert statuses("xj")[0] == "pending"
    view = patrol_campaign("xj", moment_of(noon(date(2025, 8, 4)), date(2025, 8, 4)))
    assert [stage.ordinal for stage in view.opened] == [1]


def test_what_waited_to_be_said_of_the_old_days_is_not_said(later):
    later()

    with open_session(read_only=True) as session:
        rows = session.exec(select(Notice)).all()
        left = [n for n in rows if n.state not in ("dropped",) and n.rule == "stage_opened"]
        stale = [n for n in rows if n.state != "dropped" and n.occurrence == "2025-07-22"]
    assert rows
    assert left == stale == []


def registered():
    with open_session() as session:
        campaign_id = campaign_named(session, "xj").id
        report = Report("S1.1", Progress.STARTED, "创建办")
        register(session, campaign_id, report, moment=moment_of(noon(MONDAY), MONDAY))


def confirmed():
    confirm(
        Which("xj", "ledgers-out", 1),
        Vouching("创建办", note="已领"),
        moment_of(noon(MONDAY), MONDAY),
    )


def decided():
    number = (
        open_questions("xj").get(1)
        or ask_by_hand("xj", 1, "创建办", moment_of(noon(MONDAY), MONDAY))[0]
    )
    decide(number, Said(Answer.RETURN, "再做一遍"), MONDAY)


@pytest.mark.parametrize(
    ("done", "why"),
    [(registered, "已登记 1 项进展"), (confirmed, "已登记确认"), (decided, "领导已就它作过决定")],
)
def test_what_was_done_in_a_stage_keeps_it_under_way_and_is_said(later, done, why):
    done()
    before = statuses("xj")

    stored = later()

    assert stored.notes == [f"第 1 阶段“动员”仍在进行，没有退回未启动：{why}"]
    assert statuses("xj") == before
    assert later().notes == []  # the same again is no news
    with open_session(read_only=True) as session:
        assert all(
            d.closed_why != "方案的日期改后，尚未到期" for d in session.exec(select(Decision))
        )


def waiting():
    """Return what waits to be said of days, as (kind, item, rule, post, occurrence)."""
    with open_session(read_only=True) as session:
        return {
            (n.subject_kind, n.subject_id, n.rule, n.post_id, n.occurrence)
            for n in session.exec(select(Notice).where(Notice.state == "waiting"))
            if not n.rule.startswith("decision")
        }


@ON_BOTH
def test_dates_corrected_and_corrected_back_leave_everything_to_be_said(later, tmp_path):
    before = waiting()
    assert {rule for _, _, rule, _, _ in before} == {"stage_opened", "before_1"}

    for _ in range(2):
        later()
        assert before.isdisjoint(waiting())
        plan = read_plan(tmp_path / "plan.yaml")
        load_plan(plan, slug="xj", start=None, moment=moment_of(noon(MONDAY), MONDAY))
        patrol_campaign("xj", moment_of(noon(MONDAY), MONDAY))
        assert waiting() == before
