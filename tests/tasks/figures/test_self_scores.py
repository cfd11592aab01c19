"""A unit scores its own parts in a sheet of its own."""

import pytest
from openpyxl import load_workbook

from models.database import open_session
from models.errors import PlanError
from models.figures.scoring import score_lines
from models.figures.standing import standing_scores
from models.rules.figures.words import ScoreKind
from models.settings import moment_of
from tasks.figures.scores_list import export_self_scores, load_scores
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.scoring_table import names
from tests.support.sheets import place, texts

pytestmark = pytest.mark.usefixtures("ids", "one_database")
AT = moment_of(NOW, TODAY)


@pytest.fixture
def every(campaign_id):
    """The names of the units; the first leads, the second helps."""
    with open_session(read_only=True) as session:
        return names(session, campaign_id)


def load(path, by="创建办"):
    return load_scores(None, path, by, moment=AT)


def fill(code, **cells):
    def edit(book):
        for column, value in cells.items():
            place(book["自评"], column, 编号=code).value = value

    return edit


@ON_BOTH
def test_a_lead_unit_s_sheet_makes_the_indicator_s_self_score(sheet, back, every, campaign_id):
    assert export_self_scores(None, sheet, every[0], AT) == 4
    path = back(fill("1.1.1", 自评分=2, 说明="差一份"))

    assert load(path, f"{every[0]}联络员").changes == 2  # the part, and the indicator
    assert load(path).changes == 0
    with open_session(read_only=True) as session:
        line = next(x for x in score_lines(session, campaign_id) if x.code == "1.1.1")
    assert line.scores[ScoreKind.SELF].note == "差一份"
    assert line.points(ScoreKind.SELF) == 2


def test_a_helping_unit_s_sheet_is_of_its_own_part_alone(sheet, back, every, campaign_id, ids):
    export_self_scores(None, sheet, every[1], AT)

    assert load(back(fill("1.1.1", 自评分=1))).changes == 1
    with open_session(read_only=True) as session:
        standing = standing_scores(session, campaign_id)
    own = [part.scores[ScoreKind.SELF] for part in standing.parts[ids["1.1.1"]]]
    assert own == [None, 1]
    assert standing.lines[ids["1.1.1"]].points(ScoreKind.SELF) is None


def test_faults_of_the_sheet_are_named_and_nothing_is_written(sheet, back, every, campaign_id):
    export_self_scores(None, sheet, every[0], AT)
    load(back(fill("1.1.1", 自评分=2)))
    export_self_scores(None, sheet.with_name("又.xlsx"), every[0], AT)
    book = load_workbook(sheet.with_name("又.xlsx"))
    fill("1.1.1", 自评分=None)(book)
    fill("1.1.2", 自评分=9)(book)
    fill("1.2.1", 说明="只有说明")(book)
    fill("1.2.2", 自评分=1, 单位="市不存在局")(book)
    book.save(sheet.with_name("又.xlsx"))

    with pytest.raises(PlanError) as caught:
        load(sheet.with_name("又.xlsx"))
    assert [one.partition("：")[0] for one in caught.value.faults] == [
        "表“自评”第 4 行“自评分”列",
        "表“自评”第 5 行“自评分”列",
        "表“自评”第 6 行“说明”列",
        "表“自评”第 7 行“单位”列",
    ]


def test_a_unit_cannot_score_another_s_part(sheet, back, every):
    export_self_scores(None, sheet, every[0], AT)

    with pytest.raises(PlanError, match="不能登记"):
        load(back(fill("1.1.1", 自评分=2)), f"{every[3]}联络员")


def test_a_unit_sees_only_its_own_indicators(sheet, every):
    export_self_scores(None, sheet, every[0], AT)

    assert {row[2] for row in texts(load_workbook(sheet)["自评"])} == {every[0]}
    assert export_self_scores(None, sheet.with_name("无.xlsx"), every[7], AT) == 0
