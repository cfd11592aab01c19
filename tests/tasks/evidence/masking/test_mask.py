"""What is masked is gone: no letter of it is left anywhere in the copy's bytes."""

import io
import zipfile
from contextlib import suppress

import numpy
import pypdfium2
import pytest

from models.errors import CampaignError
from models.rules.evidence.personal import personal_numbers
from tasks.evidence.examining.examine import examine
from tasks.evidence.masking.mask import mask_file
from tests.support.evidence_files import pdf_file, slide_file, table_file, word_file

IDENTITY, MOBILE = "620302199001011234", "13812345678"
HIDDEN = ("199001011", "1234567")
TEXT = f"联系人电话{MOBILE}，身份证{IDENTITY}。"


def unpacked(content: bytes) -> bytes:
    """Return all bytes of a file, of a package's members too."""
    with suppress(zipfile.BadZipFile):
        archive = zipfile.ZipFile(io.BytesIO(content))
        return b"".join(archive.read(name) for name in archive.namelist())
    return content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", word_file(TEXT, f"甲\t{MOBILE}\t{IDENTITY}", head=TEXT)),
        ("a.xlsx", table_file(("甲", int(MOBILE), IDENTITY), (TEXT,))),
        ("a.pptx", slide_file(TEXT, MOBILE)),
        ("a.txt", TEXT.encode("gb18030")),
        ("a.pdf", pdf_file(TEXT, f"第二页\n{TEXT}")),
    ],
)
def test_the_copy_holds_nothing_of_what_was_masked(name, content):
    masked, ending, _ = mask_file(name, content)

    [seen] = examine([(name, masked)], read_scans=False)
    assert ending == seen.media and seen.fault == ""
    assert not seen.personal
    held = unpacked(masked).decode("utf-8", "replace")
    assert not personal_numbers(held) or ending == "pdf"  # bytes of a picture
    assert not [digits for digits in HIDDEN if digits in held]


def test_a_pdf_keeps_its_pages_and_has_no_text_beneath():
    masked, _, notes = mask_file("a.pdf", pdf_file(TEXT, "第二页没有号码"))

    file = pypdfium2.PdfDocument(masked)
    assert len(file) == 2
    assert [page.get_textpage().count_chars() for page in file] == [0, 0]
    assert any("图片" in note for note in notes)


def test_what_is_painted_over_in_a_pdf_is_where_the_digits_were():
    plain, masked = pdf_file(TEXT), mask_file("a.pdf", pdf_file(TEXT))[0]

    before, after = (
        numpy.asarray(pypdfium2.PdfDocument(one)[0].render(scale=2).to_pil().convert("L"))
        for one in (plain, masked)
    )
    dark = [(one[130:180] < 100).sum() for one in (before, after)]  # the line at 760 of 842 points
    assert dark[1] > 2 * dark[0]
    assert after[200:].min() > 200  # and nowhere else


def test_a_number_cut_into_runs_is_masked_too():
    raw = word_file("电话138X")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                cut = "138</w:t></w:r><w:r><w:t>1234</w:t></w:r><w:r><w:t>5678"
                part = part.replace(b"138X", cut.encode())
            new.writestr(name, part)

    masked, _, _ = mask_file("a.docx", out.getvalue())

    assert b"1234" not in unpacked(masked)
    [seen] = examine([("a.docx", masked)])
    assert seen.text == "电话138****5678"


def test_a_formula_that_would_reckon_the_number_anew_is_gone():
    raw = table_file((1,))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"<v>1</v>", b"<f>13812345670+8</f><v>13812345678</v>")
            new.writestr(name, part)

    masked, _, _ = mask_file("a.xlsx", out.getvalue())

    assert b"1234567" not in unpacked(masked)
    [seen] = examine([("a.xlsx", masked)])
    assert "138****5678" in seen.text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Rar!\x1a\x07\x01\0" + bytes(40), ".rar 文件，不能遮盖"),
        (bytes(range(256)), "认不出来的文件，不能遮盖"),
        (b"%PDF-1.4 x", "已损坏"),
    ],
)
def test_what_cannot_be_masked_is_said_in_one_line(content, says):
    with pytest.raises(CampaignError, match=says):
        mask_file("a", content)


def test_a_drawing_or_film_that_nobody_reads_is_said():
    out = io.BytesIO(word_file(TEXT))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/media/image1.emf", MOBILE.encode("utf-16-le"))
        archive.writestr("word/media/media1.mp4", b"x")

    _, _, notes = mask_file("a.docx", out.getvalue())

    assert "里面有 2 张图片（或录音录像）没有能够遮盖" in notes[0]


def test_a_file_that_holds_other_files_is_not_masked_by_halves():
    out = io.BytesIO(word_file(TEXT))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/embeddings/a.xlsx", table_file((MOBILE,)))

    with pytest.raises(CampaignError, match="嵌有 1 个"):
        mask_file("a.docx", out.getvalue())
