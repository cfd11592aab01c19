"""A breakdown table in a plan: it fills what is empty, adds what is missing, and says what it has otherwise."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.plan.changes.merging import with_table
from models.plan.schema import Deadline, PlanTask, Target
from tests.models.plan.changes.test_comparing import TITLES, plan_of, task

SIX = Deadline(raw="6月底前", date=date(2025, 6, 30))
NINE = Deadline(raw="9月底前", date=date(2025, 9, 30))
NINETY = Target(raw="90%以上", metric_hint="公开率", op=">=", value=90, unit="%")


def words(changes):
    return [one.in_words().partition("：")[2] for one in changes]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("lead_units", ["市司法局"]),
        ("responsible_units", ["市司法局", "市财政局"]),
        ("lead_groups", ["市直各部门"]),
        ("lead_posts", ["常务副市长"]),
        ("deadline", SIX),
        ("targets", [NINETY]),
    ],
)
def test_a_row_fills_what_its_task_has_nothing_of(field, value):
    merged = with_table(plan_of(task(1, TITLES[0])), plan_of(task(9, TITLES[0], **{field: value})))

    assert len(merged.filled) == 1
    assert merged.differing == merged.added == []
    [one] = merged.plan.tasks
    assert (one.ordinal, getattr(one, field)) == (1, value)


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        (
            {"lead_units": ["市司法局"]},
            {"lead_units": ["市财政局"]},
            "牵头单位增加 市财政局；牵头单位减少 市司法局",
        ),
        (
            {"responsible_units": ["市司法局"]},
            {"lead_units": ["市司法局"]},
            "市司法局 由责任单位改为牵头单位",
        ),
        ({"deadline": SIX}, {"deadline": NINE}, "完成时限 2025-06-30 → 2025-09-30（晚 92 天）"),
        (
            {"targets": [NINETY]},
            {"targets": [NINETY.model_copy(update={"value": 95, "raw": "95%以上"})]},
            "目标由“90%以上”改为“95%以上”",
        ),
    ],
)
def test_what_a_row_says_otherwise_is_listed_and_taken_only_when_asked(ours, theirs, told):
    before, table = plan_of(task(1, TITLES[0], **ours)), plan_of(task(1, TITLES[0], **theirs))

    merged = with_table(before, table)
    assert words(merged.differing) == [told]
    assert merged.plan == before

    taken = with_table(before, table, [1]).plan
    for field, value in theirs.items():
        assert getattr(taken.tasks[0], field) == value
    assert with_table(taken, table).differing == []


def test_what_the_table_says_nothing_of_stays():
    before = plan_of(task(1, TITLES[0], lead_units=["市司法局"], deadline=SIX), task(2, TITLES[1]))

    merged = with_table(before, plan_of(task(1, TITLES[0])))

    assert merged.plan == before
    assert merged.untold == 1
    assert merged.filled == merged.differing == []


def test_a_row_that_no_task_is_like_is_a_doubt_behind_the_last():
    before = plan_of(task(1, TITLES[0]), task(4, TITLES[1]))
    table = plan_of(task(1, TITLES[4], lead_units=["市司法局"]))

    [new] = with_table(before, table).added

    assert new.in_words() == (
        "新增第 5 项任务“开展法治宣传”（请核对：方案里没有这一项）：牵头单位 市司法局"
    )
    assert with_table(before, table, adds=False).plan == before


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(TITLES), unique=True),
    st.lists(st.sampled_from(TITLES), unique=True),
    st.lists(st.sampled_from(["市司法局", "市财政局", "市审计局"]), unique=True, min_size=1),
)
def test_the_same_table_again_fills_and_adds_nothing(ours, theirs, units):
    before = plan_of(*(task(n, title) for n, title in enumerate(ours, 1)))
    rows = [PlanTask(ordinal=n, title=t, lead_units=units) for n, t in enumerate(theirs, 1)]
    once = with_table(before, plan_of(*rows)).plan
    twice = with_table(once, plan_of(*rows))

    assert (twice.filled, twice.added, twice.differing) == ([], [], [])
    assert twice.plan == once
    assert {one.title for one in once.tasks} == {*ours, *theirs}
