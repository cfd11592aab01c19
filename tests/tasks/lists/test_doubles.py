"""No list makes a second unit of one body unasked: units, indicators, and names in every other list."""

import pytest
from sqlmodel import select

from models.database import open_session
from models.errors import PlanError
from models.settings import moment_of
from models.units.unit import Unit
from tasks.lists.indicators import load_indicators
from tasks.lists.posts import load_posts
from tasks.lists.units import load_units
from tests.conftest import NOW, TODAY
from tests.support.sheets import made

pytestmark = pytest.mark.usefixtures("database", "campaign")
INDICATORS = [
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


def units_list(tmp_path, *rows):
    return made(tmp_path / "单位.xlsx", 单位=[["单位名称", "别名", "停用", "不同于"], *rows])


def load(path):
    return load_units(None, path, moment=moment_of(NOW, TODAY))


def faults(path) -> list[str]:
    with pytest.raises(PlanError) as caught:
        load(path)
    return caught.value.faults


def names() -> list[str]:
    with open_session(read_only=True) as session:
        return list(session.exec(select(Unit.name)))


@pytest.fixture
def committee(tmp_path):
    load(units_list(tmp_path, ["区委办", "", "", ""], ["区委编办", "", "", ""]))


@pytest.mark.parametrize("name", ["区委办公室", "区编办", "区委编办公室"])
def test_a_new_row_for_a_body_that_is_there_is_asked_about(tmp_path, committee, name):
    [fault] = faults(units_list(tmp_path, [name, "", "", ""]))

    assert f"“{name}”与" in fault
    assert "像是同一个单位" in fault
    assert "写进别名" in fault
    assert "“不同于”列" in fault
    assert name not in names()


def test_two_new_rows_of_one_body_are_asked_about_once_with_the_row(tmp_path):
    [fault] = faults(units_list(tmp_path, ["区委办", "", "", ""], ["区委办公室", "", "", ""]))

    assert "第 2 行" in fault
    assert "“区委办”与“区委办公室”（第 3 行）" in fault


def test_a_row_before_the_one_that_is_there_is_asked_about_too(tmp_path, committee):
    found = faults(units_list(tmp_path, ["区委办公室", "", "", ""], ["区委办", "", "", ""]))

    assert len(found) == 1


def test_who_says_that_they_are_two_gets_two_and_is_not_asked_again(tmp_path, committee):
    path = units_list(tmp_path, ["区编办", "", "", "区委编办"])

    assert load(path).changes == 1
    assert load(units_list(tmp_path, ["区编办", "", "", ""])).changes == 0
    assert {"区编办", "区委编办"} <= set(names())


def test_who_says_that_they_are_one_writes_the_other_name_as_an_alias(tmp_path, committee):
    load(units_list(tmp_path, ["区委编办", "区编办", "", ""]))

    assert "区编办" not in names()


def test_a_unit_renamed_to_what_another_is_called_is_asked_about(tmp_path, committee):
    load(units_list(tmp_path, ["市档案馆", "", "", ""]))

    [fault] = faults(units_list(tmp_path, ["区编办", "市档案馆", "", ""]))

    assert "“区委编办”" in fault


def test_other_lists_find_a_body_by_either_way_to_write_it(tmp_path, committee):
    posts = made(
        tmp_path / "岗位.xlsx",
        联系人=[
            ["单位", "层级", "职务", "渠道标签", "空缺"],
            ["区委办公室", "联络员", "联络员", "", "否"],
        ],
    )

    loaded = load_posts(None, posts, moment=moment_of(NOW, TODAY))

    assert ("新增 0 个岗位" in loaded.line, "区委办公室" in names()) == (True, False)


@pytest.mark.parametrize("written", ["区编办", "区委机构编办"])
def test_other_lists_ask_about_what_may_be_one(tmp_path, committee, written):
    posts = made(
        tmp_path / "岗位.xlsx",
        联系人=[
            ["单位", "层级", "职务", "渠道标签", "空缺"],
            [written, "联络员", "联络员", "", "否"],
        ],
    )
    with pytest.raises(PlanError, match=f"没有“{written}”这个单位，是否为“区委编办”"):
        load_posts(None, posts, moment=moment_of(NOW, TODAY))


def table(tmp_path, *units):
    rows = [["1", 1, "", "政府职能", *[""] * 5], ["1.1", 2, "1", "甲", *[""] * 5]]
    rows += [
        [f"1.1.{n}", 3, "1.1", f"指标{n}", "", "", "", unit, ""] for n, unit in enumerate(units, 1)
    ]
    return made(tmp_path / "指标.xlsx", 指标=[INDICATORS, *rows])


@pytest.mark.parametrize(
    "units", [("区编办",), ("县委办", "县委办公室"), ("区网信办", "区委网信办")]
)
def test_a_table_of_indicators_adds_no_second_unit_for_a_body(tmp_path, committee, units):
    before = names()
    with pytest.raises(PlanError) as caught:
        load_indicators(
            None, table(tmp_path, *units), moment=moment_of(NOW, TODAY), may_add_units=True
        )

    assert "是同一单位请写" in caught.value.faults[0]
    assert names() == before


def test_a_table_of_indicators_means_the_unit_that_is_there(tmp_path, committee):
    path = table(tmp_path, "区委办公室")

    loaded = load_indicators(None, path, moment=moment_of(NOW, TODAY), may_add_units=True)
    assert "新增单位" not in loaded.line
