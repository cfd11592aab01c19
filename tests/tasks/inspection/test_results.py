"""Checklists go out, results come back: once, twice, with faults; nothing is half taken."""

from datetime import date

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from models.campaign.campaign import campaign_named
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment
from models.database import open_session
from models.errors import CampaignError, PlanError
from models.findings.finding import RaisedFinding
from models.findings.new import NewFinding
from models.findings.raising import raise_findings
from models.inspection.open_points import problems_before
from models.inspection.visit import VisitCheck, VisitProblem, visit_lines
from models.rules.words import Progress
from models.units.unit import Unit, unit_named
from tasks.inspection.checklists import ChecklistOrder, write_visit_checklists
from tasks.inspection.planning import RoundSaid, plan_visits, set_round
from tasks.inspection.results import SaidOfVisit, load_results, set_result, take_back_result
from tasks.ledgers.sheets import WHY_RETURNED
from tests.conftest import ON_BOTH
from tests.support.sheets import HEADER, columns, edited, place, texts
from tests.tasks.inspection.conftest import moment

HELD_ON = date(2025, 7, 28)
LATER = moment(date(2025, 7, 30))


def written(folder, code="V1.1", when=None):
    write_visit_checklists("xj", ChecklistOrder(folder, code, by="创建办"), when or moment())
    return next(folder.glob(f"{code}-*.xlsx"))


def written_for(folder, unit, number=1, when=None):
    """Return the workbook that goes along to ``unit`` in a round."""
    with open_session(read_only=True) as session:
        lines = visit_lines(session, campaign_named(session, "xj").id, number)
        [code] = [one.code for one in lines if one.unit == unit]
    return written(folder, code, when)


def said(book, code="V1.1", day=HELD_ON, by="第一督导组组长", end="列有问题"):
    page = book["走访"]
    for column, value in (("走访日期", day), ("走访人", by), ("结论", end)):
        place(page, column, 编号=code).value = value


def problem(book, row, *cells):
    for column, value in enumerate(cells, start=1):
        book["问题"].cell(HEADER + row, column).value = value


def load(path, when=LATER):
    return load_results(None, path, moment=when)


def kept(table):
    with open_session(read_only=True) as session:
        rows = list(session.exec(select(table).order_by(table.id)))
        for row in rows:
            session.expunge(row)
        return rows


def milestone(code="V1.1"):
    with open_session(read_only=True) as session:
        row = session.exec(select(Milestone).where(Milestone.code == code)).one()
        return row.state, row.done_on, row.by_post, row.note


def faults(path, when=LATER):
    with pytest.raises(PlanError) as caught:
        load(path, when)
    return caught.value.faults


def test_a_result_comes_back_and_the_second_time_changes_nothing(sheet, tmp_path):

    def fill(book):
        said(book)
        problem(book, 1, "", "公示栏没有更新", "w2", date(2025, 8, 15))
        place(book["检查内容"], "结果", 类别="固定场所必看").value = "部分符合"

    path = edited(sheet, fill)
    assert load(path).changes == 3
    assert load(path).changes == 0
    [row] = kept(VisitProblem)
    assert (row.text, row.code, row.due) == ("公示栏没有更新", "W2", date(2025, 8, 15))
    assert [one.result for one in kept(VisitCheck)] == ["partly"]
    assert milestone() == (Progress.DONE, HELD_ON, "第一督导组组长", "列出问题 1 个")


def test_a_visit_ends_with_problems_or_with_the_words_that_there_are_none(sheet, tmp_path):
    nothing = edited(sheet, lambda book: said(book, end="未发现问题"), "无.xlsx")
    unsaid = edited(sheet, lambda book: said(book, end=None), "漏.xlsx")
    assert "没有列出问题：请列出，或写明“未发现问题”" in faults(unsaid)[0]
    assert load(nothing).changes == 1
    assert milestone()[3] == "未发现问题"

    def both(book):
        said(book, end="未发现问题")
        problem(book, 1, "V1.1", "公示栏没有更新")

    assert "留下一样" in faults(edited(sheet, both, "两样.xlsx"))[0]


def test_faults_are_named_by_place_and_a_marked_copy_lies_beside(sheet, tmp_path):

    def wrong(book):
        said(book, day=date(2025, 8, 30), by="张三")
        problem(book, 1, "V9.9", "公示栏没有更新")
        problem(book, 2, "V1.1", "没有活动照片")
        problem(book, 3, "V1.1", "制度没有公开", "W99", date(2025, 7, 1))

    path = edited(sheet, wrong)
    found = "\n".join(faults(path))
    for words in (
        "“走访日期”列：2025-08-30 还没有到",
        "像是姓名",
        "没有编号为“V9.9”的走访",
        "有没有照片、截图不算问题",
        "没有编号为“W99”的任务或指标",
        "标红的退回件在",
    ):
        assert words in found
    assert kept(VisitProblem) == []  # nothing is half taken
    copy = load_workbook(tmp_path / "退回" / path.name)
    assert WHY_RETURNED in columns(copy["走访"])


def test_a_marked_copy_that_was_mended_is_taken(sheet, tmp_path):
    path = edited(sheet, lambda book: said(book, end=None))
    faults(path)
    mended = edited(
        tmp_path / "退回" / path.name, lambda book: said(book, end="未发现问题"), "改.xlsx"
    )
    assert load(mended).changes == 1


def test_what_is_said_of_a_visit_that_was_not_made_is_a_fault(sheet):
    path = edited(sheet, lambda book: problem(book, 1, "", "公示栏没有更新"))
    assert "没有填走访日期、走访人和结论" in faults(path)[0]


def test_a_problem_becomes_a_finding_of_the_unit_and_leaving_it_out_changes_nothing(
    planned_round, tmp_path
):
    set_result(None, SaidOfVisit("V1.1", HELD_ON, "组长", False, ("公示栏没有更新",)), LATER)
    [row] = kept(RaisedFinding)
    assert (row.problem, row.source, row.state) == ("公示栏没有更新", "visit:V1.1", "assigned")
    assert [one.finding_id for one in kept(VisitProblem)] == [row.id]
    (tmp_path / "又").mkdir()
    sheet = written(tmp_path / "又")
    assert place(load_workbook(sheet)["问题"], "登记编号", 编号="V1.1").value == row.code

    def emptied(book):
        said(book, end="未发现问题")
        problem(book, 1, None, None, None, None, None)

    def later(book):
        said(book)
        place(book["问题"], "建议整改期限", 编号="V1.1").value = date(2025, 9, 1)

    assert "又列了 1 个问题" in faults(edited(sheet, emptied, "空.xlsx"))[0]
    assert f"已登记为 {row.code}" in faults(edited(sheet, later, "改.xlsx"))[0]
    assert (
        load(edited(sheet, said, "同.xlsx")).changes == 1
    )  # who registers it, and no problem more
    assert len(kept(RaisedFinding)) == 1


@ON_BOTH
def test_what_was_found_at_a_unit_that_another_took_over_is_that_ones_to_mend(planned_round):
    with open_session() as session:
        units = {one.name: one for one in session.exec(select(Unit))}
        visited, heir = units["县财政局"], units["县教育局"]
        visited.retired, visited.successor_id = True, heir.id
        to_mend = heir.id
    set_result(None, SaidOfVisit("V1.1", HELD_ON, "组长", False, ("公示栏没有更新",)), LATER)
    [row] = kept(RaisedFinding)
    assert row.unit_id == to_mend
    with open_session(read_only=True) as session:
        before = problems_before(session, row.campaign_id, 2)
    assert [one.text for one in before[to_mend]] == ["公示栏没有更新"]


def test_one_visit_by_command_twice_is_once(planned_round):
    one = SaidOfVisit("V1.1", HELD_ON, "组长", False, ("公示栏没有更新", "文书缺日期"), "W1")
    assert set_result(None, one, LATER).changes == 3
    assert set_result(None, one, LATER).changes == 0
    assert len(kept(VisitProblem)) == 2


def test_a_result_that_was_registered_by_mistake_is_taken_back(planned_round):
    def back(code="v1.1"):
        return take_back_result(None, code, "创建办", "登记错了走访", LATER)

    assert not back()
    set_result(None, SaidOfVisit("V1.1", HELD_ON, "组长", True), LATER)
    assert back() and not back()
    assert milestone() == (Progress.OPEN, None, "创建办", "登记错了走访")
    set_result(None, SaidOfVisit("V1.1", HELD_ON, "组长", False, ("公示栏没有更新",)), LATER)
    with pytest.raises(CampaignError, match="V1.1 列出的问题已经交办，不能撤回"):
        back()
    assert milestone()[0] == Progress.DONE


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"visited_on": date(2025, 8, 30)}, "还没有到"),
        ({"problems": ()}, "请列出，或写明“未发现问题”"),
        ({"nothing_found": True}, "留下一样"),
        ({"problems": ("主要负责人没有到场",)}, "不要求单位主要负责人"),
        ({"item": "W77"}, "没有编号为“W77”"),
        ({"due": date(2025, 7, 1)}, "早于走访日期"),
    ],
)
def test_one_visit_by_command_is_refused_with_the_reason(planned_round, more, words):
    plain = {
        "code": "V1.1",
        "visited_on": HELD_ON,
        "by_post": "组长",
        "nothing_found": False,
        "problems": ("公示栏没有更新",),
    }
    with pytest.raises(CampaignError, match=words):
        set_result(None, SaidOfVisit(**{**plain, **more}), LATER)
    assert milestone()[0] == Progress.OPEN


def test_a_held_visit_stays_where_it_is_and_the_next_round_hears_of_it(planned_round, tmp_path):
    with open_session(read_only=True) as session:
        first = visit_lines(session, campaign_named(session, "xj").id)[0]
    one = SaidOfVisit(first.code, HELD_ON, "组长", False, ("公示栏没有更新",), "W1")
    set_result(None, one, LATER)
    [again] = plan_visits("xj", 1, "创建办", moment(date(2025, 7, 27)))
    assert again.changes == 0

    set_round("xj", RoundSaid(2, date(2025, 9, 1), date(2025, 9, 5), 2), "创建办", LATER)
    plan_visits("xj", 2, "创建办", LATER)
    book = load_workbook(written_for(tmp_path, first.unit, 2, LATER))
    rows = [row for row in texts(book["检查内容"]) if row[1] == "上次发现的问题"]
    assert [(row[2], row[3]) for row in rows] == [
        ("公示栏没有更新", f"W1，{first.code} 列出，F1 整改中")
    ]


def test_a_checklist_has_the_three_heads_and_open_points_first(planned_round, tmp_path):
    rows = texts(load_workbook(written_for(tmp_path, "县公安局"))["检查内容"])
    assert [row[1] for row in rows[:3]] == ["专班人员必谈", "关键资料必查", "固定场所必看"]
    own = [(row[2], row[3]) for row in rows if row[1] == "本单位事项"]
    assert own[0][0].startswith("W2") and own[0][1].startswith("已过时限")
    assert own[1][0].startswith("W1")


def test_an_item_with_an_open_finding_comes_before_one_without(planned_round, tmp_path):
    with open_session() as session:
        id_ = campaign_named(session, "xj").id
        police = unit_named(session, id_, "县公安局")
        new = NewFinding("记录仪没有编号", "self-check", HELD_ON, police, item="W1")
        raise_findings(session, id_, [new], "创建办", LATER)
        for part in session.exec(select(Assignment).where(Assignment.unit_id == police)):
            part.due = None
    rows = texts(load_workbook(written_for(tmp_path, "县公安局"))["检查内容"])
    own = [(row[2], row[3]) for row in rows if row[1] == "本单位事项"]
    assert own[0][0].startswith("W1") and own[0][1].startswith("F1 没有销号")
    assert ("记录仪没有编号", "W1，F1 整改中") in [(row[2], row[3]) for row in rows]


def test_papers_are_written_again_and_workbooks_left_alone(planned_round, tmp_path):
    order = ChecklistOrder(tmp_path, number=1, by="创建办")
    first = write_visit_checklists("xj", order, moment())
    sheet = edited(next(tmp_path.glob("V1.1-*.xlsx")), said, "x.xlsx")
    sheet.replace(next(tmp_path.glob("V1.1-*.xlsx")))
    again = write_visit_checklists("xj", ChecklistOrder(tmp_path, "V1.1", by="创建办"), moment())

    assert (first.visits, first.left, again.left) == (6, 0, 1)
    assert first.schedule == "第1轮督导安排.docx"
    assert place(
        load_workbook(next(tmp_path.glob("V1.1-*.xlsx")))["走访"], "走访人", 编号="V1.1"
    ).value


def second_day(book):
    """Do to a workbook what a day at the team's does: WPS' copy, rows sorted, gaps, words above, days as text."""
    said(book, day="2025.7.28")
    book["走访"].title = "走访 (2)"
    book["检查内容"].insert_rows(6, 2)
    problems = book["问题"]
    problems.title = "问题_2"
    problems.insert_rows(1)
    problems.cell(1, 1).value = "第一督导组汇总"
    for row, cells in ((7, ("v1.1", "公示栏没有更新", "w2", "2025年8月15日")), (5, ("", "无编号"))):
        for column, value in enumerate(cells, start=1):
            problems.cell(row, column).value = value
    problems.column_dimensions["C"].hidden = True


def test_a_workbook_of_the_second_day_says_the_same(sheet):
    assert load(edited(sheet, second_day)).changes == 3
    rows = {row.text: (row.code, row.due) for row in kept(VisitProblem)}
    assert rows == {"公示栏没有更新": ("W2", date(2025, 8, 15)), "无编号": ("", None)}


def test_a_formula_is_a_fault_and_a_merged_problem_is_one(sheet):
    def merged(book):
        said(book)
        problem(book, 1, "", "公示栏没有更新")
        book["问题"].merge_cells("B4:B6")

    def formula(book):
        merged(book)
        place(book["走访"], "走访日期", 编号="V1.1").value = "=TODAY()-9999999"

    assert "“走访日期”列：是公式" in faults(edited(sheet, formula, "式.xlsx"))[0]
    assert kept(VisitProblem) == []
    assert load(edited(sheet, merged)).changes == 2
    assert len(kept(VisitProblem)) == 1
