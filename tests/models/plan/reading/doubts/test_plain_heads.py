"""A head of a table that no one read as a table is a doubt, from whatever file it comes."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.doubts.plain_heads import plain_head_doubts
from models.plan.reading.text.document import Document, Line
from tasks.documents.reading import read_document

BEFORE = ["芦汀市法治建设实施方案", "一、总体要求", "坚持依法行政。", "二、任务分工"]
ROW = "1 规范执法程序 市司法局 市公安局 2026年9月底前"
HEAD = "序号 工作任务 牵头单位 责任单位 完成时限"


def doubted(lines):
    reading = read_plan(Document.from_text("\n".join(lines)))
    return [d.sentence for d in reading.doubts if "像是表头" in d.reason]


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        "序号　工作任务　牵头单位　责任单位　完成时限",
        "序号工作任务牵头单位责任单位完成时限",  # columns that stand close to each other
        "序 号 任 务 单 位",
        "工作任务 责任单位",  # two are enough on one line
        "项目\t责任部门",
        "序号 | 重点任务 | 牵头领导",
        "序号 工作任务 牵头 责任 完成",  # 单位 and 时限 stand on the next line
        "任务名称 具体举措 主办单位 协办单位 办结时限 备注",
        "序号 类别 整改措施 责任单位及责任人 整改时限",
    ],
)
def test_a_line_of_the_names_of_columns_is_doubted_where_it_is_no_row(head):
    assert doubted([*BEFORE, head, ROW, ROW]) == [head.replace("\u3000", " ")]


def test_the_line_or_the_page_is_told():
    lines = (Line("某方案", 1), Line(HEAD, 2), Line(ROW, 3))
    paged = (Line("某方案", 1, 1), Line(HEAD, 2, 4))

    [of_text] = plain_head_doubts(lines)
    [of_pages] = plain_head_doubts(paged)

    assert of_text.reason.startswith(f"第 2 行“{HEAD}”像是表头")
    assert of_pages.reason.startswith("第 4 页“")


@pytest.mark.parametrize(
    "lines",
    [
        [HEAD.replace(" ", "\t"), ROW.replace(" ", "\t")],  # read as a table
        [
            "重点任务",
            "（一）规范执法。",
            "工作目标",
            "行动内容",
            "时间步骤",
            "时间安排",
        ],  # headings
        ["统一思想 明确任务 落实责任"],
        ["牵头单位：市司法局", "责任单位：市公安局", "完成时限：2026年9月底前"],
        ["工作任务和责任分工"],
        ["重点工作任务分解表"],
        ["任务 时间"],
        ["单位 姓名 职务 联系电话"],  # nobody's task
    ],
)
def test_usual_lines_are_no_heads(lines):
    assert doubted([*BEFORE, *lines]) == []


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        (["序号", "1", "2", "工作任务", "规范执法", "开展培训", "牵头单位", "市司法局", "市教育局"], "序号"),
        (["序号 工作任务", ROW, "责任单位 完成时限", "市司法局 9月底前"], "序号 工作任务"),
    ],
)  # fmt: skip
def test_columns_that_are_read_one_after_the_other_are_doubted_once(lines, first):
    assert doubted([*BEFORE, *lines]) == [first]


def test_a_head_that_is_a_table_of_its_own_is_doubted():
    lines = [*BEFORE, HEAD.replace(" ", "\t"), "（一）规范执法程序，由市司法局牵头，市公安局配合。"]

    assert doubted(lines) == [HEAD.replace(" ", "\t")]


@pytest.mark.parametrize("kind", ["txt", "html"])
def test_a_table_set_with_blanks_is_read_or_doubted(tmp_path, kind):
    body = "\n".join(
        [*BEFORE, "工作任务    牵头单位    完成时限", "规范执法    市司法局    9月底前"]
    )
    path = tmp_path / f"方案.{kind}"
    path.write_text(f"<html><pre>{body}</pre></html>" if kind == "html" else body, encoding="utf-8")

    reading = read_plan(read_document(path))

    assert [d for d in reading.doubts if "像是表头" in d.reason]
