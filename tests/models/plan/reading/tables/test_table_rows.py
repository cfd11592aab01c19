"""Rows under the heads of a table: what stands for the cell above, what goes on, what is no row at all."""

from dataclasses import replace

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.doubts.doubts import GLUED, UNTITLED
from models.plan.reading.text.document import Document, Line
from tests.models.plan.reading.tables.test_odd_tables import (
    ALL,
    HEADS,
    LEADS,
    TIMES,
    TITLES,
    UNITS,
    document_of,
    plan_of,
    told,
)

ROWS = [
    [str(at), title, lead, unit, time]
    for at, (title, lead, unit, time) in enumerate(
        zip(TITLES, LEADS, UNITS, TIMES, strict=True), start=1
    )
]
MEASURES = ["序号", "工作任务", "具体措施", "责任单位", "完成时限"]


def doubts(*tables):
    return [doubt.reason for doubt in read_plan(document_of(*tables)).doubts]


@pytest.mark.parametrize("same", ["同上", "同前", "〃", "″", '"', "“", "''", "〃〃", "同 上"])
def test_what_stands_for_the_cell_above_is_read_as_that(same):
    plan = plan_of(
        [HEADS, ROWS[0], ["2", TITLES[1], same, same, same], ["3", TITLES[2], *[same] * 3]]
    )

    assert [row[1:] for row in told(plan)] == [ALL[0][1:]] * 3


def test_each_column_is_filled_from_its_own_above():
    plan = plan_of([HEADS, ROWS[0], ["2", TITLES[1], LEADS[1], "同上", TIMES[1]]])

    assert told(plan)[1] == (TITLES[1], [LEADS[1]], [UNITS[0]], TIMES[1])


def test_a_category_between_is_not_the_row_above():
    plan = plan_of([HEADS, ROWS[0], ["二、宣传"] * 5, ["2", TITLES[1], *["同上"] * 3]])

    assert told(plan)[1][1:] == ALL[0][1:]


@pytest.mark.parametrize("crossed", ["/", "—", "-", "无"])
def test_a_cell_that_is_crossed_out_is_not_the_one_above(crossed):
    plan = plan_of([HEADS, ROWS[0], ["2", TITLES[1], crossed, crossed, crossed]])

    assert told(plan)[1] == (TITLES[1], [], [], None)


def test_同上_under_the_heads_is_doubted():
    assert any("同上" in reason for reason in doubts([HEADS, ["1", TITLES[0], *["同上"] * 3]]))


@pytest.mark.parametrize(
    "words", ["续表", "（续表）", "续表1", "续上表", "接上页", "重点任务分工表（续）"]
)
def test_a_row_that_says_the_table_goes_on_is_no_category(words):
    plan = plan_of([HEADS, ROWS[0], [words] * 5, ROWS[1]])

    assert told(plan) == ALL[:2]
    assert [task.section for task in plan.tasks] == ["", ""]


@pytest.mark.parametrize(
    ("row", "section"), [("重点任务分解表", ""), ("任务清单（2026年）", ""), ("二、宣传", "宣传")]
)
def test_the_name_of_the_table_before_its_repeated_head_is_no_category(row, section):
    plan = plan_of([HEADS, ROWS[0], [row] * 5, HEADS, ROWS[1]])

    assert told(plan) == ALL[:2]
    assert plan.tasks[1].section == section


@pytest.mark.parametrize(
    "heads",
    [
        [["序号", "工作任务", "责任分工", "责任分工", "完成时限"], ["序号", "工作任务", "牵头单位", "责任单位", "完成时限"]],
        [["序号", "工作任务", "责任分工", "", "完成时限"], ["", "", "牵头单位", "责任单位", ""]],
    ],
)  # fmt: skip
def test_two_rows_of_heads_are_one(heads):
    assert told(plan_of([*heads, *ROWS])) == ALL


def test_tables_beside_each_other_are_one_below_the_other():
    heads = ["序号", "工作任务", "牵头单位"]
    rows = [[str(at), TITLES[at % 3], LEADS[at % 3]] for at in range(1, 5)]

    down = plan_of([heads * 2, rows[0] + rows[2], rows[1] + rows[3]])
    across = plan_of([heads * 2, rows[0] + rows[1], rows[2] + ["", "", ""]])

    assert [(t.number, t.title, t.lead_units) for t in down.tasks] == [
        (number, title, [lead]) for number, title, lead in rows
    ]
    assert [t.number for t in across.tasks] == ["1", "2", "3"]


def test_a_task_in_several_rows_is_one_task_for_each_measure():
    rows = [
        ["1", "完善制度", "修订规章三件", "县司法局", "9月底前"],
        ["", "", "清理行政文件", "县公安局", "10月底前"],
        ["2", "规范执法", "评查执法案卷", "县司法局", "11月底前"],
    ]

    plan = plan_of([MEASURES, *rows])

    assert [(t.section, t.title, t.responsible_units, t.deadline.raw) for t in plan.tasks] == [
        ("完善制度", "修订规章三件", ["县司法局"], "9月底前"),
        ("完善制度", "清理行政文件", ["县公安局"], "10月底前"),
        ("", "规范执法", ["县司法局"], "11月底前"),
    ]


@pytest.mark.parametrize(
    ("row", "doubtful"),
    [
        (["", "", "清理行政文件", "县公安局", ""], True),
        (["", "", "清理行政文件", "", "10月底前"], True),  # of the same bodies
        (["", "", "", "县公安局", "10月底前"], True),
        (["", "", "", "县公安局", ""], False),  # a body more
        (["", "", "并清理文件", "、县公安局", ""], False),  # visibly the rest
    ],
)
def test_a_row_that_may_be_a_task_of_its_own_is_doubtful(row, doubtful):
    first = ["1", "完善制度", "修订规章" + ("，" if "并" in row[2] else ""), "县司法局", "9月底前"]

    assert (GLUED in doubts([MEASURES, first, row])) == doubtful


def test_without_numbers_too_a_body_on_a_row_of_its_own_is_one_of_the_task_above():
    plan = plan_of([HEADS[1:], ROWS[0][1:], ["", "", "县水利局", ""], ROWS[1][1:]])

    assert told(plan) == [(*ALL[0][:2], [UNITS[0], "县水利局"], TIMES[0]), ALL[1]]


def test_a_table_of_tasks_without_a_head_is_doubted():
    [reason] = [reason for reason in doubts(ROWS) if "没有认出表头" in reason]

    assert reason == "这张表没有认出表头，3 行没有读，请核对"


@pytest.mark.parametrize(
    "rows",
    [
        [["组长", "市长", "市政府"], ["成员", "局长", "市司法局"]],
        [["县司法局", "0555-1", "办公室"], ["县财政局", "0555-2", "预算股"]],
        [["1", "执法满意度达到百分之九十", "95%"], ["2", "案卷合格率达到要求", "98%"]],
    ],
)
def test_other_tables_without_a_head_are_not_doubted(rows):
    assert not any("没有认出表头" in reason for reason in doubts(rows))


STAGES = ["阶段", "工作任务", "牵头单位", "完成时限"]


def test_a_stage_in_several_rows_has_the_days_and_steps_of_all():
    rows = [["启动阶段", "2026年4月", "制定工作方案"], ["", "2026年5月", "召开动员会议"]]

    plan = plan_of([["阶段", "时间", "工作内容"], *rows, ["实施阶段", "2026年6月至12月", "推进"]])

    [first, second] = plan.stages
    assert [first.name, str(first.start), str(first.end)] == [
        "启动阶段",
        "2026-04-01",
        "2026-05-31",
    ]
    assert first.steps == ["制定工作方案", "召开动员会议"]
    assert str(second.end) == "2026-12-31"


def test_rows_of_a_stage_with_bodies_are_its_tasks():
    rows = [
        ["启动阶段", TITLES[0], LEADS[0], "2026年4月"],
        ["启动阶段", TITLES[1], LEADS[1], "2026年5月"],
        ["实施阶段", TITLES[2], LEADS[2], "2026年10月"],
    ]

    plan = plan_of([STAGES, *rows])

    assert [(t.section, t.title, *t.lead_units) for t in plan.tasks] == [
        tuple(row[:3]) for row in rows
    ]
    assert [stage.name for stage in plan.stages] == ["启动阶段", "实施阶段"]


def paged(*pages):
    """Return a document of ``pages`` with numbers: one of titles, then one for each table."""
    lines = [Line(text, at, 1) for at, text in enumerate([*TOP, "— 1 —"], start=1)]
    for page, rows in enumerate(pages, start=2):
        for cells in rows:
            lines.append(Line(" ".join(cells), len(lines) + 1, page, tuple(cells), page))
        lines.append(Line(f"— {page} —", len(lines) + 1, page))
    return Document(tuple(lines), "方案.pdf")


TOP = ("某市创建工作方案", "二、重点任务", "附件1", "责任分解表")


@pytest.mark.parametrize("pages", [1, 2, 3])
def test_a_head_that_every_page_repeats_is_no_running_head(pages):
    plan = read_plan(paged(*([HEADS, row] for row in ROWS[:pages]))).plan

    assert told(plan) == ALL[:pages]


def test_a_row_that_comes_back_at_the_edge_of_a_page_is_kept():
    short = ["案卷评查", "市司法局"]
    heads = ["工作任务", "责任单位"]

    plan = read_plan(paged([heads, ["执法培训", "市公安局"], short], [heads, short])).plan

    assert [task.title for task in plan.tasks] == ["执法培训", "案卷评查"]


@pytest.mark.parametrize("behind", ["市委办公室", "各县区委"])
def test_a_table_behind_the_offices_that_get_a_copy_is_read_whole(behind):
    rows = paged([HEADS, *ROWS])
    titled = rows.lines[: len(TOP)]
    copies = tuple(Line(text, 0) for text in ("抄送：市委、市人大常委会，", behind))

    plan = read_plan(replace(rows, lines=(*titled, *copies, *rows.lines[len(TOP) + 1 :]))).plan

    assert len(plan.tasks) == len(ROWS)


def with_text(*lines: str):
    """Return the reading of a plan whose text has ``lines`` in front of a table of one row."""
    table = document_of([HEADS, ROWS[0]]).lines
    texts = [table[0].text, "一、重点任务", *lines]
    before = [replace(table[0], text=text, number=at) for at, text in enumerate(texts, start=1)]
    after = [replace(line, number=line.number + len(before)) for line in table[2:]]
    return read_plan(Document((*before, *after)))


def test_a_row_gives_the_item_of_the_same_title_what_it_lacks():
    read = with_text(f"（一）{TITLES[0]}。（牵头单位：{LEADS[0]}）")

    assert told(read.plan) == ALL[:1]
    assert not [doubt for doubt in read.doubts if doubt.about == "task"]


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (f"牵头单位：县公安局；责任单位：{UNITS[0]}；完成时限：{TIMES[0]}", LEADS[0]),
        (f"牵头单位：{LEADS[0]}；责任单位：县公安局；完成时限：{TIMES[0]}", UNITS[0]),
        (f"牵头单位：{LEADS[0]}；责任单位：{UNITS[0]}；完成时限：2024年6月底前", TIMES[0]),
    ],
)
def test_what_a_row_says_otherwise_than_the_text_is_doubted(annotation, words):
    read = with_text(f"（一）{TITLES[0]}。（{annotation}）")

    [reason] = [doubt.reason for doubt in read.doubts if "同名的一项" in doubt.reason]
    assert reason == f"同名的一项在表里写的是“{words}”，与前面不同，没有收，请核对"


def test_two_tables_with_other_words_of_one_task_are_doubted():
    other = [["1", TITLES[0], LEADS[1], UNITS[1], TIMES[1]]]

    assert not any("同名" in reason for reason in doubts([HEADS, ROWS[0]], [HEADS, ROWS[0]]))
    assert any("同名" in reason for reason in doubts([HEADS, ROWS[0]], [HEADS, *other]))


@pytest.mark.parametrize(
    ("row", "doubtful"),
    [
        (["2", "", LEADS[1], "", TIMES[1]], True),
        (["2", "", LEADS[1], "", ""], True),
        (["2", "", "", "", ""], False),  # of a form that is not filled in
        (["2", "", "—", "/", ""], False),
    ],
)
def test_a_numbered_row_without_a_task_is_doubted(row, doubtful):
    assert (UNTITLED in doubts([HEADS, ROWS[0], row])) == doubtful


@pytest.mark.parametrize(
    "row",
    [
        ["备注", "以上任务由县司法局统筹", "", "", ""],
        ["说明：", "按月报送", "", "", ""],
        ["填表人：", "", "审核人：", "", ""],
        ["", "注", "按月报送", "", ""],
    ],
)
def test_notes_below_a_table_are_no_tasks(row):
    assert told(plan_of([HEADS, ROWS[0], row])) == ALL[:1]


def test_a_row_alone_without_its_head_is_doubted():
    reasons = doubts([HEADS, ROWS[0]], [["2", TITLES[1], LEADS[1], TIMES[1]]])

    assert "这张表没有认出表头，1 行没有读，请核对" in reasons


def test_three_lists_are_the_heads_of_tasks():
    rows = [[str(at), title, lead, time] for at, (title, [lead], _, time) in enumerate(ALL, 1)]

    plan = plan_of([["序号", "任务清单", "责任清单", "时间清单"], *rows])

    assert [(t.title, *t.responsible_units, t.deadline.raw) for t in plan.tasks] == [
        tuple(row[1:]) for row in rows
    ]


@pytest.mark.parametrize("second", ["县公安局", "县公安局、县水利局", UNITS[0]])
def test_bodies_in_several_rows_of_a_merged_task_are_bodies_of_one_task(second):
    """The reader of files repeats what is merged: number, task, lead and time are the same."""
    more = [*ROWS[0][:3], second, ROWS[0][4]]

    plan = plan_of([HEADS, ROWS[0], more, ROWS[1]])

    units = list(dict.fromkeys([UNITS[0], *second.split("、")]))
    assert told(plan) == [(*ALL[0][:2], units, TIMES[0]), ALL[1]]


def test_rows_of_one_task_with_times_of_their_own_stay_apart():
    other = ["1", TITLES[0], LEADS[1], UNITS[1], TIMES[1]]

    assert told(plan_of([HEADS, ROWS[0], other])) == [ALL[0], (TITLES[0], *ALL[1][1:])]


@pytest.mark.parametrize("title", ["建好法治公园", "建好法治公园并更新全部宣传栏目"])
def test_a_task_in_one_cell_over_its_number_is_no_number(title):
    plan = plan_of([HEADS, [title, title, *ROWS[0][2:]], ROWS[1]])

    assert [(t.number, t.title) for t in plan.tasks] == [("", title), ("2", TITLES[1])]


@pytest.mark.parametrize("rest", ["并更新宣传栏目", "并在全县各乡镇更新全部宣传栏目和阵地"])
def test_the_rest_of_a_task_that_visibly_goes_on_is_no_category(rest):
    plan = plan_of([HEADS, ["1", f"{TITLES[0]}，", *ROWS[0][2:]], ["", rest, "", "", ""], ROWS[1]])

    assert [(t.section, t.title) for t in plan.tasks] == [
        ("", f"{TITLES[0]}，{rest}"),
        ("", TITLES[1]),
    ]


def test_a_row_whose_number_is_a_sentence_is_doubted():
    row = ["本项由各单位自行组织实施", TITLES[1], LEADS[1], UNITS[1], TIMES[1]]

    assert UNTITLED in doubts([HEADS, ROWS[0], row])


@pytest.mark.parametrize("between", [[["组长", "县长"]], [["更新宣传栏目", "县财政局", "续"]]])
def test_a_row_that_counts_on_belongs_to_the_table_before_the_last(between):
    assert told(plan_of([HEADS, ROWS[0]], between, [ROWS[1], ROWS[2]])) == ALL


@pytest.mark.parametrize("number", ["1", "5", "", "二"])
def test_a_row_that_does_not_count_on_is_doubted(number):
    row = [number, *ROWS[1][1:]]

    assert told(plan_of([HEADS, ROWS[0]], [["组长", "县长"]], [row, row]))[1:] == []


def test_the_place_of_a_task_in_a_table_is_its_whole_row():
    row = ["1", TITLES[0], "编制目录；开展审查。公布结果", LEADS[0], TIMES[0]]

    (task,) = plan_of([MEASURES, row]).tasks

    assert task.source.sentence == "|".join(row)
