"""A document of indicators becomes a workbook that a clerk corrects and loads."""

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from models.campaign.work import Indicator
from models.database import open_session
from models.errors import CampaignError, PlanError
from models.evidence.demands.keeping import demand_lines
from models.figures.score import ScoringRule
from models.settings import moment_of
from tasks.indicators.compiling import compile_system, require_review, write_review
from tasks.lists.indicators import load_indicators
from tests.conftest import NOW, TODAY
from tests.support.drawn_tables import word_of, workbook_of
from tests.support.sheets import edited, texts

TABLE = """
某市法治政府建设示范指标责任分解表
序号|一级指标|分值|二级指标|三级指标|分值|测评方法|佐证材料|牵头单位|责任单位
1|政府职能|20|营商环境|行政许可按时办结率不低于95%，不存在违规收费。|10|查阅资料、实地考察|1.办结台账 / 2.统计报表|市司法局|市教育局、市民政局
2|^|^|^|涉企检查每年不超过2次|4|^|检查计划|市司法局|
3|^|^|公平竞争|审查率达到100%|6|查阅资料|审查表|市教育局|市民政局
4|制度体系|80|文件管理|建立文件目录|80|案卷评查|目录|市司法局|市民政局
合计||100||| 100||||
"""


def loaded(path, **more):
    return load_indicators(None, path, moment=moment_of(NOW, TODAY), may_add_units=True, **more)


@pytest.mark.parametrize(("made", "name"), [(word_of, "表.docx"), (workbook_of, "表.xlsx")])
def test_the_office_s_table_becomes_a_tree_whichever_program_wrote_it(made, name, tmp_path):
    system = compile_system(made(TABLE, tmp_path / name)).system

    assert [(one.code, one.level, one.parent, one.score) for one in system.indicators] == [
        ("1", 1, None, 20),
        ("1.1", 2, "1", None),
        ("1.1.1", 3, "1.1", 10),
        ("1.1.2", 3, "1.1", 4),
        ("1.2", 2, "1", None),
        ("1.2.3", 3, "1.2", 6),
        ("2", 1, None, 80),
        ("2.1", 2, "2", None),
        ("2.1.4", 3, "2.1", 80),
    ]
    first = system.indicators[2]
    assert first.methods == ["查阅资料", "实地考察"]
    assert first.evidence == ["办结台账", "统计报表"]
    assert (first.lead_units, first.responsible_units) == (["市司法局"], ["市教育局", "市民政局"])
    assert [demand.text for demand in first.demands] == [
        "行政许可按时办结率不低于95%",
        "不存在违规收费。",
    ]
    assert [(t.op, t.value, t.unit) for t in first.demands[0].targets] == [(">=", 95, "%")]
    assert system.doubts == []


@pytest.mark.usefixtures("one_database", "campaign")
def test_what_was_read_is_loaded_with_points_methods_material_and_demands(tmp_path):
    review = tmp_path / "审核.xlsx"
    write_review(compile_system(word_of(TABLE, tmp_path / "表.docx")), review)

    assert "一、二、三级指标 2 / 3 / 4 个" in loaded(review).line
    again = loaded(review)

    assert (again.changes, again.notes) == (0, [])
    with open_session(read_only=True) as session:
        rows = {row.code: row for row in session.exec(select(Indicator))}
        assert rows["1.1.1"].methods == "查阅资料\n实地考察"
        assert rows["1.1.1"].proofs == "办结台账\n统计报表"
        points = {rule.indicator_id: rule.points for rule in session.exec(select(ScoringRule))}
        assert points[rows["1.1.2"].id] == 4
        demands = [
            d.text for d in demand_lines(session, rows["1"].campaign_id) if d.code == "1.1.1"
        ]
        assert demands == ["行政许可按时办结率不低于95%", "不存在违规收费。"]


@pytest.mark.usefixtures("one_database", "campaign")
def test_what_the_clerk_corrected_counts(tmp_path):
    review = tmp_path / "审核.xlsx"
    write_review(compile_system(workbook_of(TABLE, tmp_path / "表.xlsx")), review)

    def correct(book):
        asked = book["要求"]
        rows = {row[1].value: row for row in asked.iter_rows(min_row=4) if row[1].value}
        rows["涉企检查每年不超过2次"][3].value = 3
        book["指标"].cell(4, 4).value = "政府职能依法全面履行"

    loaded(edited(review, correct, "改好.xlsx"))

    with open_session(read_only=True) as session:
        [top] = session.exec(select(Indicator).where(Indicator.code == "1"))
        assert top.title == "政府职能依法全面履行"
        [visits] = [
            d
            for d in demand_lines(session, top.campaign_id)
            if d.code == "1.1.2" and not d.withdrawn
        ]
        assert (visits.op, visits.value, visits.unit_of_value) == ("<=", 3, "次")


def test_the_review_lists_every_cell_and_what_became_of_it(tmp_path):
    review = tmp_path / "审核.xlsx"
    system = compile_system(word_of(TABLE.replace("|6|", "|7|"), tmp_path / "表.docx"))
    write_review(system, review)

    book = load_workbook(review)
    look = [row for row in texts(book["请看一眼"]) if row and row[0] == "1"]
    assert "分值写的是 20 分，下级合计 21 分" in str(look)
    whole = [row[2] for row in texts(book["全文对照"])[3:]]
    assert whole and all(whole)


def test_what_is_no_indicator_system_gets_one_clear_line(tmp_path):
    news = tmp_path / "新闻.txt"
    news.write_text("某市召开会议\n会议听取了汇报。\n会议强调，要压实责任。\n", encoding="utf-8")

    with pytest.raises(CampaignError, match="看不出是指标体系") as refused:
        compile_system(news)
    assert "\n" not in str(refused.value)


def test_a_review_is_never_written_over_its_document(tmp_path):
    path = workbook_of(TABLE, tmp_path / "表.xlsx")

    with pytest.raises(CampaignError, match="不能写回原文件"):
        require_review(path, path)


WRONG = TABLE.replace("|6|查阅资料", "|7|查阅资料").replace(
    "建立文件目录", "建立文件目录，每季度公布1次。"
)


def answered(path, tmp_path, **answers):
    """Answer in the sheet 请看一眼: by a word of the reason, what is chosen and what is written."""

    def choose(book):
        page = book["请看一眼"]
        for row in page.iter_rows(min_row=4):
            for word, (chosen, written) in answers.items():
                if word in str(row[3].value):
                    row[5].value, row[6].value = chosen, written

    return edited(path, choose, "答.xlsx")


@pytest.mark.usefixtures("one_database", "campaign")
def test_an_answer_to_a_doubt_is_taken(tmp_path):
    review = tmp_path / "审核.xlsx"
    write_review(compile_system(word_of(WRONG, tmp_path / "表.docx")), review)

    said = {"下级合计": ("采纳", None), "没有当作目标值": ("改为", "每季度公布不少于1次。")}
    assert loaded(answered(review, tmp_path, **said)).notes == []

    with open_session(read_only=True) as session:
        rows = {row.code: row for row in session.exec(select(Indicator))}
        points = {rule.indicator_id: rule.points for rule in session.exec(select(ScoringRule))}
        assert points[rows["1"].id] == 21
        lines = demand_lines(session, rows["1"].campaign_id)
        said = [d for d in lines if not d.withdrawn and d.code == "2.1.4"]
        assert [(d.text, d.op, d.value) for d in said] == [("每季度公布不少于1次。", ">=", 1)]


@pytest.mark.usefixtures("one_database", "campaign")
@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (("不是指标", None), "下面还有 1.1"),
        (("改为", "许多"), "应为数字"),
        (("改为", None), "没有写改成什么"),
        (("好", None), "只能是 采纳、改为、不是指标"),
        ((None, "20"), "却没有选“改为”"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_a_fault_with_its_place(tmp_path, answer, fault):
    review = tmp_path / "审核.xlsx"
    write_review(compile_system(word_of(WRONG, tmp_path / "表.docx")), review)

    with pytest.raises(PlanError) as refused:
        loaded(answered(review, tmp_path, 下级合计=answer))
    assert "表“请看一眼”第" in str(refused.value) and fault in str(refused.value)
