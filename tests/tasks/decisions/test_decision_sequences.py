"""Any sequence of patrols and decisions: no stage is lost, closed twice, or none under way too early."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from models.campaign.campaign import campaign_named, stages_of
from models.campaign.moves import Transition
from models.database import open_session
from models.decisions.decision import Decision, decisions_of
from models.errors import DecisionError
from models.plan.schema import Plan, PlanStage
from models.rules.decisions.answers import Answer, Said
from models.rules.words import DocumentKind, StageKind
from models.settings import moment_of
from tasks.audit.chain import verify
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.objections.case import Objecting
from tasks.decisions.objections.objecting import begin_objection
from tasks.patrol.patrol import patrol_campaign
from tasks.plans.loading import load_plan
from tests.support.deciding import decide, noon, open_questions, statuses

START = date(2025, 7, 1)
SLUGS = (f"s{n}" for n in count())
KINDS = (StageKind.LAUNCH, StageKind.IMPLEMENTATION, StageKind.CONSOLIDATION, StageKind.ACCEPTANCE)


def plan(stages: list[tuple[int, int, bool]]) -> Plan:
    """Return a plan of stages given as (begins, lasts, has a step)."""
    return Plan(
        kind=DocumentKind.WORK_PLAN,
        title="某县方案",
        issued_on=START,
        stages=[
            PlanStage(
                ordinal=n,
                name=f"第{n}阶段",
                kind=KINDS[(n - 1) % len(KINDS)],
                start=START + timedelta(days=begins),
                end=START + timedelta(days=begins + lasts),
                steps=["培训"] if stepped else [],
            )
            for n, (begins, lasts, stepped) in enumerate(sorted(stages), 1)
        ],
    )


STAGES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 20), st.booleans()), min_size=1, max_size=5
)
DEEDS = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.integers(0, 4),
        st.sampled_from(list(Answer)),
        st.booleans(),
        st.booleans(),
    ),
    min_size=4,
    max_size=14,
)


def last_decided(slug: str) -> int:
    """Return the number of the latest answered decision; 0 where there is none."""
    with open_session(read_only=True) as session:
        found = decisions_of(session, campaign_named(session, slug).id or 0)
        return next((d.id or 0 for d in found if d.status == "answered"), 0)


def object_to(number: int, day: date) -> None:
    """Object in the name of the group's head, where that may be."""
    with suppress(DecisionError):
        begin_objection(Objecting(number, "组长", "不是我", "创建办"), moment_of(noon(day), day))


@pytest.mark.timeout(240)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(stages=STAGES, deeds=DEEDS)
def test_no_sequence_of_decisions_loses_a_stage(database, stages, deeds):
    slug, day = next(SLUGS), START
    load_plan(plan(stages), slug=slug, start=None, moment=moment_of(noon(day), day))
    closed: set[int] = set()
    reopened = 0
    for wait, place, answer, early, objects in deeds:
        day += timedelta(days=wait)
        patrol_campaign(slug, moment_of(noon(day), day))
        if early and (waiting := [n for n, s in enumerate(statuses(slug), 1) if s == "pending"]):
            ask_by_hand(slug, waiting[place % len(waiting)], "创建办", moment_of(noon(day), day))
        questions = list(open_questions(slug).items())
        if questions:
            _, number = questions[place % len(questions)]
            later = day + timedelta(days=40)
            said = Said(answer, "理由", later if answer is Answer.POSTPONE else None)
            decide(number, said, day)
            decide(number, said, day, code="AAAAAA")  # a second time, with nothing in hand
        now = statuses(slug)
        done = {n for n, status in enumerate(now, 1) if status == "closed"}
        if objects and (number := last_decided(slug)):
            object_to(number, day)
            now = statuses(slug)
            still = {n for n, status in enumerate(now, 1) if status == "closed"}
            reopened += len(done - still)
            closed &= still
            done = still
        assert len(now) == len(stages)
        assert closed <= done
        closed = done
        begun = any(status != "pending" for status in now)
        over = len(done) == len(now)
        assert over or not begun or {"active", "deciding"} & set(now)

    with open_session(read_only=True) as session:
        campaign = campaign_named(session, slug)
        ids = {stage.id for stage in stages_of(session, campaign.id or 0)}
        closings = [
            t.stage_id
            for t in session.exec(select(Transition))
            if t.stage_id in ids and t.to_status == "closed"
        ]
        asked = [
            d.stage_id
            for d in session.exec(select(Decision).where(Decision.status == "asked"))
            if d.stage_id in ids
        ]
        assert len(closings) == len(closed) + reopened
        for stage_id in ids:  # in and out of pending and closed by turns: opened once, closed once
            moves = [
                (t.from_status, t.to_status)
                for t in session.exec(select(Transition).order_by(Transition.id))
                if t.stage_id == stage_id
            ]
            assert all(a[1] == b[0] for a, b in pairwise(moves)), moves
        assert len(asked) == len(set(asked))  # never two questions about one stage
    assert verify().broken is None
