"""Text boxes are read once, as lines of their own."""

import pytest

from models.plan.reading.compile import compile_plan
from tasks.documents.pages import WATERMARK
from tests.support.word_packages import box, cell, old_box, para, paras, row, run, table
from tests.tasks.documents.word.conftest import lines_of, named

ITEM = "（一）建好法治公园。年底前建成。（牵头单位：县司法局；责任单位：县住建局）"
PLAIN = para("批注框")


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (para(box("红头"), "正文。"), ["红头", "正文。"]),
        (para("正文。", box("尾注框")), ["正文。", "尾注框"]),
        (para("上半句，", box("框"), "下半句。"), ["上半句，下半句。", "框"]),
        (para(box("甲框"), box("乙框"), "正文。"), ["甲框", "乙框", "正文。"]),
        (para(box("甲框")), ["甲框"]),
        (para(box("第一行", "第二行"), "正文。"), ["第一行", "第二行", "正文。"]),
        (para(old_box(para("旧框")), "正文。"), ["旧框", "正文。"]),
        (para(box(para(box("内框"), "外框")), "正文。"), ["内框", "外框", "正文。"]),
        (para(box(table(["甲", "乙"])), "正文。"), ["甲|乙", "正文。"]),
        (table([cell(para(box("框"), "格"), para("格二")), "乙"]), ["框\n格\n格二|乙"]),
        # What hangs on a numbered line says something of it, not of the one above.
        (para(box("框"), "二、重点任务"), ["二、重点任务", "框"]),
        (para(box("框"), "（一）甲事项"), ["（一）甲事项", "框"]),
        (para(box("框"), "2024年3月"), ["框", "2024年3月"]),
    ],
)
def test_a_box_is_lines_of_its_own_beside_its_paragraph(read, body, lines):
    assert lines_of(read(body)) == lines


def test_a_shape_of_several_boxes_says_each_once(read):
    inner = "".join(
        f"<v:shape><v:textbox><w:txbxContent>{para(text)}</w:txbxContent></v:textbox></v:shape>"
        for text in ("甲单位", "乙单位")
    )
    group = f"<w:r><w:pict><v:group>{inner}</v:group></w:pict></w:r>"

    assert lines_of(read(para(group, "正文。"))) == ["甲单位", "乙单位", "正文。"]


def test_a_fallback_without_a_choice_is_read(read):
    alone = f"<w:r><mc:AlternateContent><mc:Fallback>{old_box(PLAIN, bare=True)}</mc:Fallback></mc:AlternateContent></w:r>"

    assert lines_of(read(para(alone, "正文。"))) == ["批注框", "正文。"]


def test_letters_drawn_along_a_path_are_a_line(read):
    art = '<w:r><w:pict><v:shape><v:textpath string="芦汀县人民政府文件"/></v:shape></w:pict></w:r>'

    assert lines_of(read(para(art) + paras("芦政发〔2024〕9号"))) == [
        "芦汀县人民政府文件",
        "芦政发〔2024〕9号",
    ]


def test_letters_behind_the_text_are_a_watermark(read):
    shape = '<v:shape id="PowerPlusWaterMarkObject1"><v:textpath string="内部资料"/></v:shape>'

    document = read(para(f"<w:r><w:pict>{shape}</w:pict></w:r>", "正文。"))

    assert lines_of(document) == ["正文。"]
    assert named(document) == [(WATERMARK, "内部资料")]


def test_a_table_in_the_midst_of_a_paragraph_is_a_table(read):
    assert lines_of(read(para("上半句，", table(["甲", "乙"]), "下半句。"))) == [
        "上半句，下半句。",
        "甲|乙",
    ]


def test_a_box_drawn_above_its_paragraph_is_read_before_it(read):
    place = (
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>-90000</wp:posOffset></wp:positionV>'
    )
    above = box("框").replace("<wp:anchor>", f"<wp:anchor>{place}")

    assert lines_of(read(para(above, "二、重点任务"))) == ["框", "二、重点任务"]


def test_boxes_cost_a_plan_nothing(read):
    body = (
        para(box("芦汀县人民政府文件"), "芦政发〔2024〕9号")
        + paras("芦汀县法治宣传实施方案", "一、工作目标", "全面推进。")
        + para(box("重要"), "二、主要任务")
        + para(run(""), box("提示"), ITEM)
        + para(box("请对照执行"), ITEM.replace("一", "二").replace("公园", "广场"))
        + paras("三、实施步骤")
        + para(box("（一）启动阶段（2024年3月）。动员。", "（二）推进阶段（4月至11月）。推进。"))
    )

    plan = compile_plan(read(body))

    assert plan.document_number == "芦政发〔2024〕9号"
    assert [(t.title, t.lead_units) for t in plan.tasks] == [
        ("建好法治公园", ["县司法局"]),
        ("建好法治广场", ["县司法局"]),
    ]
    assert [s.name for s in plan.stages] == ["启动阶段", "推进阶段"]


def test_a_row_that_holds_only_boxes_keeps_its_columns(read):
    body = table(["任务", "单位"], row(cell(para(box("建公园"))), cell(para(box("县住建局")))))

    assert lines_of(read(body)) == ["任务|单位", "建公园|县住建局"]


@pytest.mark.parametrize("hung", [old_box(para("重要")), box("重要")])
def test_the_words_of_a_box_become_no_part_of_a_heading(read, hung):
    body = paras("芦汀县法治宣传实施方案", "一、主要任务") + "".join(
        para(hung, f"（{number}）{title}") + paras(f"加强管理。（牵头单位：{lead}）")
        for number, title, lead in [
            ("一", "建好法治公园", "县司法局"),
            ("二", "更新宣传栏", "县委宣传部"),
        ]
    )

    plan = compile_plan(read(body))

    assert [(t.title, t.lead_units) for t in plan.tasks] == [
        ("建好法治公园", ["县司法局"]),
        ("更新宣传栏", ["县委宣传部"]),
    ]
