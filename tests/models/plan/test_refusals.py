"""What a plan is refused for, and what it lacks: in words, all at once."""

import re

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document
from models.plan.refusals import gaps, refusals
from models.plan.schema import Plan

STAGE = {"ordinal": 1, "name": "部署启动", "start": "2025-06-01", "end": "2025-06-20"}
TASK = {"ordinal": 1, "title": "简政放权", "lead_units": ["市司法局"]}
LATE = STAGE | {"start": "2025-06-21"}


def plan(**changes):
    facts = {"kind": "work_plan", "title": "某市创建方案", "stages": [STAGE], "tasks": [TASK]}
    return Plan.model_validate(facts | changes)


def test_a_sound_plan_is_not_refused_and_lacks_nothing():
    assert refusals(plan()) == []
    assert list(gaps(plan())) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "甲" * 600},
        {"kind": "report", "is_plan": False},
        {"stages": [], "tasks": []},
        {"stages": [LATE]},
        {"stages": [STAGE | {"open_ended": True}]},
        {"stages": [STAGE, STAGE]},
        {"tasks": [TASK | {"deadline": {"date": "2025-06-01", "open_ended": True}}]},
        {"tasks": [TASK | {"lead_units": ["局" * 101]}]},
        {"issued_on": "2020-01-01", "year_context": 2025},
        {"other_targets": [{"raw": "达到120%", "op": ">=", "value": 120, "unit": "%"}]},
        {"recurring": [{"freq": "weekly", "day": 8, "what": "报送"}]},
        {"groups": [{"name": "办公室", "parent": "办公室"}]},
        {"unit_aliases": [{"canonical": c, "variants": ["丙局"]} for c in ("甲局", "乙局")]},
    ],
)
def test_no_refusal_shows_a_key(changes):
    faults = refusals(plan(**changes))

    assert faults
    assert not [fault for fault in faults if re.search(r"[a-z]", fault)]


def test_what_is_too_long_and_what_contradicts_are_told_together():
    faults = refusals(plan(title="甲" * 600, stages=[LATE], tasks=[TASK, TASK]))

    assert [fault.split("：")[0] for fault in faults] == ["标题", "阶段", "任务"]


def test_a_name_of_any_length_is_shown_short():
    [fault] = refusals(plan(stages=[LATE | {"name": "甲" * 90}]))

    assert len(fault) < 120


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"stages": []}, ["没有阶段"]),
        ({"tasks": []}, ["没有工作任务"]),
        ({"stages": [], "tasks": []}, ["没有阶段", "没有工作任务"]),
        ({"tasks": [{"ordinal": 1, "title": "甲"}]}, ["各项任务都没有牵头或责任单位"]),
        ({"tasks": [{"ordinal": 1, "title": "甲"}, TASK]}, []),  # one has: its own doubt says so
        ({"tasks": [{"ordinal": 1, "title": "甲", "responsible_groups": ["各镇"]}]}, []),
        ({"tasks": [{"ordinal": 1, "title": "甲", "lead_groups": ["各镇"]}]}, []),
    ],
)
def test_what_a_plan_has_none_of_is_named(changes, lacks):
    assert [gap.split("，")[0] for gap in gaps(plan(**changes))] == lacks


HEAD = "某市创建工作方案\n"
TASKS = "一、重点任务\n1.加强执法。（牵头单位：市司法局）\n2.加强普法。（牵头单位：市教育局）\n"
STAGES = "二、实施步骤\n（一）启动阶段（2025年3月）。动员。\n（二）总结阶段（2025年9月）。总结。\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + TASKS + STAGES, []),
        (HEAD + TASKS, ["没有阶段"]),
        (HEAD + STAGES, ["没有读出工作任务。"]),
        (HEAD + "为做好工作，制定本方案。", ["没有读出工作任务、阶段"]),
        (HEAD + "一、重点任务\n1.加强执法。\n2.加强普法。\n" + STAGES, ["各项任务都没有牵头"]),
        (HEAD + "一、重点任务\n1.加强执法。\n2.加强普法。\n", ["没有阶段", "各项任务都没有牵头"]),
    ],
)
def test_a_reading_that_lacks_something_carries_a_doubt(text, said):
    found = read_plan(Document.from_text(text)).doubts

    reasons = [doubt.reason for doubt in found if doubt.about == "plan"]
    reasons = [reason for reason in reasons if "没有读出时限" not in reason]  # see test_deadlines
    assert len(reasons) == len(said)
    assert all(reason.startswith(start) for reason, start in zip(reasons, said, strict=True))
