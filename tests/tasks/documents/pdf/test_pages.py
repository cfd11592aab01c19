"""Which PDFs are read, by which reader, and which are refused; pages that are pictures are named."""

import re
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from models.plan.reading.text.document import MISSING, PICTURE, Document
from tasks.documents.checks import DocumentError
from tasks.documents.pdf import drawing, pages, second
from tasks.documents.pdf.printed import PrintedPage
from tasks.documents.reading import read_document
from tasks.documents.scans import reading as scans
from tests.support.pdf_drawing import Pen, pdf

FULL = "为深入推进法治政府建设示范创建工作，根据上级部署，结合我县实际"


def picture() -> Any:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    kept = BytesIO()
    Image.new("L", (200, 280), 220).save(kept, "PNG")
    kept.seek(0)
    return ImageReader(kept)


def text(pen: Pen) -> None:
    for at in range(3):
        pen.write(70, 120 + at * 22, FULL, 13)


def scan(pen: Pen) -> None:
    pen.canvas.drawImage(picture(), 0, 0, 595, 842)


def strips(pen: Pen) -> None:
    for at in range(10):
        pen.canvas.drawImage(picture(), 10, at * 84, 575, 84)


def numbered(pen: Pen) -> None:
    scan(pen)
    pen.middle(297, 800, "— 3 —", 10)


def stamped(pen: Pen) -> None:
    scan(pen)
    pen.write(400, 20, "扫描全能王 创建", 10)


def outlines(pen: Pen) -> None:
    for at in range(400):
        pen.canvas.circle(100 + at, 400, 3)


@pytest.fixture(autouse=True)
def nothing_recognises(monkeypatch) -> None:
    """As on a machine without text recognition: what a page without letters is told to be."""
    monkeypatch.setattr(scans, "can_read_scans", lambda: False)


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "方案.pdf"
    path.write_bytes(content)
    return path


def read(tmp_path: Path, content: bytes) -> Document:
    return read_document(written(tmp_path, content))


@pytest.mark.parametrize("draw", [scan, strips, numbered, stamped, outlines])
@pytest.mark.parametrize("number", [1, 3])
def test_a_scan_says_so_whatever_a_machine_has_printed_on_it(tmp_path, draw, number):
    with pytest.raises(DocumentError, match="“方案.pdf”是扫描件，没有文字；本机没有安装文字识别"):
        read(tmp_path, pdf(*[draw] * number))


def test_pages_that_are_pictures_are_named_with_their_numbers(tmp_path):
    document = read(tmp_path, pdf(text, scan, numbered, text))

    assert [(left.words, left.page) for left in document.not_read if left.why == PICTURE] == [
        ("第 2 页是图片，没有文字", 2),
        ("第 3 页是图片，只读到 3 个字", 3),
    ]
    assert [line.text for line in document.lines].count(FULL) == 6


@pytest.mark.parametrize("draw", [lambda pen: (scan(pen), text(pen)), text, lambda pen: None])
def test_a_picture_behind_the_text_and_an_empty_page_are_not_named(tmp_path, draw):
    assert not read(tmp_path, pdf(text, draw)).not_read


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("sound", lambda content: content),
        ("index", lambda content: re.sub(rb"startxref\s+\d+", b"startxref\n99", content)),
        ("index moved", lambda content: b"%PDF-1.4\n% " + b"x" * 500 + b"\n" + content),
        ("types", lambda content: re.sub(rb"/Type /Page(?=\s)", b"/Typo /Page", content)),
        ("tree", lambda content: content.replace(b"/Type /Pages", b"/Type /Pagez")),
        ("no tree", lambda content: re.sub(rb"/Kids \[", b"/Kidz [", content)),
        ("no pages", lambda content: re.sub(rb"/Pages (?=\d)", b"/Pagen ", content)),
        ("size", lambda content: re.sub(rb"/MediaBox \[[^]]*\]", b"/MediaBox [ 0 0 a b ]", content)),
    ],
)  # fmt: skip
def test_a_file_with_an_odd_index_or_tree_is_read(tmp_path, name, change, letters_may_be_lost):
    # The counter of the tests cannot open all of them.
    path = written(tmp_path, change(pdf(text, text)))

    assert [line.text for line in read_document(path).lines] == [FULL] * 6


def test_a_page_that_breaks_the_first_reader_is_read_by_the_second(tmp_path, monkeypatch):
    def breaks(file, number, *more):
        if number == 1:
            raise ValueError("an odd page")
        return whole(file, number, *more)

    whole = pages.page_of
    monkeypatch.setattr(pages, "page_of", breaks)

    parts = list(pages.pdf_pages(pdf(text, text, text)))

    assert [[row[0] for row in rows] for rows, _ in parts] == [[FULL] * 3] * 3
    assert not any(left for _, left in parts)


def test_a_page_that_no_reader_can_read_is_named_and_the_others_read(tmp_path, monkeypatch):
    def breaks(file, number, *more):
        if number == 1:
            raise ValueError("an odd page")
        return whole(file, number, *more)

    whole = pages.page_of
    monkeypatch.setattr(pages, "page_of", breaks)
    monkeypatch.setattr(second, "_sheet", lambda file, at: PrintedPage([], broken=True))

    parts = list(pages.pdf_pages(pdf(text, text, text)))

    assert [len(rows) for rows, _ in parts] == [3, 0, 3]
    assert [left for _, left in parts] == [[], [(MISSING, "第 2 页已损坏，读不出", 0, 0)], []]

    with pytest.raises(DocumentError, match="已损坏，打不开"):
        list(pages.pdf_pages(pdf(lambda pen: None, text)))


def test_a_file_that_no_reader_can_open_is_called_broken(tmp_path):
    for content in (b"%PDF-1.4\nnothing", pdf(text)[:900]):
        with pytest.raises(DocumentError, match="已损坏，打不开"):
            read(tmp_path, content)


@pytest.mark.parametrize("reader", ["first", "second"])
def test_a_locked_file_says_what_to_do(tmp_path, reader):
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    kept = BytesIO()
    canvas = Canvas(kept, encrypt=StandardEncryption("x7", ownerPassword="y8"))
    canvas.drawString(70, 700, "locked")
    canvas.save()

    with pytest.raises(DocumentError, match="设有打开密码，请去掉密码后再试"):
        if reader == "first":
            read(tmp_path, kept.getvalue())
        else:
            list(second.pages_again(kept.getvalue(), 10))


@pytest.mark.parametrize("reader", ["first", "second"])
def test_too_many_pages_are_refused_before_one_is_read(monkeypatch, reader):
    monkeypatch.setattr(pages, "PAGES", 3)
    monkeypatch.setattr(pages, "page_of", None)
    monkeypatch.setattr(second, "_sheet", None)
    content = pdf(*[text] * 4)
    if reader == "second":
        monkeypatch.setattr(pages, "opened", None)

    with pytest.raises(DocumentError, match="页，不像一份方案"):
        list(pages.pdf_pages(content))


def test_a_page_is_refused_as_soon_as_it_has_too_many_letters(tmp_path):
    def draw(pen: Pen) -> None:
        words = pen.canvas.beginText(0, 800)
        for _ in range(400):
            words.textOut("字" * 1000)
        pen.canvas.drawText(words)

    start = time.process_time()
    with pytest.raises(DocumentError, match="有一页多于 10 万字，不像一份方案"):
        list(pages.pdf_pages(pdf(draw)))

    assert time.process_time() - start < 10


def test_a_tree_of_pages_that_never_ends_is_left(tmp_path):
    content = pdf(text)
    number = re.search(rb"/Pages (\d+) 0 R", content)
    assert number is not None
    kids = b"/Kids [ " + number[1] + b" 0 R "  # the tree hangs on itself
    content = content.replace(b"/Kids [ ", kids, 1)

    assert [line.text for line in read(tmp_path, content).lines] == [FULL] * 3


def test_a_drawing_of_very_many_lines_costs_no_more_than_it_may(monkeypatch):
    monkeypatch.setattr(drawing, "MOST_SHAPES", 100)

    def draw(pen: Pen) -> None:
        text(pen)
        for at in range(300):
            pen.canvas.line(at, 10, at, 20)

    [(rows, left)] = list(pages.pdf_pages(pdf(draw)))

    assert [row[0] for row in rows] == [FULL] * 3
    assert not left
