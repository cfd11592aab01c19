"""The list of units goes out and comes back."""

import json
import zipfile
from datetime import date

import pytest
from sqlmodel import select

from models.campaign.work import Assignment
from models.database import open_session
from models.errors import PlanError
from models.loading.units import group_members, listed_units
from models.settings import moment_of
from models.units.unit import Post, Unit, UnitAlias, unexpanded_groups
from tasks.lists.units import export_units, load_units
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.sheets import made, place, row_number, texts

pytestmark = pytest.mark.usefixtures("one_database")


def load(path):
    return load_units(None, path, moment=moment_of(NOW, TODAY))


def faults(path) -> list[str]:
    with pytest.raises(PlanError) as caught:
        load(path)
    return caught.value.faults


@pytest.fixture(autouse=True)
def sent_out(campaign, sheet):
    export_units(None, sheet)


def test_an_untouched_list_changes_nothing(sheet, audited):
    assert load(sheet).changes == 0
    assert audited("units-loaded") == []


def test_groups_without_members_go_out_and_stay_an_open_point(sheet, back):
    loaded = load(back(lambda book: None))

    assert "县区政府" in loaded.line.partition("还没有成员的单位类别：")[2]


@ON_BOTH
def test_members_are_assigned_what_their_group_was_given(back, campaign_id, audited):
    def fill_in(book):
        place(
            book["单位类别"], "成员单位", 单位类别="市直有关部门单位"
        ).value = "市司法局、市教育局，市体育局"
        book["单位"].append(["市体育局", "市文体局，市体委 ", None])

    path = back(fill_in)
    loaded = load(path)
    again = load(path)

    # the unit, its two other names, three members
    assert (loaded.changes, again.changes) == (6, 0)
    assert "新增责任分解 0 条" in again.line
    assert "新增责任分解 0 条" not in loaded.line
    with open_session() as session:
        assert "市直有关部门单位" not in unexpanded_groups(session, campaign_id)
        unit = session.exec(select(Unit).where(Unit.name == "市体育局")).one()
        posts = session.exec(select(Post.tag).where(Post.unit_id == unit.id)).all()
        parts = session.exec(select(Assignment).where(Assignment.unit_id == unit.id)).all()
        assert sorted(posts) == ["市体育局", "市体育局-负责人"]
        assert {part.group_id is not None and part.due is not None for part in parts} == {True}
    [entry] = audited("units-loaded")
    assert json.loads(entry.facts)["added"] == ["市体育局"]


def test_a_pair_on_each_row_says_the_same_as_a_list_in_a_cell(tmp_path, sheet, campaign_id):
    rows = [
        ["类别", "成员"],
        ["县区政府", "市司法局"],
        [None, "市教育局"],
        ["县区政府", "市教育局\n市民政局"],
    ]
    load(made(tmp_path / "a.xlsx", 单位类别=rows))

    with open_session() as session:
        members = group_members(session, campaign_id)["县区政府"]
    assert sorted(members) == sorted(["市司法局", "市教育局", "市民政局"])


@ON_BOTH
def test_a_member_taken_off_the_list_loses_untouched_work_only(tmp_path, campaign_id):
    head = ["单位类别", "成员单位"]
    load(
        made(
            tmp_path / "a.xlsx", 单位类别=[head, ["县区党委", "市司法局"], ["县区政府", "市教育局"]]
        )
    )
    loaded = load(made(tmp_path / "b.xlsx", 单位类别=[head, ["县区政府", ""]]))

    assert loaded.changes == 1
    assert "县区政府" in loaded.line.partition("还没有成员的单位类别：")[2]
    assert "县区党委" not in loaded.line  # not spoken of, so it stays


@ON_BOTH
def test_a_unit_is_renamed_by_its_old_name_as_alias(back, campaign_id):
    def rename(book):
        row = row_number(book["单位"], 单位名称="市发改委")
        book["单位"].cell(row, 1).value = "市发展和改革委员会"
        book["单位"].cell(row, 2).value = "市发改委"

    path = back(rename)
    with open_session() as session:
        before = session.exec(select(Unit.id).where(Unit.name == "市发改委")).one()

    assert (load(path).changes, load(path).changes) == (2, 0)
    with open_session() as session:
        unit = session.exec(select(Unit).where(Unit.name == "市发展和改革委员会")).one()
        alias = session.exec(select(UnitAlias).where(UnitAlias.name == "市发改委")).one()
        assert unit.id == alias.unit_id == before


def test_a_plan_loaded_again_knows_the_renamed_unit(back, campaign):
    from tasks.plans.loading import find_plan, load_plan, read_plan

    def rename(book):
        row = row_number(book["单位"], 单位名称="市发改委")
        book["单位"].cell(row, 1).value = "市发展和改革委员会"
        book["单位"].cell(row, 2).value = "市发改委"

    load(back(rename))
    plan = read_plan(find_plan("jinchang-2025"))

    assert load_plan(plan, slug=campaign, start=None, moment=moment_of(NOW, TODAY)).changes == 0


@ON_BOTH
def test_a_retired_unit_stays_and_says_so(back, campaign_id):
    def retire(book):
        place(book["单位"], "停用", 单位名称="市招商局").value = "是"

    path = back(retire)

    assert (load(path).changes, load(path).changes) == (1, 0)
    with open_session() as session:
        assert [u.name for u in listed_units(session, campaign_id) if u.retired] == ["市招商局"]


def test_every_fault_is_told_at_once_and_nothing_is_written(back, campaign_id):
    def spoil(book):
        units, groups = book["单位"], book["单位类别"]
        units.append(["市司法局", None, None])
        units.append(["市体育局", "市教育局、市民政局", None])
        units.append([None, "没有名称", None])
        units.append(["市新局", None, "可能"])
        place(groups, "成员单位", 单位类别="县区政府").value = "市司发局"
        groups.append(["市直有关部门单位位", "市司法局"])

    found = faults(back(spoil))

    assert len(found) == 7
    assert "“市司法局”与第" in found[1]
    assert sum("已用在第" in fault for fault in found) == 2
    assert any("“单位名称”列：没有填写" in fault for fault in found)
    assert any("“停用”列：写的是“可能”，应为是或否" in fault for fault in found)
    assert any("没有“市司发局”这个单位，是否为“市司法局”" in fault for fault in found)
    assert any("是否为“市直有关部门单位”" in fault for fault in found)
    with open_session() as session:
        assert "市新局" not in [unit.name for unit in listed_units(session, campaign_id)]


def test_a_column_that_is_not_there_says_nothing(tmp_path, back, campaign_id):
    def fill_in(book):
        place(book["单位"], "别名", 单位名称="市司法局").value = "司法局"
        place(book["单位"], "停用", 单位名称="市司法局").value = "是"

    load(back(fill_in))
    only_names = made(tmp_path / "a.xlsx", 新单位=[["单位名称"], ["市司法局"], ["市体育局"]])

    assert load(only_names).changes == 1
    with open_session() as session:
        [unit] = [u for u in listed_units(session, campaign_id) if u.name == "市司法局"]
    assert (unit.aliases, unit.retired) == (("司法局",), True)


def test_two_units_cannot_be_renamed_into_one(tmp_path):
    rows = [["单位名称", "别名", "停用"], ["市教育和民政局", "市教育局、市民政局", "否"]]

    [fault] = faults(made(tmp_path / "a.xlsx", 单位=rows))

    assert "“市教育局”、“市民政局”是不同的单位，不能改成同一个名称" in fault


def test_one_name_cannot_mean_two_units(back):
    def spoil(book):
        place(book["单位"], "别名", 单位名称="市司法局").value = "司法局、市教育局"
        place(book["单位"], "别名", 单位名称="市民政局").value = "司法局"

    found = faults(back(spoil))

    assert any("“司法局”已用在第" in fault for fault in found)
    assert any("“市教育局”" in fault for fault in found)


def test_an_export_shows_what_was_loaded(tmp_path, back, sheet):
    from openpyxl import load_workbook

    def fill_in(book):
        place(book["单位"], "别名", 单位名称="市司法局").value = "司法局"
        place(book["单位类别"], "成员单位", 单位类别="县区政府").value = "市司法局、市教育局"

    load(back(fill_in))
    export_units(None, tmp_path / "再发.xlsx")

    book = load_workbook(tmp_path / "再发.xlsx")
    assert place(book["单位"], "别名", 单位名称="市司法局").value == "司法局"
    assert ["县区政府", "市教育局"] in texts(book["单位类别"])


def test_the_list_of_posts_is_not_taken_for_one_of_units(tmp_path):
    rows = [["单位", "层级"], ["市司法局", "联络员"], ["市新成立局", "联络员"]]

    [fault] = faults(made(tmp_path / "a.xlsx", 联系人=rows))

    assert fault.endswith("；“联系人”表请用 shifan posts load 装回")


def test_a_list_from_which_another_office_program_deleted_a_row_is_taken(sheet):
    with zipfile.ZipFile(sheet) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    end = b'<row r="1048576" ht="12.8" hidden="false"></row></sheetData>'
    with zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in members.items():
            parts.writestr(name, content.replace(b"</sheetData>", end))

    assert load(sheet).changes == 0


def test_a_name_that_differs_and_is_no_unit_is_named(back):
    def edit(book):
        place(book["单位"], "不同于", 单位名称="市司法局").value = "市没有的局、市财政局"

    loaded = load(back(edit))

    assert loaded.changes == 0
    [note] = loaded.notes
    assert note.endswith("“不同于”列的“市没有的局”没有收：名册里没有这个单位")


@pytest.mark.parametrize("total", ["合计", "合 计", "总计"])
def test_a_row_of_totals_is_no_unit_and_is_named(tmp_path, campaign_id, total):
    rows = [["单位名称", "别名"], ["市新成立局", "新局"], [total, 2]]

    notes = load(made(tmp_path / "a.xlsx", 单位=rows)).notes

    assert [note for note in notes if f"第 3 行的“{total} 2”没有收" in note]
    with open_session() as session:
        assert not {total, "合计", "总计"} & {u.name for u in listed_units(session, campaign_id)}


def test_a_second_table_below_the_first_is_told_and_no_unit(tmp_path):
    rows = [
        ["单位名称", "别名"],
        ["市新成立局", "新局"],
        [],
        ["单位名称", "电话"],
        ["市乙局", "12"],
    ]

    [fault] = faults(made(tmp_path / "a.xlsx", 单位=rows))

    assert "第 4 行又是一个表头，与第 1 行的不同" in fault


@pytest.mark.parametrize(
    ("cell", "said"), [(date(2026, 1, 1), "2026-01-01"), (0.5, "0.5"), (True, "是")]
)
@pytest.mark.parametrize("column", ["单位名称", "别名"])
def test_a_day_or_a_share_in_a_cell_is_no_name(tmp_path, column, cell, said):
    row = [cell, "新局"] if column == "单位名称" else ["市新成立局", cell]

    [fault] = faults(made(tmp_path / "a.xlsx", 单位=[["单位名称", "别名"], row]))

    assert fault == f"表“单位”第 2 行“{column}”列：写的是“{said}”，应为单位的名称"


def test_an_alias_cell_with_a_slash_holds_two_aliases_and_so_it_comes_back(tmp_path, campaign_id):
    rows = [["单位名称", "别名"], ["市新成立局", "市旧甲局/市旧乙局"]]
    path = made(tmp_path / "a.xlsx", 单位=rows)

    first = load(path)

    assert [note for note in first.notes if "按 2 个名称收了" in note]
    assert load(path).notes == first.notes
    with open_session() as session:
        [unit] = [u for u in listed_units(session, campaign_id) if u.name == "市新成立局"]
    assert unit.aliases == ("市旧甲局", "市旧乙局")
