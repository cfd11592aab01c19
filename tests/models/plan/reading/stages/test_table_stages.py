"""The stages of a table, whose rows are searched for targets as the stages of a chapter are."""

from tests.models.plan.reading.tables.test_odd_tables import plan_of

HEADS = ["阶段", "时间", "工作内容"]


def where(plan):
    return [(target.where, target.raw) for target in plan.other_targets]


def test_what_a_further_row_of_a_stage_aims_at_belongs_to_that_stage():
    plan = plan_of(
        [
            HEADS,
            ["动员部署", "2024年3月", "印发方案，开展宣讲不少于10场"],
            ["组织实施", "2024年4月至9月", "建成法治公园不少于5个"],
            ["", "", "培训业务骨干不少于200人次"],
        ]
    )

    assert [stage.name for stage in plan.stages] == ["动员部署", "组织实施"]
    assert where(plan) == [
        ("stage 1", "不少于10场"),
        ("stage 2", "不少于5个"),
        ("stage 2", "不少于200人次"),
    ]


def test_a_turned_table_says_each_target_once():
    plan = plan_of(
        [
            ["阶段", "动员部署", "组织实施"],
            ["时间", "2024年3月", "2024年4月至9月"],
            ["工作内容", "开展宣讲不少于10场", "建成法治公园不少于5个"],
        ]
    )

    assert where(plan) == [("stage 1", "不少于10场"), ("stage 2", "不少于5个")]
