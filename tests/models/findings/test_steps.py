"""A finding from hand to hand: what each step leaves, what is refused, what comes back."""

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import func, select

from models.audit.chain import AuditEntry
from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.campaign.milestone import milestone_coded
from models.database import open_session
from models.errors import ProgressError
from models.evidence.evidence import Evidence
from models.findings.finding import FindingProof, RaisedFinding, TakenStep
from models.findings.new import NewFinding
from models.findings.raising import raise_findings
from models.findings.rules_set import RulesOfFindings, finding_rules, set_finding_rules
from models.findings.steps import NewStep, take_steps
from models.rules.findings.life import LIFE
from models.rules.findings.words import FindingKind, FindingState, FindingStep
from models.rules.words import MilestoneKind, Progress
from models.units.succession import Heir, succeed
from models.units.unit import Unit, units_of
from tests.conftest import ON_BOTH
from tests.support.findings import (
    ANOTHER,
    LIAISON,
    OFFICE,
    REVIEWER,
    UNIT,
    at,
    closed,
    cycles_of,
    day,
    raised,
    row_of,
    step,
)
from tests.support.other_clients import another_client
from tests.support.pieces import piece

T, S = FindingStep, FindingState


def milestone(session, campaign_id, code="F1"):
    return milestone_coded(session, campaign_id, code)


def unchanged(session):
    return session.exec(select(func.count()).select_from(AuditEntry)).one()


@ON_BOTH
def test_a_finding_goes_the_whole_way_and_the_chain_holds(campaign, campaign_id):
    with open_session() as session:
        raised(session, campaign_id)
        step(session, campaign_id, "F1", T.PROMISE, day=day(10))
    with open_session() as session:
        proof = closed(session, campaign_id, begin=3)
        step(session, campaign_id, "F1", T.LOOK, days=40)
    with open_session() as session:
        step(session, campaign_id, "F1", T.RECUR, days=50)

    with open_session(read_only=True) as session:
        cycle, _ = cycles_of(session, "F1")
        assert row_of(session, "F1").state == S.ASSIGNED
        assert (cycle.rectified_on, cycle.rectified_by) == (day(3), LIAISON)
        assert (cycle.verified_by, cycle.watch_until) == (REVIEWER, day(17))
        assert (cycle.closed_on, cycle.looked_on) == (day(18), day(40))
        assert proof == "E0001"
        found = check_chain(session, audit_key())
        assert (found.broken, list(found.faults)) == (None, [])


def test_what_is_due_is_the_units_and_nobody_is_chased_for_what_is_settled(session, campaign_id):
    code = raised(session, campaign_id, due=day(5)).code
    due = milestone(session, campaign_id)
    assert (due.kind, due.due, due.state) == (MilestoneKind.FINDING, day(5), Progress.OPEN)
    assert due.unit_id == row_of(session, code).unit_id

    step(session, campaign_id, code, T.DECLINE)
    assert milestone(session, campaign_id).unit_id is None  # the office must decide
    step(session, campaign_id, code, T.UPHOLD)
    assert milestone(session, campaign_id).unit_id == due.unit_id

    closed(session, campaign_id)
    assert milestone(session, campaign_id).state == Progress.DONE


def test_what_was_not_mended_is_due_again_on_its_old_day(session, campaign_id):
    raised(session, campaign_id, due=day(5))
    proof = piece(session, campaign_id, "整改通知").code
    step(session, campaign_id, "F1", T.RECTIFY, pieces=(proof,))
    assert milestone(session, campaign_id).state == Progress.DONE

    step(session, campaign_id, "F1", T.REFUSE)

    assert milestone(session, campaign_id).state == Progress.OPEN
    assert milestone(session, campaign_id).due == day(5)
    [cycle] = cycles_of(session, "F1")
    assert (cycle.rectified_on, cycle.rectified_by) == (None, "")
    # The same words again are news now: it was mended a second time.
    assert step(session, campaign_id, "F1", T.RECTIFY, pieces=(proof,), days=2).changed


def test_a_day_that_is_moved_keeps_the_first_one(session, campaign_id):
    raised(session, campaign_id, due=day(5))

    step(session, campaign_id, "F1", T.MOVE, day=day(9))
    step(session, campaign_id, "F1", T.MOVE, day=day(12), note="又推")

    [cycle] = cycles_of(session, "F1")
    assert (cycle.due, cycle.original_due) == (day(12), day(5))
    assert milestone(session, campaign_id).original_due == day(5)


@ON_BOTH
def test_what_comes_back_is_the_same_finding_with_its_cycles_kept(session, campaign_id):
    raised(session, campaign_id, due=day(5))
    closed(session, campaign_id)

    again = step(session, campaign_id, "F1", T.RECUR, day=day(60), days=50, note="又没有编号")

    assert again.state == "整改中"
    first, second = cycles_of(session, "F1")
    assert (first.closed_on, first.due) == (day(15), day(5))
    assert (second.opened_on, second.due, second.closed_on) == (day(50), day(60), None)
    assert milestone(session, campaign_id).state == Progress.OPEN
    with pytest.raises(ProgressError, match="没有证明整改的材料"):  # the first proof is spent
        step(session, campaign_id, "F1", T.RECTIFY, days=51)
    closed(session, campaign_id, begin=51)
    assert row_of(session, "F1").cycle == 2


def test_the_same_words_found_again_after_the_closure_open_the_old_finding(session, campaign_id):
    code = raised(session, campaign_id).code
    assert raised(session, campaign_id).code == code  # said twice
    closed(session, campaign_id)

    assert not raised(
        session, campaign_id, found_on=day(0), days=30
    ).again  # an old list, loaded late
    assert row_of(session, code).state == S.CLOSED
    back = raised(session, campaign_id, source="visit:V2.3", days=30)

    assert (back.code, back.new, back.again) == (code, False, True)
    assert [one.number for one in cycles_of(session, code)] == [1, 2]
    assert session.exec(select(func.count()).select_from(RaisedFinding)).one() == 1


def test_what_cannot_be_mended_ends_by_a_decision_with_a_name_and_a_reason(session, campaign_id):
    raised(session, campaign_id)
    with pytest.raises(ProgressError, match="没有写不再整改的理由"):
        step(session, campaign_id, "F1", T.END, by="分管领导", note="")

    step(session, campaign_id, "F1", T.END, by="分管领导", note="机构已撤销")

    [cycle] = cycles_of(session, "F1")
    assert (cycle.ended_by, cycle.ended_why) == ("分管领导", "机构已撤销")
    due = milestone(session, campaign_id)
    assert (due.state, due.note) == (Progress.DROPPED, "机构已撤销")


def test_what_is_declined_is_upheld_or_handed_to_another_unit(session, campaign_id):
    raised(session, campaign_id, due=day(5))
    step(session, campaign_id, "F1", T.PROMISE, day=day(4))
    step(session, campaign_id, "F1", T.DECLINE, note="不是本局职责")
    with pytest.raises(ProgressError, match="请登记维持交办"):
        step(session, campaign_id, "F1", T.ASSIGN, unit=UNIT)

    step(session, campaign_id, "F1", T.ASSIGN, unit=ANOTHER)

    [cycle] = cycles_of(session, "F1")
    assert (cycle.due, cycle.promised_on) == (day(5), None)  # another's promise binds nobody
    with pytest.raises(ProgressError, match="不能登记"):
        step(session, campaign_id, "F1", T.PROMISE, day=day(4), by=LIAISON)


def test_a_proof_that_was_taken_back_closes_nothing(session, campaign_id):
    raised(session, campaign_id)
    proof = piece(session, campaign_id, "整改通知")
    step(session, campaign_id, "F1", T.RECTIFY, pieces=(proof.code,))
    step(session, campaign_id, "F1", T.VERIFY)
    session.get(Evidence, proof.id).withdrawn = True
    session.flush()

    with pytest.raises(ProgressError, match="补上以后才能销号"):
        step(session, campaign_id, "F1", T.CLOSE, days=40)
    with pytest.raises(ProgressError, match="没有编号为“E0099”"):
        step(session, campaign_id, "F1", T.RECTIFY, pieces=("E0099",))


@pytest.mark.parametrize("which", [T.PROMISE, T.DECLINE, T.RECTIFY])
def test_said_twice_a_step_is_taken_once(session, campaign_id, which):
    raised(session, campaign_id)
    proof = piece(session, campaign_id, "整改通知").code
    more = {"day": day(4)} if which is T.PROMISE else {}
    more |= {"pieces": (proof,)} if which is T.RECTIFY else {}
    assert step(session, campaign_id, "F1", which, **more).changed
    before = unchanged(session)

    assert not step(session, campaign_id, "F1", which, **more, days=3).changed

    assert unchanged(session) == before


def test_a_day_that_is_put_back_is_news_but_not_from_an_old_list(session, campaign_id):
    raised(session, campaign_id)
    for n in (4, 6, 4):
        assert step(session, campaign_id, "F1", T.PROMISE, day=day(n)).changed
    assert cycles_of(session, "F1")[0].promised_on == day(4)
    assert not step(session, campaign_id, "F1", T.PROMISE, day=day(6), listed=True).changed

    step(session, campaign_id, "F1", T.DECLINE, note="不是本局职责")
    step(session, campaign_id, "F1", T.UPHOLD)
    again = {"note": "不是本局职责", "days": 3}
    assert not step(session, campaign_id, "F1", T.DECLINE, **again, listed=True).changed
    assert step(session, campaign_id, "F1", T.DECLINE, **again).changed


def test_a_ledger_that_comes_again_after_the_verification_changes_nothing(session, campaign_id):
    raised(session, campaign_id)
    proof = piece(session, campaign_id, "整改通知").code
    step(session, campaign_id, "F1", T.RECTIFY, pieces=(proof,))
    step(session, campaign_id, "F1", T.VERIFY)

    assert not step(session, campaign_id, "F1", T.RECTIFY, pieces=(proof,), days=2).changed
    assert row_of(session, "F1").state == S.WATCHED


def test_a_complaint_is_received_handed_on_and_answered_in_its_workdays(session, campaign_id):
    code = raised(
        session, campaign_id, "窗口无人", kind=FindingKind.COMPLAINT, source="hotline"
    ).code
    due = milestone(session, campaign_id, "C1")
    assert (code, due.kind) == ("C1", MilestoneKind.COMPLAINT)
    assert due.due == day(7)  # five working days from a Tuesday, the weekend with them

    step(session, campaign_id, code, T.ASSIGN, unit=ANOTHER, days=3)
    assert milestone(session, campaign_id, "C1").due == day(
        7
    )  # who complained waits no longer for it
    step(session, campaign_id, code, T.ANSWER, by="市教育局联络员", note="已增设窗口", days=4)

    assert row_of(session, code).state == S.CLOSED
    assert milestone(session, campaign_id, "C1").done_on == day(4)
    steps = session.exec(select(TakenStep.step).order_by(TakenStep.id)).all()
    assert steps == ["raise", "assign", "assign", "answer"]


def test_codes_have_no_gaps_and_each_letter_its_own(session, campaign_id):
    codes = [
        raised(session, campaign_id, f"{kind}{n}", kind=kind, source="other", unit=None).code
        for n in range(2)
        for kind in FindingKind
    ]

    assert codes == ["F1", "C1", "C2", "F2", "C3", "C4"]
    assert row_of(session, "F1").state == S.RAISED


def test_every_fault_of_a_finding_is_said_together(session, campaign_id):
    with pytest.raises(ProgressError) as caught:
        raised(session, campaign_id, " ", source="梦里", item="W999", found_on=day(3))

    for words in ("没有写问题", "没有“梦里”这种来源", "“W999”", "在今天"):
        assert words in str(caught.value)


def test_what_the_office_sets_holds_for_the_next_verification(session, campaign_id):
    assert set_finding_rules(session, campaign_id, RulesOfFindings(watch_days=3), OFFICE, at())
    assert not set_finding_rules(session, campaign_id, RulesOfFindings(watch_days=3), OFFICE, at())
    raised(session, campaign_id)
    closed(session, campaign_id)

    assert cycles_of(session, "F1")[0].watch_until == day(3)
    with pytest.raises(ProgressError, match="观察期天数"):
        wrong = RulesOfFindings(watch_days=0, dispatch_number="督办{number}")
        set_finding_rules(session, campaign_id, wrong, "张三", at())
    assert finding_rules(session, campaign_id).watch_days == 3


def test_what_was_found_at_a_unit_that_is_gone_is_its_heirs_to_mend(session, campaign_id):
    raised(session, campaign_id, "开放的")
    raised(session, campaign_id, "已销号的")
    closed(session, campaign_id, "F2")
    units = {unit.name: unit for unit in units_of(session, campaign_id)}
    units[UNIT].retired = True
    session.flush()

    succeed(session, campaign_id, Heir(units[UNIT], units[ANOTHER], OFFICE, "改革"), at())

    assert session.get(Unit, row_of(session, "F1").unit_id).name == ANOTHER
    assert session.get(Unit, row_of(session, "F2").unit_id).name == UNIT
    assert step(session, campaign_id, "F1", T.PROMISE, by="市教育局联络员", day=day(3)).changed


@ON_BOTH
def test_many_are_raised_and_led_in_as_many_statements_as_one(session, campaign_id):
    unit = units_of(session, campaign_id)[0]
    proof = piece(session, campaign_id, "整改通知").code

    def statements(first, last) -> int:
        seen = []
        bind = session.get_bind()

        def count(*said):
            seen.append(said[2])

        event.listen(bind, "before_cursor_execute", count)
        try:
            news = [
                NewFinding(f"问题{n}", "self-check", day(0), unit.id) for n in range(first, last)
            ]
            codes = [one.code for one in raise_findings(session, campaign_id, news, OFFICE, at())]
            post = f"{unit.name}联络员"
            said = [NewStep(code, T.RECTIFY, post, "已改", pieces=(proof,)) for code in codes]
            assert all(one.changed for one in take_steps(session, campaign_id, said, at()))
        finally:
            event.remove(bind, "before_cursor_execute", count)

        return len(seen)

    few, many = statements(0, 1), statements(1, 200)

    # A driver cuts one statement of hundreds of rows into pages; milestones get their ids one by one.
    assert many <= few + 6 + 199
    assert session.exec(select(func.count()).select_from(FindingProof)).one() == 200


@ON_BOTH
def test_two_at_once_raise_one_finding(campaign, campaign_id):
    codes, faults = [], []

    def write():
        try:
            with open_session() as session:
                codes.append(raised(session, campaign_id).code)
        except Exception as error:  # for the test to show
            faults.append(error)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert not faults
    assert set(codes) == {"F1"}


def test_a_kill_in_the_middle_leaves_nothing(campaign, campaign_id):
    with pytest.raises(KeyboardInterrupt), open_session() as session:
        raised(session, campaign_id)
        raise KeyboardInterrupt

    with open_session(read_only=True) as session:
        assert session.exec(select(func.count()).select_from(RaisedFinding)).one() == 0


ANY_STEP = st.sampled_from([*sorted(LIFE), T.TAKE_BACK])
WAYS = st.lists(st.tuples(ANY_STEP, st.integers(0, 3)), max_size=12)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ways=WAYS)
def test_whatever_is_tried_the_milestone_says_what_the_finding_says(session, campaign_id, ways):
    problem = f"问题{session.exec(select(func.count()).select_from(RaisedFinding)).one()}"
    code = raised(session, campaign_id, problem).code
    proof = piece(session, campaign_id, problem).code
    for n, (which, wait) in enumerate(ways):
        try:
            step(
                session, campaign_id, code, which, days=n + wait, day=day(n + wait + 5),
                pieces=(proof,), unit=UNIT if which is T.ASSIGN else "", note=f"说明{n}",
            )  # fmt: skip
        except ProgressError:
            continue
    row, due = row_of(session, code), milestone(session, campaign_id, code)
    owed = row.state in (S.ASSIGNED, S.DECLINED)
    assert (due.state in (Progress.OPEN, Progress.STARTED)) is owed
    assert len(cycles_of(session, code)) == row.cycle
    assert due.due == cycles_of(session, code)[-1].due


@ON_BOTH
def test_whoever_changes_a_finding_past_the_program_is_found_out(campaign, campaign_id):
    with open_session() as session:
        raised(session, campaign_id)
        piece(session, campaign_id, "整改通知")
    with another_client() as client:
        client.exec_driver_sql("UPDATE finding SET state = 'closed'")
        client.exec_driver_sql("UPDATE evidence SET title = '别的'")

    with open_session(read_only=True) as session:
        faults = list(check_chain(session, audit_key()).faults)

    assert any("问题 F1的状态" in line and "被改动过" in line for line in faults)
    assert any("证明材料（编号 1）的名称" in line for line in faults)
