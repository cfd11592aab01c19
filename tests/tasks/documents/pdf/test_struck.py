"""Words with a rule drawn through them are struck out and named; what else runs near letters strikes nothing."""

import pytest

from models.plan.reading.text.marks import RULED_OVER
from tasks.documents.pages import CROSSED
from tests.support.pdf_drawing import FONT, Pen, edges, write_cells
from tests.support.pdf_reading import read_drawn

WORDS = "由市司法局市公安局牵头"  # the second to fifth letters are struck out
FULL = "为深入推进法治政府建设示范创建工作"


def text(pen: Pen) -> None:
    for at in range(4):
        pen.write(70, 300 + at * 22, FULL, 13)


def line(up: float, thick: float = 0.06, size: float = 12, first: int = 1, last: int = 5):
    """Draw a rule along some of the words, ``up`` of the size above the base line."""

    def draw(pen: Pen) -> None:
        pen.write(70, 100, WORDS, size)
        pen.canvas.setLineWidth(thick * size)
        pen.level(100 + size - up * size, 70 + first * size, 70 + last * size)

    return draw


def box(pen: Pen) -> None:
    pen.write(70, 100, WORDS, 12)
    pen.box(82, 107.5, 130, 108.2, fill=True)


def piece_by_piece(pen: Pen) -> None:
    pen.write(70, 100, WORDS, 12)
    for at in range(1, 5):
        pen.box(70 + at * 12, 107.5, 82 + at * 12, 108.2, fill=True)


def red_and_double(pen: Pen) -> None:
    pen.canvas.setStrokeColorRGB(1, 0, 0)
    line(0.15)(pen)
    line(0.3)(pen)


def enlarged(pen: Pen) -> None:
    pen.canvas.saveState()
    pen.canvas.translate(70, 730)
    pen.canvas.scale(0.012, 0.012)
    pen.canvas.setFont(FONT, 1000)
    pen.canvas.drawString(0, 0, WORDS)
    pen.canvas.rect(1000, 300, 4000, 60, stroke=0, fill=1)
    pen.canvas.restoreState()


def set_wide(pen: Pen) -> None:
    pen.canvas.setFont(FONT, 12)
    pen.canvas.drawString(70, 730, WORDS, charSpace=3)
    pen.level(842 - 734, 70 + 15, 70 + 5 * 15 - 3)


@pytest.mark.parametrize(
    "draw",
    [
        line(0.2), line(0.27), line(0.36), line(0.5), line(0.3, thick=0.02), line(0.3, thick=0.18),
        line(0.3, size=8), line(0.3, size=22), line(0.26, size=36), box, piece_by_piece, red_and_double, enlarged, set_wide,
    ],
)  # fmt: skip
def test_a_struck_word_is_named_and_the_words_around_it_meet(tmp_path, draw):
    document = read_drawn(tmp_path, lambda pen: (draw(pen), text(pen)))

    assert document.lines[0].text == "由市公安局牵头"
    named = [(left.why, left.words) for left in document.not_read]
    assert "".join(words for _, words in named) == "市司法局"
    assert {why for why, _ in named} == {CROSSED}


def test_a_line_that_is_struck_from_end_to_end_is_no_line(tmp_path):
    document = read_drawn(tmp_path, lambda pen: (line(0.3, first=0, last=11)(pen), text(pen)))

    assert [each.text for each in document.lines] == [FULL] * 4
    assert [(left.why, left.words) for left in document.not_read] == [(CROSSED, WORDS)]


@pytest.mark.parametrize(
    "draw",
    [
        line(-0.12), line(-0.02), line(0.04),  # underlines
        lambda pen: (line(-0.08)(pen), line(-0.2)(pen)),
        line(0.95),  # above the words
        line(0.3, thick=0.9),  # a bar of colour behind them
        lambda pen: (pen.canvas.setStrokeGray(1), line(0.3)(pen)),  # white on white
        line(0.3, first=-3, last=-1), line(0.3, first=12, last=20),  # a dash beside them
        line(0.3, first=1, last=1.1),  # a tick
    ],
)  # fmt: skip
def test_a_rule_that_is_not_drawn_through_words_strikes_nothing(tmp_path, draw):
    document = read_drawn(tmp_path, lambda pen: (draw(pen), text(pen)))

    assert document.lines[0].text == WORDS
    assert not document.not_read


@pytest.mark.parametrize("words", ["——", "一", "－－－", "~~~"])
def test_a_dash_is_not_struck_by_the_rule_that_draws_it_again(tmp_path, words):
    def draw(pen: Pen) -> None:
        pen.write(70, 100, words, 12)
        pen.level(100 + 12 * 0.64, 70, 70 + 12 * len(words))
        text(pen)

    document = read_drawn(tmp_path, draw)

    assert document.lines[0].text.startswith(words)
    assert not document.not_read


@pytest.mark.parametrize("high", [24, 14, 10.5, 9.5])  # of the rows; the letters have 10
def test_the_rules_of_a_tight_table_strike_nothing(tmp_path, high):
    rows = [["序号", "工作任务", "责任单位", "完成时限"], ["1", "梳理事项清单", "市司法局", "2026年3月"], ["2", "开展评查", "市城管局", "2026年6月"]]  # fmt: skip

    def draw(pen: Pen) -> None:
        ys = [120 + at * high for at in range(4)]
        write_cells(pen, rows, [y - 6 + (high - 10) / 2 for y in ys])
        for y in ys:
            for a, b in zip(edges(), edges()[1:], strict=False):
                pen.level(y, a, b)
        for x in edges():
            pen.upright(x, ys[0], ys[-1])
        text(pen)

    document = read_drawn(tmp_path, draw)

    assert [list(each.cells) for each in document.lines if each.cells] == rows
    assert not document.not_read


def test_a_struck_name_in_a_cell_leaves_the_table_as_it_is(tmp_path):
    rows = [["序号", "责任单位"], ["1", "市司法局市公安局"], ["2", "市城管局"]]

    def draw(pen: Pen) -> None:
        ys, xs = [120.0, 144.0, 168.0, 192.0], [70.0, 110.0, 250.0]
        write_cells(pen, rows, ys, xs)
        for y in ys:
            pen.level(y, xs[0], xs[-1])
        for x in xs:
            pen.upright(x, ys[0], ys[-1])
        pen.level(144 + 6 + 10 - 3, 115, 155)
        text(pen)

    document = read_drawn(tmp_path, draw)

    cells = [list(each.cells) for each in document.lines if each.cells]
    assert cells == [["序号", "责任单位"], ["1", "市公安局"], ["2", "市城管局"]]
    assert [(left.why, left.words) for left in document.not_read] == [(CROSSED, "市司法局")]


@pytest.mark.parametrize("turn", [90, -90])
def test_words_along_the_edge_are_struck_by_a_rule_along_them(tmp_path, turn):
    def draw(pen: Pen) -> None:
        text(pen)
        pen.canvas.setFont(FONT, 12)
        pen.canvas.saveState()
        pen.canvas.translate(500, 500)
        pen.canvas.rotate(turn)
        pen.canvas.drawString(0, 0, WORDS)
        pen.canvas.line(12, 3.6, 60, 3.6)
        pen.canvas.restoreState()

    document = read_drawn(tmp_path, draw)

    assert "由市公安局牵头" in [each.text.replace(" ", "") for each in document.lines]
    assert [(left.why, left.words) for left in document.not_read] == [(CROSSED, "市司法局")]


def test_a_rule_through_words_and_on_is_a_doubt(tmp_path):
    document = read_drawn(tmp_path, lambda pen: (line(0.3, first=-3, last=14)(pen), text(pen)))

    assert document.lines[0].text == WORDS
    assert [(left.why, left.words) for left in document.not_read] == [(RULED_OVER, WORDS)]
