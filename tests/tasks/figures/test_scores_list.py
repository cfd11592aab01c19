"""The scoring table and the list of scores go out and come back."""

import pytest
from openpyxl import load_workbook

from models.database import open_session
from models.errors import PlanError
from models.figures.score_faults import NewScore
from models.figures.scoring import score_lines
from models.figures.setting import set_scores
from models.rules.figures.words import ScoreKind
from models.settings import moment_of
from tasks.figures.rules_list import counts_of, export_rules, load_rules
from tasks.figures.scores_list import export_scores, load_scores
from tasks.figures.scoring_one import DeductionTyped, ScoreTyped, set_one_deduction, set_one_score
from tasks.figures.view import score_view
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.sheets import HEADER, columns, place

pytestmark = pytest.mark.usefixtures("ids", "one_database")
AT = moment_of(NOW, TODAY)


def load(path):
    return load_scores(None, path, "创建办", moment=AT)


def rules(path, total=100, counts=()):
    return load_rules(None, path, "创建办", (total, counts), moment=AT)


def line(campaign_id, code="1.1.1"):
    with open_session(read_only=True) as session:
        return next(one for one in score_lines(session, campaign_id) if one.code == code)


def office(campaign_id, code="1.1.1"):
    return line(campaign_id, code).points(ScoreKind.OFFICE)


def score(code, **cells):
    def edit(book):
        for column, value in cells.items():
            place(book["得分"], column, 编号=code).value = value

    return edit


def deduct(row, *cells):
    def edit(book):
        for column, value in enumerate(cells, start=1):
            book["扣分"].cell(HEADER + row, column).value = value

    return edit


def faults(loader, path):
    with pytest.raises(PlanError) as caught:
        loader(path)
    return caught.value.faults


@ON_BOTH
def test_scores_go_out_and_come_back_and_the_second_time_changes_nothing(sheet, back, campaign_id):
    assert export_scores(None, sheet, AT) == (4, 0)
    path = back(score("1.1.1", 初审分="2.5分", 初审说明="齐全", 自评分=2))

    taken = load(path)
    assert taken.changes == 2
    assert "初审分：得 2.5 分，已评 1 项，3 项还没有评，满分 10" in taken.line
    assert load(path).changes == 0
    assert office(campaign_id) == 2.5


def test_only_cells_that_were_touched_count_when_a_list_comes_late(sheet, back, campaign_id, ids):
    export_scores(None, sheet, AT)
    path = back(score("1.1.1", 初审分=1))
    with open_session() as session:
        new = [NewScore(ids["1.1.1"], ScoreKind.SELF, 2.5)]
        set_scores(session, campaign_id, new, "创建办", AT)

    assert load(path).changes == 1
    assert line(campaign_id).points(ScoreKind.SELF) == 2.5


def test_deductions_are_taken_from_their_sheet_and_make_the_score(sheet, back, campaign_id):
    export_scores(None, sheet, AT)
    path = back(deduct(1, "1.1.1", "初审分", 1, "缺少印发件"))

    assert load(path).changes == 1
    assert load(path).changes == 0
    assert office(campaign_id) == 1.5

    again = sheet.with_name("又.xlsx")
    export_scores(None, again, AT)
    book = load_workbook(again)
    assert place(book["得分"], "初审分", 编号="1.1.1").value == 1.5
    place(book["扣分"], "理由", 编号="1.1.1").value = "缺少印发件和公开记录"
    book.save(again)
    assert load(again).changes == 1
    assert [off.reason for off in line(campaign_id).deductions] == ["缺少印发件和公开记录"]
    place(book["扣分"], "撤销", 编号="1.1.1").value = "是"
    book.save(again)
    assert load(again).changes == 1
    assert office(campaign_id) == 2.5


def test_faults_are_named_by_sheet_row_and_column(sheet, back, campaign_id):
    export_scores(None, sheet, AT)

    def edit(book):
        score("1.1.1", 初审分=3, 模拟分="好")(book)
        score("1.2.2", 自评说明="无分")(book)
        deduct(1, "1.1.1", "终审分", 1, "甲")(book)
        deduct(2, "9.9", "初审分", 1, "甲")(book)
        deduct(3, "1.1.2", "初审分", "很多", "甲")(book)
        deduct(4, "1.1.2", "初审分", 1, None, "E0009")(book)

    found = [one.partition("：")[0] for one in faults(load, back(edit))]

    assert found == [
        "表“得分”第 4 行“初审分”列",
        "表“得分”第 4 行“模拟分”列",
        "表“得分”第 7 行“自评分”列",
        "表“扣分”第 4 行“得分类别”列",
        "表“扣分”第 5 行“编号”列",
        "表“扣分”第 6 行“扣分”列",
        "表“扣分”第 7 行“理由”列",
        "表“扣分”第 7 行“证明材料”列",
    ]
    assert office(campaign_id) is None


def test_an_emptied_score_must_be_taken_back_on_purpose(sheet, back, campaign_id, ids):
    with open_session() as session:
        set_scores(
            session, campaign_id, [NewScore(ids["1.1.1"], ScoreKind.OFFICE, 2)], "创建办", AT
        )
    export_scores(None, sheet, AT)

    assert faults(load, back(score("1.1.1", 初审分=None))) == [
        "表“得分”第 4 行“初审分”列：被清空了；要撤回请写“撤回”"
    ]
    assert load(back(score("1.1.1", 初审分="撤回"))).changes == 1
    assert office(campaign_id) is None


def worth(code, **cells):
    def edit(book):
        for column, value in cells.items():
            place(book["评分标准"], column, 编号=code).value = value

    return edit


@ON_BOTH
def test_the_scoring_table_goes_out_and_comes_back_with_what_does_not_add_up(
    sheet, back, campaign_id
):
    assert export_rules(None, sheet, AT) == (7, 7)
    path = back(worth("1.1.1", 分值="3分", 评分办法="每起扣1分，扣完为止", 最低分=0.5))

    taken = rules(path, 10, (10, 34, 104))
    assert taken.changes == 1
    assert taken.notes == [
        "表“评分标准”第 6 行：1.1.1 评分办法写的是扣完为止，“最低分”列却是 0.5，请核对",
        "1.1 分值 6 分，下级合计 6.5 分",
        "一级指标有 1 项，应有 10 项",
        "二级指标有 2 项，应有 34 项",
        "三级指标有 4 项，应有 104 项",
    ]
    assert rules(path, 10).changes == 0
    now = line(campaign_id)
    assert (now.possible, now.floor, now.method) == (3, 0.5, "每起扣1分，扣完为止")


def test_points_written_in_a_text_are_asked_about_and_not_taken(sheet, back, campaign_id):
    export_rules(None, sheet, AT)
    notes = rules(
        back(worth("1.1.1", 分值=None, 评分办法="台账齐全（0.5分）；按时公开（1 分）")), 10
    ).notes

    assert notes[0] == (
        "表“评分标准”第 6 行：1.1.1 评分办法里写有（0.5＋1分），合计 1.5 分，"
        "“分值”列是空的；确是这项的分值，请填进“分值”列"
    )
    assert line(campaign_id).possible is None


def test_a_share_is_of_the_stated_total(sheet, back, campaign_id):
    export_rules(None, sheet, AT)
    rules(back(worth("1", 分值="15%")), 200)

    assert line(campaign_id, "1").possible == 30


def test_new_points_reckon_deductions_anew_and_never_leave_a_score_above_them(
    sheet, back, campaign_id, ids
):
    typed = DeductionTyped("1.1.1", "1", "初审分", "创建办", "缺少印发件")
    set_one_deduction(None, typed, AT)
    set_one_score(None, ScoreTyped("1.1.2", "3.5", "初审分", "创建办"), AT)
    export_rules(None, sheet, AT)

    assert faults(rules, back(worth("1.1.2", 分值=3))) == [
        "表“评分标准”第 7 行“分值”列：已有初审分 3.5 分，与新的分值不符：写的是 3.5 分，高于分值 3 分"
    ]
    assert rules(back(worth("1.1.1", 分值=4))).changes == 1
    assert office(campaign_id) == 3


def test_faults_of_the_scoring_table_are_named(sheet, back):
    export_rules(None, sheet, AT)

    def edit(book):
        worth("1.1.1", 分值="很多")(book)
        worth("1.1.2", 分值=-1)(book)
        worth("1.2.1", 最低分=9)(book)
        page = book["评分标准"]
        page.cell(HEADER + 8, columns(page)["编号"]).value = "9.9"
        page.cell(HEADER + 8, columns(page)["分值"]).value = 1

    found = [one.partition("：")[0] for one in faults(rules, back(edit))]

    assert found == [
        "表“评分标准”第 6 行“分值”列",
        "表“评分标准”第 7 行“分值”列",
        "表“评分标准”第 9 行“最低分”列",
        "表“评分标准”第 11 行“编号”列",
    ]


@pytest.mark.parametrize(
    ("written", "counts"), [("", ()), ("10/34/104", (10, 34, 104)), ("８、32、115", (8, 32, 115))]
)
def test_stated_counts_are_read(written, counts):
    assert counts_of(written) == counts


@pytest.mark.parametrize("written", ["10", "10/34", "a/b/c", "1/2/3/4"])
def test_what_states_no_counts_is_refused(written):
    with pytest.raises(ValueError):
        counts_of(written)


def test_what_is_shown_has_totals_differences_and_what_to_look_at(campaign_id):
    set_one_score(None, ScoreTyped("1.1.1", "2.5", "自评分", "创建办"), AT)
    typed = DeductionTyped("1.1.1", "0.5", "初审分", "创建办", "两份没有公开")
    assert set_one_deduction(None, typed, AT) == (
        "1.1.1 指标1.1.1 初审分：2 分，分值 2.5，1 处变更"
    )

    found = score_view(None)
    assert found.rows[0][2:] == ("2.5", "2.5", "2", "未评", "初审分扣 0.5 分：两份没有公开")
    assert found.differences[0].endswith("自评 2.5，初审 2，差 0.5 分")
    assert found.doubts == ["一级指标的分值合计 10 分，不是 100 分"]
    assert found.totals[1] == "初审分：得 2 分，已评 1 项，3 项还没有评，满分 10"


def test_a_typed_deduction_may_be_taken_back_by_its_reason(campaign_id):
    set_one_deduction(None, DeductionTyped("1.1.1", "1", "初审分", "创建办", "甲"), AT)
    gone = DeductionTyped("1.1.1", "1", "初审分", "创建办", "甲", withdraw=True)
    set_one_deduction(None, gone, AT)

    assert office(campaign_id) == 2.5
