"""What is laid on a page: filled fields and typed notes are read in place, comments and files are named."""

import re
from pathlib import Path

import pytest

from models.plan.reading.text.document import Document
from models.plan.reading.text.marks import EMBEDDED
from tasks.documents.pages import COMMENT, SEAL
from tasks.documents.reading import read_document
from tests.support.pdf_drawing import Pen, pdf

FULL = "为深入推进法治政府建设示范创建工作"


def page(pen: Pen) -> None:
    pen.write(70, 100, FULL, 12)
    pen.write(70, 200, FULL, 12)


def laid(tmp_path: Path, *notes: bytes, catalog: bytes = b"", more: bytes = b"") -> Document:
    """Read a page with ``notes`` on it; the file's index no longer fits, which readers bear."""
    content = pdf(page)
    numbers = range(50, 50 + len(notes))
    refs = b" ".join(b"%d 0 R" % number for number in numbers)
    objects = b"".join(
        b"%d 0 obj\n%s\nendobj\n" % each for each in zip(numbers, notes, strict=True)
    )
    content = re.sub(rb"/Type /Page(?=\s)", b"/Type /Page /Annots [" + refs + b"]", content)
    content = content.replace(b"/Type /Catalog", b"/Type /Catalog " + catalog)
    path = tmp_path / "方案.pdf"
    path.write_bytes(content.replace(b"xref\n", objects + more + b"xref\n", 1))
    return read_document(path)


def words(text: str) -> bytes:
    return b"<" + b"\xfe\xff".hex().encode() + text.encode("utf-16-be").hex().encode() + b">"


def look(text: str, number: int = 80, font: bytes = b"/F2 3 0 R") -> bytes:
    shown = text.encode("utf-16-be").hex().encode()
    stroke = b"BT /F2 12 Tf 2 4 Td <" + shown + b"> Tj ET"
    head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << %s >> >> /Length %d >>"
    return b"%d 0 obj\n" % number + head % (font, len(stroke)) + b"\nstream\n" + stroke + b"\nendstream\nendobj\n"  # fmt: skip


RECT = b"/Rect [70 680 270 700]"  # between the two lines
FIELD = b"<< /Subtype /Widget /FT /Tx " + RECT


@pytest.mark.parametrize(
    "note",
    [
        FIELD + b" /V " + words("填写的内容") + b" /AP << /N 80 0 R >> >>",
        b"<< /Subtype /FreeText " + RECT + b" /Contents " + words("填写的内容") + b" /AP << /N 80 0 R >> >>",
        b"<< /Subtype /Stamp " + RECT + b" /AP << /N << /On 80 0 R >> >> /AS /On >>",
        FIELD + b" /V " + words("填写的内容") + b" >>",  # the reader is to draw it
        b"<< /Subtype /FreeText " + RECT + b" /Contents " + words("填写的内容") + b" >>",
        b"<< /Subtype /Widget " + RECT + b" /Parent << /FT /Tx /V " + words("填写的内容") + b" >> >>",
    ],
)  # fmt: skip
def test_what_was_filled_in_stands_in_its_place(tmp_path, note):
    document = laid(tmp_path, note, more=look("填写的内容"))

    assert [line.text for line in document.lines] == [FULL, "填写的内容", FULL]
    assert not document.not_read


@pytest.mark.parametrize(
    ("note", "left"),
    [
        (b"<< /Subtype /Text " + RECT + b" /Contents " + words("此处再议") + b" >>", [(COMMENT, "此处再议")]),
        (b"<< /Subtype /Highlight " + RECT + b" /Contents " + words("此处再议") + b" >>", [(COMMENT, "此处再议")]),
        (b"<< /Subtype /Highlight " + RECT + b" >>", []),
        (b"<< /Subtype /Popup " + RECT + b" /Contents " + words("此处再议") + b" >>", []),  # of another note
        (b"<< /Subtype /Link " + RECT + b" /Contents " + words("链接") + b" >>", []),
        (FIELD + b" /F 2 /V " + words("不显示的") + b" >>", []),
        (b"<< /Subtype /Widget /FT /Sig " + RECT + b" /AP << /N 80 0 R >> >>", [(SEAL, "填写的内容")]),
        (b"<< /Subtype /FileAttachment " + RECT + b" /FS << /UF " + words("任务表.xlsx") + b" >> >>", [(EMBEDDED, "任务表.xlsx")]),
        (FIELD + b" /V (x) /AP << /N 80 0 R >> /Rect 5 >>", []),
        (b"<< /Subtype /Widget /FT /Btn " + RECT + b" /V /Yes >>", []),
    ],
)  # fmt: skip
def test_what_is_clicked_or_packed_in_is_named(tmp_path, note, left):
    document = laid(tmp_path, note, more=look("填写的内容"))

    assert [line.text for line in document.lines] == [FULL, FULL]
    assert [(each.why, each.words) for each in document.not_read] == left


def test_files_that_are_packed_into_the_file_are_named(tmp_path):
    names = b"/Names << /EmbeddedFiles << /Names [" + words("附件1.docx") + b" << >>] >> >>"

    document = laid(tmp_path, catalog=names)

    assert [(each.why, each.words) for each in document.not_read] == [(EMBEDDED, "附件1.docx")]
