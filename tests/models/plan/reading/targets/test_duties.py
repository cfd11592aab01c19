"""Recurring duties: every period of the conventions with its day, and what is none."""

import pytest

from models.plan.reading.compile import compile_plan
from models.plan.reading.targets.duties import find_duties
from models.plan.reading.text.document import Document
from models.plan.reading.text.passages import Passage


def duties(text: str) -> list[tuple[str, int | None]]:
    return [(str(d.freq), d.day) for d in find_duties(Passage(text, ((0, 1, None),)), "")]


ROWS = [
    ("每日滚动播放", [("daily", None)]),
    ("数据归集更新每日一次", [("daily", None)]),
    ("县电视台每晚黄金时段播出公益广告", [("daily", None)]),
    ("领导小组办公室每周一汇总各项目形象进度", [("weekly", 1)]),  # on Mondays
    ("每周一调度、每月一通报", [("weekly", None), ("monthly", None)]),  # one each
    ("“每日一巡、每周一评”", [("daily", None), ("weekly", None)]),
    ("每月最后一周组织召开一次调度会", [("monthly", None)]),
    ("于每月28日前报送进展，办公室于次月5日前印发通报", [("monthly", 28), ("monthly", 5)]),
    ("每月统计一次，于次月5日前报送", [("monthly", 5)]),
    ("做到周周有声音、月月有活动", []),  # a slogan
    ("实行周报告制度，各团场每周四下班前报送进展", [("weekly", 4)]),
    (
        "实行周调度、月通报制度，每月底前通报一次",
        [("weekly", None), ("monthly", None), ("monthly", -1)],
    ),
    ("每个工作日巡查一次", [("daily", None)]),  # every working day is daily
    ("每周开展一次督查", [("weekly", None)]),
    ("每周五下班前报送", [("weekly", 5)]),
    ("每两周通报一次", [("biweekly", None)]),
    ("每旬报送进展", [("ten_day", None)]),
    ("每半月调度一次", [("semimonthly", None)]),
    ("每月召开一次例会", [("monthly", None)]),
    ("每月25日前报送", [("monthly", 25)]),
    ("于每月二十五日前报送", [("monthly", 25)]),
    ("每月底前报送", [("monthly", -1)]),
    ("每月最后一个工作日前报送", [("monthly", -1)]),
    ("每月10日、25日前报送", [("monthly", 10), ("monthly", 25)]),
    ("每双月召开调度会", [("bimonthly", None)]),
    ("每季度通报一次", [("quarterly", None)]),
    ("每季度末月25日前报送", [("quarterly", 25)]),
    ("每周一报送上周信息", [("weekly", 1)]),
    ("每周一报", [("weekly", None)]),  # a report a week
    ("每逢周五报送", [("weekly", 5)]),
    ("按季度通报", [("quarterly", None)]),
    ("每半年形成专题报告", [("semiannual", None)]),
    ("每年12月10日前报告", [("yearly", 10)]),
    ("每年至少对1件规章开展后评估", [("yearly", None)]),  # a rate with a bound is both
    ("每人每年接受不少于40学时的培训", [("yearly", None)]),
    ("建立周调度、月通报、季督导机制", [("weekly", None), ("monthly", None), ("quarterly", None)]),
    ("每年检查不超过1次", []),  # an upper limit is only a target
    ("定期报道工作动态", []),
    ("不定期开展抽查", []),
    ("落实年度报告制度", []),
    ("开设《每日一学》专栏", []),  # the name of a column
    ("每次检查都要开出清单", []),
    ("每案必问、一案一策", []),
    ("每个乡镇至少建成1处", []),
]


def test_around_a_day_is_not_before_it():
    [duty] = find_duties(Passage("每年12月4日前后集中开展宣传。", ((0, 1, None),)), "")

    assert duty.raw == "每年12月4日"


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_a_duty_recurs_at_its_period_and_day(text, expected):
    assert duties(text) == expected


def test_the_month_of_a_yearly_duty_is_kept():
    [duty] = find_duties(Passage("每年12月10日前向委员会报告", ((0, 1, None),)), "")

    assert duty.month == [12]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("每月25日前将进展报县创建办（联系人：某某，电话略）。", "将进展报县创建办"),
        ("每月25日前将进展（附材料）报县创建办，逾期通报。", "将进展（附材料）报县创建办"),
    ],
)
def test_what_is_done_ends_before_a_bracket_that_goes_on(text, what):
    (duty,) = find_duties(Passage(text, ((0, 1, None),)), "")

    assert duty.what == what


@pytest.mark.parametrize(
    "when, what",
    [
        ("12月底前完成，每月25日前报送进展", "报送进展"),
        ("每月25日前报送进展，12月底前完成", "报送进展"),
        ("12月底前，每月25日前", "完善制度体系"),  # what is due is the task
    ],
)
def test_a_duty_beside_the_day_of_a_task_is_kept_as_one(when, what):
    text = f"某某市法治建设工作方案\n一、重点任务\n（一）完善制度体系。加强审查。（责任单位：市司法局；完成时限：{when}）\n2026年3月1日"

    plan = compile_plan(Document.from_text(text))

    [duty] = plan.recurring
    assert (str(duty.freq), duty.day, duty.what, duty.where) == ("monthly", 25, what, "task 1")
    assert plan.tasks[0].deadline.date.isoformat() == "2026-12-31"


def test_a_duty_that_text_and_label_name_is_one():
    text = "某某市法治建设工作方案\n一、重点任务\n（一）完善制度体系。每月25日前报送进展。（责任单位：市司法局；完成时限：每月25日前）\n2026年3月1日"

    assert len(compile_plan(Document.from_text(text)).recurring) == 1


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("每季度末月20日前报送", []),
        ("每季度首月10日前报送上季度进展", [1, 4, 7, 10]),
        ("每季度第一个月5日前报送", [1, 4, 7, 10]),
        ("每季度结束后10日内报送", [1, 4, 7, 10]),
        ("每季度第二个月5日前报送", [2, 5, 8, 11]),
        ("每季度第三个月5日前报送", []),
    ],
)
def test_a_quarter_says_in_which_of_its_months(text, months):
    [duty] = find_duties(Passage(text, ((0, 1, None),)), "")

    assert duty.months == months


@pytest.mark.parametrize(
    ("text", "day_off", "what"),
    [
        ("每月28日前报送信息至办公室", "kept", "报送信息至办公室"),
        ("每月28日前报送信息，遇节假日顺延", "after", "报送信息"),
        ("每月15日前报送信息，节假日顺延至下一个工作日。", "after", "报送信息"),
        ("每月28日前（如遇法定节假日提前）报送信息", "before", "报送信息"),
        ("每周五前报送信息；遇节假日顺延", "kept", "报送信息"),  # said of something else
        ("每月最后一个工作日前报送信息", "before", "报送信息"),
    ],
)
def test_a_duty_says_what_a_day_off_does_to_its_day(text, day_off, what):
    [duty] = find_duties(Passage(text, ((0, 1, None),)), "")

    assert (duty.day_off, duty.what) == (day_off, what)
