"""Tables of Word: every cell in its column, merged ones repeated, tables within them once."""

import pytest

from models.plan.reading.compile import compile_plan
from tasks.documents.pages import HIDDEN, PLACEHOLDER, STRUCK
from tests.support.word_packages import cell, control, para, paras, row, run, table
from tests.tasks.documents.word.conftest import lines_of, named

DOWN, HEAD_DOWN = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'
MERGED = '<w:cellMerge w:id="1" w:author="x" w:vMerge="{}"/>'
WIDE = '<w:gridSpan w:val="2"/>'
GONE = '<w:del w:id="1" w:author="x"/>'
ASKS = "<w:showingPlcHdr/>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (table(["甲", "乙"], ["丙", "丁"]), ["甲|乙", "丙|丁"]),
        (
            table(row(cell("甲", said=HEAD_DOWN), "乙"), row(cell(said=DOWN), "丙")),
            ["甲|乙", "甲|丙"],
        ),
        (table(row(cell("甲", said=WIDE), "乙"), ["丙", "丁", "戊"]), ["甲|甲|乙", "丙|丁|戊"]),
        (
            table(
                row(cell("甲", said='<w:hMerge w:val="restart"/>'), cell(said="<w:hMerge/>"), "乙"),
                ["丙", "丁", "戊"],
            ),
            ["甲|甲|乙", "丙|丁|戊"],
        ),
        # A row may begin later and end earlier than the grid.
        (
            table(["甲", "乙", "丙"], row("丁", "戊", said='<w:gridBefore w:val="1"/>')),
            ["甲|乙|丙", "|丁|戊"],
        ),
        (
            table(["甲", "乙", "丙"], row("丁", "戊", said='<w:gridAfter w:val="1"/>')),
            ["甲|乙|丙", "丁|戊|"],
        ),
        # Under a cell that begins nothing, a cell that "goes on" is a cell of its own.
        (table(["甲", "乙"], row(cell("丙", said=DOWN), "丁")), ["甲|乙", "丙|丁"]),
        # A tracked change may merge cells, or part them.
        (
            table(row(cell("甲", said=MERGED.format("rest")), "乙"), row(cell(said=MERGED.format("cont")), "丙")),
            ["甲|乙", "甲|丙"],
        ),
        (
            table(row(cell("甲", said=HEAD_DOWN), "乙"), row(cell("丁", said=MERGED.format("rest") + DOWN), "丙")),
            ["甲|乙", "丁|丙"],
        ),
        (table(row(cell("甲", "乙", "", "丙"), "丁")), ["甲\n乙\n丙|丁"]),
        # What is wrapped around a cell, a row, a table, or what stands in one.
        (
            table(row("甲", control(cell("乙")), "丙"), control(row("丁", "戊", "己"))),
            ["甲|乙|丙", "丁|戊|己"],
        ),
        (table(row("甲", cell(control(para("乙"))), cell(para(control(run("丙")))))), ["甲|乙|丙"]),
        (control(table(["甲", "乙"])), ["甲|乙"]),
        (table(row(f"<w:customXml>{cell('甲')}</w:customXml>", "乙")), ["甲|乙"]),
        # A table within a cell is in the cell; one that is all of its row is a table.
        (
            table(["事项", "单位"], row("甲", cell(table(["市司法局", "牵头"], ["市财政局", "配合"])))),
            ["事项|单位", "甲|市司法局 牵头\n市财政局 配合"],
        ),
        (table(row(cell(para("题"), table(["甲", "乙"]), para("尾")))), ["题", "甲|乙", "尾"]),
        (
            table(["左", "右"], row(cell(table(["甲", "乙"], ["丙", "丁"]), said=WIDE))),
            ["左|右", "甲|乙", "丙|丁"],
        ),
        (
            table(row(cell("左"), cell("右", table(["甲", "乙"], ["丙", "丁"])))),
            ["左", "右", "甲|乙", "丙|丁"],
        ),
        # A frame of one cell, or of one column, is its paragraphs.
        (table(row(cell("一、目标", "正文。"))), ["一、目标", "正文。"]),
        (table(["一、目标"], row(cell("二、任务", "正文。"))), ["一、目标", "二、任务", "正文。"]),
        (table(row(cell(table(row(cell("甲", "乙")))))), ["甲", "乙"]),
    ],
)  # fmt: skip
def test_a_table_is_read_cell_by_cell(read, body, lines):
    assert lines_of(read(body)) == lines


@pytest.mark.parametrize(
    ("body", "lines", "left"),
    [
        (table(["甲", "乙"], row("丙", "丁", said=GONE), ["戊", "己"]), ["甲|乙", "戊|己"], STRUCK),
        (table(["甲", "乙"], f"<w:del>{row('丙', '丁')}</w:del>", ["戊", "己"]), ["甲|乙", "戊|己"], STRUCK),
        (table(row("甲", f"<w:del>{cell('丙丁')}</w:del>", "乙")), ["甲|乙"], STRUCK),
        (table(["甲", "乙"], row("丙", "丁", said="<w:hidden/>")), ["甲|乙"], HIDDEN),
        (table(row("甲", cell("丙丁", said=f"<w:cellDel {'w:id'}='1'/>"), "乙")), ["甲|乙"], STRUCK),
        (
            table(row(cell("甲", said=HEAD_DOWN), "乙"), row(cell("丙丁", said=DOWN), "己")),
            ["甲|乙", "甲|己"],
            HIDDEN,
        ),
        (table(row("甲", control(cell("丙丁"), said=ASKS), "乙")), ["甲||乙"], PLACEHOLDER),
        (table(row("甲", cell(control(para("丙丁"), said=ASKS)), "乙")), ["甲||乙"], PLACEHOLDER),
        (table(row("甲", cell(para(control(run("丙丁"), said=ASKS))), "乙")), ["甲||乙"], PLACEHOLDER),
    ],
)  # fmt: skip
def test_what_is_gone_from_a_table_is_named(read, body, lines, left):
    document = read(body)

    assert lines_of(document) == lines
    assert named(document) == [(left, "丙丁")]


def test_a_column_merged_below_a_struck_row_is_not_that_of_the_row_above(read):
    body = table(
        row(cell("甲", said=HEAD_DOWN), "乙"),
        row(cell("丙", said=HEAD_DOWN), "丁", said=GONE),
        row(cell(said=DOWN), "己"),
    )

    assert lines_of(read(body)) == ["甲|乙", "|己"]


HEADS = ["序号", "工作任务", "牵头单位", "责任单位", "完成时限"]


def test_a_list_to_choose_from_and_a_date_to_pick_keep_their_columns(read):
    body = paras("芦汀县法治宣传实施方案", "任务分解表") + table(
        HEADS,
        row("1", "建好法治公园", control(cell("县司法局"), "<w:dropDownList/>"), "县住建局",
            control(cell("2024年9月底前"), "<w:date/>")),
        row("2", "更新宣传栏", cell(control(para("县委宣传部"))), cell(para(control(run("县文旅局")))),
            "2024年10月底前"),
    )  # fmt: skip

    plan = compile_plan(read(body))

    assert [(t.title, t.lead_units, t.responsible_units) for t in plan.tasks] == [
        ("建好法治公园", ["县司法局"], ["县住建局"]),
        ("更新宣传栏", ["县委宣传部"], ["县文旅局"]),
    ]
    assert [t.deadline and t.deadline.raw for t in plan.tasks] == [
        "2024年9月底前",
        "2024年10月底前",
    ]


def test_a_page_laid_out_in_a_frame_is_a_plan(read):
    inner = paras(
        "芦汀县法治宣传实施方案",
        "一、主要任务",
        "（一）建好法治公园。年底前建成。（牵头单位：县司法局）",
        "（二）更新宣传栏。按月更新。（牵头单位：县委宣传部）",
        "二、实施步骤",
        "（一）启动阶段（2024年3月）。动员部署。",
        "（二）推进阶段（4月至11月）。全面推进。",
    )

    plan = compile_plan(read(table(row(cell(inner)))))

    assert [t.title for t in plan.tasks] == ["建好法治公园", "更新宣传栏"]
    assert [s.name for s in plan.stages] == ["启动阶段", "推进阶段"]


def test_a_table_within_a_stage_loses_no_stage_and_makes_no_task(read):
    body = paras("芦汀县法治宣传实施方案", "一、实施步骤") + table(
        ["阶段", "时间", "内容"],
        row("启动阶段", "2024年3月", cell(para("动员部署"), table(["1", "发文"], ["2", "开会"]))),
        ["推进阶段", "2024年4月至11月", "全面推进"],
    )

    plan = compile_plan(read(body))

    assert [s.name for s in plan.stages] == ["启动阶段", "推进阶段"]
    assert plan.tasks == []
