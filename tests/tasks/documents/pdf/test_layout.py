"""Where the lines of a page stand, and in which order a person reads them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tasks.documents.reading import read_document
from tests.support.pdf_drawing import FONT, Pen, edges, pdf, write_cells

TITLE = "芦汀县法治建设实施方案"
LINE = "为深入推进法治政府建设示范创建"  # as wide as a column of a newspaper
FULL = "为深入推进法治政府建设示范创建工作，根据上级部署，结合我县实际"


def lines(tmp_path: Path, *draw: Callable[[Pen], None], change: Any = bytes) -> list[str]:
    path = tmp_path / "方案.pdf"
    path.write_bytes(change(pdf(*draw)))
    return [" | ".join(line.cells) or line.text for line in read_document(path).lines]


def ruled(pen: Pen, left: float, top: float) -> None:
    xs, ys = edges([50, 90, 70], left), [top + 24 * n for n in range(4)]
    for y in ys:
        pen.level(y, xs[0], xs[-1])
    for x in xs:
        pen.upright(x, ys[0], ys[-1])
    write_cells(
        pen, [["序号", "任务", "单位"], ["1", "清理", "甲局"], ["2", "评查", "乙局"]], ys, xs
    )


ROWS = ["序号 | 任务 | 单位", "1 | 清理 | 甲局", "2 | 评查 | 乙局"]


@pytest.mark.parametrize("lower", [0, 4, 9], ids=["in a row", "a little lower", "between"])
def test_columns_of_a_newspaper_are_read_one_after_the_other(tmp_path, lower):
    def draw(pen: Pen) -> None:
        pen.middle(297, 60, TITLE, 18)
        for at in range(8):
            pen.write(60, 120 + at * 18, f"左{at}{LINE}", 12)
            pen.write(310, 120 + at * 18 + lower, f"右{at}{LINE}", 12)
        pen.write(60, 320, FULL, 12)

    assert lines(tmp_path, draw) == [
        TITLE,
        *(f"左{at}{LINE}" for at in range(8)),
        *(f"右{at}{LINE}" for at in range(8)),
        FULL,
    ]


@pytest.mark.parametrize("room", [3, 6, 12, 24])
@pytest.mark.parametrize("indent", [0, 24])
def test_a_mark_that_hangs_out_of_a_column_parts_it_not(tmp_path, room, indent):
    wide = 60 + 12 * 17  # where the first column ends, its longest lines without the mark

    def draw(pen: Pen) -> None:
        for at in range(12):
            first = indent if at % 4 == 0 else 0
            text = (LINE + "如下")[: 16 - first // 12]
            pen.write(60 + first, 120 + at * 18, "左" + text, 12)
            if at in (2, 7):
                pen.write(wide, 120 + at * 18, "。", 12)
            pen.write(wide + 12 + room + first, 120 + at * 18, "右" + text, 12)

    read = lines(tmp_path, draw)
    assert [line[0] for line in read] == ["左"] * 12 + ["右"] * 12
    assert [at for at, line in enumerate(read) if line.endswith("。")] == [2, 7]


def test_columns_of_three_and_a_short_last_line_are_columns(tmp_path):
    def draw(pen: Pen) -> None:
        for column in range(3):
            for at in range(6):
                text = f"{column}{at}" + (LINE[:10] if at < 5 else "完。")
                pen.write(50 + 170 * column, 120 + at * 18, text, 12)

    ends = [LINE[:10]] * 5 + ["完。"]
    assert lines(tmp_path, draw) == [
        f"{column}{at}{end}" for column in range(3) for at, end in enumerate(ends)
    ]


def test_names_side_by_side_are_read_line_by_line(tmp_path):
    def draw(pen: Pen) -> None:
        for at, (one, other) in enumerate(
            [("甲局", "乙局"), ("丙委", "丁办"), ("戊镇", "己乡")] * 3
        ):
            pen.write(70, 100 + at * 20, one, 12)
            pen.write(320, 100 + at * 20, other, 12)

    assert lines(tmp_path, draw) == ["甲局 乙局", "丙委 丁办", "戊镇 己乡"] * 3


def test_a_signature_stays_in_its_place_and_line(tmp_path):
    def draw(pen: Pen) -> None:
        pen.write(70, 100, FULL, 12)
        pen.write(350, 140, "芦汀县人民政府", 12)
        pen.write(360, 160, "2026年3月5日", 12)
        pen.write(70, 200, "联系科室：某科", 12)
        pen.write(350, 200, "电话：5550000", 12)

    assert lines(tmp_path, draw) == [
        FULL,
        "芦汀县人民政府",
        "2026年3月5日",
        "联系科室：某科 电话：5550000",
    ]


def test_text_beside_above_and_below_a_table_is_read_in_its_place(tmp_path):
    def draw(pen: Pen) -> None:
        pen.write(60, 60, "上面的话", 10)
        ruled(pen, 200, 100)
        pen.write(60, 110, "左边的话", 10)
        pen.write(60, 130, "左边又一句", 10)
        pen.write(440, 110, "右边的话", 10)
        pen.write(60, 200, "下面的话", 10)

    assert lines(tmp_path, draw) == [
        "上面的话",
        "左边的话",
        "左边又一句",
        *ROWS,
        "右边的话",
        "下面的话",
    ]


def test_a_table_in_one_column_of_a_newspaper_stays_in_it(tmp_path):
    def draw(pen: Pen) -> None:
        for at in range(12):
            pen.write(330, 100 + at * 18, f"右{at}{LINE}", 12)
            if not 4 <= at < 9:
                pen.write(60, 100 + at * 18, f"左{at}{LINE}", 12)
        ruled(pen, 60, 176)

    assert lines(tmp_path, draw) == [
        *(f"左{at}{LINE}" for at in range(4)),
        *ROWS,
        *(f"左{at}{LINE}" for at in range(9, 12)),
        *(f"右{at}{LINE}" for at in range(12)),
    ]


def test_raised_and_lowered_letters_stay_in_their_line(tmp_path):
    def draw(pen: Pen) -> None:
        pen.write(70, 100, "绿化300m", 12)
        pen.write(70 + 52, 98.5, "2", 7)
        pen.write(70 + 60, 100, "以上", 12)
        pen.write(70, 120, "减排CO", 12)
        pen.write(70 + 42, 127, "2", 7)
        pen.write(70 + 50, 120, "三成", 12)

    assert lines(tmp_path, draw) == ["绿化300m2以上", "减排CO2三成"]


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ([(70, "Open Government"), (180, "Data")], "Open Government Data"),
        ([(70, "总体"), (95, "要求")], "总体要求"),  # set wide, as of a justified line
        ([(70, "市司法局"), (132, "市财政局")], "市司法局 市财政局"),  # a whole letter of room
        ([(70, "市司法局 市财政局")], "市司法局 市财政局"),  # a blank that was typed
        ([(70, "到"), (85, "2026"), (112, "年底")], "到2026年底"),  # as LibreOffice sets it
        ([(70, "第 3 类")], "第 3 类"),
    ],
)
def test_blanks_are_those_of_the_writer(tmp_path, drawn, read):
    def draw(pen: Pen) -> None:
        for x, text in drawn:
            pen.write(x, 100, text, 12)
        pen.write(70, 140, FULL, 12)

    assert lines(tmp_path, draw)[0] == read


def test_letters_printed_twice_to_be_bold_are_read_once(tmp_path):
    def draw(pen: Pen) -> None:
        for along in (0, 0.3, 0.6):
            pen.write(70 + along, 80, "芦汀县创建方案（2011）ll", 16)

    assert lines(tmp_path, draw) == ["芦汀县创建方案（2011）ll"]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_upright(tmp_path, degrees):
    def draw(pen: Pen) -> None:
        x, y = {90: (595, 0), 180: (595, 842), 270: (0, 842)}[degrees]
        pen.canvas.translate(x, y)
        pen.canvas.rotate(degrees)
        pen.high = 842 if degrees == 180 else 595
        pen.write(60, 60, "一、" + LINE, 12)
        ruled(pen, 200, 100)
        pen.write(60, 300, "二、" + LINE, 12)

    assert lines(tmp_path, draw) == ["一、" + LINE, *ROWS, "二、" + LINE]


def test_a_page_shown_turned_by_the_file_is_read_as_shown(tmp_path):
    def draw(pen: Pen) -> None:
        pen.canvas.setPageRotation(90)
        pen.canvas.translate(595, 0)
        pen.canvas.rotate(90)
        pen.high = 595
        pen.write(60, 60, "一、" + LINE, 12)
        ruled(pen, 200, 100)

    assert lines(tmp_path, draw) == ["一、" + LINE, *ROWS]


def test_words_along_the_edge_are_a_line_of_their_own(tmp_path):
    def draw(pen: Pen) -> None:
        for at in range(4):
            pen.write(70, 100 + at * 20, FULL, 12)
        pen.canvas.translate(40, 300)
        pen.canvas.rotate(90)
        pen.canvas.setFont(FONT, 10)
        pen.canvas.drawString(0, 0, "装订线 Page A")

    assert lines(tmp_path, draw) == [FULL] * 4 + ["装订线 Page A"]


SIDE = "侧边竖排文字"
CUT = ["（一）规范执法。（牵头单位：芦汀县司", "法局；责任单位：某局）", "（二）公开结果。"]


@pytest.mark.parametrize(
    ("written", "beside", "read"),
    [
        (
            [*CUT],
            0,
            [*CUT[:2], SIDE, CUT[2]],
        ),  # cut in the middle of a name: before the next number
        (
            ["清理事项。", "开展评查。", "公开结果。"],
            0,
            ["清理事项。", SIDE, "开展评查。", "公开结果。"],
        ),
        (
            ["一、目标", "各单位要加强领", "导，落实责任"],
            0,
            ["一、目标", "各单位要加强领", "导，落实责任", SIDE],
        ),
        (
            ["清理事项。", "各单位要加强领", "导，落实责"],
            1,
            ["清理事项。", SIDE, "各单位要加强领", "导，落实责"],
        ),
    ],
    ids=["before a number", "behind a stop", "at the end", "before a line cut by the page"],
)
@pytest.mark.parametrize("degrees", [90, 270])
def test_words_along_the_edge_never_stand_in_a_sentence(tmp_path, written, beside, read, degrees):
    def draw(pen: Pen) -> None:
        for at, text in enumerate(written):
            pen.write(70, 100 + at * 20, text, 12)
        # The words begin beside a line and run along those below it.
        pen.canvas.translate(500, 842 - 108 - 20 * beside - (72 if degrees == 90 else 0))
        pen.canvas.rotate(degrees)
        pen.canvas.setFont(FONT, 12)
        pen.canvas.drawString(0, 0, SIDE)

    assert lines(tmp_path, draw) == read


def test_text_in_columns_is_read_from_the_right(tmp_path):
    def draw(pen: Pen) -> None:
        pen.write(500, 100, "竖排第一列的文字", 12)
        pen.write(480, 100, "竖排第二列的文字", 12)

    def upright(content: bytes) -> bytes:
        return content.replace(b"UniGB-UCS2-H", b"UniGB-UCS2-V")

    assert lines(tmp_path, draw, change=upright) == ["竖排第一列的文字", "竖排第二列的文字"]


@pytest.mark.parametrize("degrees", [-2, -0.7, 0.7, 2])
def test_the_lines_of_a_sheet_that_lay_askew_in_the_scanner_are_whole(tmp_path, degrees):
    def draw(pen: Pen) -> None:
        pen.canvas.translate(0, -12 * degrees)
        pen.canvas.rotate(degrees)
        for at in range(10):
            pen.write(60, 100 + at * 20, f"{at}{FULL}，制定本方案", 12)

    assert lines(tmp_path, draw) == [f"{at}{FULL}，制定本方案" for at in range(10)]


@pytest.mark.parametrize("side", [100, 460], ids=["left", "right"])
@pytest.mark.parametrize("lower", [0, 30, -30])
@pytest.mark.parametrize(
    "words", [("长长的竖排文字", "短的"), ("短的", "长长的竖排文字", "中等的")]
)
@pytest.mark.parametrize("degrees", [90, 270])
def test_words_turned_beside_a_table_are_whole_and_in_order(tmp_path, degrees, words, lower, side):
    def draw(pen: Pen) -> None:
        pen.write(60, 60, "上面的话。", 10)
        ruled(pen, 200, 120)
        for at, text in enumerate(words):
            pen.canvas.saveState()
            # Read upwards the next line stands to the right, downwards to the left.
            x = side + 18 * (at if degrees == 90 else -at)
            half = 6 * len(text) * (1 if degrees == 90 else -1)
            pen.canvas.translate(x, 842 - 156 - lower - half)
            pen.canvas.rotate(degrees)
            pen.canvas.setFont(FONT, 12)
            pen.canvas.drawString(0, 0, text)
            pen.canvas.restoreState()
        pen.write(60, 240, "下面的话。", 10)

    read = lines(tmp_path, draw)

    at = read.index(words[0])
    assert read[at : at + len(words)] == list(words)
    assert [line for line in read if line not in words] == ["上面的话。", *ROWS, "下面的话。"]
