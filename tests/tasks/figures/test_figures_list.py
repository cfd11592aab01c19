"""The list of figures goes out and comes back."""

import pytest
from openpyxl import load_workbook

from models.database import open_session
from models.errors import NotFoundError, PlanError
from models.figures.kept import every_figure
from models.settings import moment_of
from tasks.figures.figures_list import export_figures, load_figures
from tasks.figures.view import figure_view
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.scoring_table import names
from tests.support.sheets import columns, place, texts

pytestmark = pytest.mark.usefixtures("ids", "one_database")
AT = moment_of(NOW, TODAY)
SHEET = "指标数据"


def load(path, by="创建办"):
    return load_figures(None, path, by, moment=AT)


def faults(path, by="创建办"):
    with pytest.raises(PlanError) as caught:
        load(path, by)
    return caught.value.faults


def kept(campaign_id):
    with open_session(read_only=True) as session:
        return {
            (one.unit, one.period): (one.numerator, one.denominator, one.source)
            for one in every_figure(session, campaign_id)
            if not one.withdrawn
        }


@pytest.fixture
def unit(campaign_id):
    with open_session(read_only=True) as session:
        return names(session, campaign_id)[0]


@pytest.fixture
def out(sheet, ids):
    return export_figures(None, sheet, None, AT)


def fill(code, unit, **cells):
    def edit(book):
        for column, value in cells.items():
            place(book[SHEET], column, 编号=code, 单位=unit).value = value

    return edit


@ON_BOTH
def test_a_list_goes_out_with_every_row_owed_and_comes_back_with_figures(
    sheet, out, back, campaign_id, unit
):
    assert out == (2, 2)  # one figure owed by the unit that leads each
    path = back(fill("1.1.1#2", unit, 分子=35, 分母=40, 数据来源="月报"))

    assert load(path).changes == 1
    assert load(path).changes == 0
    assert kept(campaign_id) == {(unit, ""): (35, 40, "月报")}


def test_an_untouched_list_says_nothing_however_late_it_comes(sheet, out, back, campaign_id, unit):
    old = back(lambda book: None, "旧.xlsx")
    load(back(fill("1.1.1#2", unit, 分子=35, 分母=40)))

    assert load(old).changes == 0
    assert kept(campaign_id)[unit, ""][:2] == (35, 40)


def test_every_fault_is_named_by_row_and_column_and_nothing_is_written(
    sheet, out, back, campaign_id, unit
):
    def edit(book):
        page = book[SHEET]
        fill("1.1.1#2", unit, 分子=41, 分母=40, 证明材料="E0009")(book)
        fill("1.2.1#2", unit, 分子="一件")(book)
        at = columns(page)
        for row, cells in {
            6: {"编号": "9.9", "单位": unit, "分子": 1},
            7: {"编号": "1.1.1#2", "单位": "市不存在局", "分子": 1},
            8: {"编号": "1.2.1#2", "单位": unit, "期间": "2026", "分子": 1},
            9: {"编号": "1.2.1#2", "单位": unit, "期间": "去年", "分子": 1},
            10: {"编号": "1.1.1#2", "单位": unit, "分子": 1, "分母": 1},
        }.items():
            for name, value in cells.items():
                page.cell(row, at[name]).value = value

    found = faults(back(edit))

    assert [line.partition("：")[0] for line in found] == [
        "表“指标数据”第 4 行“证明材料”列",
        "表“指标数据”第 4 行“分子”列",
        "表“指标数据”第 5 行“分子”列",
        "表“指标数据”第 6 行“编号”列",
        "表“指标数据”第 7 行“单位”列",
        "表“指标数据”第 8 行“期间”列",
        "表“指标数据”第 9 行“期间”列",
        "表“指标数据”第 10 行“编号”列",
    ]
    assert kept(campaign_id) == {}


def test_a_figure_of_an_earlier_period_is_added_below(sheet, out, back, campaign_id, unit):
    def edit(book):
        page = book[SHEET]
        at = columns(page)
        for name, value in {"编号": "1.2.1#2", "单位": unit, "期间": "2024年", "分子": 0}.items():
            page.cell(7, at[name]).value = value

    assert load(back(edit)).changes == 1
    assert kept(campaign_id) == {(unit, "2024"): (0, None, "")}


def test_an_emptied_figure_must_be_taken_back_on_purpose(sheet, back, campaign_id, unit, out):
    load(back(fill("1.1.1#2", unit, 分子=35, 分母=40)))
    again = sheet.with_name("又.xlsx")
    export_figures(None, again, None, AT)
    emptied = load_workbook(again)
    fill("1.1.1#2", unit, 分子=None, 分母=None)(emptied)
    emptied.save(again)

    assert faults(again) == [
        "表“指标数据”第 4 行“分子”列：没有数；要撤回登记过的数，请在“撤回”列选 是"
    ]
    fill("1.1.1#2", unit, 撤回="是")(emptied)
    emptied.save(again)
    assert load(again).changes == 1
    assert kept(campaign_id) == {}


def test_a_post_of_another_unit_cannot_register(sheet, out, back, campaign_id, unit):
    with open_session(read_only=True) as session:
        other = names(session, campaign_id)[3]
    found = faults(back(fill("1.1.1#2", unit, 分子=35, 分母=40)), f"{other}联络员")

    assert len(found) == 1
    assert "不能登记" in found[0]


def test_a_text_that_looks_like_a_formula_stays_a_text(sheet, out, back, unit):
    load(back(fill("1.1.1#2", unit, 分子=35, 分母=40, 数据来源="'=1+1")))
    again = sheet.with_name("又.xlsx")
    export_figures(None, again, None, AT)

    rows = texts(load_workbook(again)[SHEET])
    assert "'=1+1" in rows[0]


def test_a_list_of_one_unit_holds_only_its_rows(sheet, ids, unit, campaign_id):
    with open_session(read_only=True) as session:
        other = names(session, campaign_id)[5]

    assert export_figures(None, sheet, unit, AT)[0] == 2
    assert export_figures(None, sheet.with_name("他.xlsx"), other, AT)[0] == 0
    with pytest.raises(NotFoundError, match="没有名为 市不存在局 的单位"):
        export_figures(None, sheet.with_name("无.xlsx"), "市不存在局", AT)


def test_what_is_shown_says_reached_lacking_and_missing(sheet, out, back, unit):
    load(back(fill("1.1.1#2", unit, 分子=35, 分母=40)))
    found = figure_view(None, None, AT)

    assert [row[4:8] for row in found.rows] == [
        (
            unit,
            "87.5%",
            "没有达到",
            "还差 2.5 个百分点；分母不变时，“网上可办”再增加 1 即可",
        ),
        (unit, "—", "—", "还没有数据，本期还没有结束"),
    ]
    assert (
        found.line == "2 项（按期间）：达到 0 项，没有达到 1 项，还没有数据 1 项；各单位还缺 0 个数"
    )
