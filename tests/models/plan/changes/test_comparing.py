"""What a later plan changes, in words: nothing where nothing changed, whatever the order."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.plan.changes.comparing import plan_changes
from models.plan.changes.said import ChangeKind, PlanPart
from models.plan.schema import Deadline, Plan, PlanGroup, PlanStage, PlanTask, Target
from models.rules.words import DocumentKind
from tasks.plans.loading import find_plan, pack_names, read_plan

TITLES = (
    "推进政务公开",
    "规范行政执法",
    "加强合法性审查",
    "清理规范性文件",
    "开展法治宣传",
    "办好民生实事",
)


def task(ordinal: int, title: str, **more) -> PlanTask:
    return PlanTask(ordinal=ordinal, title=title, **more)


def plan_of(*tasks: PlanTask, **more) -> Plan:
    return Plan(kind=DocumentKind.WORK_PLAN, title="某市工作方案", tasks=list(tasks), **more)


def said(old: Plan, new: Plan) -> list[str]:
    return [one.in_words() for one in plan_changes(old, new)]


@pytest.mark.parametrize("name", pack_names())
def test_a_plan_compared_with_itself_has_no_change(name):
    plan = read_plan(find_plan(name))

    assert plan_changes(plan, plan.model_copy(deep=True)) == []


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(len(TITLES))), st.permutations(range(len(TITLES))))
def test_the_order_of_the_tasks_in_the_file_does_not_matter(first, second):
    tasks = [task(n, title, lead_units=[f"市{title[:2]}局"]) for n, title in enumerate(TITLES, 1)]
    changed = [one.model_copy(update={"lead_units": ["市司法局"]}) for one in tasks[:3]] + tasks[4:]
    old = plan_of(*(tasks[n] for n in first))
    new = plan_of(*(changed[n] for n in second if n < len(changed)))

    assert said(plan_of(*tasks), old) == []
    assert said(old, new) == said(plan_of(*tasks), plan_of(*changed))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        # renumbered, the same words
        ({}, {"ordinal": 7}, "序号 1 → 7"),
        # the same number and units, other words
        (
            {"lead_units": ["市司法局"]},
            {"lead_units": ["市司法局"], "title": "规范涉企检查和柔性执法"},
            "内容由“推进政务公开”改为“规范涉企检查和柔性执法”",
        ),
        ({}, {"lead_units": ["市司法局"]}, "牵头单位增加 市司法局"),
        ({"lead_units": ["市司法局"]}, {}, "牵头单位减少 市司法局"),
        (
            {"lead_units": ["市司法局"]},
            {"responsible_units": ["市司法局"]},
            "市司法局 由牵头单位改为责任单位",
        ),
        # two ways to write one body's name are no change
        ({"lead_units": ["市委办"]}, {"lead_units": ["市委办公室"]}, ""),
        (
            {"deadline": Deadline(raw="7月底前", date=date(2025, 7, 31))},
            {"deadline": Deadline(raw="8月底前", date=date(2025, 8, 31))},
            "完成时限 2025-07-31 → 2025-08-31（晚 31 天）",
        ),
        (
            {"deadline": Deadline(raw="7月底前", date=date(2025, 7, 31))},
            {"deadline": Deadline(raw="长期坚持", open_ended=True)},
            "完成时限 2025-07-31 → 长期",
        ),
        (
            {"targets": [Target(raw="90%以上", metric_hint="公开率", op=">=", value=90, unit="%")]},
            {"targets": [Target(raw="95%以上", metric_hint="公开率", op=">=", value=95, unit="%")]},
            "目标由“90%以上”改为“95%以上”",
        ),
    ],
)
def test_what_a_task_says_otherwise_is_said(before, after, words):
    old, new = ({"ordinal": 1, "title": TITLES[0]} | more for more in (before, after))

    found = said(plan_of(PlanTask(**old)), plan_of(PlanTask(**new)))

    assert found == ([f"第 1 项任务“推进政务公开”{look(found)}：{words}"] if words else [])


def look(found: list[str]) -> str:
    return "（请核对：改动较大）" if found and "请核对" in found[0] else ""


def test_new_and_dropped_tasks_are_named_behind_those_that_changed():
    old = plan_of(task(1, TITLES[0]), task(2, TITLES[1]))
    new = plan_of(task(1, TITLES[2], lead_units=["市司法局"]), task(2, TITLES[1], section="二"))

    assert said(old, new) == [
        "取消第 1 项任务“推进政务公开”",
        "新增第 1 项任务“加强合法性审查”：牵头单位 市司法局",
    ]


def test_a_close_call_is_said_and_never_guessed_in_silence():
    old = plan_of(task(1, "开展法治宣传教育活动"))
    new = plan_of(task(2, "开展法治宣传教育"), task(3, "开展法治宣传活动"))

    [changed, fresh] = plan_changes(old, new)

    assert (changed.kind, changed.asked) == (ChangeKind.CHANGED, "也像“开展法治宣传活动”")
    assert (fresh.kind, fresh.new) == (ChangeKind.NEW, 3)


def test_stages_say_how_far_their_days_moved_and_what_steps_came():
    stage = PlanStage(ordinal=1, name="部署启动", start=date(2025, 6, 1), end=date(2025, 6, 20))
    later = stage.model_copy(update={"end": date(2025, 7, 10), "steps": ["印发方案"]})

    assert said(plan_of(stages=[stage]), plan_of(stages=[later])) == [
        "第 1 阶段“部署启动”：结束日 2025-06-20 → 2025-07-10（晚 20 天）；步骤增加 “印发方案”"
    ]


def test_groups_say_who_heads_them_and_who_joined():
    old = PlanGroup(name="工作专班", head_post="副市长", member_units=["市司法局", "市财政局"])
    new = PlanGroup(name="工作专班", head_post="市长", member_units=["市司法局", "市数据局"])

    [change] = plan_changes(plan_of(groups=[old]), plan_of(groups=[new]))

    assert change.part is PlanPart.GROUP
    assert change.says == [
        "负责人职务由“副市长”改为“市长”",
        "成员单位增加 市数据局",
        "成员单位减少 市财政局",
    ]


def test_a_very_long_list_is_compared_at_once():
    old = plan_of(*(task(n, f"第{n}件民生实事和{n * 7}处整治") for n in range(1, 401)))
    new = plan_of(*(task(n, f"另{n}桩工作与{n * 3}项检查") for n in range(1, 401)))

    assert len(plan_changes(old, new)) >= 400
