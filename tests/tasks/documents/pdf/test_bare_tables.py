"""Tables without any rule: rows where they are sure, and else a doubt."""

from collections.abc import Sequence

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import MISSING, UNSURE
from tasks.documents.reading import read_document
from tests.support.pdf_drawing import HEAD, ROWS, Pen, edges, pdf

TITLE, CHAPTER = "芦汀县法治建设实施方案", "二、任务分工"
NEXT = ["三、保障措施", "各县区、各部门要高度重视，加强组织领导，落实工作责任，按时报送进展情况。"]
LONG = ["4", "推进监管系统应用，全面\n归集监管数据", "市政务服务和大数据局", "2026年11月底前"]
STEP = 14  # points from line to line


def write(
    pen: Pen, rows: Sequence[Sequence[str]], top: float, room: float = 0, middle: bool = False
) -> float:
    """Write rows with so much ``room`` between them; return where they end."""
    counted = rows[0][0] in {"序号", "4", "6", "1"}
    xs = edges() if counted else edges([160, 150, 80, 60])
    for row in rows:
        high = STEP * max(cell.count("\n") + 1 for cell in row)
        for x, cell in zip(xs, row, strict=False):
            own = STEP * (cell.count("\n") + 1)
            pen.write(x + 5, top + ((high - own) / 2 if middle else 0), cell, step=STEP)
        top += high + room
    return top


def read(tmp_path, *pages):
    path = tmp_path / "方案.pdf"
    path.write_bytes(pdf(*pages))
    document = read_document(path)
    assert not [n for n in document.not_read if n.why == MISSING]
    return document


def rows_of(document):
    return [list(line.cells) for line in document.lines if line.cells]


def doubts_of(document):
    reasons = [doubt.reason for doubt in read_plan(document).doubts]
    return [r for r in reasons if "像是表头" in r or "像是没有表格线" in r]


def plain(rows):
    return [[cell.replace("\n", "") for cell in row] for row in rows]


def titled(pen: Pen) -> None:
    pen.middle(297, 60, TITLE, 18)
    pen.write(70, 100, CHAPTER)


@pytest.mark.parametrize("room", [0, 3, 12])
@pytest.mark.parametrize("rows", [ROWS, [*ROWS, LONG], [LONG, *ROWS[:1]], ROWS[:1]])
def test_a_table_without_rules_is_rows_between_its_head_and_the_next_chapter(tmp_path, rows, room):
    rows = [[str(at), *row[1:]] for at, row in enumerate(rows, start=1)]

    def draw(pen: Pen) -> None:
        titled(pen)
        low = write(pen, [HEAD, *rows], 130, room)
        pen.write(70, low + 10, "\n".join(NEXT))

    document = read(tmp_path, draw)

    assert rows_of(document) == plain([HEAD, *rows])
    assert [line.text for line in document.lines if not line.cells] == [TITLE, CHAPTER, *NEXT]
    assert doubts_of(document) == []
    assert [task.title for task in read_plan(document).plan.tasks] == [
        row[1] for row in plain(rows)
    ]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (["工作任务", "责任单位"], [["规范执法程序", "市司法局"], ["开展培训", "市教育局"]]),
        (["序号", "重点任务", "牵头\n单位", "完成\n时限"], ROWS),  # a head of two lines
        (["序号", "工作任务", "责任单位", "备注"], [[*row[:3], ""] for row in ROWS]),
    ],
)
def test_heads_of_many_kinds_name_the_columns(tmp_path, head, rows):
    document = read(tmp_path, lambda pen: write(pen, [head, *rows], 130, 6))

    assert plain(rows_of(document)) == plain([head, *rows])


def test_rows_go_on_over_the_page_with_and_without_the_head(tmp_path):
    def first(pen: Pen) -> None:
        titled(pen)
        write(pen, [HEAD, *ROWS], 740)

    def bare(pen: Pen) -> None:
        write(pen, [LONG, ["5", *ROWS[0][1:]]], 60)

    def headed(pen: Pen) -> None:
        low = write(pen, [HEAD, ["6", *ROWS[1][1:]]], 60)
        pen.write(70, low + 10, "\n".join(NEXT))

    document = read(tmp_path, first, bare, headed)

    rows = [*ROWS, LONG, ["5", *ROWS[0][1:]], ["6", *ROWS[1][1:]]]
    assert [task.title for task in read_plan(document).plan.tasks] == [r[1] for r in plain(rows)]
    assert len({line.table for line in document.lines if line.cells}) == 1


def test_rows_over_the_page_that_are_not_sure_are_doubted(tmp_path):
    full = ["全面推进政务公开工作落实", "市政务服务和大数据局"]  # whose every line fills its column

    def draw(pen: Pen) -> None:
        titled(pen)
        write(pen, [["工作任务", "责任单位"], *[["规范执法", "市司法局"]] * 3], 740)

    document = read(tmp_path, draw, lambda pen: write(pen, [full] * 3, 60))

    assert len(rows_of(document)) == 4
    [doubt] = [left for left in document.not_read if left.why == UNSURE]
    assert (doubt.page, doubt.letters, doubt.words) == (2, 0, " ".join(full))
    assert doubts_of(document)


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        # Cells in the middle of their rows, and no room between these: whose line is whose?
        (["任务", "单位"], [["规范执法\n开展检查", "市司法局\n市公安局\n市教育局"], ["案卷评查", "市教育局\n市民政局"]]),
        # A line with all cells may be a row, or the rest of one.
        (["任务", "单位"], [["规范执法程序开展检查", "市司法局、市公安局"], ["组织案卷评查培训工作", "市教育局、市民政局"]]),
        # Is the last line a part of the cell, or a text below the table?
        (HEAD, [*ROWS, ["\n", "\n由市司法局牵头", "", ""]]),
    ],
)  # fmt: skip
def test_rows_that_are_not_sure_stay_lines_and_are_doubted(tmp_path, head, rows):
    def draw(pen: Pen) -> None:
        titled(pen)
        write(pen, [head, *rows], 130, middle=True)

    document = read(tmp_path, draw)

    assert rows_of(document) == []
    assert doubts_of(document)


def test_a_line_that_speaks_of_units_is_no_head(tmp_path):
    def draw(pen: Pen) -> None:
        titled(pen)
        pen.write(
            70,
            130,
            "各牵头单位、责任单位要按照完成时限推进工作任务。\n\n各责任单位 市司法局 市教育局",
        )

    document = read(tmp_path, draw)

    assert rows_of(document) == doubts_of(document) == []
