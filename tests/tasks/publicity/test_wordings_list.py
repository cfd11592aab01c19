"""The lists of wordings and slogans go out and come back; slogans rotate over the venues."""

from datetime import date

import pytest
from docx import Document
from sqlmodel import select

from models.database import open_session
from models.errors import NotFoundError, PlanError
from models.publicity.slogan import slogans_shown
from models.publicity.wording import lists_to_check_by
from models.units.unit import Unit
from tasks.plans.loading import find_plan, load_plan, read_plan
from tasks.publicity.rotating import rotation_list, write_rotation
from tasks.publicity.wordings_list import (
    export_slogans,
    export_wordings,
    load_slogans,
    load_wordings,
)
from tests.support.sheets import HEADER, columns, place
from tests.tasks.publicity.conftest import BEGIN, SLUG, on

NOON = on(date(2023, 11, 22))


@pytest.mark.usefixtures("jiaozuo")
def test_an_empty_list_goes_out_with_a_sample_that_counts_only_when_loaded(sheet):
    assert export_wordings(SLUG, sheet, NOON) == (10, True)
    with open_session(read_only=True) as session:
        assert lists_to_check_by(session, 1).wordings == []

    assert load_wordings(SLUG, sheet, moment=NOON).changes == 10
    assert load_wordings(SLUG, sheet, moment=NOON).changes == 0
    assert export_wordings(SLUG, sheet.with_name("又.xlsx"), NOON) == (10, False)


@pytest.mark.usefixtures("jiaozuo")
def test_faults_of_a_wording_name_row_and_column(sheet, back):
    export_wordings(SLUG, sheet, NOON)

    def spoil(book):
        page, at = book["用语"], columns(book["用语"])
        page.cell(HEADER + 1, at["类别"]).value = "坏"
        page.cell(HEADER + 2, at["建议"]).value = ""
        page.cell(HEADER + 3, at["用语"]).value = "局"

    with pytest.raises(PlanError) as caught:
        load_wordings(SLUG, back(spoil), moment=NOON)

    assert len(caught.value.faults) == 3


@pytest.mark.usefixtures("jiaozuo")
def test_a_body_that_is_gone_is_named_with_the_one_that_stands_for_it():
    with open_session() as session:
        units = {one.name: one for one in session.exec(select(Unit))}
        old, new = units["市金融工作局"], units["市商务局"]
        old.retired, old.successor_id = True, new.id
    with open_session(read_only=True) as session:
        lists = lists_to_check_by(session, 1)

    assert lists.gone == {"市金融工作局": "市商务局"}
    assert "市金融工作局" not in lists.full


@pytest.mark.usefixtures("jiaozuo")
def test_the_plan_s_slogans_are_there_and_the_office_s_own_list_stays(sheet, back):
    assert export_slogans(SLUG, sheet, NOON) == 22

    def turn(book):
        page, at = book["标语"], columns(book["标语"])
        page.cell(HEADER + 1, at["标语"]).value = "弘扬法治精神"
        place(page, "标语", 序号="22").value = ""

    path = back(turn)
    assert load_slogans(SLUG, path, moment=NOON).changes > 0
    assert load_slogans(SLUG, path, moment=NOON).changes == 0
    plan = read_plan(find_plan("jiaozuo-publicity-2023"))
    assert load_plan(plan, slug=SLUG, start=None, moment=BEGIN).changes == 0
    with open_session(read_only=True) as session:
        shown = slogans_shown(session, 1)
    assert (len(shown), shown[0]) == (21, "弘扬法治精神")


@pytest.mark.usefixtures("jiaozuo")
@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_the_rotation_is_written_for_printing(tmp_path, suffix):
    found = rotation_list(SLUG, NOON, weeks=3)
    path = tmp_path / f"轮换{suffix}"
    write_rotation(found, path, NOON)

    assert len(found.shown) == 3 * 19
    assert rotation_list(SLUG, NOON, weeks=3) == found
    assert found.shown[0].week == "2023年11月20日至11月26日"
    if suffix == ".docx":
        assert len(Document(str(path)).tables) == 3


@pytest.mark.usefixtures("campaign")
def test_without_slogans_nothing_rotates():
    with pytest.raises(NotFoundError, match="还没有标语"):
        rotation_list(None, NOON)


def test_a_slogan_that_the_plan_says_twice_is_shown_once_and_can_be_taken_off(
    one_database, sheet, back
):
    plan = read_plan(find_plan("jiaozuo-publicity-2023"))
    plan.slogans = ["建设法治焦作", "建设法治焦作", "弘扬法治精神"]
    load_plan(plan, slug=SLUG, start=None, moment=BEGIN)
    assert export_slogans(SLUG, sheet, NOON) == 2

    def drop(book):
        book["标语"].delete_rows(HEADER + 1)

    load_slogans(SLUG, back(drop), moment=NOON)

    with open_session(read_only=True) as session:
        assert slogans_shown(session, 1) == ["弘扬法治精神"]
