"""What stands between a stage and its close."""

from datetime import date

import pytest

from models.plan.checks import contradictions
from models.plan.schema import DocumentKind, Plan, PlanGates, PlanStage, StageKind
from models.rules.gates import (
    GATES,
    RULE_IDS,
    Effort,
    GateFacts,
    Obstacle,
    Step,
    cheapest_first,
    judge,
    names,
    obstacles,
)

END = date(2025, 7, 31)


@pytest.mark.parametrize("kind", list(StageKind))
def test_every_kind_of_stage_has_a_gate(kind):
    assert GATES[kind]


def test_a_gate_without_obstacles_is_open():
    done = GateFacts(end=END, indicators=104)

    assert all(obstacles(kind, done) == [] for kind in StageKind)


def test_an_open_step_is_an_obstacle_with_its_owner_and_day():
    facts = GateFacts(end=END, steps=[Step("S1.1", "全面动员部署", "创建办", END)])

    [found] = obstacles(StageKind.LAUNCH, facts)

    assert (found.owner, found.due) == ("创建办", END)
    assert "S1.1 全面动员部署" in found.text


def test_the_launch_asks_for_members_liaisons_and_channels():
    facts = GateFacts(
        end=END,
        open_groups=["县区政府"],
        units_without_liaison=["市司法局"],
        unreachable=["市财政局"],
    )

    found = [o.rule for o in obstacles(StageKind.LAUNCH, facts)]

    assert found == ["groups-expanded", "liaisons-named", "liaisons-reachable"]


def test_a_long_list_of_names_is_cut_with_its_number():
    assert names(["甲", "乙", "丙", "丁", "戊", "己"]) == "甲、乙、丙、丁、戊等 6 个"
    assert names(["甲", "乙"]) == "甲、乙"


@pytest.mark.parametrize(
    ("kind", "facts", "rule", "owner"),
    [
        (StageKind.LAUNCH, GateFacts(issued=False), "plan-issued", "创建办"),
        (
            StageKind.LAUNCH,
            GateFacts(steps=[Step("S1.1", "召开动员大会", "创建办", END)]),
            "mobilised",
            "创建办",
        ),
        (
            StageKind.LAUNCH,
            GateFacts(steps=[Step("S1.2", "成立创建工作专班", "创建办", END)]),
            "task-force",
            "创建办",
        ),
        (
            StageKind.LAUNCH,
            GateFacts(steps=[Step("S1.3", "强化能力提升", "市司法局", END)]),
            "trained",
            "市司法局",
        ),
        (
            StageKind.LAUNCH,
            GateFacts(children=2, children_not_ready=["永昌县"]),
            "children-ready",
            "创建办",
        ),
        (
            StageKind.IMPLEMENTATION,
            GateFacts(steps=[Step("S2.3", "培育特色亮点", "创建办", END)]),
            "highlight",
            "创建办",
        ),
        (
            StageKind.IMPLEMENTATION,
            GateFacts(unchecked={"市财政局": 2}),
            "work-checked",
            "市财政局",
        ),
        (
            StageKind.IMPLEMENTATION,
            GateFacts(unfinished={"市财政局": 1}),
            "work-finished",
            "市财政局",
        ),
        (StageKind.IMPLEMENTATION, GateFacts(overdue=1), "nothing-overdue", "创建办"),
        (StageKind.SELF_EVALUATION, GateFacts(indicators=0), "indicators-scored", "创建办"),
        (
            StageKind.SELF_EVALUATION,
            GateFacts(indicators=104, unreviewed=3),
            "indicators-reviewed",
            "创建办",
        ),
        (
            StageKind.CONSOLIDATION,
            GateFacts(steps=[Step("S4.1", "填报证明材料", "创建办", END)]),
            "package-complete",
            "创建办",
        ),
        (
            StageKind.ACCEPTANCE,
            GateFacts(steps=[Step("S5.2", "配合网络检索", "创建办", END)]),
            "rehearsed-search",
            "创建办",
        ),
        (
            StageKind.ACCEPTANCE,
            GateFacts(indicators=9, unreached=1),
            "indicators-reached",
            "创建办",
        ),
        (StageKind.ACCEPTANCE, GateFacts(earlier_open=["巩固提升"]), "earlier-closed", "创建办"),
    ],
)
def test_each_condition_names_its_rule_and_owner(kind, facts, rule, owner):
    [found] = obstacles(kind, facts)

    assert (found.rule, found.owner) == (rule, owner)


def test_a_step_is_one_obstacle_only_even_if_several_rules_could_speak_for_it():
    step = Step("S1.1", "成立专班并召开动员部署会", "创建办", END)

    assert len(obstacles(StageKind.LAUNCH, GateFacts(steps=[step]))) == 1


def test_what_nothing_can_measure_is_said_and_does_not_count():
    report = judge(StageKind.CONSOLIDATION, GateFacts())

    assert report.open
    assert "findings-closed" in {one.rule for one in report.unmeasured}
    assert all(one.text.endswith("尚不能衡量") for one in report.unmeasured)


def test_what_nothing_can_measure_counts_where_the_plan_requires_it():
    plan = PlanGates(required=["S4:findings-closed"])

    [found] = judge(StageKind.CONSOLIDATION, GateFacts(ordinal=4), plan).obstacles
    assert found.rule == "findings-closed"
    assert judge(StageKind.CONSOLIDATION, GateFacts(ordinal=5), plan).open  # another stage


def test_a_plan_switches_rules_off_and_sets_thresholds():
    facts = GateFacts(ordinal=2, overdue=3, unfinished={"市财政局": 1})

    assert judge(StageKind.IMPLEMENTATION, facts, PlanGates(skip=["S3:work-finished"])).obstacles
    plan = PlanGates(skip=["S2:work-finished"], thresholds={"nothing-overdue": 3})
    assert judge(StageKind.IMPLEMENTATION, facts, plan).open
    [found] = obstacles(
        StageKind.IMPLEMENTATION, GateFacts(overdue=4), PlanGates(thresholds={"nothing-overdue": 3})
    )
    assert found.text == "有 4 个事项逾期,最多允许 3 个"


def test_the_cheapest_obstacle_comes_first_and_then_the_earliest():
    weeks = Obstacle("a", "甲", due=date(2025, 7, 1), effort=Effort.WEEKS)
    late = Obstacle("b", "乙", effort=Effort.MINUTES)
    soon = Obstacle("c", "丙", due=END, effort=Effort.MINUTES)

    assert cheapest_first([weeks, late, soon]) == [soon, late, weeks]


def test_a_rule_that_is_not_there_is_a_fault_of_the_plan():
    plan = Plan(
        kind=DocumentKind.WORK_PLAN,
        title="方案",
        stages=[PlanStage(ordinal=1, name="启动", kind=StageKind.LAUNCH)],
        gates=PlanGates(skip=["stepsdone", "S9:steps-done"], thresholds={"x": 1}),
    )

    found = contradictions(plan)

    assert len(found) == 3
    assert "没有名为 stepsdone 的推进条件" in found[0]
    assert "S9 不在方案里" in found[1]


def test_every_rule_has_a_demand_in_chinese():
    rules = [rule for kind in GATES.values() for rule in kind]

    assert {rule.id for rule in rules} == RULE_IDS
    assert all(any("一" <= c <= "鿿" for c in rule.demand) for rule in rules)
