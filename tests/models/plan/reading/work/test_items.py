"""A row of a table is read as an item of text is: its own words say who does it, else its category does."""

import pytest

from tests.models.plan.reading.tables.test_odd_tables import HEADS, TITLES, plan_of

NOBODY = ["", "", "2024年9月底前"]


def test_a_row_without_bodies_is_led_by_those_that_its_words_name():
    title = "更新宣传栏目，由县文旅局牵头，县委宣传部配合"
    [first, second] = plan_of(
        [HEADS, ["1", TITLES[0], "县司法局", "", "2024年9月底前"], ["2", title, *NOBODY]]
    ).tasks

    assert first.lead_units == ["县司法局"]
    assert second.lead_units == ["县文旅局"]
    assert second.cooperating_units == ["县委宣传部"]


def test_a_row_without_bodies_is_led_by_those_that_its_category_names():
    category = ["一、县司法局牵头负责的任务"] * 5
    rows = [["1", TITLES[0], *NOBODY], ["2", TITLES[1], "县文旅局", *NOBODY[1:]]]

    plan = plan_of([HEADS, category, *rows])

    assert [task.lead_units for task in plan.tasks] == [["县司法局"], ["县文旅局"]]
    assert {task.section for task in plan.tasks} == {"县司法局牵头负责的任务"}


@pytest.mark.parametrize(
    "category", ["行动一：提升服务", "法治公园（责任单位：县住建局）", "提质；增效"]
)
def test_a_category_is_quoted_whole(category):
    heads = ["序号", "类别", *HEADS[1:]]
    rows = [
        [str(at), category, title, "县司法局", *NOBODY[1:]] for at, title in enumerate(TITLES, 1)
    ]

    assert {task.section for task in plan_of([heads, *rows]).tasks} == {category}
