"""Pictures within documents are looked at like pictures that come alone, and what is wrong says where."""

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
import xlsxwriter
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from models.rules.evidence.checking import findings_of
from tasks.evidence.examining.examine import examine
from tasks.evidence.examining.seen import MOST_PICTURES
from tests.support.evidence_files import paper_picture, scan_file, slide_file
from tests.tasks.evidence.examining.test_pictures_examined import FACT, photograph

WORDS = "普法活动开展情况，附现场照片。"
CLEAR, BLURRED, SMALL = photograph(), photograph(blur=4), photograph(size=(500, 400))
ALONE = examine([("a.jpg", CLEAR)], read_scans=False).__next__().picture.prints


def in_word(*pictures):
    document = docx.Document()
    document.add_paragraph(WORDS)
    for picture in pictures:
        document.add_picture(io.BytesIO(picture))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def in_table(*pictures):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2025, 6, 15, tzinfo=UTC)})
    sheet = book.add_worksheet()
    sheet.write(0, 0, WORDS)
    for number, picture in enumerate(pictures):
        sheet.insert_image(number, 1, f"{number}.jpg", {"image_data": io.BytesIO(picture)})
    book.close()
    return out.getvalue()


def in_slides(*pictures):
    out = io.BytesIO(slide_file(WORDS))
    with zipfile.ZipFile(out, "a") as archive:
        for number, picture in enumerate(pictures, 1):
            archive.writestr(f"ppt/media/image{number}.jpg", picture)
    return out.getvalue()


def in_pages(*pictures):
    out = io.BytesIO()
    drawn = canvas.Canvas(out, invariant=1)
    drawn.drawString(72, 700, "A report with pictures, one a page")
    drawn.showPage()
    for picture in pictures:
        drawn.drawImage(ImageReader(io.BytesIO(picture)), 72, 300, 400, 300)
        drawn.showPage()
    drawn.save()
    return out.getvalue()


def found(name, content):
    [seen] = examine([(name, content)], read_scans=False)
    return seen, {one.check: one.detail for one in findings_of(seen, FACT, (None, None), False)}


@pytest.mark.parametrize(
    ("name", "made", "second"),
    [
        ("总结.docx", in_word, "第 2 张图片"),
        ("明细.xlsx", in_table, "第 2 张图片"),
        ("课件.pptx", in_slides, "第 2 张图片"),
        ("总结.pdf", in_pages, "第 3 页的图片"),
    ],
)
class TestEachKind:
    def test_a_clear_picture_is_seen_and_nothing_is_said(self, name, made, second):
        seen, said = found(name, made(CLEAR))

        assert [(one.width, one.height) for one in seen.pictures] == [(1200, 900)]
        assert said == {}

    def test_what_is_wrong_with_a_picture_says_where_it_stands(self, name, made, second):
        _, said = found(name, made(CLEAR, BLURRED))
        assert said == {"blurred": f"“{name}”里{second}不清晰；请换成清晰的图片"}

        _, said = found(name, made(CLEAR, SMALL))
        assert said == {
            "too-small": f"“{name}”里{second}只有 500×400 像素，打印出来看不清；请换成原图"
        }

    def test_a_picture_within_has_the_print_it_has_alone(self, name, made, second):
        seen, _ = found(name, made(SMALL, CLEAR))

        assert seen.prints[0][1] == ALONE  # the largest

    def test_of_many_pictures_the_first_are_looked_at_and_the_rest_is_counted(
        self, name, made, second
    ):
        seen, said = found(name, made(*(photograph(size=(1200, 900 + n)) for n in range(14))))

        assert len(seen.pictures) == MOST_PICTURES
        assert f"只核查了前 {MOST_PICTURES} 张" in said["not-examined"]


def test_a_broken_picture_within_is_named_and_the_document_is_seen():
    whole = in_slides(CLEAR)
    seen, said = found("课件.pptx", whole.replace(CLEAR[2000:9000], bytes(7000)))
    assert seen.text == WORDS  # a package that says itself that a part is broken
    assert "第 1 张图片" in said["not-examined"]


def test_what_adorns_a_page_is_no_proof_and_nothing_is_said_of_it():
    logo = io.BytesIO()
    Image.effect_noise((180, 120), 90).save(logo, "PNG")

    seen, said = found("总结.docx", in_word(logo.getvalue()))

    assert (list(seen.pictures), said) == ([], {})


def test_a_paper_photographed_into_a_file_is_a_scan_whose_words_were_not_read():
    paper = io.BytesIO()
    paper_picture("关于开会的通知").save(paper, "JPEG", quality=95)
    document = docx.Document()
    document.add_picture(io.BytesIO(paper.getvalue()))
    out = io.BytesIO()
    document.save(out)

    for name, content in (
        ("通知.docx", out.getvalue()),
        ("通知.pdf", scan_file(paper_picture("关于开会的通知"))),
    ):
        seen, said = found(name, content)
        assert seen.scan
        assert said["not-examined"] == f"“{name}”是扫描件，里面的文字没有核查，请人工核对"
