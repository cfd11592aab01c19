"""Talks go out as a list with the outline of each role, and come back with marks and points raised."""

import pytest

from models.campaign.campaign import looking_at
from models.errors import PlanError
from models.settings import moment_of
from models.surveys.talk import talks_of
from tasks.surveys.talk_lists import (
    export_outline,
    export_talks,
    load_outline,
    load_talks,
    role_cells,
    talk_results,
)
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.sheets import HEADER, edited, place, texts

pytestmark = pytest.mark.usefixtures("campaign", "one_database")
AT = moment_of(NOW, TODAY)


@pytest.fixture
def one_database(request):
    """SQLite, unless the test asks for both."""
    if "any_database" not in request.fixturenames:
        request.getfixturevalue("database")


@pytest.fixture
def held(tmp_path):
    """Two talks: an officer's of a unit, and one of the people; the list with their questions."""

    def plan(book):
        page = book["访谈安排"]
        rows = [("执法人员", "市司法局"), ("群众", None)]
        for n, (role, unit) in enumerate(rows, HEADER + 1):
            for column, value in enumerate((role, unit, "2025-07-01", "评估测评组"), 2):
                page.cell(n, column).value = value

    export_talks(None, tmp_path / "空.xlsx", AT)
    load_talks(None, edited(tmp_path / "空.xlsx", plan, "安排.xlsx"), "", AT)
    export_talks(None, tmp_path / "访谈.xlsx", AT)
    return tmp_path / "访谈.xlsx"


def noted(path, cells, name="回.xlsx"):
    """Return the list with what ``cells`` says by talk, question and column."""

    def fill(book):
        for (talk, number, column), value in cells.items():
            place(book["访谈记录"], column, 编号=talk, 题号=number).value = value

    return edited(path, fill, name)


@ON_BOTH
def test_talks_are_marked_and_points_raised_become_findings_once(any_database, tmp_path, held):
    path = noted(
        held,
        {
            ("T1", 1, "得分"): 30,
            ("T1", 2, "得分"): 40,
            ("T1", 3, "得分"): 10,
            ("T1", 3, "要点"): "近两年没有参加法律培训，联系 13812345678",
            ("T1", 3, "列为问题"): "是",
            ("T2", 1, "得分"): 15,
        },
    )

    loaded = load_talks(None, path, "M1", AT)
    again = load_talks(None, path, "M1", AT)

    assert "列为问题 1 条：F1" in loaded.line
    assert any("已遮盖" in note for note in loaded.notes)
    assert again.changes == 0
    assert "列为问题" not in again.line
    rows = {row[0]: row for row in map(role_cells, talk_results(None))}
    assert rows["执法人员"] == ("执法人员", 1, 1, "80.0", 1)
    assert rows["群众"] == ("群众", 1, 1, "50.0", 0)
    assert rows["领导"] == ("领导", 0, 0, "—", 0)


def test_the_same_list_of_new_talks_twice_makes_them_once(tmp_path, held):
    again = load_talks(None, tmp_path / "安排.xlsx", "", AT)

    def one_more(book):
        page = book["访谈安排"]
        row = max(n for n in range(HEADER + 1, 20) if page.cell(n, 1).value) + 1
        for column, value in enumerate(("执法人员", "市司法局", "2025-07-01", "评估测评组"), 2):
            page.cell(row, column).value = value

    more = edited(held, one_more, "又一次.xlsx")  # like T1, and not T1, which the list names
    assert (again.changes, load_talks(None, more, "", AT).changes) == (0, 1)
    assert load_talks(None, more, "", AT).changes == 0


def test_a_talk_names_a_role_and_a_unit_and_no_person(tmp_path, held):
    def wrong(book):
        page = book["访谈安排"]
        page.cell(HEADER + 1, 5).value = "张三"
        page.cell(HEADER + 2, 2).value = "领导"

    with pytest.raises(PlanError) as caught:
        load_talks(None, edited(held, wrong), "", AT)

    assert "像是姓名" in caught.value.faults[0]
    assert [fault.partition("列")[0] for fault in caught.value.faults] == [
        "表“访谈安排”第 4 行“访谈人”",
        "表“访谈安排”第 5 行“单位”",
    ]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({("T1", 1, "得分"): 41}, "应为 0 到 40"),
        ({("T1", 1, "得分"): "好"}, "应为数字"),
        ({("T1", 1, "列为问题"): "是"}, "要写明是什么问题"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(held, cells, words):
    with pytest.raises(PlanError, match=words):
        load_talks(None, noted(held, cells), "", AT)


def test_a_talk_that_was_called_off_does_not_count(held, campaign):
    def off(book):
        book["访谈安排"].cell(HEADER + 1, 6).value = "是"

    load_talks(None, edited(held, off), "", AT)

    with looking_at(None) as (session, found):
        assert [one.number for one in talks_of(session, found.id)] == [2]


def test_outlines_are_the_offices_own_and_whole(tmp_path, held):
    export_outline(None, tmp_path / "提纲.xlsx", AT)

    def less(book):
        page = book["访谈提纲"]
        page.delete_rows(HEADER + 1)
        page.cell(HEADER + 1, 4).value = 50

    loaded = load_outline(None, edited(tmp_path / "提纲.xlsx", less), AT)
    export_outline(None, tmp_path / "又.xlsx", AT)

    assert loaded.changes == 2
    assert load_outline(None, tmp_path / "又.xlsx", AT).changes == 0
    assert "11 题" in loaded.line
    assert len(texts(load(tmp_path / "又.xlsx"))) == 11


def load(path):
    from openpyxl import load_workbook

    return load_workbook(path)["访谈提纲"]
