"""A scan read whole: where text recognition is installed, and where it is not."""

from io import BytesIO
from pathlib import Path

import pytest

from models.plan.reading.text.document import Document, Line
from tasks.documents.faults import DocumentError
from tasks.documents.reading import read_document
from tasks.documents.scans import reading
from tasks.documents.scans.engine import can_read_scans
from tasks.documents.scans.within import pictures_of_word
from tests.tools.scanned_pages import pictures_of

ROWS = (
    ("序号", "任务", "责任单位"),
    ("1", "加强执法监督", "市司法局"),
    ("2", "办结率达到95%", "市信访局"),
)


def paper() -> bytes:
    """Return a page with a sentence and a ruled table, as a program prints it."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("STSong-Light", 16)
    canvas.drawString(120, 760, "某市法治建设实施方案")
    canvas.grid([80, 150, 350, 520], [600, 640, 680, 720])
    for row, cells in enumerate(ROWS):
        for x, cell in zip((85, 155, 355), cells, strict=True):
            canvas.drawString(x, 692 - 40 * row, cell)
    canvas.save()
    return out.getvalue()


@pytest.fixture
def without(monkeypatch) -> None:
    monkeypatch.setattr(reading, "can_read_scans", lambda: False)


@pytest.mark.usefixtures("without")
def test_without_text_recognition_a_picture_says_what_helps(tmp_path):
    path = tmp_path / "方案.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(40))

    with pytest.raises(
        DocumentError, match="“方案.jpg”是图片，没有文字；本机没有安装文字识别.*Word"
    ) as caught:
        read_document(path)

    assert "\n" not in str(caught.value)


def test_pages_recognised_stand_in_their_place_between_those_that_were_read(monkeypatch):
    from models.plan.reading.text.marks import PICTURE
    from models.plan.schema import NotRead

    read = Document(
        (Line("甲", 1, 1), Line("3", 2, 2), Line("丙", 3, 3)),
        "a.pdf",
        (NotRead(why=PICTURE, words="第 2 页是图片", letters=0, line=2, page=2),),
    )
    seen = Document((Line("乙", 1, None, sure=0.9), Line("丁", 2, None, ("丁",), 1, sure=0.8)))
    monkeypatch.setattr(reading, "parse_apart", lambda *_: read)
    monkeypatch.setattr(reading, "as_scan", lambda *_: seen)
    monkeypatch.setattr(reading, "can_read_scans", lambda: True)

    found = reading.with_scans(b"", "a.pdf", print)

    assert [(e.text, e.number, e.page, e.sure) for e in found.lines] == [
        ("甲", 1, 1, None),
        ("乙", 2, 2, 0.9),
        ("丁", 3, 2, 0.8),
        ("丙", 4, 3, None),
    ]
    assert not found.not_read


@pytest.mark.usefixtures("without")
def test_a_word_file_of_pictures_is_a_scan_in_the_order_of_its_body(tmp_path):
    import docx
    from PIL import Image

    document = docx.Document()
    made = []
    for number in (1, 2):
        page = Image.effect_noise((200, 280), 50 * number)
        page.save(tmp_path / f"{number}.png")
        made.append((tmp_path / f"{number}.png").read_bytes())
        document.add_picture(str(tmp_path / f"{number}.png"))
    document.save(str(tmp_path / "方案.docx"))

    assert pictures_of_word((tmp_path / "方案.docx").read_bytes()) == made
    with pytest.raises(DocumentError, match="“方案.docx”的正文里没有文字，只有图片；本机没有安装"):
        read_document(tmp_path / "方案.docx")


recognised = pytest.mark.skipif(not can_read_scans(), reason="text recognition is not installed")


@recognised
@pytest.mark.parametrize(
    "broken", [b"\xff\xd8\xff\xe0" + bytes(40), b"GIF89a", b"II*\x00" + bytes(9)]
)
def test_a_broken_picture_is_refused_in_one_line(tmp_path, broken):
    path = tmp_path / "方案.jpg"
    path.write_bytes(broken)

    with pytest.raises(DocumentError, match="“方案.jpg”已损坏，打不开"):
        read_document(path)


@recognised
def test_a_page_scanned_askew_is_read_with_its_table(tmp_path):
    """The one test that recognises: about ten seconds of a processor."""
    pytest.importorskip("reportlab")
    [picture] = pictures_of(paper())
    path = Path(tmp_path / "方案.png")  # it is a .jpg: what it holds decides
    path.write_bytes(picture)
    told: list[str] = []

    document = read_document(path, told.append)

    assert document.lines[0].text == "某市法治建设实施方案"
    assert [line.cells for line in document.lines if line.cells] == list(ROWS)
    assert all(line.sure and line.sure > 0.8 for line in document.lines)
    assert told == ["“方案.png”有 1 页要做文字识别，约需 1 分钟，请稍候……"]
