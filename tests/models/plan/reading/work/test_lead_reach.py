"""Up to where a document's own rule of leads reaches."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document, Line

TEXT = """一、重点任务
（一）加强组织建设。抓好落实。（责任单位：县委编办、县人社局）
（二）推进机构改革。抓好落实。（责任单位：县委组织部、县人社局）"""
RULE = "责任单位中排在第一位的为牵头单位"
NOTE = f"注：{RULE}。"
HEAD = ["序号", "重点任务", "责任单位", "完成时限"]
RULED = ["序号", "重点任务", f"责任单位（{RULE[5:]}）", "完成时限"]
FIRST = [
    ["1", "完善制度体系建设", "县司法局、县财政局", "6月底前"],
    ["2", "强化执法监督检查", "县公安局、县司法局", "9月底前"],
]
SECOND = [
    ["1", "推进普法宣传教育", "县教育局、县财政局", "6月底前"],
    ["2", "开展矛盾纠纷调处", "县信访局、县司法局", "9月底前"],
]
ONE, TWO = ("附件1", "第一批任务分工表"), ("附件2", "第二批任务分工表")


def read(*parts):
    """Read a plan of paragraphs and tables (lists of rows)."""
    lines = []
    for table, part in enumerate(
        ["清河县法治建设工作实施方案", *parts, "清河县人民政府办公室", "2026年2月3日"]
    ):
        rows = part.split("\n") if isinstance(part, str) else part
        for row in rows:
            cells = () if isinstance(row, str) else tuple(row)
            text = "|".join(cells) or row
            lines.append(Line(text, len(lines) + 1, None, cells, table if cells else 0))
    return read_plan(Document.from_lines(lines))


def led(*parts) -> str:
    """Return for each task whether somebody leads it: L, or -."""
    return "".join("L" if task.lead_units else "-" for task in read(*parts).plan.tasks)


@pytest.mark.parametrize(
    "parts, expected",
    [
        ((TEXT, *ONE, [RULED, *FIRST], *TWO, [HEAD, *SECOND]), "--LL--"),
        ((TEXT, *ONE, [HEAD, *FIRST], *TWO, [RULED, *SECOND]), "----LL"),
        ((TEXT, *ONE, [HEAD, *FIRST, [NOTE] * 4], *TWO, [HEAD, *SECOND]), "--LL--"),
        ((TEXT, *ONE, [HEAD, *FIRST, [NOTE, "", "", ""]], *TWO, [HEAD, *SECOND]), "--LL--"),
        ((TEXT, *ONE, [HEAD, *FIRST], NOTE, *TWO, [HEAD, *SECOND]), "--LL--"),
        ((TEXT, *ONE, [HEAD, *FIRST], *TWO, [HEAD, *SECOND], NOTE), "----LL"),
        ((TEXT, *ONE, f"（{RULE}）", [HEAD, *FIRST], *TWO, [HEAD, *SECOND]), "--LL--"),
        ((TEXT, *ONE, [[f"分工表（{RULE}）"] * 4, HEAD, *FIRST], *TWO, [HEAD, *SECOND]), "--LL--"),
        # a table that goes on with the next page has no head of its own
        ((TEXT, *ONE, [RULED, FIRST[0]], [FIRST[1]], *TWO, [HEAD, *SECOND]), "--LL--"),
        # second note of a table
        (
            (TEXT, [HEAD, *FIRST], "注：1.本表滚动更新。", f"2.{RULE}。", *TWO, [HEAD, *SECOND]),
            "--LL--",
        ),
    ],
)
def test_a_rule_at_a_table_reaches_that_table(parts, expected):
    assert led(*parts) == expected


@pytest.mark.parametrize(
    "parts",
    [
        (TEXT, [HEAD, *FIRST], *TWO, [HEAD, *SECOND], f"注：本方案{RULE}。"),  # it says of what
        (TEXT.replace("\n", f"\n以下{RULE}。\n", 1), [HEAD, *FIRST]),
        (TEXT, NOTE),
    ],
)
def test_a_rule_in_the_text_reaches_the_whole_document(parts):
    assert set(led(*parts)) == {"L"}


def test_a_rule_with_ditto_reaches_the_lists_behind_it():
    said = TEXT.replace("县人社局）", "县人社局，列第一位的为牵头单位，下同）", 1)

    assert led(said) == "LL"


def test_a_rule_of_one_list_alone_is_doubted_for_the_others():
    said = TEXT.replace("县人社局）", "县人社局，列第一位的为牵头单位）", 1)

    reading = read(said)

    assert [task.lead_units for task in reading.plan.tasks] == [["县委编办"], []]
    assert any("只有“加强组织建设”一项" in doubt.reason for doubt in reading.doubts)


def test_the_first_table_may_have_marks_and_the_second_an_order():
    starred = [["1", "完善制度体系建设", "县财政局、★县司法局", "6月底前"]]
    head = ["序号", "重点任务", "责任单位（带★的为牵头单位）", "完成时限"]

    tasks = read(*ONE, [head, *starred], *TWO, [RULED, *SECOND]).plan.tasks

    assert [task.lead_units for task in tasks] == [["县司法局"], ["县教育局"], ["县信访局"]]
