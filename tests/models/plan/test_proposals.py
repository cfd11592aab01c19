"""A proposal is taken whole or refused, and what it was put to stays as it was."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.plan.limits import excesses
from models.plan.proposals import RefusedProposal, apply_proposal, steps_of, value_after, value_at
from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import Document
from models.plan.schema import Plan
from models.rules.words import Frequency
from tests.places import DOCUMENTS

SAMPLE = DOCUMENTS / "04-pufa-xuanchuan-xiangdui-riqi.txt"
PLAN = compile_plan(Document.from_text(SAMPLE.read_text(encoding="utf-8"), SAMPLE.name))
TARGET = {"raw": "不低于95%", "op": ">=", "value": 95, "unit": "%", "metric_hint": "知晓率"}
DUTY = {"raw": "每月25日前", "freq": "monthly", "day": 25, "what": "报送进展"}


def test_names_are_added_to_a_list_and_none_twice():
    [known, *_] = PLAN.tasks[0].lead_units

    plan = apply_proposal(PLAN, "tasks[0].lead_units", ["市司法局", known, "市司法局"])

    assert plan.tasks[0].lead_units == [*PLAN.tasks[0].lead_units, "市司法局"]


def test_a_target_and_a_duty_are_added_once():
    plan = apply_proposal(PLAN, "tasks[1].targets", TARGET)
    plan = apply_proposal(plan, "tasks[1].targets", TARGET)
    plan = apply_proposal(plan, "recurring", [DUTY])

    assert [each.value for each in plan.tasks[1].targets][-1:] == [95]
    assert len(plan.tasks[1].targets) == len(PLAN.tasks[1].targets) + 1
    assert plan.recurring[-1].freq is Frequency.MONTHLY


def test_what_stood_in_a_list_twice_stays_there():
    twice = apply_proposal(PLAN, "other_targets", TARGET)
    twice.other_targets.append(twice.other_targets[-1])

    plan = apply_proposal(twice, "other_targets", {**TARGET, "value": 96})

    assert [each.value for each in plan.other_targets][-3:] == [95, 95, 96]


def test_a_duty_of_another_chapter_is_the_same_duty():
    known = PLAN.recurring[0].model_dump() | {"where": "别处", "source": {"line": 3}}

    assert apply_proposal(PLAN, "recurring", known).recurring == PLAN.recurring


@pytest.mark.parametrize(
    ("where", "proposal", "field"),
    [
        ("stages[0].end", "2026-06-30", date(2026, 6, 30)),
        ("tasks[0].deadline.date", "2026-06-30", date(2026, 6, 30)),  # where there was no deadline
        ("title", "普法方案", "普法方案"),
        ("issued_on", "2026-01-02", date(2026, 1, 2)),
    ],
)
def test_everything_else_is_set(where, proposal, field):
    assert value_at(apply_proposal(PLAN, where, proposal), where) == field


def test_a_deadline_is_set_whole():
    plan = apply_proposal(PLAN, "tasks[0].deadline", {"raw": "6月底前", "date": "2026-06-30"})

    assert plan.tasks[0].deadline.date == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("where", "proposal"),
    [
        ("", ["市司法局"]),  # the whole plan is no place
        ("tasks", None),
        ("tasks[0].lead_units", []),
        ("tasks[0].lead_units", [" "]),
        ("tasks[0].lead_units", [3]),
        ("tasks[0].lead_units", ["长" * 101]),
        ("tasks[999].lead_units", ["市司法局"]),
        ("tasks[0].nobody", ["市司法局"]),
        ("tasks[0].model_fields", "x"),
        ("tasks[0]..title", "x"),
        ("tasks[0]title", "x"),
        ("tasks[0].title.", "x"),
        ("tasks[-1].title", "x"),
        ("stages[0].end", "2026-02-30"),
        ("stages[0].end", "1026-02-03"),
        ("tasks[0].targets", {"raw": "95%"}),
        ("tasks[0].targets", {**TARGET, "extra": 1}),
        ("recurring", {**DUTY, "day": 99}),
        ("tasks[0].ordinal", 0),
    ],
)
def test_what_cannot_stand_there_is_refused(where, proposal):
    before = PLAN.model_dump_json()

    with pytest.raises(RefusedProposal):
        apply_proposal(PLAN, where, proposal)

    assert PLAN.model_dump_json() == before


FIELDS = ["title", "name", "lead_units", "targets", "deadline", "deadline.date", "end", "steps", "raw", "what", "day", "op"]  # fmt: skip
PLACES = st.one_of(
    st.builds(
        lambda name, at, field: f"{name}[{at}].{field}",
        st.sampled_from(["tasks", "stages", "recurring", "groups", "other_targets"]),
        st.integers(0, 8),
        st.sampled_from(FIELDS),
    ),
    st.sampled_from(["tasks", "recurring", "other_targets", "title", "issued_on", "tasks[0]"]),
    st.text(max_size=20),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from(["2026-06-30", "市司法局", ">=", "monthly"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from([*TARGET, *DUTY, "date", "x"]), inner, max_size=5)
    | st.just(TARGET)
    | st.just(DUTY),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(PLACES, VALUES)
def test_any_proposal_is_applied_whole_or_refused(where, proposal):
    before = PLAN.model_dump()

    try:
        plan = apply_proposal(PLAN, where, proposal)
    except RefusedProposal:
        plan = None

    assert PLAN.model_dump() == before
    if plan is not None:
        written = plan.model_dump_json()
        assert json.dumps(Plan.model_validate_json(written).model_dump(mode="json")) == json.dumps(
            plan.model_dump(mode="json")
        )
        assert value_at(plan, where) == value_after(PLAN, where, proposal)
        assert list(excesses(value_at(plan, where), steps_of(where))) == []
        again = apply_proposal(plan, where, proposal)
        assert value_at(again, where) == value_at(plan, where)  # twice is once
