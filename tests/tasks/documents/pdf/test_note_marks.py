"""Raised marks of notes are no letters of a name; the notes themselves are lines, in no other sentence."""

import pytest

from tasks.documents.pages import NOTE_MARK
from tests.support.pdf_drawing import FONT, Pen
from tests.support.pdf_reading import read_drawn

FULL = "为深入推进法治政府建设示范创建工作"


def raised(
    before: str, mark: str, behind: str, share: float = 0.6, up: float = 0.35, at: int = 100
):
    """Draw words with a mark among them, ``share`` of their size and ``up`` of it above the base line."""

    def draw(pen: Pen) -> None:
        words = pen.canvas.beginText(70, pen.high - at)
        for text, size, rise in ((before, 14, 0), (mark, 14 * share, 14 * up), (behind, 14, 0)):
            words.setFont(FONT, size)
            words.setRise(rise)
            words.textOut(text)
        pen.canvas.drawText(words)

    return draw


def text(pen: Pen) -> None:
    for at in range(4):
        pen.write(70, 300 + at * 22, FULL, 13)


@pytest.mark.parametrize("mark", ["1", "12", "[3]", "①", "*", "**", "注2", "〔4〕", "1,2", "（5）"])
@pytest.mark.parametrize(("share", "up"), [(0.5, 0.45), (0.65, 0.33), (0.83, 0.3)])
def test_a_raised_mark_is_named_and_the_name_stays_whole(tmp_path, mark, share, up):
    draw = raised("由市司法局", mark, "、市公安局牵头", share, up)
    document = read_drawn(tmp_path, lambda pen: (draw(pen), text(pen)))

    assert document.lines[0].text == "由市司法局、市公安局牵头"
    assert [(left.why, left.words) for left in document.not_read] == [(NOTE_MARK, mark)]


@pytest.mark.parametrize(
    ("before", "mark", "behind", "share", "up"),
    [
        ("面积500平方米", "2", "以上", 0.6, 0.35),  # a power
        ("用水10m", "3", "以内", 0.6, 0.35),
        ("二氧化碳CO", "2", "排放", 0.6, -0.15),  # lowered
        ("由市司法局", "1", "组牵头", 0.6, 0.0),  # small, and on the line
        ("由市司法局", "1", "组牵头", 1.0, 0.3),  # high, and as large
        ("由市司法局", "法", "牵头", 0.6, 0.35),  # a word
    ],
)
def test_what_is_no_mark_stays_in_its_line(tmp_path, before, mark, behind, share, up):
    draw = raised(before, mark, behind, share, up)
    document = read_drawn(tmp_path, lambda pen: (draw(pen), text(pen)))

    assert before + mark + behind in [line.text.replace(" ", "") for line in document.lines]
    assert not document.not_read


@pytest.mark.parametrize("mark", ["①", "[1]", "1 ", "* ", "注："])
def test_a_note_at_the_foot_does_not_part_a_sentence_that_goes_on(tmp_path, mark):
    note = f"{mark}市司法局，指市司法局及其所属机构。"

    def first(pen: Pen) -> None:
        text(pen)
        pen.write(70, 400, "工作有序开展。", 13)
        pen.write(70, 422, "案卷评查由市司法局、市公安", 13)
        pen.write(70, 760, note, 9)
        pen.middle(297, 800, "— 1 —", 9)

    def second(pen: Pen) -> None:
        pen.write(70, 70, "局牵头，2026年6月底前完成。", 13)
        text(pen)

    document = read_drawn(tmp_path, first, second)

    lines = [line.text for line in document.lines]
    cut = lines.index("案卷评查由市司法局、市公安")
    assert lines.index(note) == cut - 1
    assert lines[cut + 1].endswith("— 1 —") or lines[cut + 1].startswith("局牵头")
