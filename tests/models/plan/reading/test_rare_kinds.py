"""Ways of writing that real plans have and no document of these tests: each is read as it says."""

import pytest

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import Document
from models.plan.schema import Plan
from models.rules.words import Frequency


def plan_of(*lines: str) -> Plan:
    return compile_plan(Document.from_text("\n".join(("河湾县燃气整治方案（2026年）", *lines))))


@pytest.mark.parametrize("head", ["阵地 | 内容 | 更新频次", "阵地名称 | 展示内容 | 更新周期"])
def test_a_table_of_places_says_how_often_each_is_seen_to(head):
    plan = plan_of(
        *("一、重点任务", "（一）抓好阵地建设。由县司法局牵头。", "二、阵地更新要求", head),
        *(
            "宣传栏 | 普法漫画 | 每季度一次",
            "电子屏 | 法治标语 | 每周一次",
            "公交站 | 海报 | 每月更新",
        ),
    )

    assert [(duty.what[:3], duty.freq) for duty in plan.recurring] == [
        ("宣传栏", Frequency.QUARTERLY),
        ("电子屏", Frequency.WEEKLY),
        ("公交站", Frequency.MONTHLY),
    ]


def test_a_rate_without_each_is_a_duty():
    plan = plan_of(
        "一、重点任务", "（一）抓好培训。执法人员一年不少于两次集中培训，各乡镇一周至少1次巡查。"
    )

    assert [duty.freq for duty in plan.recurring] == [Frequency.YEARLY, Frequency.WEEKLY]


def test_behind_h_the_letter_i_is_no_roman_number():
    tasks = (f"{letter}.开展第{letter}类宣传。" for letter in "ABCDEFGHIJ")

    assert len(plan_of("一、重点任务", *tasks).tasks) == 10


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("上一阶段结束后至6月底", "2026-04-01", "2026-06-30"),
        ("国庆节后至12月底", "2026-10-02", "2026-12-31"),
        ("国庆节至12月底", "2026-10-01", "2026-12-31"),
        ("26年第三季度", "2026-07-01", "2026-09-30"),
        ("26年下半年", "2026-07-01", "2026-12-31"),
    ],
)
def test_a_stage_begins_behind_what_it_names(when, start, end):
    plan = plan_of(
        *("一、实施步骤", "（一）动员部署阶段（2026年3月1日至3月31日）。召开会议。"),
        f"（二）集中整治阶段（{when}）。开展检查。",
    )

    assert (str(plan.stages[1].start), str(plan.stages[1].end)) == (start, end)


def test_a_stage_whose_time_is_told_later_says_so():
    plan = plan_of(
        *(
            "一、实施步骤",
            "（一）动员部署阶段",
            "时间另行通知。",
            "（二）集中整治阶段",
            "4月至6月。",
        ),
    )

    assert plan.stages[0].raw == "另行通知"


def test_the_scope_of_a_plan_asks_only_where_it_sets_a_bound():
    plan = plan_of(
        "一、整治范围",
        "全县餐饮企业320家，各乡镇自查面不低于100%。",
        "二、重点任务",
        "（一）自查。",
    )

    assert [target.raw for target in plan.other_targets] == ["不低于100%"]


def test_a_list_of_bodies_ends_before_what_all_of_them_do():
    plan = plan_of("一、重点任务", "（一）抓好执法。牵头单位：县司法局、县公安局，按职责分工负责。")

    assert plan.tasks[0].lead_units == ["县司法局", "县公安局"]


@pytest.mark.parametrize(
    "listed",
    [
        ("附件：1.河湾县整治工作任务", "分解表", "2.河湾县宣传标语"),
        ("附件：1.河湾县整治工作任务分解表", "2.河湾县燃气安全宣传", "标语"),
    ],
)
def test_the_title_of_an_attachment_may_go_on_below(listed):
    plan = plan_of(
        "一、重点任务", "（一）抓好自查。由县司法局牵头。", *listed, "附件1", "整治工作任务"
    )

    assert [task.title for task in plan.tasks] == ["抓好自查"]
    assert len(plan.attachments) == 2
    assert plan.attachments[0].title == "河湾县整治工作任务分解表"
    assert plan.attachments[1].title.endswith("标语")


@pytest.mark.parametrize("year", ["2026年", "26年"])
def test_an_aim_of_a_year_stands_beside_what_there_was(year):
    plan = plan_of(
        *("一、工作目标", f"指标 | 单位 | 25年实际 | {year}目标", "入户安检率 | % | 85 | 100"),
        *("管网改造 | 公里 | 12 | 40", "二、重点任务", "（一）抓好自查。由县司法局牵头。"),
    )

    assert [task.title for task in plan.tasks] == ["抓好自查"]
    assert [target.raw for target in plan.other_targets] == ["100%", "40公里"]
