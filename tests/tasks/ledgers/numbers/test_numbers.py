"""Figures and self scores travel in a unit's ledger: registered, returned, or side by side."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from models.database import open_session
from models.figures.kept import every_figure
from models.figures.standing import standing_scores
from models.rules.evidence.ledger_numbers import (
    FigureSaid,
    figure_field,
    figure_in_words,
    figure_named,
    figure_of_words,
    score_in_words,
    score_of_words,
)
from models.rules.evidence.words import Reception
from models.rules.figures.words import ScoreKind
from tasks.ledgers.conflicts import list_conflicts, settle
from tests.conftest import ON_BOTH
from tests.support.scoring_table import names
from tests.support.sheets import place, texts

FIGURES, SCORES = "指标数据", "自评"


@pytest.fixture
def unit(ids, campaign_id):
    """The unit that leads every indicator."""
    with open_session(read_only=True) as session:
        return names(session, campaign_id)[0]


def counted(above, below, **more):
    def edit(book):
        for column, value in {"分子": above, "分母": below, **more}.items():
            place(book[FIGURES], column, 编号="1.1.1#2").value = value

    return edit


def scored(points, code="1.1.1", note=None):
    def edit(book):
        place(book[SCORES], "自评分", 编号=code).value = points
        place(book[SCORES], "说明", 编号=code).value = note

    return edit


def figures(campaign_id):
    with open_session(read_only=True) as session:
        return [
            (one.numerator, one.denominator, one.source, one.by_post)
            for one in every_figure(session, campaign_id)
            if not one.withdrawn
        ]


def self_scores(campaign_id, ids, code="1.1.1"):
    with open_session(read_only=True) as session:
        standing = standing_scores(session, campaign_id)
    return [part.scores[ScoreKind.SELF] for part in standing.parts[ids[code]]]


@ON_BOTH
def test_what_a_unit_counted_and_scored_is_registered_once(desk, unit, ids, campaign_id):
    def edit(book):
        counted(45, 50, 数据来源="政务服务网")(book)
        scored(2, note="差一份")(book)

    back = desk.filled(desk.send(unit=unit), edit)
    taken = desk.take(back)
    again = desk.take(back, day=1)

    assert taken.reception is Reception.TAKEN, taken.lines
    assert "登记 2 处变化" in taken.lines[0]
    assert figures(campaign_id) == [(45, 50, "政务服务网", f"{unit}联络员")]
    assert self_scores(campaign_id, ids) == [2, 2]  # who leads answers for all
    assert again.reception is Reception.REPEATED


def test_the_ledger_shows_what_is_registered_and_asks_for_the_rest(desk, unit):
    desk.take(desk.filled(desk.send(unit=unit), counted(45, 50)))

    book = load_workbook(desk.send(1, unit=unit))

    assert place(book[FIGURES], "分子", 编号="1.1.1#2").value == 45
    assert {row[2] for row in texts(book[SCORES])} == {unit}
    page = book[FIGURES]
    assert page.protection.sheet and place(page, "编号", 编号="1.1.1#2").protection.locked
    assert not place(page, "分子", 编号="1.1.1#2").protection.locked


def test_every_sheet_is_printed_on_a4(desk, unit):
    desk.take(desk.filled(desk.send(unit=unit), counted(45, 50)))

    shown = [
        page for page in load_workbook(desk.send(1, unit=unit)) if page.sheet_state == "visible"
    ]

    assert [page.title for page in shown] == ["一页看清", "台账", FIGURES, SCORES, "证明材料"]
    assert {page.page_setup.paperSize for page in shown} == {9}  # A4


def test_a_figure_that_is_owed_is_a_gap_on_the_first_page(desk, unit):
    [gaps] = [
        row[1].value
        for row in load_workbook(desk.send(unit=unit))["一页看清"].iter_rows()
        if row[0].value == "还有哪些差距"
    ]
    assert "还没有填的数据 1 处，见“指标数据”。" in gaps


def test_faulty_numbers_go_back_in_red_and_the_others_are_taken(desk, unit, ids, campaign_id):
    def edit(book):
        counted(60, 50)(book)
        scored(99)(book)
        scored(3.5, "1.1.2")(book)

    taken = desk.take(desk.filled(desk.send(unit=unit), edit))

    assert taken.reception is Reception.PARTLY
    assert any("表“指标数据”第 4 行“分子”列" in line for line in taken.lines)
    assert any("表“自评”第 4 行“自评分”列" in line for line in taken.lines)
    assert "退回 2 行" in taken.lines[0]
    assert figures(campaign_id) == []
    assert self_scores(campaign_id, ids, "1.1.2") == [3.5, 3.5]
    marked = load_workbook(BytesIO(taken.marked))
    assert place(marked[SCORES], "自评分", 编号="1.1.1").fill.start_color.rgb == "FFFFC7CE"
    assert "大于分母" in place(marked[FIGURES], "退回原因", 编号="1.1.1#2").value


@ON_BOTH
def test_two_versions_of_a_number_stand_side_by_side_until_somebody_decides(
    desk, unit, ids, campaign_id
):
    sent = desk.send(unit=unit)

    def other(book):
        counted(46, 50, 数据来源="月报；材料：甲")(book)
        scored(1.5)(book)

    desk.take(desk.filled(sent, lambda book: (counted(45, 50)(book), scored(2)(book)), "甲.xlsx"))
    taken = desk.take(desk.filled(sent, other, "乙.xlsx"), day=1)

    assert taken.reception is Reception.PARTLY
    assert figures(campaign_id) == [(45, 50, "", f"{unit}联络员")]
    figure, score = list_conflicts(None)
    assert (figure.standing, figure.offered) == (
        "45/50；来源：；材料：无",
        "46/50；来源：月报；材料：甲；材料：无",
    )
    assert (score.field, score.standing, score.offered) == ("自评分", "2", "1.5")

    assert settle(None, None, unit, "另一份", "创建办", desk.moment(2)) == 2

    assert figures(campaign_id) == [(46, 50, "月报；材料：甲", "创建办")]
    assert self_scores(campaign_id, ids)[0] == 1.5
    assert list_conflicts(None) == []


def test_a_number_the_office_took_back_meanwhile_does_not_come_again_by_itself(
    desk, unit, campaign_id
):
    desk.take(desk.filled(desk.send(unit=unit), counted(45, 50)))
    sent = desk.send(1, unit=unit)
    desk.take(desk.filled(sent, counted(45, 50, 撤回="是"), "撤.xlsx"), day=1)

    taken = desk.take(desk.filled(sent, counted(47, 50), "改.xlsx"), day=2)

    assert figures(campaign_id) == []
    assert [(one.standing, one.offered) for one in list_conflicts(None)] == [
        ("没有登记", "47/50；来源：；材料：无")
    ]
    assert taken.reception is Reception.PARTLY


def test_two_ledgers_of_one_arrival_that_disagree_are_not_merged(desk, unit, campaign_id):
    sent = desk.send(unit=unit)
    paths = [desk.filled(sent, counted(above, 50), f"{above}.xlsx") for above in (45, 46)]

    desk.take_all(paths)

    assert [row[0] for row in figures(campaign_id)] == [45]
    assert [one.offered for one in list_conflicts(None)] == ["46/50；来源：；材料：无"]


def test_a_row_of_another_unit_or_item_is_returned(desk, unit, ids, campaign_id):
    def edit(book):
        counted(45, 50)(book)
        place(book[FIGURES], "单位", 编号="1.1.1#2").value = "市司法局"

    taken = desk.take(desk.filled(desk.send(unit=unit), edit))

    assert taken.reception is Reception.PARTLY
    assert figures(campaign_id) == []


NUMBERS = st.floats(0, 1e9, allow_nan=False).map(lambda x: round(x, 4))
SOURCES = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=30)


@given(NUMBERS, st.none() | NUMBERS, SOURCES, st.sampled_from(["", "E0003", "E12345"]))
def test_a_figure_in_words_is_read_as_it_was_said(above, below, source, piece):
    said = FigureSaid(above, below, source, piece)
    assert figure_of_words(figure_in_words(said)) == said


@pytest.mark.parametrize("period", ["", "2025", "2025Q1", "2025-03"])
def test_the_field_of_a_figure_says_which(period):
    assert figure_named(figure_field("1.1.2#1", period)) == ("1.1.2#1", period)


@pytest.mark.parametrize(
    ("said", "shown"),
    [(("2.5", None), 2.5), (("达到", "好；说明：很好"), "达到"), (("", None), None)],
)
def test_a_score_in_words_is_read_as_it_was_said(said, shown):
    assert score_of_words(score_in_words(shown, said[1])) == said


def test_a_text_that_is_too_long_is_said_once_and_in_its_own_column(desk, unit):
    def edit(book):
        scored(2, note="长" * 10_000)(book)
        counted(45, 50, 数据来源="长" * 501, 证明材料="E" * 200)(book)
        page = book["证明材料"]
        row = next(n for n in range(1, 9) if page.cell(n, 1).value == "编号") + 1
        names = {page.cell(row - 1, n).value: n for n in range(1, 20)}
        told = {
            "编号": "1.1.1",
            "材料名称": "长" * 101,
            "文件名或网址": "https://a.invalid/" + "a" * 3_000,
        }
        for column, value in told.items():
            page.cell(row, names[column]).value = value

    taken = desk.take(desk.filled(desk.send(unit=unit), edit))

    faults = sorted(line.partition("：")[::2] for line in taken.lines if "个字" in line)
    assert [said for said in faults if said[0].startswith("表“自评”")] == [
        ("表“自评”第 4 行“说明”列", "有 10000 个字，最多 500 个字")
    ]
    assert [place.partition("行")[2] for place, _ in faults] == [
        "“数据来源”列",
        "“证明材料”列",
        "“说明”列",
        "“文件名或网址”列",
        "“材料名称”列",
    ]
    assert not any("没有编号为“EEE" in line or "应以 http" in line for line in taken.lines)
