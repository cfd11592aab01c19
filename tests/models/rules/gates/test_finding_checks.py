"""The conditions about findings: counted by unit once one was raised, the office's word until then."""

import pytest

from models.rules.gates.judge import judge
from models.rules.gates.plan import PlanGates
from models.rules.gates.table import rule_of
from models.rules.gates.values import FindingCounts, GateFacts, Step
from models.rules.words import StageKind

IMPLEMENTING, CONSOLIDATING = StageKind.IMPLEMENTATION, StageKind.CONSOLIDATION
CASES = [
    (IMPLEMENTING, "findings-in-time", FindingCounts(late=2), "市司法局有 2 个问题逾期没有整改"),
    (
        CONSOLIDATING,
        "findings-closed",
        FindingCounts(unclosed=3, elsewhere=1),
        "市司法局还有 3 个问题没有销号，其中 1 个在核实或观察",
    ),
    (
        CONSOLIDATING,
        "looked-back",
        FindingCounts(unlooked=1),
        "市司法局有 1 个已销号的问题还没有回头看",
    ),
]


def of(report, rule):
    return [one.text for one in report.obstacles if one.rule == rule]


@pytest.mark.parametrize(("kind", "rule", "counts", "text"), CASES)
def test_an_obstacle_names_the_unit_and_how_many(kind, rule, counts, text):
    facts = GateFacts(findings={"市司法局": counts, "市教育局": FindingCounts()})

    assert of(judge(kind, facts), rule) == [text]
    assert judge(kind, facts).unmeasured == [
        one for one in judge(kind, facts).unmeasured if one.rule != rule
    ]


@pytest.mark.parametrize(("kind", "rule", "counts", "text"), CASES)
def test_where_nothing_was_ever_raised_only_the_office_can_say(kind, rule, counts, text):
    assert rule in {one.rule for one in judge(kind, GateFacts()).unmeasured}
    assert rule_of(kind, rule).confirmable


@pytest.mark.parametrize(("kind", "rule", "counts", "text"), CASES)
def test_what_is_settled_stands_in_no_way(kind, rule, counts, text):
    facts = GateFacts(findings={"市司法局": FindingCounts()})

    assert of(judge(kind, facts), rule) == []
    assert rule not in {one.rule for one in judge(kind, facts).unmeasured}


def test_a_plan_may_let_a_few_pass():
    facts = GateFacts(ordinal=4, findings={"市司法局": FindingCounts(unclosed=2)})
    plan = PlanGates(thresholds={"findings-closed": 2})

    assert of(judge(CONSOLIDATING, facts, plan), "findings-closed") == []


def test_the_step_of_the_plan_counts_beside_the_findings():
    step = Step("S4.2", "适时组织开展回头看", "创建办", None)
    facts = GateFacts(steps=[step], findings={"市司法局": FindingCounts(unlooked=1)})

    assert len(of(judge(CONSOLIDATING, facts), "looked-back")) == 2
