"""A wrong word is taken back: the finding stands as it did before, and the trace keeps both."""

import pytest
from sqlmodel import select

from models.errors import ProgressError
from models.findings.finding import FindingProof, TakenStep
from models.inspection.team import InspectionTeam, TeamUnit
from models.rules.findings.words import FindingKind, FindingState, FindingStep
from models.rules.words import Progress
from models.units.unit import unit_named
from tests.conftest import ON_BOTH
from tests.models.findings.test_steps import milestone
from tests.support.findings import (
    OFFICE,
    UNIT,
    closed,
    cycles_of,
    day,
    raised,
    row_of,
    step,
)
from tests.support.pieces import piece

T, S = FindingStep, FindingState


def taken_back(session, campaign_id, code="F1", days=1, **more):
    return step(session, campaign_id, code, T.TAKE_BACK, by=OFFICE, days=days, **more)


@ON_BOTH
def test_each_word_is_taken_back_down_to_the_unit(session, campaign_id):
    raised(session, campaign_id, due=day(5))
    closed(session, campaign_id)
    step(session, campaign_id, "F1", T.LOOK, days=20)
    step(session, campaign_id, "F1", T.LOOK, days=30)

    states, days = [], []
    for n in range(5):
        states.append(taken_back(session, campaign_id, days=31, note=f"点错了 {n}").state)
        days.append(cycles_of(session, "F1")[0].looked_on)

    assert states == ["已销号", "已销号", "观察期", "待核实", "整改中"]
    assert days == [day(20), None, None, None, None]
    [cycle] = cycles_of(session, "F1")
    assert (cycle.measure, cycle.rectified_on, cycle.rectified_by) == ("", None, "")
    assert (cycle.watch_until, cycle.closed_on, cycle.closed_by) == (None, None, "")
    assert milestone(session, campaign_id).state == Progress.OPEN
    assert session.exec(select(FindingProof)).all() == []
    with pytest.raises(ProgressError, match="没有证明整改的材料"):
        step(session, campaign_id, "F1", T.RECTIFY, days=32)
    assert len(session.exec(select(TakenStep)).all()) == 12  # nothing is forgotten


def test_what_was_taken_back_can_be_said_again_in_the_same_words(session, campaign_id):
    raised(session, campaign_id)
    proof = piece(session, campaign_id, "整改通知").code
    step(session, campaign_id, "F1", T.RECTIFY, pieces=(proof,))
    step(session, campaign_id, "F1", T.VERIFY)

    assert taken_back(session, campaign_id).changed
    assert not taken_back(session, campaign_id, days=2).changed  # the same word again
    assert row_of(session, "F1").state == S.RECTIFIED

    assert step(session, campaign_id, "F1", T.VERIFY, days=2).changed


def test_an_earlier_promise_holds_again(session, campaign_id):
    raised(session, campaign_id, due=day(20))
    for n in (4, 9):
        step(session, campaign_id, "F1", T.PROMISE, day=day(n))

    taken_back(session, campaign_id)
    [cycle] = cycles_of(session, "F1")
    assert (cycle.promised_on, cycle.first_promised) == (day(4), day(4))

    taken_back(session, campaign_id, note="又点错了")
    [cycle] = cycles_of(session, "F1")
    assert (cycle.promised_on, cycle.first_promised) == (None, None)
    assert milestone(session, campaign_id).state == Progress.OPEN


def test_a_decision_that_was_taken_back_leads_to_where_it_was(session, campaign_id):
    raised(session, campaign_id, "待交办的", unit=None)
    raised(session, campaign_id, "不认领的")
    step(session, campaign_id, "F2", T.DECLINE)
    for code in ("F1", "F2"):
        step(session, campaign_id, code, T.END, by="分管领导")

    found = [taken_back(session, campaign_id, code).state for code in ("F1", "F2")]

    assert found == ["待交办", "不认领，待裁定"]
    assert milestone(session, campaign_id, "F2").state == Progress.OPEN


def test_an_answer_that_was_taken_back_is_owed_again_by_the_same_day(session, campaign_id):
    raised(session, campaign_id, kind=FindingKind.COMPLAINT, source="hotline", due=day(6))
    step(session, campaign_id, "C1", T.ANSWER)

    assert taken_back(session, campaign_id, "C1").state == "办理中"

    due = milestone(session, campaign_id, "C1")
    assert (due.state, due.due) == (Progress.OPEN, day(6))


def test_what_came_back_is_not_undone_and_ends_by_a_decision(session, campaign_id):
    raised(session, campaign_id)
    closed(session, campaign_id)
    step(session, campaign_id, "F1", T.RECUR, days=20)

    with pytest.raises(ProgressError, match="上一步是“再次发生”，不能撤回"):
        taken_back(session, campaign_id, days=21)


def test_a_team_judges_none_of_its_own_bodies(session, campaign_id):
    team = InspectionTeam(campaign_id=campaign_id, name="第一督导组")
    session.add(team)
    session.flush()
    unit_id = unit_named(session, campaign_id, UNIT)
    session.add(TeamUnit(team_id=team.id, unit_id=unit_id, role="body"))
    raised(session, campaign_id)
    proof = piece(session, campaign_id, "整改通知").code
    step(session, campaign_id, "F1", T.RECTIFY, pieces=(proof,))

    with pytest.raises(ProgressError, match="第一督导组有市司法局的人"):
        step(session, campaign_id, "F1", T.VERIFY, by="第一督导组组长")
    assert step(session, campaign_id, "F1", T.VERIFY, by="第二督导组组长").changed
