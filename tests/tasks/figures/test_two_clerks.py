"""Two clerks at once, a list that was cut off, and cells that hold anything."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from models.campaign.work import Indicator
from models.database import open_session
from models.errors import CampaignError
from models.figures.score import Deduction, Score
from models.settings import moment_of
from tasks.figures.figures_list import export_figures, load_figures
from tasks.figures.rules_list import export_rules, load_rules
from tasks.figures.scores_list import export_scores, load_scores
from tasks.figures.scoring_one import DeductionTyped, ScoreTyped, set_one_deduction, set_one_score
from tasks.figures.view import score_view
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.rows import everything
from tests.support.sheets import HEADER, edited

pytestmark = pytest.mark.usefixtures("ids", "one_database")
AT = moment_of(NOW, TODAY)
ODD = {
    "yes": True,
    "a day": datetime(2025, 7, 1),
    "negative": -1,
    "huge": 1e300,
    "an error": "#DIV/0!",
    "a formula": "=1+1",
    "long": "长" * 32_000,
    "control": "\t\n",
    "letters": "二",
    "power": "1e9",
    "blank": "\u3000",
}


@ON_BOTH
def test_two_clerks_who_take_points_off_at_once_both_count():
    def take(n):
        typed = DeductionTyped("1.1.2", "0.5", "初审分", "创建办", f"第 {n} 件")
        return set_one_deduction(None, typed, AT)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, range(4)))

    with open_session(read_only=True) as session:
        [score] = session.exec(select(Score)).all()
        assert score.points == 1.5  # 3.5 less four times 0.5
        assert len(session.exec(select(Deduction)).all()) == 4


@ON_BOTH
def test_two_clerks_who_score_at_once_leave_one_score():
    def score(points):
        return set_one_score(None, ScoreTyped("1.1.1", points, "初审分", "创建办"), AT)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(score, ("1", "2", "1", "2")))

    with open_session(read_only=True) as session:
        [one] = session.exec(select(Score)).all()
        assert one.points in (1, 2)


@pytest.mark.parametrize("odd", ODD, ids=str)
@pytest.mark.parametrize(
    ("export", "load", "cells"),
    [
        (
            lambda path: export_figures(None, path, None, AT),
            lambda path: load_figures(None, path, "", moment=AT),
            [("指标数据", column) for column in (1, 4, 5, 7, 8, 9, 10, 11, 12)],
        ),
        (
            lambda path: export_rules(None, path, AT),
            lambda path: load_rules(None, path, "", (100, ()), moment=AT),
            [("评分标准", column) for column in (1, 4, 5, 6, 7)],
        ),
        (
            lambda path: export_scores(None, path, AT),
            lambda path: load_scores(None, path, "", moment=AT),
            [("得分", column) for column in (1, 5, 6, 11)]
            + [("扣分", column) for column in range(1, 8)],
        ),
    ],
    ids=["figures", "rules", "scores"],
)
def test_an_odd_cell_is_taken_or_refused_in_words_with_nothing_half_written(
    sheet, export, load, cells, odd
):
    export(sheet)
    before = everything()
    for name, column in cells:

        def put(book, name=name, column=column):
            book[name].cell(HEADER + 1, column).value = ODD[odd]

        try:
            load(edited(sheet, put))
        except CampaignError as error:
            assert "Traceback" not in str(error)
            assert len(str(error)) < 3_000
            assert everything() == before
        else:
            before = everything()


def test_an_indicator_under_another_number_gets_no_score_by_itself(campaign_id, ids):
    set_one_score(None, ScoreTyped("1.1.1", "2", "初审分", "创建办"), AT)
    with open_session() as session:
        old = session.get(Indicator, ids["1.1.1"])
        old.withdrawn = True
        new = {"code": "1.1.9", "level": 3, "parent_id": old.parent_id, "title": old.title}
        session.add(Indicator(campaign_id=campaign_id, **new))

    view = score_view(None)
    assert view.doubts[-1] == (
        "1.1.1 指标1.1.1 已撤销，初审分 2 没有计入；现在的 1.1.9 内容相同，确是同一项的请在那里重新登记"
    )
    assert next(row for row in view.rows if row[0] == "1.1.9")[4] == "未评"


def test_what_a_list_sends_out_is_never_a_formula(sheet, ids, campaign_id):
    with open_session() as session:
        session.get(Indicator, ids["1.1.1"]).title = "=HYPERLINK(1)"
    typed = DeductionTyped("1.1.1", "1", "初审分", "创建办", "=1+1")
    set_one_deduction(None, typed, AT)
    export_scores(None, sheet, AT)

    cells = [
        cell
        for page in load_workbook(sheet)
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert [cell.data_type for cell in cells] == ["s", "s"]
