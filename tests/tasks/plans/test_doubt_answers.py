"""The sheet 请看一眼: what it asks, and what becomes of each answer."""

from datetime import date

import openpyxl
import pytest

from models.errors import PlanError
from models.plan.doubt import Doubt
from models.plan.reading.compile import Reading, read_plan
from models.plan.reading.text.document import Document
from tasks.plans.review_reading import take_review
from tests.support.reviews import read_review, write_read, write_review

TEXT = """法治宣传工作方案
各科室：
为做好宣传，制定本方案。
一、工作任务
（一）加强普法。普法知晓率达到90%以上。牵头单位：市司法局；责任单位：市教育局
（二）规范执法。牵头单位：市公安局
二、实施步骤
（一）动员阶段（2026年3月1日至3月31日）。动员部署。
（二）实施阶段（2026年4月1日至6月30日）。全面实施。
三、工作要求
每月25日前报送进展。
"""
SHEET = "请看一眼"
TARGET = {"raw": "不低于95%", "op": ">=", "value": 95, "unit": "%", "metric_hint": "满意率"}


@pytest.fixture(scope="module")
def read() -> Reading:
    return read_plan(Document.from_text(TEXT, "方案.txt"))


def doubts_of() -> list[Doubt]:
    return [
        Doubt("task", 1, "可能还有市民政局", "责任单位：市教育局", 5, "responsible_units", ["市民政局"]),
        Doubt("task", 2, "没有读出时限", "规范执法。", 6, "deadline", {"raw": "6月底前", "date": "2026-06-30"}),
        Doubt("target", 0, "可能是指标", "满意率不低于95%。", 5, "other_targets", TARGET),
        Doubt("stage", 2, "结束日期不清楚", "实施阶段。", 9, "end", "2026-07-31"),
        Doubt("task", 2, "像是小标题", "规范执法。", 6),
        Doubt("task", 1, "单位“市财政局”没有收进方案", "市财政局保障。", 5, unread=True),
        Doubt("duty", 1, "周期不清楚", "每月25日前报送进展。", 11),
        Doubt("plan", 0, "没有附件"),
    ]  # fmt: skip


def answered(tmp_path, read, answers, doubts=None):
    """Write a workbook, answer the doubts by their reasons, and take it."""
    path = tmp_path / "审核表.xlsx"
    write_review(path, read.plan, doubts_of() if doubts is None else doubts)
    book = openpyxl.load_workbook(path)
    for row in book[SHEET].iter_rows(min_row=2):
        if row[3].value in answers:
            row[5].value, row[6].value = answers.pop(row[3].value)
    assert not answers
    book.save(path)
    return path


def test_each_doubt_is_told_in_words_in_the_order_of_the_text(tmp_path, read):
    path = answered(tmp_path, read, {})

    rows = list(openpyxl.load_workbook(path)[SHEET].iter_rows(values_only=True))

    assert rows[0] == (
        "位置",
        "原文",
        "读成了什么",
        "为什么请看",
        "建议",
        "处理",
        "改为（写上改成什么）",
        "来源（勿改）",
    )
    assert [row[0] or "" for row in rows[1:]] == ["", "第5行", "第5行", "第5行", "第6行", "第6行", "第9行", "第11行"]  # fmt: skip
    by_reason = {row[3]: row for row in rows[1:]}
    assert by_reason["没有附件"][2] == "整份方案"
    assert by_reason["可能还有市民政局"][2] == "任务1“加强普法”责任单位：市教育局"
    assert by_reason["可能还有市民政局"][4] == "责任单位：市教育局、市民政局"
    assert by_reason["没有读出时限"][2] == "任务2“规范执法”时限：（空）"
    assert by_reason["没有读出时限"][4] == "时限：2026-06-30（6月底前）"
    assert by_reason["可能是指标"][2] == "没有收"
    assert by_reason["可能是指标"][4] == "增加指标：满意率 ≥95%（不低于95%）"
    assert by_reason["结束日期不清楚"][4] == "结束：2026-07-31"
    assert by_reason["像是小标题"][2] == "任务2“规范执法”\n牵头单位：市公安局"
    assert by_reason["单位“市财政局”没有收进方案"][2] == "没有收（在任务1“加强普法”里）"


def test_the_sheet_stands_second_and_lets_choose(tmp_path, read):
    book = openpyxl.load_workbook(answered(tmp_path, read, {}))

    assert book.sheetnames[1] == SHEET
    lists = [each.formula1 for each in book[SHEET].data_validations.dataValidation]
    assert '"采纳,改为,不是任务"' in lists
    assert book[SHEET].freeze_panes == "B2"


def test_nothing_chosen_is_as_read(tmp_path, read):
    assert take_review(answered(tmp_path, read, {})) == (read.plan, [])


def test_a_yes_takes_what_is_proposed(tmp_path, read):
    reasons = (
        "可能还有市民政局",
        "没有读出时限",
        "可能是指标",
        "结束日期不清楚",
        "没有附件",
        "周期不清楚",
    )
    plan, notes = take_review(answered(tmp_path, read, dict.fromkeys(reasons, ("采纳", None))))

    assert plan.tasks[0].responsible_units == ["市教育局", "市民政局"]
    assert plan.tasks[1].deadline.date == date(2026, 6, 30)
    assert [each.value for each in plan.other_targets] == [95]
    assert plan.stages[1].end == date(2026, 7, 31)
    assert plan.tasks[0].targets == read.plan.tasks[0].targets
    assert notes == []


@pytest.mark.parametrize(
    ("reason", "written", "field", "value"),
    [
        ("可能还有市民政局", "市财政局、市民政局", "tasks[0].responsible_units", ["市财政局", "市民政局"]),
        ("可能还有市民政局", "无", "tasks[0].responsible_units", []),
        ("没有读出时限", "2026年9月30日", "tasks[1].deadline.date", date(2026, 9, 30)),
        ("没有读出时限", date(2026, 9, 30), "tasks[1].deadline.date", date(2026, 9, 30)),
        ("没有读出时限", "长期", "tasks[1].deadline.open_ended", True),
        ("结束日期不清楚", "2026-08-31", "stages[1].end", date(2026, 8, 31)),
        ("可能是指标", "满意率达到98%", "other_targets[0].value", 98),
        ("像是小标题", "责任单位：市城管局", "tasks[1].responsible_units", ["市城管局"]),
        ("像是小标题", "任务：规范涉企执法\n完成日期：2026-06-30", "tasks[1].title", "规范涉企执法"),
        ("单位“市财政局”没有收进方案", "任务1 其中配合单位：市财政局", "tasks[0].cooperating_units", ["市财政局"]),
        ("单位“市财政局”没有收进方案", "责任单位：市财政局", "tasks[0].responsible_units", ["市财政局"]),
        ("周期不清楚", "每周五报送进展", "recurring[0].freq", "weekly"),
        ("没有附件", "任务2 责任单位：市城管局", "tasks[1].responsible_units", ["市城管局"]),
        ("没有附件", "案件办结率达到100%", "other_targets[0].value", 100),
        ("没有附件", "每季度末月20日前通报一次", "recurring[1].freq", "quarterly"),
    ],
)  # fmt: skip
def test_what_is_written_stands_instead(tmp_path, read, reason, written, field, value):
    from models.plan.proposals import value_at

    for choice in ("改为", None):
        plan = read_review(answered(tmp_path, read, {reason: (choice, written)}))
        assert value_at(plan, field) == value


@pytest.mark.parametrize(
    ("reason", "written", "told"),
    [
        (
            "没有读出时限",
            "下个月",
            "“改为（写上改成什么）”列：写的是“下个月”，“完成日期”应为 2025-07-21 这样的日期",
        ),
        ("可能还有市民政局", "各县区", "是一类单位"),
        ("可能是指标", "大幅提高", "没有读出一个指标，如“法治宣传覆盖率达到95%”"),
        ("周期不清楚", "经常", "没有读出一项周期工作，如“每月25日前报送进展”"),
        ("像是小标题", "市城管局", "应写明哪一列，如“牵头单位：市司法局”"),
        ("像是小标题", "联系电话：市城管局", "没有这一列"),
        ("没有附件", "请补上", "看不出收到哪里"),
        ("没有附件", "任务9 牵头单位：市司法局", "没有序号为 9 的任务"),
        ("像是小标题", "任务：无\n序号：很多", "“序号”应为整数"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_row(tmp_path, read, reason, written, told):
    with pytest.raises(PlanError) as caught:
        read_review(answered(tmp_path, read, {reason: ("改为", written)}))

    [fault] = caught.value.faults
    assert fault.startswith(f"表“{SHEET}”第 ") and told in fault


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (("改为", None), "“改为（写上改成什么）”列：选了“改为”，这里要写上改成什么"),
        (("采纳", "市司法局"), "“处理”选的是“采纳”，这里又写了字"),
        (("不是任务", "市司法局"), "“处理”选的是“不是任务”，这里又写了字"),
        (("同意", None), "“处理”列：写的是“同意”，应为“采纳、改为、不是任务”之一"),
    ],
)
def test_an_answer_that_says_nothing_or_two_things_is_told(tmp_path, read, answer, told):
    with pytest.raises(PlanError) as caught:
        read_review(answered(tmp_path, read, {"可能还有市民政局": answer}))

    assert told in "".join(caught.value.faults)


def test_a_yes_without_a_proposal_keeps_what_was_read_and_asks_where_nothing_was(tmp_path, read):
    assert read_review(answered(tmp_path, read, {"像是小标题": ("采纳", None)})) == read.plan
    with pytest.raises(PlanError, match="这一处没有建议可以采纳"):
        read_review(answered(tmp_path, read, {"单位“市财政局”没有收进方案": ("采纳", None)}))


def test_what_is_no_task_is_taken_out_and_what_was_not_read_stays_out(tmp_path, read):
    answers = {"像是小标题": ("不是任务", None), "周期不清楚": ("不是任务", None)}
    answers |= dict.fromkeys(
        ("单位“市财政局”没有收进方案", "可能是指标", "可能还有市民政局"), ("不是任务", None)
    )

    plan, notes = take_review(answered(tmp_path, read, answers))

    assert plan.tasks == read.plan.tasks[:1]
    assert plan.recurring == []
    assert plan.stages == read.plan.stages
    assert len(notes) == 2 and all("选了“不是任务”" in note for note in notes)


def test_the_sheets_of_the_plan_win_over_an_answer_and_that_is_told(tmp_path, read):
    answers = {
        "可能还有市民政局": ("采纳", None),
        "结束日期不清楚": ("采纳", None),
        "像是小标题": ("不是任务", None),
    }
    path = answered(tmp_path, read, answers)
    book = openpyxl.load_workbook(path)
    heads = [cell.value for cell in book["任务"][1]]
    book["任务"].cell(2, heads.index("责任单位") + 1).value = "市体育局"
    book["任务"].cell(3, heads.index("责任单位") + 1).value = "市城管局"
    book["阶段"]["E3"] = date(2026, 12, 31)
    book.save(path)

    plan, notes = take_review(path)

    assert plan.tasks[0].responsible_units == ["市体育局"]
    assert plan.tasks[1].responsible_units == ["市城管局"]
    assert plan.stages[1].end == date(2026, 12, 31)
    told = "\n".join(notes)
    assert "表“任务”第 2 行“责任单位”列另外改过" in told
    assert "表“阶段”第 3 行“结束”列另外改过" in told
    assert "没有删：表“任务”第 3 行“责任单位”列另外改过" in told


def test_an_answer_and_the_same_words_in_the_sheet_are_no_contradiction(tmp_path, read):
    path = answered(
        tmp_path, read, {"结束日期不清楚": ("采纳", None), "可能是指标": ("采纳", None)}
    )
    book = openpyxl.load_workbook(path)
    book["阶段"]["E3"] = date(2026, 7, 31)
    heads = [cell.value for cell in book["指标"][1]]
    last = 3
    for name, value in (
        ("指标", "满意率"),
        ("要求", "≥"),
        ("数值", 95),
        ("单位", "%"),
        ("原文词句", "不低于95%"),
    ):
        book["指标"].cell(last, heads.index(name) + 1).value = value
    book.save(path)

    plan, notes = take_review(path)

    assert (plan.stages[1].end, notes) == (date(2026, 7, 31), [])
    assert [each.value for each in plan.other_targets] == [95]


def test_two_answers_that_contradict_each_other_are_told(tmp_path, read):
    twice = [
        Doubt("stage", 2, "甲", "实施阶段。", 9, "end", "2026-07-31"),
        Doubt("stage", 2, "乙", "实施阶段。", 9, "end", "2026-08-31"),
        Doubt("task", 1, "丙", "加强普法。", 5),
        Doubt("task", 1, "丁", "加强普法。", 5, "responsible_units", ["市民政局"]),
    ]
    with pytest.raises(PlanError) as caught:
        read_review(answered(tmp_path, read, dict.fromkeys("甲乙丁", ("采纳", None)) | {"丙": ("不是任务", None)}, twice))  # fmt: skip

    assert [fault.partition("：")[2] for fault in caught.value.faults] == [
        "与第 4 行对同一处的处理不一样，请只留一处",
        "任务1“加强普法”选了“不是任务”，第 3 行又改它，请只留一处",
    ]


def test_answers_that_add_to_one_list_are_all_taken(tmp_path, read):
    several = [
        Doubt("task", 1, why, "加强普法。", 5, "responsible_units", [name])
        for why, name in (("甲", "市民政局"), ("乙", "市财政局"))
    ]
    plan = read_review(answered(tmp_path, read, dict.fromkeys("甲乙", ("采纳", None)), several))

    assert plan.tasks[0].responsible_units == ["市教育局", "市民政局", "市财政局"]


def test_answers_follow_their_item_whatever_becomes_of_the_rows(tmp_path, read):
    path = answered(
        tmp_path, read, {"没有读出时限": ("采纳", None), "可能还有市民政局": ("采纳", None)}
    )
    book = openpyxl.load_workbook(path)
    book["任务"].delete_rows(2)  # task 1 goes, and what was said of it
    book.save(path)

    plan = read_review(path)

    assert [(task.title, task.deadline.date) for task in plan.tasks] == [("规范执法", date(2026, 6, 30))]  # fmt: skip


def test_a_workbook_is_taken_twice_alike_and_rows_may_be_sorted(tmp_path, read):
    path = answered(tmp_path, read, {"可能是指标": ("采纳", None), "结束日期不清楚": ("改为", "2026-08-31")})  # fmt: skip
    first = take_review(path)
    book = openpyxl.load_workbook(path)
    rows = [[cell.value for cell in row] for row in book[SHEET].iter_rows(min_row=2)]
    for at, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            book[SHEET].cell(at, column).value = value
    book.save(path)

    assert take_review(path) == take_review(path) == first


def test_a_row_that_somebody_adds_or_doubles_is_told(tmp_path, read):
    path = answered(tmp_path, read, {"可能是指标": ("采纳", None)})
    book = openpyxl.load_workbook(path)
    book[SHEET].append([None, None, None, None, None, "改为", "市司法局"])
    book.save(path)

    _, notes = take_review(path)
    assert any("是新加的" in note for note in notes)

    rows = [[cell.value for cell in row] for row in book[SHEET].iter_rows(min_row=2)]
    book[SHEET].append(next(row for row in rows if row[5] == "采纳"))
    book.save(path)
    with pytest.raises(PlanError, match="这一处的处理 与第 4 行重复"):
        take_review(path)


def test_a_workbook_without_the_new_sheets_is_read_as_before(tmp_path, read):
    path = tmp_path / "审核表.xlsx"
    write_read(path, read)
    book = openpyxl.load_workbook(path)
    for name in (SHEET, "全文"):
        del book[name]
    # …and an older one kept nothing but the plan.
    book["原始数据"]["A1"] = read.plan.model_dump_json()
    book.save(path)

    assert take_review(path) == (read.plan, [])


def test_a_name_that_is_no_unit_is_about_its_list_and_not_about_the_task(tmp_path):
    text = TEXT.replace("责任单位：市教育局", "责任单位：市教育局、共享单车企业")
    read = read_plan(Document.from_text(text, "方案.txt"))
    [why] = [each.reason for each in read.doubts if "不像单位名称" in each.reason]

    for answer, names in (
        ((None, None), ["市教育局", "共享单车企业"]),
        (("采纳", None), ["市教育局", "共享单车企业"]),
        (("不是任务", None), ["市教育局", "共享单车企业"]),
        (("改为", "市教育局"), ["市教育局"]),
    ):
        plan = read_review(answered(tmp_path, read, {why: answer}, read.doubts))
        assert plan.tasks[0].responsible_units == names
        assert len(plan.tasks) == 2
