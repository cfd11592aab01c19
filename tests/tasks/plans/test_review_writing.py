"""The review workbook: what a clerk sees, corrects in Excel, and loads."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from models.errors import CampaignError, PlanError
from models.plan.doubt import Doubt
from models.plan.reading.compile import read_plan
from models.plan.reading.doubts.unread import ASKED
from models.plan.reading.text.document import MISSING, Document
from models.plan.schema import NotRead
from models.rules.words import StageKind
from tasks.plans.review_reading import take_review
from tasks.plans.review_sheets import ORIGIN, UNREAD
from tests.places import DOCUMENTS
from tests.support.reviews import read_review, write_read, write_review

SAMPLES = sorted(DOCUMENTS.glob("*.txt"))


def reading(path: Path):
    return read_plan(Document.from_text(path.read_text(encoding="utf-8"), path.name))


@pytest.fixture
def review(tmp_path) -> Path:
    write_read(tmp_path / "审核表.xlsx", reading(DOCUMENTS / "04-pufa-xuanchuan-xiangdui-riqi.txt"))
    return tmp_path / "审核表.xlsx"


def change(path: Path, sheet: str, cell: str, value) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def column(path: Path, sheet: str, head: str) -> str:
    heads = [cell.value for cell in openpyxl.load_workbook(path)[sheet][1]]
    return openpyxl.utils.get_column_letter(heads.index(head) + 1)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_an_untouched_workbook_gives_the_same_plan(path, tmp_path):
    read = reading(path)
    write_read(tmp_path / "r.xlsx", read)

    assert take_review(tmp_path / "r.xlsx") == (read.plan, [])


def test_a_workbook_saved_by_another_program_gives_the_same_plan(review):
    plan = read_review(review)
    openpyxl.load_workbook(review).save(review)

    assert read_review(review) == plan


def test_the_sheets_are_laid_out_for_reading(review):
    book = openpyxl.load_workbook(review)

    assert book.sheetnames == [
        "方案信息",
        "请看一眼",
        "阶段",
        "任务",
        "指标",
        "周期工作",
        "组织机构",
        "全文",
        "原始数据",
    ]
    assert book["原始数据"].sheet_state == "veryHidden"
    for name in ("阶段", "任务", "指标", "周期工作", "组织机构"):
        assert book[name].freeze_panes is not None
        assert [cell.value for cell in book[name][1]][-4:] == [
            "位置",
            "原文",
            "疑点（请核对）",
            "来源（勿改）",
        ]
    assert book["阶段"].data_validations.dataValidation  # kinds are chosen, not typed


def test_a_doubt_stands_beside_its_item_with_the_reason(review):
    book = openpyxl.load_workbook(review)
    at = column(review, "任务", "疑点（请核对）")

    reasons = [cell.value or "" for cell in book["任务"][at]]
    assert any("可能是同一单位" in reason for reason in reasons)


def test_corrections_are_taken(review):
    change(review, "阶段", "C2", "验收")
    change(review, "阶段", "D2", date(2025, 4, 1))
    change(review, "阶段", "E2", "2025年5月1日")
    change(review, "任务", "E2", "县司法局、县公安局（法制大队、交警）")
    change(review, "周期工作", "B2", 3)
    change(review, "周期工作", "D2", "顺延")

    plan = read_review(review)

    assert plan.stages[0].kind is StageKind.ACCEPTANCE
    assert (plan.stages[0].start, plan.stages[0].end) == (date(2025, 4, 1), date(2025, 5, 1))
    assert plan.tasks[0].lead_units == ["县司法局", "县公安局（法制大队、交警）"]
    assert (plan.recurring[0].day, plan.recurring[0].day_off) == (3, "after")


def test_rows_may_be_added_and_deleted(review):
    before = read_review(review)
    book = openpyxl.load_workbook(review)
    book["阶段"].delete_rows(2)
    last = book["任务"].max_row + 1
    for at, value in enumerate([7, "7", "主要任务", "补充任务", "县司法局"], start=1):
        book["任务"].cell(last, at, value)
    book.save(review)

    plan = read_review(review)

    assert [s.name for s in plan.stages] == [s.name for s in before.stages[1:]]
    assert plan.tasks[-1].title == "补充任务"
    assert plan.tasks[:-1] == before.tasks


def test_every_fault_is_told_at_once_by_sheet_row_and_column(review):
    change(review, "阶段", "D2", "下个月")
    change(review, "阶段", "C3", "随便")
    change(review, "任务", "D2", None)
    change(review, "指标", "D2", "很多")
    change(review, "周期工作", "B2", 99)

    with pytest.raises(PlanError) as caught:
        read_review(review)

    faults = "\n".join(caught.value.faults)
    assert "表“阶段”第 2 行“开始”列" in faults
    assert "表“阶段”第 3 行“类型”列" in faults
    assert "表“任务”第 2 行“任务”列：不能空着" in faults
    assert "表“指标”第 2 行“数值”列" in faults
    assert "表“周期工作”第 2 行“日（月末为-1）”列" in faults


@pytest.mark.parametrize(
    ("head", "value", "told"),
    [
        ("开始", date(9999, 12, 31), "写的是“9999-12-31”，应为 2025-07-21 这样的日期"),
        ("开始", "0001-01-01", "应为 2025-07-21 这样的日期"),
        ("序号", "9" * 26, "写的是“1e+26”，应为 -999999999999 到 999999999999"),
        ("序号", 2**31, "写的是“2147483648”，应为 -2147483647 到 2147483647"),
        ("阶段名称", "甲" * 30_001, "有 30001 个字，最多 30000 个字"),
    ],
)
def test_values_beyond_every_table_are_told_by_sheet_row_and_column(review, head, value, told):
    change(review, "阶段", f"{column(review, '阶段', head)}2", value)

    with pytest.raises(PlanError) as caught:
        read_review(review)

    assert any(
        fault.startswith(f"表“阶段”第 2 行“{head}”列：") and told in fault
        for fault in caught.value.faults
    )


@pytest.mark.parametrize("origin", ["²", "9" * 5_000, "x", "t", "t9-9", "t-", "o²"])
def test_a_hidden_column_that_somebody_filled_in_otherwise_is_no_end(review, origin):
    for sheet in ("阶段", "任务", "指标"):
        change(review, sheet, f"{column(review, sheet, ORIGIN)}2", origin)

    try:
        read_review(review)
    except PlanError as error:
        assert error.faults


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    read = reading(DOCUMENTS / "04-pufa-xuanchuan-xiangdui-riqi.txt")
    for at, evil in enumerate(["=1+1", "+cmd", "-2+3", "@SUM(A1)"]):
        read.plan.tasks[at].title = evil
    write_review(tmp_path / "r.xlsx", read.plan, read.doubts)

    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert [book["任务"].cell(row, 4).data_type for row in range(2, 6)] == ["s"] * 4
    assert read_review(tmp_path / "r.xlsx") == read.plan


def test_another_workbook_is_refused_in_one_line(tmp_path):
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(b"no workbook")

    for name, says in (
        ("a.xlsx", "不是审核表"),
        ("b.xlsx", "不是 Excel 工作簿"),
        ("c.xlsx", "找不到"),
    ):
        with pytest.raises(CampaignError, match=says) as caught:
            read_review(tmp_path / name)
        assert "\n" not in str(caught.value)


def test_a_number_that_might_be_a_target_can_be_made_one(tmp_path):
    text = "某市法治建设实施方案\n2024年3月1日\n一、工作目标\n确保全市32个乡镇有序推进。\n二、重点任务\n1.加强执法。做好工作。（牵头单位：市司法局）"
    read = read_plan(Document.from_text(text))
    write_review(tmp_path / "r.xlsx", read.plan, read.doubts)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert "“32个”像是要达到的数" in book["指标"]["L2"].value
    assert read_review(tmp_path / "r.xlsx") == read.plan  # untouched, it stays out

    for cell, value in (
        ("A2", "工作目标"),
        ("C2", "≥"),
        ("D2", 32),
        ("E2", "个"),
        ("I2", "32个乡镇"),
    ):
        book["指标"][cell] = value
    book.save(tmp_path / "r.xlsx")

    [target] = read_review(tmp_path / "r.xlsx").other_targets
    assert (target.op, target.value, target.where) == (">=", 32, "工作目标")


@pytest.fixture
def with_targets(tmp_path) -> Path:
    read = reading(DOCUMENTS / "121-fazhi-shifanxian-fenjie.txt")
    write_review(tmp_path / "审核表.xlsx", read.plan, read.doubts)
    return tmp_path / "审核表.xlsx"


def test_the_targets_of_a_deleted_task_go_with_it(with_targets):
    before = read_review(with_targets)
    book = openpyxl.load_workbook(with_targets)
    book["任务"].delete_rows(4)  # the third task
    book.save(with_targets)

    plan = read_review(with_targets)

    assert plan.tasks == [task for task in before.tasks if task.ordinal != 3]
    assert plan.other_targets == before.other_targets


def test_the_targets_of_a_renumbered_task_follow_it(with_targets):
    before = read_review(with_targets)
    change(with_targets, "任务", "A4", 9)

    moved = next(task for task in read_review(with_targets).tasks if task.ordinal == 9)

    assert moved.targets == before.tasks[2].targets


def test_a_number_used_twice_is_told_with_its_row_and_nothing_else(with_targets):
    change(with_targets, "任务", "A4", 1)

    with pytest.raises(PlanError) as caught:
        read_review(with_targets)

    assert "表“任务”第 4 行“序号”列：1 在第 2 行已经用过" in str(caught.value)
    assert "指标" not in str(caught.value)


def test_a_fault_in_a_task_is_not_told_again_for_each_of_its_targets(with_targets):
    change(with_targets, "任务", "D4", None)

    with pytest.raises(PlanError) as caught:
        read_review(with_targets)

    assert "表“任务”第 4 行“任务”列：不能空着" in str(caught.value)
    assert "指标" not in str(caught.value)


@pytest.mark.parametrize("written", ["2023-03-25", "2023.3.25", "20230325", "2023年3月25日"])
def test_a_date_may_be_written_as_a_clerk_writes_it(with_targets, written):
    change(with_targets, "阶段", "D2", written)

    assert read_review(with_targets).stages[0].start == date(2023, 3, 25)


def test_the_sentence_of_a_task_shows_who_does_it(with_targets):
    sentence = column(with_targets, "任务", "原文")

    assert "牵头单位：县行政审批服务局" in (
        openpyxl.load_workbook(with_targets)["任务"][f"{sentence}2"].value
    )


TWO_NAMES = (
    "某市法治建设实施方案\n2024年3月1日\n一、重点任务\n1.加强编制管理。做好工作。（牵头单位：市编办）\n"
    "2.推进机构改革。做好工作。（牵头单位：市委编办；责任单位：市委办、市委办公室）"
)


def test_names_that_may_be_one_body_are_doubts_that_say_how_to_answer(tmp_path):
    read = read_plan(Document.from_text(TWO_NAMES))

    reasons = [doubt.reason for doubt in read.doubts]
    assert any(r.startswith("“市编办”与“市委编办”可能是同一单位") for r in reasons)
    assert any(r.startswith("“市委编办”与“市编办”可能是同一单位") for r in reasons)
    assert all("确是不同单位" in r for r in reasons if "编办”与" in r)
    [alias] = read.plan.unit_aliases  # 办 and 办公室 are one for sure
    assert (alias.canonical, sorted(alias.variants)) == ("市委办公室", ["市委办", "市委办公室"])


def test_who_writes_in_the_review_that_they_are_two_gets_two(tmp_path):
    read = read_plan(Document.from_text(TWO_NAMES))
    write_review(tmp_path / "r.xlsx", read.plan, read.doubts)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    page = book["方案信息"]
    [row] = [cell.row for cell in page["A"] if cell.value == "确是不同单位"]
    page.cell(row, 2).value = "市编办、市委编办"
    book.save(tmp_path / "r.xlsx")

    assert read_review(tmp_path / "r.xlsx").distinct_units == ["市编办", "市委编办"]


def test_a_workbook_of_before_without_that_row_is_read(tmp_path):
    read = read_plan(Document.from_text(TWO_NAMES))
    write_review(tmp_path / "r.xlsx", read.plan, read.doubts)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    page = book["方案信息"]
    [row] = [cell.row for cell in page["A"] if cell.value == "确是不同单位"]
    page.delete_rows(row)
    book.save(tmp_path / "r.xlsx")

    assert read_review(tmp_path / "r.xlsx").distinct_units == []


def test_what_of_the_file_is_in_no_line_stands_on_a_sheet_of_its_own(tmp_path):
    lines = Document.from_text((DOCUMENTS / "01-fazhi-shifan-shishi.txt").read_text("utf-8")).lines
    unread = (
        NotRead(why="页眉", words="内部资料", letters=4, page=2),
        NotRead(why=MISSING, words="（二）清理文件。", letters=8, line=12),
    )
    read = read_plan(Document(lines, "方案.docx", unread))

    write_review(tmp_path / "r.xlsx", read.plan, read.doubts)

    rows = list(openpyxl.load_workbook(tmp_path / "r.xlsx")[UNREAD.name].values)
    assert rows[:3] == [
        ("原因", "位置", "字数", "开头的文字", "疑点（请核对）"),
        ("页眉", "第2页", 4, "内部资料", None),
        ("没有读到", "第12行", 8, "（二）清理文件。", ASKED[MISSING]),
    ]
    plan, notes = take_review(tmp_path / "r.xlsx")
    assert (plan, notes) == (read.plan, [])


def test_every_doubt_is_seen_on_some_sheet_and_none_comes_back_as_a_note(tmp_path):
    plan = reading(DOCUMENTS / "01-fazhi-shifan-shishi.txt").plan
    abouts = ("stage", "task", "target", "duty", "group", "plan", "gates")
    doubts = [Doubt(about, at, f"疑在{about}{at}") for about in abouts for at in (0, 1, 400)]
    write_review(tmp_path / "r.xlsx", plan, doubts)

    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    asked = [book["请看一眼"]]
    for sheets in (asked, [sheet for sheet in book if sheet not in asked]):
        seen = "".join(str(cell.value) for sheet in sheets for row in sheet for cell in row)
        assert [doubt.reason for doubt in doubts if seen.count(doubt.reason) != 1] == []
    taken, notes = take_review(tmp_path / "r.xlsx")
    assert (taken, notes) == (plan, [])


def test_a_doubt_about_a_group_or_a_duty_stands_in_its_row(tmp_path):
    plan = reading(DOCUMENTS / "04-pufa-xuanchuan-xiangdui-riqi.txt").plan
    doubts = [Doubt("group", 1, "疑在机构"), Doubt("duty", 1, "疑在周期")]
    write_review(tmp_path / "r.xlsx", plan, doubts)

    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    for sheet, reason in (("组织机构", "疑在机构"), ("周期工作", "疑在周期")):
        assert reason in [cell.value for cell in book[sheet][2]]


def test_a_clerk_writes_words_of_letters_apart(review):
    change(review, "任务", f"{column(review, '任务', '任务')}2", "推广 Word 2016  Office\n软件")
    change(review, "任务", f"{column(review, '任务', '责任单位')}2", "Smart City 中心、市 司法局")

    task = read_review(review).tasks[0]
    assert task.title == "推广Word 2016 Office软件"
    assert task.responsible_units == ["Smart City中心", "市司法局"]


DATED = """某某市法治建设工作方案
某某市人民政府办公室
2026年10月20日
一、重点任务
1.规范检查。（牵头单位：市司法局；完成时限：11月底前完成摸排，次年3月底前完成整治，汛期前完成清淤）
2.加强培训。（牵头单位：市财政局；完成时限：12月底前）
"""


@pytest.fixture
def dated(tmp_path) -> Path:
    read = read_plan(Document.from_text(DATED))
    write_review(tmp_path / "审核表.xlsx", read.plan, read.doubts)
    return tmp_path / "审核表.xlsx"


def test_the_parts_of_a_deadline_are_lines_of_a_cell_and_come_back(dated):
    place = column(dated, "任务", "分段时限")

    book = openpyxl.load_workbook(dated)
    assert book["任务"][f"{place}2"].value.splitlines() == [
        "2026-11-30 完成摸排（11月底前）",
        "2027-03-31 完成整治（次年3月底前）",
        "待定 完成清淤（汛期前）",
    ]
    assert not book["任务"][f"{place}3"].value
    assert read_review(dated) == read_plan(Document.from_text(DATED)).plan


def test_a_part_that_a_clerk_dates_adds_or_takes_out_is_taken(dated):
    place = column(dated, "任务", "分段时限")
    change(dated, "任务", f"{place}2", "2026-12-05 完成摸排（11月底前）\n2027年4月30日 完成清淤")

    [first, _] = read_review(dated).tasks
    assert [(p.date, p.what, p.raw) for p in first.deadline.parts] == [
        (date(2026, 12, 5), "完成摸排", "11月底前"),
        (date(2027, 4, 30), "完成清淤", "2027年4月30日"),
    ]


def test_a_part_without_a_day_in_front_is_a_fault_with_its_place(dated):
    change(dated, "任务", f"{column(dated, '任务', '分段时限')}2", "尽快 完成摸排")

    with pytest.raises(PlanError) as caught:
        read_review(dated)
    [fault] = caught.value.faults
    assert "分段时限" in fault
    assert "先写日期" in fault


def test_a_workbook_of_an_earlier_version_keeps_the_parts_it_cannot_show(dated):
    book = openpyxl.load_workbook(dated)
    page = book["任务"]
    heads = [cell.value for cell in page[1]]
    page.delete_cols(heads.index("分段时限") + 1)
    book.save(dated)

    assert read_review(dated) == read_plan(Document.from_text(DATED)).plan
