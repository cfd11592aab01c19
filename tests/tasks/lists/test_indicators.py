"""The office's own table of indicators comes in."""

import json
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlmodel import col, select

from models.campaign.progress import Report
from models.campaign.work import Assignment, Indicator
from models.database import open_session
from models.errors import PlanError
from models.evidence.demands.keeping import demand_lines, ensure_demands
from models.figures.measuring import NewMeasurement, measure
from models.loading.progress import part_lines
from models.rules.words import Progress
from models.settings import moment_of
from models.units.unit import Unit
from tasks.lists.indicators import load_indicators, write_template
from tasks.lists.progress import set_progress
from tasks.lists.units import load_units
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.sheets import made, texts

pytestmark = pytest.mark.usefixtures("one_database", "campaign")
HEAD = [
    "编号",
    "级别",
    "上级编号",
    "指标内容",
    "关系",
    "目标值",
    "计量单位",
    "牵头单位",
    "责任单位",
]
TREE = [
    ["1", 1, "", "政府职能", "", "", "", "", ""],
    ["1.1", "二级", 1, "营商环境", "", "", "", "市司法局", ""],
    ["1.1.1", "3", "1.1", "按时办结率", "≥", "95%", "", "市司法局", "市教育局、市民政局，市司法局"],
    ["1.1.2", 3.0, "1.1", "重复检查", "不超过", 2, "次", "市司法局", "县区政府"],
]
ONLINE = "政务服务事项网上可办率不低于90%。"


def load(path, **more):
    return load_indicators(None, path, moment=moment_of(NOW, TODAY), **more)


def table(tmp_path, rows, name="指标.xlsx"):
    return made(tmp_path / name, 指标=[["指标与责任分解表"], HEAD, *rows])


def faults(path, **more) -> list[str]:
    with pytest.raises(PlanError) as caught:
        load(path, **more)
    return caught.value.faults


def indicators() -> dict[str, Indicator]:
    with open_session(read_only=True) as session:
        rows = {row.code: row for row in session.exec(select(Indicator))}
        session.expunge_all()
    return rows


def who(code: str, campaign_id: int) -> dict[str, str]:
    with open_session(read_only=True) as session:
        lines = part_lines(session, campaign_id)
    return {line.unit: line.role for line in lines if line.code == code}


@ON_BOTH
def test_a_table_becomes_a_tree_with_units_and_days(tmp_path, campaign_id):
    loaded = load(table(tmp_path, TREE))

    assert "一、二、三级指标 1 / 1 / 2 个" in loaded.line
    rows = indicators()
    assert rows["1.1.1"].parent_id == rows["1.1"].id
    target = (rows["1.1.1"].op, rows["1.1.1"].value, rows["1.1.1"].unit_of_value)
    assert target == (">=", 95, "%")
    assert who("1.1.1", campaign_id) == {
        "市司法局": "lead",
        "市教育局": "responsible",
        "市民政局": "responsible",
    }
    with open_session() as session:
        held = session.exec(select(Assignment).where(col(Assignment.indicator_id).is_not(None)))
        # the end of 实施推进
        assert {(a.due, a.original_due) for a in held} == {(date(2025, 7, 31), date(2025, 7, 31))}


def test_the_second_load_changes_nothing(tmp_path, audited):
    path = table(tmp_path, TREE)
    load(path)

    assert load(path).changes == 0
    assert len(audited("indicators-loaded")) == 1


@ON_BOTH
def test_a_group_expands_when_its_members_are_known(tmp_path, campaign_id):
    load(table(tmp_path, TREE))
    assert who("1.1.2", campaign_id) == {"市司法局": "lead"}

    rows = [["单位类别", "成员单位"], ["县区政府", "市教育局、市司法局"]]
    load_units(None, made(tmp_path / "u.xlsx", 单位类别=rows), moment=moment_of(NOW, TODAY))

    assert who("1.1.2", campaign_id) == {"市司法局": "lead", "市教育局": "responsible"}
    with open_session() as session:
        [part] = session.exec(
            select(Assignment).where(
                col(Assignment.group_id).is_not(None), col(Assignment.indicator_id).is_not(None)
            )
        )
        assert part.due == date(2025, 7, 31)
    assert load(table(tmp_path, TREE)).changes == 0


def test_a_unit_named_no_more_keeps_its_part_through_its_group(tmp_path, campaign_id):
    rows = [["单位类别", "成员单位"], ["县区政府", "市教育局"]]
    load_units(None, made(tmp_path / "u.xlsx", 单位类别=rows), moment=moment_of(NOW, TODAY))
    named = [*TREE[:3], [*TREE[3][:8], "县区政府、市教育局"]]
    load(table(tmp_path, named))
    load(table(tmp_path, TREE, "b.xlsx"))

    assert who("1.1.2", campaign_id) == {"市司法局": "lead", "市教育局": "responsible"}
    assert load(table(tmp_path, TREE, "b.xlsx")).changes == 0


@ON_BOTH
def test_what_is_no_longer_in_the_file_is_withdrawn_and_comes_back_as_it_was(
    tmp_path, campaign_id, audited
):
    load(table(tmp_path, TREE))
    given = Report("1.1.1", Progress.DONE, "市司法局联络员")
    set_progress(None, given, "已完成", moment=moment_of(NOW, TODAY))

    loaded = load(table(tmp_path, [*TREE[:2], TREE[3]], "b.xlsx"))
    assert "撤销指标 1 个" in loaded.line
    assert json.loads(audited("indicators-loaded")[-1].facts)["withdrawn"] == ["1.1.1"]
    assert who("1.1.1", campaign_id) == {}
    assert load(table(tmp_path, [*TREE[:2], TREE[3]], "b.xlsx")).changes == 0

    load(table(tmp_path, TREE, "c.xlsx"))
    with open_session() as session:
        states = {p.state for p in part_lines(session, campaign_id) if p.code == "1.1.1"}
    assert states == {Progress.DONE}


@ON_BOTH
def test_a_changed_number_or_unit_counts_alone(tmp_path, campaign_id, audited):
    load(table(tmp_path, TREE))
    changed = [*TREE[:2], [*TREE[2][:5], 98, "%", "市司法局", "市教育局"], TREE[3]]
    load(table(tmp_path, changed, "b.xlsx"))

    facts = json.loads(audited("indicators-loaded")[-1].facts)
    assert (facts["changed"], facts["unassigned"]) == (["1.1.1"], 1)
    assert "市民政局" not in who("1.1.1", campaign_id)


def test_every_fault_is_told_with_its_place_and_nothing_is_written(tmp_path):
    rows = [
        *TREE,
        ["1.1.2", "3", "1.1", "重复", "", "", "", "", ""],
        ["1.2", "2", "", "没有上级", "", "", "", "", ""],
        ["1.2.1", "3", "1", "上级不对", "", "", "", "", ""],
        ["1.2.2", "3", "9.9", "没有的上级", "", "", "", "", ""],
        ["1.2.3", "4", "1.2", "级别不对", "", "", "", "", ""],
        ["1.2.4", "3", "1.2", "", "", "", "", "", ""],
        ["1.2.5", "3", "1.2", "目标值", "大概", "约九成", "%", "", ""],
        ["1.2.6", "3", "1.2", "关系缺", "", "9", "个", "", ""],
        ["1.2.7", "3", "1.2", "目标缺", "不低于", "", "个", "", ""],
        ["1.2.8", "3", "1.2", "百分比", "不低于", 0.95, "%", "", ""],
        ["W5", "3", "1.2", "编号占用", "", "", "", "", ""],
        ["", "3", "1.2", "没有编号", "", "", "", "市司发局", "市体育局"],
        ["1.2.9", "3", "1.2", "单位", "", "", "", "", "市体育局"],
        ["2", "1", "1", "一级有上级", "", "", "", "", ""],
    ]
    found = faults(table(tmp_path, rows))

    expected = [
        "第 7 行“编号”列：“1.1.2”与第 6 行重复",
        "第 8 行“上级编号”列：2级指标没有填上级编号",
        "第 9 行“上级编号”列：“1”是1级指标，3级指标的上级应为2级",
        "第 10 行“上级编号”列：表里没有编号为“9.9”的指标",
        "第 11 行“级别”列：写的是“4”，只能是 1、2、3",
        "第 12 行“指标内容”列：没有填写",
        "第 13 行“关系”列：写的是“大概”",
        "第 13 行“目标值”列：写的是“约九成”，应为数字",
        "第 14 行“关系”列：填了目标值，却没有写关系",
        "第 15 行“目标值”列：关系写了“不低于”，却没有目标值",
        "第 16 行“目标值”列：是 0.95% 还是 95%？",
        "第 17 行“编号”列：“W5”像任务或节点的编号",
        "第 18 行“编号”列：没有填写",
        "第 18 行“牵头单位”列：没有“市司发局”这个单位或单位类别，是否为“市司法局”",
        "第 18 行“责任单位”列：没有“市体育局”这个单位或单位类别",
        "第 20 行“上级编号”列：一级指标没有上级",
    ]
    for words in expected:
        assert [fault for fault in found if f"表“指标”{words}" in fault], words
    assert len(found) == len(expected)
    assert any("（共 2 处）" in fault and "--add-units" in fault for fault in found)
    assert indicators() == {}


def test_values_beyond_every_table_are_told_with_their_place(tmp_path):
    found = faults(
        table(
            tmp_path,
            [
                *TREE,
                ["1.1.5", "3", "1.1", "值", "不低于", 1e25, "个", "", ""],
                ["1.1.6", "3", "1.1", "字" * 2001, "不低于", "9" * 26, "个", "", ""],
                ["甲" * 101, "3", "1.1", "长", "", "", "", "、".join(["市司法局", "乙" * 101]), ""],
            ],
        )
    )

    told = [fault.removeprefix("表“指标”") for fault in found]
    assert told[:3] == [
        "第 7 行“目标值”列：写的是“1e+25”，应为 -999999999999 到 999999999999",
        "第 8 行“指标内容”列：有 2001 个字，最多 2000 个字",
        "第 8 行“目标值”列：写的是“1e+26”，应为 -999999999999 到 999999999999",
    ]
    assert "第 9 行“编号”列：有 101 个字，最多 100 个字" in told
    assert f"第 9 行“牵头单位”列：“{'乙' * 40}……”有 101 个字，最多 100 个字" in told
    assert indicators() == {}


@ON_BOTH
def test_unknown_units_are_added_when_asked_but_slips_of_the_pen_are_not(tmp_path, campaign_id):
    rows = [*TREE, ["1.1.3", "3", "1.1", "新", "", "", "", "市体育局", "市水利局"]]
    loaded = load(table(tmp_path, rows), may_add_units=True)

    assert "；新增单位：市体育局、市水利局；" in f"{loaded.line}；"
    assert who("1.1.3", campaign_id) == {"市体育局": "lead", "市水利局": "responsible"}
    slip = [*TREE, ["1.1.4", "3", "1.1", "误", "", "", "", "市政务服务中新", ""]]
    [fault] = faults(table(tmp_path, slip, "b.xlsx"), may_add_units=True)
    assert "只差一点" in fault
    with open_session() as session:
        assert not session.exec(select(Unit).where(Unit.name == "市政务服务中新")).first()


def test_a_template_filled_with_its_own_example_loads(tmp_path):
    path = tmp_path / "空表.xlsx"
    write_template(path)
    assert faults(path) == ["表“指标”里一个指标也没有"]
    book = load_workbook(path)
    for number, row in enumerate(texts(book["示例"]), 4):
        for column, value in enumerate(row, 1):
            book["指标"].cell(number, column).value = value
    book.save(path)

    assert "一、二、三级指标 1 / 1 / 3 个" in load(path).line


def test_third_level_indicators_without_units_are_counted(tmp_path):
    rows = [*TREE, ["1.1.3", "3", "1.1", "还没有人", "", "", "", "", ""]]

    assert "1 个三级指标还没有单位" in load(table(tmp_path, rows)).line


def test_a_template_filled_in_on_the_sheet_of_examples_is_named(tmp_path):
    path = tmp_path / "指标.xlsx"
    write_template(path)
    book = load_workbook(path)
    for number, line in enumerate(TREE, 4):
        for place, value in enumerate(line, 1):
            book["指标"].cell(number, place).value = value
    book.save(path)
    assert load(path).notes == []

    book["示例"].cell(5, 4).value = "改写的"
    book["示例"].cell(12, 1).value = "1.1.9"
    book.save(path)

    assert load(path).notes == ["表“示例”里改过的 2 行没有收；请填到表“指标”里"]

    del book["指标"]
    book.save(path)
    assert faults(path) == ["缺少工作表“指标”，现有：示例、填写说明"]


def test_what_was_reported_for_the_plan_is_not_asked_for_again(tmp_path, campaign_id):
    with open_session() as session:
        ensure_demands(session, campaign_id)
        lines = demand_lines(session, campaign_id)
        goals = [next(o.id for o in lines if o.value == value) for value in (90, 40)]
        given = [
            NewMeasurement(one, 1, "2025"[: 4 * n], 36, 40, "网") for n, one in enumerate(goals)
        ]
        measure(session, campaign_id, given, "创建办", moment_of(NOW, TODAY))

    loaded = load(table(tmp_path, [*TREE[:2], ["1.1.1", 3, "1.1", ONLINE, "", "", "", "", ""]]))

    assert "按方案填报过的数据转到指标下 1 个" in loaded.line
    assert "没有对应的指标，不再对照：W21#2" in loaded.line
