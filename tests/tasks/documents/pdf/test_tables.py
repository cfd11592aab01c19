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


BODY = [
    "为深入推进法治政府建设，根据上级部署，结合我县实际，制定本实施方案如",
    "下。各成员单位要提高站位，压实责任，对照任务分解表逐项抓好落实，确保",
    "按时完成创建任务，并于每月二十五日前向领导小组办公室报送进展情况，由",
    "办公室汇总后报领导小组。",
]


def frame(pen: Pen) -> None:
    """Draw a frame around text."""
    pen.box(60, 100, 520, 200)
    for at, line in enumerate(BODY):
        pen.write(70, 110 + 16 * at, line)


def page_border(pen: Pen) -> None:
    pen.box(30, 30, 565, 812)
    pen.box(34, 34, 561, 808)
    for at, line in enumerate(BODY):
        pen.write(70, 110 + 16 * at, line)


def rules_over_and_under(pen: Pen) -> None:
    """Draw what a letter with a red head has: a double rule at the head and one at the foot."""
    pen.middle(300, 40, "芦汀县人民政府办公室", 20)
    for y in (80, 82, 780, 782):
        pen.level(y, 70, 525)
    pen.write(380, 90, "芦政办函〔2026〕9号")
    for at, line in enumerate(BODY):
        pen.write(70, 150 + 16 * at, line)
    pen.write(380, 260, "2026年3月1日")


def head_and_foot_rules(pen: Pen) -> None:
    pen.write(70, 40, "芦汀县人民政府公报")
    pen.write(440, 40, "2026年第4期")
    pen.level(54, 70, 525)
    for at, line in enumerate(BODY):
        pen.write(70, 110 + 16 * at, line)
    pen.level(780, 70, 525)
    pen.write(70, 786, "主办单位：县政府办公室")
    pen.write(440, 786, "第 3 页")


def blanks(pen: Pen) -> None:
    """Draw the blanks of a form, to be filled in by hand."""
    for at, line in enumerate(["单位：", "姓名：", "职务：", "电话："]):
        pen.write(70, 110 + 24 * at, line)
        pen.level(122 + 24 * at, 105, 250)
        pen.write(280, 110 + 24 * at, line)
        pen.level(122 + 24 * at, 315, 460)


def underlined(pen: Pen) -> None:
    for at, line in enumerate(BODY):
        pen.write(70, 110 + 16 * at, line)
        pen.level(122 + 16 * at, 70, 70 + 10 * len(line))


def footnote(pen: Pen) -> None:
    for at, line in enumerate(BODY):
        pen.write(70, 110 + 16 * at, line)
    pen.level(700, 70, 200)
    pen.write(70, 706, "①本方案所称成员单位，是指领导小组各成员单位。")


def between_columns(pen: Pen) -> None:
    """Draw the rule between the columns of a gazette."""
    pen.upright(298, 100, 400)
    for at in range(12):
        pen.write(70, 110 + 16 * at, "左栏的文字写满这一栏的宽度一直到边")
        pen.write(310, 110 + 16 * at, "右栏的文字写满这一栏的宽度一直到边")


def between_three_columns(pen: Pen) -> None:
    for x in (215, 375):
        pen.upright(x, 100, 310)
    for at in range(12):
        for x in (60, 220, 380):
            pen.write(x, 110 + 16 * at, "这一栏的文字写满整栏的宽度")


def paragraphs_between_rules(pen: Pen) -> None:
    for block in range(4):
        pen.level(100 + 80 * block, 60, 525)
        for at, line in enumerate(BODY):
            pen.write(70, 110 + 80 * block + 16 * at, line)


def one_column(pen: Pen) -> None:
    for at, line in enumerate(BODY):
        pen.box(60, 100 + 24 * at, 520, 124 + 24 * at)
        pen.write(70, 106 + 24 * at, line)


def struck(pen: Pen) -> None:
    for at, line in enumerate(BODY):
        pen.write(70, 110 + 16 * at, line)
        pen.level(115 + 16 * at, 70, 170)
        pen.upright(66, 108, 108 + 16 * at)


@pytest.mark.parametrize(
    "draw",
    [frame, page_border, rules_over_and_under, head_and_foot_rules, blanks, underlined, footnote,
     between_columns, between_three_columns, paragraphs_between_rules, one_column, struck],
)  # fmt: skip
def test_rules_that_only_adorn_the_page_make_no_table(draw):
    assert rows(pdf(draw)) == []


@pytest.mark.parametrize("way", [lines, three_lines, level_only, upright_only])
def test_what_adorns_the_page_does_not_change_its_table(way):
    def draw(pen: Pen) -> None:
        pen.box(30, 30, 565, 812)
        pen.level(54, 70, 525)
        pen.level(780, 70, 525)
        pen.write(70, 40, "芦汀县人民政府公报")
        for at, line in enumerate(BODY):
            pen.write(70, 290 + 16 * at, line)
        pen.write(70, 400, "填报单位：")
        pen.level(412, 120, 250)
        way(pen)
        write_cells(pen, ALL, YS)

    content = pdf(draw)

    assert rows(content) == [ALL]
    assert beside(content).endswith("填报单位：")


def test_text_beside_a_table_is_in_none_of_its_cells():
    def draw(pen: Pen) -> None:
        xs = edges([60, 100, 80])
        for y in YS:
            pen.level(y, xs[0], xs[-1])
        for x in xs:
            pen.upright(x, YS[0], YS[-1])
        write_cells(pen, [row[:3] for row in ALL], YS, xs)
        for at, line in enumerate(["右侧的说明写在", "表格以外，自成", "一段文字。"]):
            pen.write(340, 130 + 16 * at, line)

    content = pdf(draw)

    assert rows(content) == [[row[:3] for row in ALL]]
    assert beside(content) == "右侧的说明写在表格以外，自成一段文字。"


def test_text_in_the_frame_of_a_table_stays_text():
    def draw(pen: Pen) -> None:
        pen.box(XS[0], 60, XS[-1], YS[-1] + 80)
        for at, line in enumerate(BODY):
            pen.write(80, 62 + 14 * at, line[:30])
            pen.write(80, YS[-1] + 10 + 14 * at, line[:30])
        lines(pen)
        write_cells(pen, ALL, YS)

    assert rows(pdf(draw)) == [ALL]


def test_a_table_within_a_frame_is_read_alone():
    def draw(pen: Pen) -> None:
        pen.box(40, 60, 555, 400)
        pen.write(70, 70, "任务分解表（单位：项）")
        lines(pen)
        write_cells(pen, ALL, YS)
        pen.write(70, 300, "注：以上任务按月通报。")

    content = pdf(draw)

    assert rows(content) == [ALL]
    assert beside(content) == "任务分解表（单位：项）注：以上任务按月通报。"


def test_a_table_in_a_cell_is_read_once():
    def draw(pen: Pen) -> None:
        xs, ys = edges([80, 330]), [100, 130, 260]
        for y in ys:
            pen.level(y, xs[0], xs[-1])
        for x in xs:
            pen.upright(x, ys[0], ys[-1])
        write_cells(pen, [["项目", "内容"], ["分解", ""]], ys, xs)
        inner = edges([100, 100], 170)
        for y in (150, 180, 210):
            pen.level(y, inner[0], inner[-1])
        for x in inner:
            pen.upright(x, 150, 210)
        write_cells(pen, [["普法", "市司法局"], ["执法", "市城管局"]], [150, 180], inner)

    [table] = tables(pdf(draw))

    assert table.rows[0] == ["项目", "内容"]
    assert letters_of(table.rows[1][1]) == "普法市司法局执法市城管局"


def test_a_table_of_one_row_is_a_table():
    def draw(pen: Pen) -> None:
        for y in YS[:2]:
            pen.level(y, XS[0], XS[-1])
        for x in XS:
            pen.upright(x, YS[0], YS[1])
        write_cells(pen, [ROWS[2]], YS)

    assert rows(pdf(draw)) == [[ROWS[2]]]


def test_two_tables_of_a_page_stay_two():
    def draw(pen: Pen) -> None:
        three_lines(pen)
        write_cells(pen, ALL, YS)
        pen.middle(275, 240, "表2 指标分解表")
        for y in (260, 284, 332):
            pen.level(y, XS[0], XS[-1])
        write_cells(
            pen,
            [["序号", "指标", "目标值"], ["1", "办结率", "95%"], ["2", "满意度", "90%"]],
            [260, 284, 308],
        )

    assert rows(pdf(draw)) == [
        ALL,
        [["序号", "指标", "目标值"], ["1", "办结率", "95%"], ["2", "满意度", "90%"]],
    ]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_table_of_a_turned_page_is_read(turn):
    def draw(pen: Pen) -> None:
        pen.canvas.setPageRotation(turn)
        pen.canvas.saveState()
        pen.canvas.translate(*{90: (842, 0), 180: (842, 595), 270: (0, 595)}[turn])
        pen.canvas.rotate(turn)
        lines(Pen(pen.canvas, {90: 842, 180: 595, 270: 842}[turn]))
        write_cells(Pen(pen.canvas, {90: 842, 180: 595, 270: 842}[turn]), ALL, YS)
        pen.canvas.restoreState()

    assert rows(pdf(draw, size=(842, 595))) == [ALL]


def test_a_drawing_of_many_strokes_neither_hangs_nor_is_refused():
    import time

    def draw(pen: Pen) -> None:
        pen.write(70, 60, "示意图")
        for at in range(10_000):
            pen.level(100 + at * 0.05, 70, 80 + at % 300)

    content = pdf(draw)
    start = time.monotonic()
    assert rows(content) == []
    assert time.monotonic() - start < 20


def test_a_grid_of_the_most_strokes_is_read_soon():
    import time

    from tasks.documents.pdf.rules import Stroke, Strokes
    from tasks.documents.pdf.tables import tables_between

    level = [Stroke(n * 8.0, 0, 5000) for n in range(600)]
    upright = [Stroke(n * 8.0, 0, 4800) for n in range(600)]
    letters = [
        Glyph("字", n % 600 * 8 + 1, n % 600 * 8 + 7, n // 600 * 8 + 1, n // 600 * 8 + 7, n)
        for n in range(100_000)
    ]
    start = time.process_time()
    tables_between(Strokes(level, upright), letters)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("way", [three_lines, level_only])
def test_what_is_signed_under_a_table_is_no_row_of_it(way):
    def draw(pen: Pen) -> None:
        way(pen)
        write_cells(pen, ALL, YS)
        pen.write(400, YS[-1] + 5, "市法治办")
        pen.write(395, YS[-1] + 20, "2026年3月5日")

    content = pdf(draw)

    assert rows(content) == [ALL]
    assert beside(content) == "市法治办2026年3月5日"


@pytest.mark.parametrize("way", ["grid", "open", "three", "level", "upright"])
def test_the_name_of_a_group_of_rows_is_one_cell_whatever_is_drawn(way):
    listed = [HEAD, ["一、规范执法"] * 4, *ROWS[:2], ["二、强化监督"] * 4, ROWS[2]]
    ys = [TOP + HIGH * n for n in range(len(listed) + 1)]

    def draw(pen: Pen) -> None:
        for y in ys if way != "three" else (ys[0], ys[1], ys[-1]):
            if way != "upright":
                pen.level(y, XS[0], XS[-1])
        for top, bottom, row in zip(ys, ys[1:], listed, strict=False):
            if row[0] != row[1]:
                inner = XS[1:-1] if way in ("grid", "open", "upright") else ()
                for x in inner:
                    pen.upright(x, top, bottom)
                write_cells(pen, [row], [top])
            else:
                pen.write(XS[0] + 5, top + 6, row[0])
        if way == "grid":
            pen.box(XS[0], ys[0], XS[-1], ys[-1])

    assert rows(pdf(draw)) == [listed]


def test_the_name_of_the_next_table_is_no_row_of_the_one_before():
    def draw(pen: Pen) -> None:
        open_sides(pen)
        write_cells(pen, ALL, YS)
        pen.middle(275, YS[-1] + 8, "表2 指标分解表")
        for y in YS[:3]:
            pen.level(y + 126, XS[0], XS[-1])
        for x in XS[1:-1]:
            pen.upright(x, YS[0] + 126, YS[2] + 126)
        write_cells(pen, [HEAD, ROWS[0]], [y + 126 for y in YS])

    content = pdf(draw)

    assert rows(content) == [ALL, [HEAD, ROWS[0]]]
    assert beside(content) == "表2指标分解表"


def test_rows_without_numbers_begin_where_no_full_line_goes_on():
    listed = [
        ["工作任务", "责任单位", "备注"],
        ["梳理执法事项清单并\n向社会公布", "市司法局", "按月报送"],
        ["开展案卷评查", "市城管局、市司\n法局", ""],
        ["公开执法结果", "市大数据局", ""],
    ]
    xs = edges([102, 82, 60])
    ys = [TOP + 0.0]
    for row in listed:
        ys.append(ys[-1] + 14 * max(cell.count("\n") + 1 for cell in row))

    def draw(pen: Pen) -> None:
        for y in (ys[0], ys[1], ys[-1] + 2):
            pen.level(y, xs[0], xs[-1])
        write_cells(pen, listed, [y - 4 for y in ys], xs)

    assert rows(pdf(draw)) == [[[cell.replace("\n", "") for cell in row] for row in listed]]


def test_a_slanted_line_is_no_rule():
    def draw(pen: Pen) -> None:
        lines(pen)
        pen.canvas.line(XS[0], pen.high - YS[0], XS[1], pen.high - YS[1])
        write_cells(pen, ALL, YS)

    assert rows(pdf(draw)) == [ALL]


def hostile_rules():
    """Yield pages that are made to eat time: rules, and letters in their way."""
    from tasks.documents.pdf.rules import Stroke

    wide = [Stroke(n * 6.0, 0, 5000) for n in range(180)]
    spread = [
        Glyph("字", n % 250 * 20, n % 250 * 20 + 5, n // 250 * 2, n // 250 * 2 + 1.9, n)
        for n in range(50_000)
    ]
    yield wide, [], spread
    yield wide[:2], [], spread
    yield [], [Stroke(n * 8.0, 0, 4000) for n in range(600)], spread
    boxes = [(n % 30 * 30.0, n // 30 * 30.0) for n in range(300)]
    yield (
        sorted(Stroke(y + d, x, x + 20) for x, y in boxes for d in (0, 20)),
        sorted(Stroke(x + d, y, y + 20) for x, y in boxes for d in (0, 20)),
        spread,
    )  # fmt: skip


@pytest.mark.parametrize("number", range(4))
def test_rules_made_to_eat_time_do_not(number):
    import time

    from tasks.documents.pdf.rules import Strokes
    from tasks.documents.pdf.tables import tables_between

    level, upright, letters = list(hostile_rules())[number]
    start = time.process_time()
    tables_between(Strokes(level, upright), letters)
    assert time.process_time() - start < 30


def test_blanks_that_lie_over_letters_part_no_number():
    def draw(pen: Pen) -> None:
        lines(pen)
        write_cells(pen, ALL, YS)
        pen.write(XS[3] + 5, YS[2] + 6, " " * 12)

    assert rows(pdf(draw)) == [ALL]


def test_a_blank_that_parts_names_in_a_cell_stays():
    named = [HEAD, ["1", "梳理执法事项清单", "市公安局 市民政局", "2026年3月底前"], ROWS[1]]

    def draw(pen: Pen) -> None:
        lines(pen)
        write_cells(pen, named, YS)

    assert rows(pdf(draw))[0][1][2] == "市公安局 市民政局"


@pytest.mark.parametrize("room", [4, 5, 6, 8])
@pytest.mark.parametrize("words", ["", "分工如下："])
def test_a_table_in_a_cell_is_read_once_in_its_place(words, room):
    """Its middle rule stands under the middle of the rules around it: they draw no columns together."""
    xs, ys = [60, 130, 330, 400], [100, 124, 124 + 2 * room + 40, 148 + 2 * room + 40]
    inner = [130 + room, 230, 330 - room], [124 + room + 20 * at for at in range(3)]

    def draw(pen: Pen) -> None:
        for across, down in ((xs, ys), inner):
            for y in down:
                pen.level(y, across[0], across[-1])
            for x in across:
                pen.upright(x, down[0], down[-1])
        write_cells(pen, [["任务", words or "安排", "时限"]], ys, xs)
        write_cells(pen, [["评查", "", "六月"], ["公开", "报送", "九月"]], ys[1:], xs)
        write_cells(pen, [["甲局", "主办"], ["乙局", "协办"]], [y - 2 for y in inner[1]], inner[0])

    [first, second, third] = rows(pdf(draw))[0]

    assert first == ["任务", words or "安排", "时限"]
    assert [cell.split() for cell in second] == [["评查"], ["甲局主办", "乙局协办"], ["六月"]]
    assert third == ["公开", "报送", "九月"]
