"""Tables of a PDF that go on over pages, from the file to its rows; whatever of their rules is drawn."""

import pytest

from models.plan.reading.text.document import MISSING
from tasks.documents.pdf.pages import pdf_pages
from tests.support.pdf_drawing import HEAD, Pen, edges, pdf

XS = edges([50, 122, 112, 68])
STEP = 16
ONE = ["1", "梳理执法事项清单", "市司法局", "2026年3月"]
TWO = [
    "2",
    "组织开展行政执法案卷评\n查并通报评查结果",
    "市城市管理局、市司法\n局",
    "2026年6月30\n日前",
]
THREE = ["3", "公开执法结果", "市大数据局", "2026年9月"]
FOUR = ["4", "总结", "市司法局", "2026年12月"]


def plain(row: list[str]) -> list[str]:
    return [cell.replace("\n", "") for cell in row]


def halves(row: list[str]) -> tuple[list[str], list[str]]:
    cells = [cell.partition("\n") for cell in row]
    return [first for first, _, _ in cells], [rest for _, _, rest in cells]


def part(pen: Pen, rows, kind: str, top: float, *, begins: bool, ends: bool, head: bool) -> None:
    """Draw rows of a table of a kind; it ``begins`` or ``ends`` on this page, and may have its head."""
    ys = [top]
    for row in rows:
        ys.append(ys[-1] + 6 + STEP * max(cell.count("\n") + 1 for cell in row))
    for row, y in zip(rows, ys, strict=False):
        for at, cell in enumerate(row):
            pen.write(XS[at] + 5, y + 4, cell, step=STEP)
    if kind in ("grid", "open", "upright"):
        for x in XS if kind == "grid" else XS[1:-1]:
            pen.upright(x, ys[0], ys[-1])
    if kind == "three":
        drawn = [ys[0]] * begins + [ys[1]] * head + [ys[-1]] * ends
    elif kind == "upright":
        drawn = []
    else:
        drawn = [*([ys[0]] if begins else []), *ys[1:-1], *([ys[-1]] if ends else [])]
    for y in drawn:
        pen.level(y, XS[0], XS[-1])


def foot(pen: Pen, number: int) -> None:
    pen.middle(297, 800, f"— {number} —")


def read(content: bytes) -> list[list[list[str]]]:
    """Return the tables of a file, whose letters are all read or named, and none twice."""
    tables: dict[int, list[list[str]]] = {}
    last = 0
    for rows, left in pdf_pages(content):
        assert not [each for each in left if each[0] == MISSING]
        before = last
        for _, cells, table in rows:
            if cells:
                last = max(last, before + table)
                tables.setdefault(before + table, []).append(cells)
    return list(tables.values())


KINDS = ["grid", "open", "three", "level", "upright"]


@pytest.mark.parametrize("repeated", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_the_end_of_a_page_cuts_is_one_row(kind, repeated):
    first, rest = halves(TWO)
    head = [HEAD] if repeated else []

    def one(pen: Pen) -> None:
        pen.write(70, 90, "各成员单位要对照下表逐项抓好落实，按时报送进展情况，不得迟报漏报。")
        part(pen, [HEAD, ONE, first], kind, 680, begins=True, ends=False, head=True)
        foot(pen, 1)

    def two(pen: Pen) -> None:
        part(pen, [*head, rest, THREE, FOUR], kind, 90, begins=False, ends=True, head=repeated)
        pen.write(70, 300, "以上任务由市法治办负责督促，每月通报一次进展，年底进行考核评价。")
        foot(pen, 2)

    assert read(pdf(one, two)) == [[HEAD, ONE, plain(TWO), *head, THREE, FOUR]]


@pytest.mark.parametrize("repeated", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_a_row_alone_on_the_next_page_is_a_row_of_the_table(kind, repeated):
    head = [HEAD] if repeated else []

    def one(pen: Pen) -> None:
        part(pen, [HEAD, ONE, TWO], kind, 660, begins=True, ends=False, head=True)
        foot(pen, 1)

    def two(pen: Pen) -> None:
        part(pen, [*head, THREE], kind, 90, begins=False, ends=True, head=repeated)
        pen.write(70, 300, "以上任务由市法治办负责督促，每月通报一次进展，年底进行考核评价。")
        foot(pen, 2)

    assert read(pdf(one, two)) == [[HEAD, ONE, plain(TWO), *head, THREE]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_over_three_pages_is_one(kind):
    def one(pen: Pen) -> None:
        part(pen, [HEAD, ONE], kind, 700, begins=True, ends=False, head=True)

    def two(pen: Pen) -> None:
        part(pen, [TWO, THREE] * 10, kind, 90, begins=False, ends=False, head=False)

    def three(pen: Pen) -> None:
        part(pen, [FOUR], kind, 90, begins=False, ends=True, head=False)
        pen.write(70, 300, "以上任务由市法治办负责督促，每月通报一次进展，年底进行考核评价。")

    [rows] = read(pdf(one, two, three))

    assert rows == [HEAD, ONE, *[plain(TWO), THREE] * 10, FOUR]


@pytest.mark.parametrize("kind", KINDS)
def test_text_on_the_next_page_is_no_row(kind):
    def one(pen: Pen) -> None:
        part(pen, [HEAD, ONE, TWO, THREE], kind, 600, begins=True, ends=True, head=True)
        foot(pen, 1)

    def two(pen: Pen) -> None:
        pen.write(70, 90, "三、保障措施")
        pen.write(90, 110, "各成员单位要提高站位，压实责任，对照任务分解表逐项抓好落实。")
        pen.write(70, 130, "附件")
        foot(pen, 2)

    content = pdf(one, two)

    assert read(content) == [[HEAD, ONE, plain(TWO), THREE]]
    assert [text for text, _, _ in list(pdf_pages(content))[1][0]][:1] == ["三、保障措施"]
