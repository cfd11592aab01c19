"""The gates: what each kind of stage must show before it closes, in the words of the plans.

Sources: the launch and the four stages after it as the plans lay them out (实施步骤, 工作步骤).
"""

from collections.abc import Mapping

from models.rules.gates.checks import (
    Bound,
    Rule,
    accepted,
    checked,
    children,
    earlier,
    finished,
    groups,
    issued,
    ledgers,
    liaisons,
    of_steps,
    overdue,
    proved,
    reachable,
    reached,
    remaining,
    report_whole,
    reviewed,
    scored,
    times,
)
from models.rules.gates.finding_checks import all_closed, in_time, looked_back
from models.rules.gates.values import Effort
from models.rules.words import StageKind

MINUTES, DAYS, WEEKS = Effort.MINUTES, Effort.DAYS, Effort.WEEKS
AT_MOST, AT_LEAST = Bound.AT_MOST, Bound.AT_LEAST
STEPS_DONE = Rule("steps-done", "本阶段其余步骤都已完成", remaining)
NOTHING_OVERDUE = Rule("nothing-overdue", "没有逾期的事项", overdue, bound=AT_MOST)
WORK_FINISHED = Rule("work-finished", "各单位的责任分解都已完成", finished, WEEKS, bound=AT_MOST)
WORK_CHECKED = Rule("work-checked", "每条责任分解都已自查登记", checked, bound=AT_MOST)

# The activities of the assessment, each rehearsed and recorded before the assessors come.
REHEARSALS = (
    ("search", "网络检索"),
    ("case-files", "案卷评查"),
    ("site", "实地核验"),
    ("papers", "资料核查"),
    ("law-test", "法律知识测试"),
    ("interviews", "综合访谈"),
    ("call-back", "电话回访"),
    ("satisfaction", "满意度测评"),
)

# In the order an office would clear them. A step belongs to the first rule whose words it holds.
GATES: Mapping[StageKind, tuple[Rule, ...]] = {
    StageKind.LAUNCH: (
        Rule("plan-issued", "实施方案已印发并确认", issued, MINUTES),
        Rule("mobilised", "已召开动员部署会", of_steps, words=("动员", "部署会")),
        Rule("task-force", "已成立领导小组和工作专班", of_steps, words=("专班", "领导小组")),
        Rule("trained", "已开展培训", times, words=("培训", "能力提升"), bound=AT_LEAST),
        Rule("groups-expanded", "每个单位类别都明确了成员", groups, MINUTES),
        Rule("liaisons-named", "每个责任单位都有联络员", liaisons, MINUTES),
        Rule("liaisons-reachable", "每个牵头单位的联络员都有可用通道", reachable, MINUTES),
        Rule("ledgers-out", "每个责任单位都领到台账", ledgers, MINUTES),
        Rule("children-ready", "县区、部门都有自己的方案和专班", children, WEEKS),
        STEPS_DONE,
    ),
    StageKind.IMPLEMENTATION: (
        Rule("publicity-begun", "已开展宣传", times, words=("宣传",), bound=AT_LEAST),
        Rule("highlight", "已培育特色亮点", times, WEEKS, words=("亮点", "特色"), bound=AT_LEAST),
        STEPS_DONE,
        WORK_CHECKED,
        Rule("evidence-complete", "每条需要佐证的责任分解都有证明材料", proved, WEEKS, bound=AT_MOST),
        NOTHING_OVERDUE,
        Rule("findings-in-time", "没有逾期未整改的问题", in_time, bound=AT_MOST, vouched=True),
        WORK_FINISHED,
    ),
    StageKind.SELF_EVALUATION: (
        Rule("indicators-scored", "每项指标都有自评分", scored, WEEKS, bound=AT_MOST),
        Rule("evidence-reviewed", "每项需要佐证的要求都有通过的证明材料", accepted, WEEKS, bound=AT_MOST),
        Rule("indicators-reviewed", "每项指标都经过初审", reviewed, WEEKS, bound=AT_MOST),
        Rule("report-confirmed", "自评报告已形成并确认", of_steps, words=("自评报告",)),
        Rule("report-complete", "自评报告没有空白", report_whole),
        Rule("sent-upward", "自评报告已按程序上报", of_steps, MINUTES, words=("上报", "报送")),
        STEPS_DONE,
    ),
    StageKind.CONSOLIDATION: (
        Rule(
            "package-complete", "申报材料已齐备并核对", of_steps, WEEKS, words=("填报", "上传", "申报")
        ),
        Rule("findings-closed", "每个问题都已销号", all_closed, WEEKS, bound=AT_MOST, vouched=True),
        Rule("looked-back", "每个问题都做过回头看", looked_back, words=("回头看",), vouched=True),
        Rule("online-checked", "公开材料经网上核查无误", of_steps, words=("网上", "公开")),
        STEPS_DONE,
        NOTHING_OVERDUE,
    ),
    StageKind.ACCEPTANCE: (
        *(Rule(f"rehearsed-{id_}", f"{name}已演练并记录", times, words=(name,), bound=AT_LEAST) for id_, name in REHEARSALS),
        STEPS_DONE,
        NOTHING_OVERDUE,
        WORK_CHECKED,
        WORK_FINISHED,
        Rule("indicators-reached", "各项指标都达到 100%", reached, WEEKS, bound=AT_MOST),
        Rule("earlier-closed", "前面的阶段都已结束", earlier, MINUTES),
    ),
}  # fmt: skip

RULE_IDS = frozenset(rule.id for rules in GATES.values() for rule in rules)


def rule_of(kind: StageKind, id_: str) -> Rule | None:
    """Return the rule ``id_`` of the gate of ``kind``, None where that gate has no such rule."""
    return next((rule for rule in GATES[kind] if rule.id == id_), None)


def demand_of(id_: str) -> str:
    """Return what the rule ``id_`` demands; every gate that has it demands the same."""
    return next(rule.demand for rules in GATES.values() for rule in rules if rule.id == id_)
