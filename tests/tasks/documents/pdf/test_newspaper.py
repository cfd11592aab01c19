"""Columns of short paragraphs, and what may be columns or rows of a table: read, and doubted where not sure."""

import pytest

from models.plan.document import MISSING, UNSURE
from tasks.documents.reading import read_document
from tests.support.pdf_drawing import Pen, pdf

TITLE = "芦汀县法治建设实施方案"
SHORT = [
    "定期通报工作进展。",
    "强化宣传引导，营造氛围。",
    "一、工作任务",
    "建立台账，实行销号。",
    "畅通投诉举报的渠道。",
    "及时回应群众的关切。",
]
LONG = ["全面推行执法公示、执法", "全过程记录和法制审核。"]


def read(tmp_path, draw):
    path = tmp_path / "方案.pdf"
    path.write_bytes(pdf(draw))
    document = read_document(path)
    assert not [n for n in document.not_read if n.why == MISSING]
    return [line.text for line in document.lines], [
        (n.words, n.letters) for n in document.not_read if n.why == UNSURE
    ]


def in_columns(columns, *, room=24.0, lower=0.0, indent=0.0, size=12):
    wide = max(len(words) for column in columns for words in column) * size + indent

    def draw(pen: Pen) -> None:
        pen.middle(297, 60, TITLE, 18)
        for number, column in enumerate(columns):
            for at, words in enumerate(column):
                begins = indent if words in SHORT else 0
                x = 50 + number * (wide + room) + begins
                pen.write(x, 110 + at * 20 + lower * (number % 2), words, size)

    return draw


@pytest.mark.parametrize("lower", [0, 4])
@pytest.mark.parametrize("indent", [0, 24])
@pytest.mark.parametrize("number", [2, 3])
def test_columns_of_short_paragraphs_are_read_one_after_the_other(tmp_path, number, indent, lower):
    size = 12 if number == 2 else 9
    columns = [SHORT[at:] + LONG + SHORT[:at] for at in range(number)]

    lines, unsure = read(tmp_path, in_columns(columns, indent=indent, lower=lower, size=size))

    assert lines == [TITLE, *(words for column in columns for words in column)]
    assert unsure == []


def test_a_blank_that_indents_a_line_is_no_column(tmp_path):
    columns = [
        ["\u3000\u3000" + words for words in SHORT],
        ["\u3000\u3000" + words for words in SHORT],
    ]

    lines, unsure = read(tmp_path, in_columns(columns))

    assert lines == [TITLE, *SHORT, *SHORT]
    assert unsure == []


def test_cells_of_a_table_without_rules_and_heads_are_doubted(tmp_path):
    rows = [
        ("全面落实行政执法的三项", "市司法局、市公安局"), ("制度", ""), ("开展案卷评查", "市人力资源和社会保障"), ("", "局"),
        ("推进系统应用并归集数据", "市教育局"), ("组织培训", "市民政局、市城市管理局"), ("清理规范性文件", "市政府办公室"),
    ]  # fmt: skip

    def draw(pen: Pen) -> None:
        pen.middle(297, 60, TITLE, 18)
        for at, cells in enumerate(rows):
            for x, words in zip((60, 310), cells, strict=True):
                pen.write(x, 110 + at * 20, words, 12)

    lines, unsure = read(tmp_path, draw)

    assert len(unsure) == 1
    assert unsure[0] == (lines[1], 0)


@pytest.mark.parametrize(
    "rows",
    [
        [("市司法局局长", "副组长"), ("市公安局副局长", "成员"), ("市教育局副局长", "成员"), ("市民政局局长", "成员")],
        [("市政府办公室副主任", "市司法局党组副书记"), ("市财政局副局长", "市公安局政治部主任"), ("市民政局局长", "市教育局副局长"), ("市城管局局长", "市水务局副局长")],
    ],
)  # fmt: skip
def test_a_list_side_by_side_is_read_by_rows_without_a_doubt(tmp_path, rows):
    def draw(pen: Pen) -> None:
        pen.middle(297, 60, TITLE, 18)
        for at, cells in enumerate(rows):
            for x, words in zip((60, 310), cells, strict=True):
                pen.write(x, 110 + at * 20, words, 12)

    lines, unsure = read(tmp_path, draw)

    assert lines == [TITLE, *(" ".join(cells) for cells in rows)]
    assert unsure == []
