"""Columns of short paragraphs, and what may be columns or rows of a table: read, and doubted where not sure."""

import pytest

from models.plan.reading.text.document import MISSING, UNSURE
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


def in_columns(columns, *, room=24.0, lower=0.0, indent=0.0, size=12, step=20):
    wide = max(len(words) for column in columns for words in column) * size + indent

    def draw(pen: Pen) -> None:
        pen.middle(297, 60, TITLE, 18)
        for number, column in enumerate(columns):
            for at, words in enumerate(column):
                begins = indent if words in SHORT else 0
                x = 50 + number * (wide + room) + begins
                pen.write(x, 110 + at * step + lower * (number % 2), words, size)

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


WRAPPED = [
    "全面推行执法公示、执法",
    "全过程记录和法制审核。",
    "一、健全完善工作机制",
    "定期通报工作进展情况。",
]


def narrow(number: int) -> list[list[str]]:
    """Return columns of paragraphs over two lines, and of a heading."""
    return [[*WRAPPED[at % 3 :], *WRAPPED, *WRAPPED[: at % 3]] for at in range(number)]


@pytest.mark.parametrize("last", [8, 5, 3, 1])
@pytest.mark.parametrize("number", [3, 4, 5, 6])
def test_many_columns_are_read_one_after_the_other_though_the_last_is_short(tmp_path, number, last):
    columns = narrow(number)
    columns[-1] = columns[-1][:last]

    lines, unsure = read(tmp_path, in_columns(columns, room=14, size=7, step=12))

    assert lines == [TITLE, *(words for column in columns for words in column)]
    assert unsure == []


@pytest.mark.parametrize("number", [3, 4])
def test_each_part_of_a_page_has_its_own_columns(tmp_path, number):
    across = "各县区、各部门要高度重视，加强组织领导，落实工作责任，按时报送进展情况"
    columns = narrow(number)

    def draw(pen: Pen) -> None:
        in_columns(columns, room=14, size=9, step=16)(pen)
        pen.write(50, 290, across, 14)
        for at, column in enumerate(narrow(2)):
            for row, words in enumerate(column):
                pen.write(50 + at * 250, 330 + row * 20, words, 12)

    lines, unsure = read(tmp_path, draw)

    below = [words for column in narrow(2) for words in column]
    assert lines == [TITLE, *(words for column in columns for words in column), across, *below]
    assert unsure == []


def test_a_short_second_column_beside_one_is_read_and_doubted(tmp_path):
    columns = narrow(2)

    lines, unsure = read(tmp_path, in_columns([columns[0], columns[1][:3]]))

    assert lines == [TITLE, *columns[0], *columns[1][:3]]
    assert [letters for _, letters in unsure] == [0]


# Cells of small tables, each with its lines; which of them are torn apart when read line by line.
CELLS = [
    ("成员", "市人力资源和社会\n保障局", "各县区"), ("组长", "市司法局", "市公安局"),
    ("成员", "市教育局", "市民政局"), ("副组长", "市财政局", "市水务局"),
]  # fmt: skip


def small(rows, *, middle, step=14, top=110, xs=(60, 130, 300)):
    def draw(pen: Pen) -> None:
        pen.middle(297, 60, TITLE, 18)
        y = top
        for cells in rows:
            high = max(cell.count("\n") for cell in cells)
            for x, cell in zip(xs, cells, strict=False):
                lower = (high - cell.count("\n")) * step / 2 if middle else 0
                pen.write(x, y + lower, cell, 10, step)
            y += (high + 1) * step

    return draw


@pytest.mark.parametrize("middle", [False, True])
@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_small_table_without_rules_and_heads_is_doubted_where_a_cell_is_torn(
    tmp_path, at, middle
):
    rows = [*CELLS[1 : at + 1], CELLS[0], *CELLS[at + 1 :]]

    lines, unsure = read(tmp_path, small(rows, middle=middle))

    [(words, letters)] = unsure
    assert words in lines
    assert letters == 0


@pytest.mark.parametrize(
    "rows",
    [
        CELLS[1:],
        # The last cell of a row is read on with its second line.
        [*CELLS[1:], ("成员", "市城管局", "市人力资源和社会\n保障局")],
        # A sentence ends where a paragraph begins under it.
        [("1", "梳理清单。", "甲局"), ("2", "开展评查。", "乙局"), ("3", "公开结果。", "丙局"), ("完成后要报告。",)],
    ],
)  # fmt: skip
def test_a_small_table_without_rules_is_not_doubted_where_lines_are_its_rows(tmp_path, rows):
    lines, unsure = read(tmp_path, small(rows, middle=False))

    assert "".join(lines).replace(" ", "") == TITLE + "".join(
        cell.replace("\n", "") for row in rows for cell in row
    )
    assert unsure == []


@pytest.mark.parametrize("degrees", [90, 270])
def test_words_turned_beside_full_lines_are_no_column(tmp_path, degrees):
    def draw(pen: Pen) -> None:
        for at in range(4):
            pen.write(70, 304 + at * 22, "为深入推进法治政府建设示范创建工作", 12)
        pen.canvas.translate(500, 842 - (340 if degrees == 90 else 240))
        pen.canvas.rotate(degrees)
        pen.canvas.drawString(0, 0, "由市司法局、市公安局牵头")

    _, unsure = read(tmp_path, draw)

    assert unsure == []
