"""Real files of evidence for tests: Word, workbooks, slides, PDF, pictures; every word in them is invented."""

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
import xlsxwriter
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

# Chinese letters to draw with, of Debian's fonts-noto-cjk, found by their name alone.
NOTO = "NotoSansCJK-Regular.ttc"


def word_file(*paragraphs: str, head: str = "", made: datetime | None = None) -> bytes:
    """Return a .docx of paragraphs; one with tabs becomes a row of a table."""
    document = docx.Document()
    if made:
        document.core_properties.created = document.core_properties.modified = made
    if head:
        document.sections[0].header.paragraphs[0].text = head
    for text in paragraphs:
        cells = text.split("\t")
        if len(cells) == 1:
            document.add_paragraph(text)
            continue
        table = document.add_table(rows=1, cols=len(cells))
        for cell, words in zip(table.rows[0].cells, cells, strict=True):
            cell.text = words
    return _saved(document.save)


def table_file(*rows: tuple[Any, ...], made: datetime | None = None) -> bytes:
    """Return a .xlsx of rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    if made:
        book.set_properties({"created": made})
    sheet = book.add_worksheet("明细")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def slide_file(*slides: str) -> bytes:
    """Return a .pptx with as little in it as shows words."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for number, text in enumerate(slides, 1):
            words = (
                f'<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'
            )
            archive.writestr(f"ppt/slides/slide{number}.xml", words)
    return out.getvalue()


def pdf_file(*pages: str, made: str = "", password: str = "") -> bytes:
    """Return a PDF with lines of text on each page; ``made`` as in D:20250601090000+08'00'."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    lock = StandardEncryption(password, canPrint=0) if password else None
    drawn = canvas.Canvas(out, invariant=1, encrypt=lock)
    for page in pages:
        drawn.setFont("STSong-Light", 14)
        for number, line in enumerate(page.splitlines()):
            drawn.drawString(72, 760 - 24 * number, line)
        drawn.showPage()
    drawn.save()
    content = out.getvalue()
    if made:
        content = content.replace(b"D:20000101000000+00'00'", made.encode())
    return content


def paper_picture(*lines: str, size: tuple[int, int] = (1240, 1000)) -> Image.Image:
    """Return a picture of a white paper with lines of words."""
    picture = Image.new("RGB", size, "white")
    drawn = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        drawn.text((80, 80 + 70 * number), line, fill="black", font=chinese(36))
    return picture


def chinese(size: int) -> Any:
    """Return Chinese letters to draw with, by the name of their file alone."""
    return ImageFont.truetype(NOTO, size)


def picture_file(picture: Image.Image, kind: str = "PNG", **more: Any) -> bytes:
    """Return a picture as a file."""
    return _saved(lambda out: picture.save(out, kind, **more))


def scan_file(picture: Image.Image) -> bytes:
    """Return a PDF whose only page is a picture."""
    return _saved(lambda out: picture.save(out, "PDF", resolution=150))


def _saved(save: Any) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def pages_file(count: int, page: Image.Image) -> bytes:
    """Return a .tif of so many pages like ``page``."""
    out = io.BytesIO()
    page.save(out, "TIFF", save_all=True, append_images=[page] * (count - 1))
    return out.getvalue()
