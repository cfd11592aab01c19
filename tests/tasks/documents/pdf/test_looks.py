"""Letters that are no text of the page: watermarks, hidden ones, and those off the page; and what looks alike."""

import re
from pathlib import Path

import pytest

from models.plan.reading.text.document import UNREADABLE, Document
from tasks.documents.checks import DocumentError
from tasks.documents.pages import FOOTER, HEADER, HIDDEN, OFF_PAGE, SLANTED, WATERMARK
from tasks.documents.reading import read_document
from tests.support.pdf_drawing import FONT, Pen, pdf

FULL = "为深入推进法治政府建设示范创建工作，根据上级部署，结合我县实际"


def read(tmp_path: Path, *draw, change=bytes) -> Document:
    path = tmp_path / "方案.pdf"
    path.write_bytes(change(pdf(*draw)))
    return read_document(path)


def text(pen: Pen) -> None:
    for at in range(10):
        pen.write(70, 120 + at * 22, FULL, 13)


def aslant(pen: Pen, words: str, size: float, grey: float = 0.8) -> None:
    pen.canvas.saveState()
    pen.canvas.translate(300, 600)
    pen.canvas.rotate(40)
    pen.canvas.setFillGray(grey)
    pen.canvas.setFont(FONT, size)
    pen.canvas.drawCentredString(0, 0, words)
    pen.canvas.restoreState()


def behind(pen: Pen, words: str = "征求意见稿", size: float = 60, grey: float = 0.8) -> None:
    pen.canvas.saveState()
    pen.canvas.setFillGray(grey)
    pen.middle(300, 150, words, size)
    pen.canvas.restoreState()


def thinly(pen: Pen) -> None:
    pen.canvas.saveState()
    pen.canvas.setFillAlpha(0.2)
    pen.middle(300, 150, "征求意见稿", 60)
    pen.canvas.restoreState()


def white(pen: Pen) -> None:
    pen.canvas.setFillGray(1)
    pen.write(70, 60, "完成时限为2025年1月", 12)
    pen.canvas.setFillGray(0)


def white_on_blue(pen: Pen) -> None:
    pen.canvas.setFillColorRGB(0, 0, 0.5)
    pen.box(60, 50, 300, 80, fill=True)
    white(pen)


def unseen(pen: Pen) -> None:
    pen.canvas.saveState()
    words = pen.canvas.beginText(70, 800)
    words.setFont(FONT, 12)
    words.setTextRenderMode(3)
    for _ in range(3):
        words.textLine("完成时限为2025年1月")
    pen.canvas.drawText(words)
    pen.canvas.restoreState()


def spot_colour(pen: Pen) -> None:
    from reportlab.lib.colors import CMYKColorSep

    pen.canvas.setFillColor(CMYKColorSep(0, 0, 0, 1, spotName="Black", density=1))
    pen.write(70, 60, "专色印刷的文字", 12)
    pen.canvas.setFillGray(0)


def tagged(kind: str):
    def draw(pen: Pen) -> None:
        pen.canvas._code.append(f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC")
        pen.write(70, 300, "某某文件汇编", 13)
        pen.canvas._code.append("EMC")

    return draw


@pytest.mark.parametrize(
    ("draw", "why"),
    [
        (lambda pen: aslant(pen, "内部资料", 60), WATERMARK),
        (lambda pen: aslant(pen, "内部资料", 60, 0), WATERMARK),  # black, but large
        (lambda pen: aslant(pen, "内部资料", 12), WATERMARK),  # small, but grey
        (lambda pen: aslant(pen, "盖章处", 12, 0), SLANTED),  # a seal, for one
        (behind, WATERMARK),
        (thinly, WATERMARK),
        (white, HIDDEN),
        (unseen, HIDDEN),
        (lambda pen: pen.write(700, 60, "纸外的字", 12), OFF_PAGE),
        (lambda pen: pen.write(70, 900, "纸外的字", 12), OFF_PAGE),
        (tagged("Header"), HEADER),
        (tagged("Footer"), FOOTER),
        (tagged("Watermark"), WATERMARK),
    ],
)
def test_what_is_no_text_is_named_and_left_out(tmp_path, draw, why):
    document = read(tmp_path, lambda pen: (draw(pen), text(pen)))

    assert [line.text for line in document.lines] == [FULL] * 10
    assert {left.why for left in document.not_read} == {why}


def white_on_a_wash(pen: Pen) -> None:
    pen.canvas.linearGradient(0, 0, 600, 0, [(0, 0, 1), (0, 0, 0.4)])
    white(pen)


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (white_on_a_wash, "完成时限为2025年1月"),
        (white_on_blue, "完成时限为2025年1月"),
        (spot_colour, "专色印刷的文字"),
        # Grey, but not behind any text; large, but not grey; grey and behind, but no larger.
        (lambda pen: pen.canvas.setFillGray(0.7) or pen.write(70, 60, "灰色小标题", 24), "灰色小标题"),
        (lambda pen: pen.canvas.setFillColorRGB(1, 0, 0) or pen.write(70, 50, "红头文件", 40), "红头文件"),
        (lambda pen: pen.canvas.setFillGray(0.7) or pen.write(70, 60, "灰色说明", 13), "灰色说明"),
    ],
)  # fmt: skip
def test_what_can_be_seen_is_read_whatever_its_colour(tmp_path, draw, words):
    def page(pen: Pen) -> None:
        draw(pen)
        pen.canvas.setFillGray(0)
        text(pen)

    document = read(tmp_path, page)

    assert [line.text for line in document.lines] == [words, *[FULL] * 10]
    assert not document.not_read


def test_what_stands_outside_the_part_that_is_shown_is_named(tmp_path):
    def draw(pen: Pen) -> None:
        pen.canvas.setCropBox((0, 0, 595, 780))
        pen.write(70, 20, "裁去的字", 12)
        text(pen)

    document = read(tmp_path, draw)

    assert len(document.lines) == 10
    assert [(left.why, left.words) for left in document.not_read] == [(OFF_PAGE, "裁去的字")]


def test_a_layer_that_is_switched_off_is_named(tmp_path):
    def draw(pen: Pen) -> None:
        pen.canvas._code.append("/OC /Draft BDC")
        pen.write(70, 60, "草稿一层的字", 13)
        pen.canvas._code.append("EMC")
        text(pen)

    def with_layer(content: bytes) -> bytes:
        # The file's index no longer fits, so the reader finds the objects by itself.
        content = content.replace(
            b"/Resources <<", b"/Resources << /Properties << /Draft 90 0 R >>", 1
        )
        layer = b"90 0 obj\n<< /Type /OCG /Name (x) >>\nendobj\n"
        content = content.replace(b"xref\n", layer + b"xref\n", 1)
        off = b"/Type /Catalog /OCProperties << /OCGs [90 0 R] /D << /OFF [90 0 R] >> >>"
        return content.replace(b"/Type /Catalog", off, 1)

    document = read(tmp_path, draw, change=with_layer)

    assert len(document.lines) == 10
    assert [(left.why, left.words) for left in document.not_read] == [(HIDDEN, "草稿一层的字")]


def test_what_a_machine_read_off_a_scan_is_its_text(tmp_path):
    from tests.tasks.documents.pdf.test_pages import picture

    def draw(pen: Pen) -> None:
        pen.canvas.drawImage(picture(), 0, 0, 595, 842)
        unseen(pen)

    document = read(tmp_path, draw)

    assert [line.text for line in document.lines] == ["完成时限为2025年1月"] * 3


@pytest.mark.parametrize("steps", [1, 2])
def test_colour_and_place_are_given_back_after_each_step(tmp_path, steps):
    """What is set within q and Q, or within a form, holds no longer than that."""

    def draw(pen: Pen) -> None:
        for _ in range(steps):
            pen.canvas.saveState()
            pen.canvas.setFillAlpha(0.1)
            pen.canvas.setFillGray(1)
        for _ in range(steps):
            pen.canvas.restoreState()
        text(pen)

    assert not read(tmp_path, draw).not_read


@pytest.mark.parametrize("latin", ["", "Open Government Data 2026"])
def test_letters_of_a_font_that_does_not_say_which_they_are_are_named(tmp_path, latin):
    def draw(pen: Pen) -> None:
        pen.write(70, 100, "认不出的字", 12)
        pen.canvas.setFont("Helvetica", 12)
        pen.canvas.drawString(70, 700, latin)

    def nameless(content: bytes) -> bytes:
        content = re.sub(rb"/Encoding /UniGB-UCS2-H", b"/Encoding /Identity-H", content)
        return re.sub(rb"/Ordering \(\w+\)", b"/Ordering (Identity)", content)

    if not latin:
        with pytest.raises(DocumentError, match="“方案.pdf”的字体没有编码，读不出文字"):
            read(tmp_path, draw, change=nameless)
        return

    document = read(tmp_path, draw, change=nameless)

    assert [line.text for line in document.lines] == [latin]
    assert [(left.why, left.words) for left in document.not_read] == [(UNREADABLE, "□□□□□")]


def test_a_title_printed_twice_does_not_turn_the_looks_of_other_letters(tmp_path):
    from tests.support.pdf_drawing import pdf

    def draw(pen) -> None:
        for shift in (0, 0.3):
            pen.write(70 + shift, 60, "某县创建法治政府建设示范县实施方案", size=16)
        pen.write(70, 100, "一、总体要求。提高认识，加强领导。")
        pen.canvas.setFillGray(1)
        pen.write(70, 130, "看不见的内部时限")
        pen.canvas.setFillGray(0)
        pen.write(70, 160, "二、重点任务。完善制度，规范执法。")

    (tmp_path / "a.pdf").write_bytes(pdf(draw))
    document = read_document(tmp_path / "a.pdf")

    assert [line.text for line in document.lines] == [
        "某县创建法治政府建设示范县实施方案",
        "一、总体要求。提高认识，加强领导。",
        "二、重点任务。完善制度，规范执法。",
    ]
    assert [(left.why, left.letters) for left in document.not_read] == [("隐藏文字", 8)]
