"""The tables of a page of a PDF, whatever of their rules is drawn."""

from collections import Counter
from io import BytesIO

import pdfplumber
import pytest

from tasks.documents.pages import letters_of
from tasks.documents.pdf.letters import Glyph
from tasks.documents.pdf.tables import Table, tables_of
from tests.support.pdf_drawing import HEAD, HIGH, ROWS, TOP, Pen, edges, pdf, write_cells

ALL = [HEAD, *ROWS]
XS = edges()
YS = [TOP + HIGH * n for n in range(len(ALL) + 1)]


def glyphs(page) -> list[Glyph]:
    return [
        Glyph(c["text"], c["x0"], c["x1"], c["top"], c["bottom"], n)
        for n, c in enumerate(page.chars)
    ]


def tables(content: bytes, page: int = 0) -> list[Table]:
    """Return the tables of a page, which hold every letter they take once, and again what they say."""
    with pdfplumber.open(BytesIO(content)) as file:
        letters = glyphs(file.pages[page])
        found = tables_of(file.pages[page], letters)
    taken: set[int] = set()
    for table in found:
        assert not taken & table.taken
        taken |= table.taken
        read = Counter(letters_of("".join("".join(row) for row in table.rows)))
        held = Counter(letters_of("".join(letters[n].text for n in table.taken)))
        assert read == held + Counter(letters_of("".join(table.again)))
    return found


def rows(content: bytes) -> list[list[list[str]]]:
    return [table.rows for table in tables(content)]


def beside(content: bytes) -> str:
    """Return the letters of the page that no table takes."""
    with pdfplumber.open(BytesIO(content)) as file:
        letters = glyphs(file.pages[0])
        taken = {n for table in tables_of(file.pages[0], letters) for n in table.taken}
    return letters_of("".join(g.text for g in letters if g.number not in taken))


def lines(pen: Pen) -> None:
    for y in YS:
        pen.level(y, XS[0], XS[-1])
    for x in XS:
        pen.upright(x, YS[0], YS[-1])


def boxes(pen: Pen) -> None:
    for top, bottom in zip(YS, YS[1:], strict=False):
        for left, right in zip(XS, XS[1:], strict=False):
            pen.box(left, top, right, bottom)


def thin_boxes(pen: Pen) -> None:
    for y in YS:
        pen.box(XS[0], y - 0.4, XS[-1], y + 0.4, fill=True)
    for x in XS:
        pen.box(x - 0.4, YS[0], x + 0.4, YS[-1], fill=True)


def doubled(pen: Pen) -> None:
    for y in YS:
        for by in (-1, 1):
            pen.level(y + by, XS[0], XS[-1])
    for x in XS:
        for by in (-1, 1):
            pen.upright(x + by, YS[0], YS[-1])


def dashed(pen: Pen) -> None:
    pen.canvas.setDash(3, 2)
    lines(pen)


def pieces(pen: Pen) -> None:
    """Draw dashes one by one, as some printers do."""
    for y in YS:
        for at in range(int(XS[0]), int(XS[-1]), 6):
            pen.level(y, at, at + 3)
    for x in XS:
        for at in range(int(YS[0]), int(YS[-1]), 6):
            pen.upright(x, at, at + 3)


def dots(pen: Pen) -> None:
    for y in YS:
        for at in range(int(XS[0]), int(XS[-1]), 3):
            pen.box(at, y, at + 1, y + 1, fill=True)
    for x in XS:
        for at in range(int(YS[0]), int(YS[-1]), 3):
            pen.box(x, at, x + 1, at + 1, fill=True)


def broken(pen: Pen) -> None:
    """Draw the sides of each cell by themselves, a little short of the corners."""
    for y in YS:
        for left, right in zip(XS, XS[1:], strict=False):
            pen.level(y, left + 1.2, right - 1.2)
    for x in XS:
        for top, bottom in zip(YS, YS[1:], strict=False):
            pen.upright(x, top + 1.2, bottom - 1.2)


def apart(pen: Pen) -> None:
    for top, bottom in zip(YS, YS[1:], strict=False):
        for left, right in zip(XS, XS[1:], strict=False):
            pen.box(left + 0.8, top + 0.8, right - 0.8, bottom - 0.8)


def open_sides(pen: Pen) -> None:
    for y in YS:
        pen.level(y, XS[0], XS[-1])
    for x in XS[1:-1]:
        pen.upright(x, YS[0], YS[-1])


def open_left(pen: Pen) -> None:
    for y in YS:
        pen.level(y, XS[0], XS[-1])
    for x in XS[1:]:
        pen.upright(x, YS[0], YS[-1])


def open_all_round(pen: Pen) -> None:
    for y in YS[1:-1]:
        pen.level(y, XS[0], XS[-1])
    for x in XS[1:-1]:
        pen.upright(x, YS[0], YS[-1])


def open_above_and_below(pen: Pen) -> None:
    for y in YS[1:-1]:
        pen.level(y, XS[0], XS[-1])
    for x in XS:
        pen.upright(x, YS[0], YS[-1])


def three_lines(pen: Pen) -> None:
    for y in (YS[0], YS[1], YS[-1]):
        pen.level(y, XS[0], XS[-1])


def three_lines_in_pieces(pen: Pen) -> None:
    for y in (YS[0], YS[1], YS[-1]):
        for left, right in zip(XS, XS[1:], strict=False):
            pen.level(y, left + 3, right - 3)


def level_only(pen: Pen) -> None:
    for y in YS:
        pen.level(y, XS[0], XS[-1])


def upright_only(pen: Pen) -> None:
    for x in XS:
        pen.upright(x, YS[0], YS[-1])


def upright_within(pen: Pen) -> None:
    for x in XS[1:-1]:
        pen.upright(x, YS[0], YS[-1])


def head_and_columns(pen: Pen) -> None:
    pen.box(XS[0], YS[0], XS[-1], YS[-1])
    pen.level(YS[1], XS[0], XS[-1])
    for x in XS[1:-1]:
        pen.upright(x, YS[0], YS[-1])


WAYS = [
    lines, boxes, thin_boxes, doubled, dashed, pieces, dots, broken, apart, open_sides, open_left,
    open_all_round, open_above_and_below, three_lines, three_lines_in_pieces, level_only,
    upright_only, upright_within, head_and_columns,
]  # fmt: skip


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_a_table_is_read_whatever_of_its_rules_is_drawn(way, centred):
    def draw(pen: Pen) -> None:
        pen.write(70, 60, "各成员单位要对照下表逐项落实，按时报送进展情况。")
        pen.canvas.saveState()
        way(pen)
        pen.canvas.restoreState()
        write_cells(pen, ALL, YS, centred=centred)
        pen.write(70, YS[-1] + 20, "以上任务由市法治办负责督促，每月通报一次进展。")

    content = pdf(draw)

    assert rows(content) == [ALL]
    assert beside(content).startswith("各成员单位") and beside(content).endswith("通报一次进展。")


def test_a_cell_over_rows_and_columns_stands_in_each_and_is_told():
    def draw(pen: Pen) -> None:
        pen.box(XS[0], YS[0], XS[-1], YS[-1])
        pen.level(YS[1], XS[0], XS[-1])
        pen.level(YS[2], XS[1], XS[-1])
        pen.level(YS[3], XS[0], XS[-1])
        for x in XS[1:-1]:
            pen.upright(x, YS[0], YS[3])
        write_cells(pen, [HEAD, ["一类", *ROWS[0][1:]], ["", *ROWS[1][1:]]], YS)
        pen.middle(240, YS[3] + 6, "执法监督")

    [table] = tables(pdf(draw))

    assert table.rows == [
        HEAD,
        ["一类", *ROWS[0][1:]],
        ["一类", *ROWS[1][1:]],
        ["执法监督"] * 4,
    ]
    assert table.again == ["一类", *["执法监督"] * 3]


def test_a_head_of_two_levels_has_two_rows():
    def draw(pen: Pen) -> None:
        lines(pen)
        pen.canvas.setFillGray(0)

    head = [["序号", "任务", "单位", "单位"], ["序号", "任务", "牵头", "配合"]]

    def two(pen: Pen) -> None:
        pen.box(XS[0], YS[0], XS[-1], YS[3])
        pen.level(YS[1], XS[2], XS[-1])
        pen.level(YS[2], XS[0], XS[-1])
        pen.upright(XS[1], YS[0], YS[3])
        pen.upright(XS[2], YS[0], YS[3])
        pen.upright(XS[3], YS[1], YS[3])
        write_cells(pen, [["序号", "任务"], head[1][:0], ["1", "普法", "市司法局", "市教育局"]], YS)
        pen.middle((XS[2] + XS[4]) / 2, YS[0] + 6, "单位")
        write_cells(pen, [["", "", "牵头", "配合"]], YS[1:])

    assert rows(pdf(two)) == [[*head, ["1", "普法", "市司法局", "市教育局"]]]


def test_a_three_line_head_of_two_levels_has_two_rows():
    def draw(pen: Pen) -> None:
        for y in (YS[0], YS[2], YS[-1]):
            pen.level(y, XS[0], XS[-1])
        pen.level(YS[1], XS[2] + 2, XS[-1])
        write_cells(pen, [["序号", "任务"], ["", "", "牵头", "配合"]], YS)
        pen.middle((XS[2] + XS[4]) / 2, YS[0] + 6, "责任单位")
        write_cells(
            pen,
            [["1", "普法宣传", "市司法局", "市教育局"], ["2", "执法检查", "市城管局", "市住建局"]],
            YS[2:],
        )

    assert rows(pdf(draw)) == [
        [
            ["序号", "任务", "责任单位", "责任单位"],
            ["序号", "任务", "牵头", "配合"],
            ["1", "普法宣传", "市司法局", "市教育局"],
            ["2", "执法检查", "市城管局", "市住建局"],
        ]
    ]


LONG = [
    HEAD,
    ["1", "建立执法事项清单动态\n调整机制", "市司法局、市城\n管局", "2026年9月\n底前"],
    ["2", "开展案卷评查", "市城管局", "2026年6月"],
    ["3", "把执法结果向社会公开\n并接受监督，每季度一\n次", "市大数据局", "2026年12月\n底前"],
]
WRAPPED = [[cell.replace("\n", "") for cell in row] for row in LONG]
NARROW = edges([40, 108, 78, 62])


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("kind", ["three lines", "upright"])
def test_the_further_lines_of_a_cell_belong_to_its_row(kind, centred):
    highs = [14 * max(cell.count("\n") + 1 for cell in row) for row in LONG]
    ys = [TOP + 6.0]
    for high in highs:
        ys.append(ys[-1] + high)

    def draw(pen: Pen) -> None:
        if kind == "upright":
            for x in NARROW:
                pen.upright(x, ys[0], ys[-1] + 4)
        else:
            for y in (ys[0], ys[1], ys[-1] + 4):
                pen.level(y, NARROW[0], NARROW[-1])
        for row, top, high in zip(LONG, ys, highs, strict=False):
            for at, cell in enumerate(row):
                shift = (high - 14 * (cell.count("\n") + 1)) / 2 if centred else 0
                pen.write(NARROW[at] + 5, top + 2 + shift, cell)

    assert rows(pdf(draw)) == [WRAPPED]


# Lines of a cell of the given width, and its text: a line that reaches the edge is only wrapped.
BREAKS = [
    (60, "市公安\n局", "市公安\n局"),  # one more would have fitted
    (40, "市公安\n局", "市公安局"),
    (40, "市城管局\n公安局\n民政局", None),
    (70, "市城管局\n公安局\n民政局", "市城管局\n公安局\n民政局"),
    (50, "市城管局\n市公安局\n市民政局", "市城管局\n市公安局\n市民政局"),  # full, but whole names
    (50, "市城管局、\n市公安局、\n市民政局", "市城管局、市公安局、市民政局"),
    (38, "2026年\n12月底\n前", "2026年12月底前"),  # a number is not broken
    (60, "推进“一网\n通办”", "推进“一网通办”"),
    (60, "办结率达\n95.5%以上", "办结率达95.5%以上"),
    (60, "完成整改任\n务，并销号", "完成整改任务，并销号"),
    (36, "第\n一\n阶\n段", "第一阶段"),  # from the top down
    (45, "use of\nopen data", "use of open data"),
]


@pytest.mark.parametrize(("width", "cell", "text"), [b for b in BREAKS if b[2]])
def test_a_line_that_was_wrapped_goes_on_and_a_shorter_one_ends(width, cell, text):
    xs = edges([60, width + 10])
    ys = [TOP, TOP + 24, TOP + 24 + 14 * (cell.count("\n") + 1) + 10]

    def draw(pen: Pen) -> None:
        for y in ys:
            pen.level(y, xs[0], xs[-1])
        for x in xs:
            pen.upright(x, ys[0], ys[-1])
        write_cells(pen, [["任务", "单位"], ["普法", cell]], ys, xs)

    assert rows(pdf(draw)) == [[["任务", "单位"], ["普法", text]]]


def test_platypus_tables_with_wrapped_cells_are_read():
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdf()
    style = ParagraphStyle("x", fontName="STSong-Light", fontSize=9, leading=12, wordWrap="CJK")
    wide = [
        HEAD,
        ["1", "建立行政执法事项清单动态调整机制，每年第一季度向社会公布", "市司法局、市城市管理局、市市场监督管理局", "2026年9月30日前完成"],
        ["2", "组织开展行政执法案卷评查", "市司法局", "长期坚持"],
    ]  # fmt: skip
    kept = BytesIO()
    table = Table(
        [[Paragraph(cell, style) for cell in row] for row in wide],
        [36, 120, 90, 70],
        style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
    )
    SimpleDocTemplate(kept).build([Paragraph("任务分解表", style), table])

    assert rows(kept.getvalue()) == [wide]
