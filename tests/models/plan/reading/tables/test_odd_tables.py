"""Tables as offices draw them: heads in the first column, odd numbers, names one below the other."""

from collections.abc import Iterable

import pytest

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.cell_lines import names_apart
from models.plan.reading.text.document import Document, Line
from models.plan.schema import Plan

HEADS = ["序号", "工作任务", "牵头单位", "责任单位", "完成时限"]
TITLES = ["建好法治公园", "更新宣传栏目", "培训业务骨干"]
LEADS = ["县司法局", "县委宣传部", "县财政局"]
UNITS = ["县住建局", "县文旅局", "县委党校"]
TIMES = ["2024年9月底前", "2024年10月底前", "2024年12月底前"]


def plan_of(*tables: Iterable[Iterable[str]]) -> Plan:
    return compile_plan(document_of(*tables))


def document_of(*tables: Iterable[Iterable[str]]) -> Document:
    lines = [Line("芦汀县法治宣传实施方案", 1), Line("任务分解表", 2)]
    for number, rows in enumerate(tables, start=1):
        for row in rows:
            cells = tuple(row)
            lines.append(Line(" ".join(cells), len(lines) + 1, None, cells, number))
    return Document(tuple(lines))


def told(plan: Plan) -> list[tuple[str, list[str], list[str], str | None]]:
    return [
        (t.title, t.lead_units, t.responsible_units, t.deadline.raw if t.deadline else None)
        for t in plan.tasks
    ]


ALL = [
    (title, [lead], [unit], time)
    for title, lead, unit, time in zip(TITLES, LEADS, UNITS, TIMES, strict=True)
]


@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "2", "3"],
        ["①", "②", "③"],
        ["1", "①", "②"],
        ["—", "—", "—"],
        ["1", "—", "2"],
        ["1-1", "1-2", "2-1"],
        ["一-1", "一-2", "二-1"],
        ["1.1.1", "1.1.2", "1.1.3"],
        ["A1", "A2", "B1"],
        ["甲", "乙", "丙"],
        ["Ⅰ", "Ⅱ", "Ⅲ"],
        ["第1项", "第2项", "第3项"],
        ["★1", "2", "3*"],
        ["1、2", "3", "4"],
        ["", "", ""],
        ["1", "", "3"],
        ["1", "2", ""],
    ],
)
def test_no_row_is_lost_for_its_number(numbers):
    rows = zip(numbers, TITLES, LEADS, UNITS, TIMES, strict=True)

    assert told(plan_of([HEADS, *rows])) == ALL


def test_a_number_of_two_parts_is_not_one_number():
    plan = plan_of([HEADS, *zip(["1.1", "1.2", "1.3"], TITLES, LEADS, UNITS, TIMES, strict=True)])

    assert [(t.ordinal, t.number) for t in plan.tasks] == [(1, "1.1"), (2, "1.2"), (3, "1.3")]


@pytest.mark.parametrize("total", ["合计", "注：本表由县司法局解释"])
def test_a_row_that_sums_up_is_no_task(total):
    rows = [["1", TITLES[0], LEADS[0], UNITS[0], TIMES[0]], ["", total, "", "3项", ""]]

    assert told(plan_of([HEADS, *rows])) == ALL[:1]


def test_the_rest_of_a_row_that_a_page_broke_still_goes_on():
    rows = [
        ["1", "建好法治公", "县司法", "县住建局、县文", "2024年9月"],
        ["", "园", "局", "旅局", "底前"],
        ["2", TITLES[1], LEADS[1], UNITS[1], TIMES[1]],
    ]

    assert told(plan_of([HEADS, *rows])) == [
        ("建好法治公园", ["县司法局"], ["县住建局", "县文旅局"], "2024年9月底前"),
        ALL[1],
    ]


COLUMNS = [
    ["工作任务", *TITLES],
    ["牵头单位", *LEADS],
    ["责任单位", *UNITS],
    ["完成时限", *TIMES],
]


@pytest.mark.parametrize(
    "rows",
    [
        COLUMNS,
        [["序号", "1", "2", "3"], *COLUMNS],
        [["任务分解表"] * 4, *COLUMNS],
    ],
    ids=["plain", "numbered", "with a caption"],
)
def test_heads_in_the_first_column_are_heads(rows):
    assert told(plan_of(rows)) == ALL


def _card(at: int) -> list[list[str]]:
    return [[row[0], row[at]] for row in COLUMNS]


def _wide_card(at: int) -> list[list[str]]:
    return [
        ["工作任务", TITLES[at], TITLES[at], TITLES[at]],
        ["牵头单位", LEADS[at], "责任单位", UNITS[at]],
        ["完成时限", TIMES[at], TIMES[at], TIMES[at]],
    ]


def test_cards_are_tasks_each_in_its_own_table_or_all_in_one():
    assert told(plan_of(*map(_card, (1, 2, 3)))) == ALL
    assert told(plan_of([row for at in (1, 2, 3) for row in _card(at)])) == ALL
    assert told(plan_of(*map(_wide_card, range(3)))) == ALL


def test_stages_may_stand_beside_each_other():
    plan = plan_of(
        [
            ["阶段", "启动阶段", "推进阶段", "总结阶段"],
            ["时间", "2024年3月", "2024年4月至11月", "2024年12月"],
            ["内容", "动员部署", "全面推进", "总结验收"],
        ]
    )

    assert [(s.name, s.start and s.start.month) for s in plan.stages] == [
        ("启动阶段", 3),
        ("推进阶段", 4),
        ("总结阶段", 12),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["组长", "县长"], ["成员单位", "县司法局"], ["办公室", "县司法局"]],
        [["会议时间", "3月5日"], ["参加单位", "县司法局"], ["主要内容", "部署工作"]],
        [["指标", "目标值"], ["普法率", "95%"]],
        [["甲", "乙"], ["丙", "丁"]],
    ],
)
def test_other_tables_are_not_turned(rows):
    assert plan_of(rows).tasks == []


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("市城管局\n公安局\n民政局", "市城管局、公安局、民政局"),
        ("各县区\n财政局", "各县区、财政局"),
        ("市城管局\n公安局、民政局\n团市委", "市城管局、公安局、民政局、团市委"),
        ("牵头单位：市司法局\n责任单位：市财政局\n公安局", "牵头单位：市司法局；责任单位：市财政局、公安局"),
        ("市司法局（市委依法治市办）\n市财政局", "市司法局（市委依法治市办）、市财政局"),
        ("市公安局\n各县（市、区）人民政府", "市公安局、各县（市、区）人民政府"),
        ("各县（市、区）人民政府\n市公安局", "各县（市、区）人民政府、市公安局"),
        ("各县（市、区）政府、市公安局\n市财政局", "各县（市、区）政府、市公安局、市财政局"),
        ("市城管局等\n各县区", "市城管局等、各县区"),
        ("市城管局等\n市公安局", "市城管局等、市公安局"),
        ("市城管局等部门\n各县（市、区）人民政府", "市城管局等部门、各县（市、区）人民政府"),
        ("市级相关部门\n县政府", "市级相关部门、县政府"),
        ("县政府\n各乡镇（街道）\n有关企业", "县政府、各乡镇（街道）、有关企业"),
        ("市委\n市政府\n县区政府", "市委、市政府、县区政府"),
        ("市政府\n各旗县", "市政府、各旗县"),
        # A name that was only wrapped, or that has its own below it.
        ("市委\n宣传部", "市委宣传部"),
        ("市政府办\n公室", "市政府办公室"),
        ("市城市管\n理局", "市城市管理局"),
        ("市发展和改革委\n员会", "市发展和改革委员会"),
        ("市政府\n办公室", "市政府办公室"),
        ("市委政法委\n办公室", "市委政法委办公室"),
        ("市城管局等\n部门", "市城管局等部门"),
        ("市城管局等\n有关部门", "市城管局等有关部门"),
        ("市城管局等\n相关单位", "市城管局等相关单位"),
        ("各县（市、\n区）人民政府", "各县（市、区）人民政府"),
        ("各县（市、区）\n人民政府", "各县（市、区）人民政府"),
        ("市直有关\n部门单位", "市直有关部门单位"),
        ("市公安局\n交警支队", "市公安局交警支队"),
        ("市生态环境局\n芦汀分局", "市生态环境局芦汀分局"),
        ("市公安局、\n民政局", "市公安局、民政局"),
        ("建好法治公园，\n更新宣传栏", "建好法治公园，更新宣传栏"),
    ],
)  # fmt: skip
def test_names_on_lines_of_their_own_are_names_of_their_own(cell, names):
    assert names_apart(cell).replace("\n", "") == names


def test_such_names_become_units():
    row = ["1", TITLES[0], "市城管局", "公安局\n民政局\n各县区", TIMES[0]]

    [task] = plan_of([HEADS, row]).tasks

    assert (task.responsible_units, task.responsible_groups) == (["公安局", "民政局"], ["各县区"])


TASKS = "一、主要任务\n（一）建好法治公园。年底前建成。（牵头单位：县司法局）\n（二）更新宣传栏。（牵头单位：县委宣传部）"
STAGES = "二、实施步骤\n（一）启动阶段（2024年3月）。动员。\n（二）推进阶段（4月至11月）。推进。"


@pytest.mark.parametrize(
    "rows",
    [
        [[TASKS, STAGES]],
        [TASKS.split("\n", 1), STAGES.split("\n", 1)],
        [["芦汀县", "芦汀县"], [TASKS, TASKS], [STAGES, STAGES]],
        [["一、总体要求", "贯彻精神。"], TASKS.split("\n", 1), [STAGES, ""], [STAGES, ""]],
    ],
    ids=["side by side", "headings beside", "merged across", "merged down"],
)
def test_chapters_laid_out_in_a_table_are_chapters(rows):
    plan = plan_of(rows)

    assert [t.title for t in plan.tasks] == ["建好法治公园", "更新宣传栏"]
    assert [s.name for s in plan.stages] == ["启动阶段", "推进阶段"]


def test_a_red_head_in_a_table_gives_its_number():
    plan = plan_of(
        [["芦汀县人民政府", "文件"], ["芦政发〔2024〕9号", "签发人：县长"]],
        [HEADS, ["1", *TITLES[:1]]],
    )

    assert plan.document_number == "芦政发〔2024〕9号"


@pytest.mark.parametrize(
    ("heads", "before"),
    [
        (["一级指标", "二级指标", "三级指标"], ["政府职能", "行政审批"]),
        (["序号", "一级指标", "二级指标"], ["1", "政府职能"]),
        (["序号", "问题", "整改措施"], ["1", "审批太慢"]),
        (["序号", "存在问题", "整治措施"], ["1", "审批太慢"]),
        (["序号", "类别", "问题清单", "整改措施"], ["1", "执法", "审批太慢"]),
        (["一级任务", "二级任务", "三级任务"], ["政府职能", "行政审批"]),
    ],
)
def test_the_finest_column_says_what_is_done(heads, before):
    rows = zip(*[[each] * 3 for each in before], TITLES, LEADS, UNITS, TIMES, strict=True)

    assert told(plan_of([[*heads, *HEADS[2:]], *rows])) == ALL


@pytest.mark.parametrize("heads", [["序号", "问题"], ["序号", "整改问题"]])
def test_a_problem_alone_is_what_is_done(heads):
    rows = zip("123", TITLES, LEADS, UNITS, TIMES, strict=True)

    assert told(plan_of([[*heads, *HEADS[2:]], *rows])) == ALL
