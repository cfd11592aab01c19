"""What stands between a stage and its close."""

from dataclasses import replace
from datetime import date

import pytest

from models.plan.checks import contradictions
from models.plan.schema import Plan, PlanStage
from models.rules.gates.checks import names
from models.rules.gates.judge import cheapest, judge, obstacles
from models.rules.gates.plan import PlanGates
from models.rules.gates.table import GATES, RULE_IDS
from models.rules.gates.values import BelowReady, Confirmed, Effort, GateFacts, Obstacle, Step
from models.rules.words import DocumentKind, StageKind

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


def test_no_obstacle_tells_a_leader_to_run_a_command():
    facts = GateFacts(end=END, indicators=104, unreviewed_demands=["1.1.1#1"], report_blanks=None)

    texts = [found.text for kind in StageKind for found in obstacles(kind, facts)]

    assert "自评报告还没有形成，请创建办形成" in texts
    assert "没有通过的证明材料的要求：1.1.1#1，全部见证明材料缺项清单" in texts
    assert not [text for text in texts if "shifan" in text]


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
            GateFacts(below=BelowReady(children=2, not_ready=["永昌县"])),
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
    assert found.text == "有 4 个事项逾期，最多允许 3 个"


def test_a_threshold_of_one_stage_goes_before_the_general_one():
    facts = GateFacts(ordinal=2, overdue=3)
    plan = PlanGates(thresholds={"nothing-overdue": 5, "S2:nothing-overdue": 2})

    assert not judge(StageKind.IMPLEMENTATION, facts, plan).open
    assert judge(StageKind.IMPLEMENTATION, replace(facts, ordinal=3), plan).open


@pytest.mark.parametrize(
    ("rule", "kind", "figures"),
    [
        ("work-checked", StageKind.ACCEPTANCE, {"unchecked": {"市财政局": 2}}),
        ("work-finished", StageKind.ACCEPTANCE, {"unfinished": {"市财政局": 1, "市司法局": 1}}),
        ("indicators-scored", StageKind.SELF_EVALUATION, {"unscored": 2}),
        ("indicators-reviewed", StageKind.SELF_EVALUATION, {"unreviewed": 2}),
        ("indicators-reached", StageKind.ACCEPTANCE, {"unreached": 2}),
        (
            "evidence-reviewed",
            StageKind.SELF_EVALUATION,
            {"unreviewed_demands": ["W1#1", "1.1.1#2"]},
        ),
    ],
)
def test_what_is_counted_may_be_left_over_up_to_the_threshold(rule, kind, figures):
    facts = GateFacts(indicators=104, **figures)

    assert judge(kind, facts, PlanGates(thresholds={rule: 2})).open
    assert {o.rule for o in obstacles(kind, facts, PlanGates(thresholds={rule: 1}))} == {rule}


HIGHLIGHT = Step("S2.3", "培育特色亮点", "创建办", END)
THREE = PlanGates(thresholds={"highlight": 3})


@pytest.mark.parametrize(
    ("steps", "amount", "words"),
    [
        ([], None, ["已有 0 个，方案要求至少 3 个"]),
        ([replace(HIGHLIGHT, done=True)], None, ["已有 1 个，方案要求至少 3 个"]),
        ([replace(HIGHLIGHT, done=True, dropped=True)], None, ["已有 0 个，方案要求至少 3 个"]),
        ([replace(HIGHLIGHT, done=True)], 2, ["已有 2 个，方案要求至少 3 个"]),
        ([], 3, []),
        ([HIGHLIGHT], 3, ["S2.3 培育特色亮点尚未完成"]),  # vouching finishes no step
        ([HIGHLIGHT], None, ["S2.3 培育特色亮点尚未完成", "已有 0 个，方案要求至少 3 个"]),
    ],
)
def test_a_plan_may_ask_for_several_highlights(steps, amount, words):
    said = Confirmed("highlight", "创建办", END, amount=amount) if amount else None
    facts = GateFacts(steps=steps, confirmed={"highlight": said} if said else {})
    found = [o.text.removeprefix("已培育特色亮点：") for o in obstacles(KIND, facts, THREE)]

    assert found == words


KIND = StageKind.IMPLEMENTATION
VOUCHED = Confirmed("evidence-complete", "创建办", END, note="逐项核对")


def test_what_nothing_can_measure_is_met_when_the_office_vouches_for_it():
    plan = PlanGates(required=["evidence-complete"])
    assert not judge(KIND, GateFacts(), plan).open
    report = judge(KIND, GateFacts(confirmed={VOUCHED.rule: VOUCHED}), plan)

    assert report.open
    assert "evidence-complete" not in {one.rule for one in report.unmeasured}
    [said] = report.confirmed
    assert said.text == "每条需要佐证的责任分解都有证明材料：创建办 2025-07-31 确认（逐项核对）"


def test_no_vouching_overrules_what_the_tables_measure():
    said = Confirmed("highlight", "创建办", END)
    facts = GateFacts(steps=[HIGHLIGHT], confirmed={"highlight": said})
    report = judge(KIND, facts)

    assert [o.text for o in report.obstacles] == ["S2.3 培育特色亮点尚未完成"]
    assert report.confirmed[0].text.endswith("还有没办完的，不作数")


def test_vouching_for_what_the_tables_always_measure_changes_nothing():
    said = {r: Confirmed(r, "创建办", END) for r in RULE_IDS}
    measured = GateFacts(
        overdue=1, unchecked={"市财政局": 1}, unfinished={"市财政局": 1}, earlier_open=["巩固"]
    )
    for kind in StageKind:
        before = obstacles(kind, measured)
        assert obstacles(kind, replace(measured, confirmed=said)) == before


def test_a_plan_without_day_and_number_may_be_vouched_for_as_issued():
    said = {"plan-issued": Confirmed("plan-issued", "创建办", END)}

    assert judge(StageKind.LAUNCH, GateFacts(issued=False, confirmed=said)).open


def test_the_cheapest_obstacle_comes_first_and_then_the_earliest():
    weeks = Obstacle("a", "甲", due=date(2025, 7, 1), effort=Effort.WEEKS)
    late = Obstacle("b", "乙", effort=Effort.MINUTES)
    soon = Obstacle("c", "丙", due=END, effort=Effort.MINUTES)

    assert sorted([weeks, late, soon], key=cheapest) == [soon, late, weeks]


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


@pytest.mark.parametrize(
    ("gates", "fault"),
    [
        ({"thresholds": {"steps-done": 1}}, "steps-done）：steps-done 不按数量计"),
        (
            {"thresholds": {"highlight": 0}},
            "推进条件（gates.thresholds.highlight）：写的是 0，应为 1 到",
        ),
        ({"thresholds": {"nothing-overdue": -1}}, "写的是 -1，应为 0 到"),
        ({"thresholds": {"nothing-overdue": 2.5}}, "写的是 2.5，应为整数"),
        ({"thresholds": {"nothing-overdue": float("inf")}}, "写的是 inf，应为整数"),
        ({"thresholds": {"nothing-overdue": float("nan")}}, "写的是 nan，应为整数"),
        ({"thresholds": {"highligt": 3}}, "没有名为 highligt 的推进条件"),
        ({"thresholds": {"S1:highlight": 3}}, "S1:highlight 所指的阶段没有 highlight 这一条"),
        (
            {"skip": ["S1:highlight"]},
            "推进条件（gates.skip）：S1:highlight 所指的阶段没有",
        ),
        ({"required": ["trained"], "skip": ["trained"]}, "同时写在 required 里"),
        ({"skip": [":trained"]}, "所指的阶段 （空） 不在方案里"),
    ],
)
def test_what_the_gates_section_cannot_mean_is_one_fault_with_its_place(gates, fault):
    plan = Plan(
        kind=DocumentKind.WORK_PLAN,
        title="方案",
        stages=[PlanStage(ordinal=1, name="启动", kind=StageKind.LAUNCH)],
        gates=PlanGates(**gates),
    )

    [found] = contradictions(plan)
    assert fault in found


def test_every_rule_has_a_demand_in_chinese():
    rules = [rule for kind in GATES.values() for rule in kind]

    assert {rule.id for rule in rules} == RULE_IDS
    assert all(any("一" <= c <= "鿿" for c in rule.demand) for rule in rules)
