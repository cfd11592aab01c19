"""A supplement changes only what it speaks of; what cannot be placed is named, and nothing else is lost."""

from datetime import date

import pytest

from models.plan.changes.comparing import plan_changes
from models.plan.changes.supplements import is_supplement, split_sentences, supplemented
from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import Document
from tasks.plans.loading import find_plan, read_plan

TITLE = "关于调整《某市创建方案》有关事项的补充通知"


@pytest.fixture(scope="module")
def before():
    return read_plan(find_plan("jinchang-2025"))


def put_in(before, *sentences, title=TITLE):
    text = "\n".join((title, "各县区人民政府：", *sentences, "其他事项仍按原方案执行。"))
    document = Document.from_text(text)
    return supplemented(before, compile_plan(document), document)


def said(before, *sentences):
    found = put_in(before, *sentences)
    assert found.unplaced == []
    return [one.in_words() for one in plan_changes(before, found.plan)]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "将第三阶段时间调整为2025年8月10日至10月15日。",
            "第 3 阶段“自评初审”：开始日 2025-08-01 → 2025-08-10（晚 9 天）；"
            "结束日 2025-08-31 → 2025-10-15（晚 45 天）",
        ),
        (
            "第三阶段延长至2025年9月30日。",
            "第 3 阶段“自评初审”：结束日 2025-08-31 → 2025-09-30（晚 30 天）",
        ),
        (
            "自评初审阶段结束时间延长至9月底。",
            "第 3 阶段“自评初审”：结束日 2025-08-31 → 2025-09-30（晚 30 天）",
        ),
        (
            "第三阶段顺延一个月。",
            "第 3 阶段“自评初审”：开始日 2025-08-01 → 2025-09-01（晚 31 天）；"
            "结束日 2025-08-31 → 2025-09-30（晚 30 天）",
        ),
        (
            "第三阶段延长15天。",
            "第 3 阶段“自评初审”：结束日 2025-08-31 → 2025-09-15（晚 15 天）",
        ),
        (
            "第三阶段启动时间推迟至2025年8月15日。",
            "第 3 阶段“自评初审”：开始日 2025-08-01 → 2025-08-15（晚 14 天）",
        ),
        (
            "将第13项任务的牵头单位调整为市数据局。",
            "第 13 项任务“合法性审查”：牵头单位增加 市数据局；牵头单位减少 {old}",
        ),
        (
            "将“合法性审查”的完成时限延长至2025年9月底。",
            "第 13 项任务“合法性审查”：完成时限 未定 → 2025-09-30",
        ),
        (
            "增加市数据局为第13项任务的责任单位。",
            "第 13 项任务“合法性审查”：责任单位增加 市数据局",
        ),
        (
            "第13项任务增加责任单位市数据局、市统计局。",
            "第 13 项任务“合法性审查”：责任单位增加 市数据局、市统计局",
        ),
        ("删除第13项任务。", "取消第 13 项任务“合法性审查”"),
        (
            "将“合法性审查”修改为“合法性审查全覆盖”。",
            "第 13 项任务“合法性审查”：内容由“合法性审查”改为“合法性审查全覆盖”",
        ),
        (
            "增加一项工作任务：“推行扫码入企。牵头单位：市司法局；完成时限：2025年10月底。”",
            "新增第 33 项任务“推行扫码入企”：牵头单位 市司法局；完成时限 2025-10-31",
        ),
    ],
)
def test_a_sentence_changes_what_it_speaks_of_and_nothing_else(before, sentence, words):
    old = "、".join(before.tasks[12].lead_units)

    assert said(before, sentence) == [words.format(old=old)]


def test_several_changes_of_one_task_stand_in_one_sentence(before):
    sentence = "将第13项任务的牵头单位调整为市数据局，完成时限延长至2025年9月底。"

    [change] = plan_changes(before, put_in(before, sentence).plan)

    assert [one[:4] for one in change.says] == ["牵头单位", "牵头单位", "完成时限"]


def test_a_heading_says_what_the_sentences_below_it_are_about(before):
    found = put_in(before, "一、关于第三阶段", "结束时间延长至2025年9月30日。")

    assert found.plan.stages[2].end == date(2025, 9, 30)


@pytest.mark.parametrize(
    "sentence",
    [
        "将考核权重由百分之五调整为百分之八",
        "领导小组组长由副市长调整为市长",
        "第99项任务的牵头单位调整为市数据局",
        "第三阶段的安排相应调整为另行通知的时间",
    ],
)
def test_what_cannot_be_placed_is_named_and_changes_nothing(before, sentence):
    found = put_in(before, f"{sentence}。")

    assert found.unplaced == [sentence]
    assert plan_changes(before, found.plan) == []


def test_a_supplement_put_in_twice_changes_nothing_more(before):
    once = put_in(before, "第三阶段顺延一个月。")
    twice = put_in(once.plan, "第三阶段顺延一个月。")

    assert (twice.known, twice.plan) == (True, once.plan)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (TITLE, True),
        ("关于延长第三阶段工作时限的通知", True),
        ("某市创建工作补充方案", True),
        ("某市创建实施方案（修订稿）", False),
        ("某市创建实施方案", False),
        ("某市调整优化营商环境实施方案", False),
    ],
)
def test_a_supplement_is_known_by_its_title(before, title, expected):
    read = before.model_copy(update={"title": title, "tasks": [], "stages": [], "notice_title": ""})

    assert is_supplement(read, before) is expected


def test_a_document_that_says_half_of_the_plan_is_no_supplement(before):
    read = before.model_copy(update={"title": TITLE, "tasks": before.tasks[:20]})

    assert not is_supplement(read, before)


def test_no_sentence_ends_within_quotation_marks():
    assert split_sentences("将“甲。乙；丙”改为“丁”。完；") == ["将“甲。乙；丙”改为“丁”", "完", ""]
