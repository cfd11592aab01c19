"""Turns texts into what a scanner makes of them: set as an office sets a paper, 200 dpi, noise, a tilt."""

import random
import re
from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from models.plan.reading.tables.text_tables import rows_of_text
from models.plan.reading.text.document import Document
from tests.support.soffice import saved_as

DPI = 200
TILT = 1.0  # degrees
NOISE = 14  # of 255, the spread of each pixel's grey
HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、[^。]{2,30}$")
FONT = "Noto Serif CJK SC"


def write_paper(path: Path, text: str) -> None:
    """Write a text as GB/T 9704 has a paper: 16 points, 28 letters a line, an indent of two; real tables."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    style = document.styles["Normal"]
    style.font.size, style.font.name = Pt(16), FONT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.line_spacing = Pt(28)
    style.paragraph_format.space_after = Pt(0)
    lines = rows_of_text(Document.from_text(text).lines)
    for table, members in groupby(lines, lambda line: line.table if line.cells else 0):
        rows = list(members)
        if table:
            _write_table(document, [line.cells for line in rows])
            continue
        for at, line in enumerate(rows):
            if not line.text.strip():
                continue
            made = document.add_paragraph(line.text.strip())
            if at == 0 and line is lines[0]:
                made.alignment = WD_ALIGN_PARAGRAPH.CENTER
                made.runs[0].font.size = Pt(22)
            else:
                made.paragraph_format.first_line_indent = Pt(32)
                made.runs[0].font.bold = bool(HEADING.match(line.text.strip()))
    document.save(str(path))


def _write_table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    from docx.shared import Pt

    wide = max(map(len, rows))
    made = document.add_table(rows=0, cols=wide)
    made.style = "Table Grid"
    for cells in rows:
        for cell, said in zip(made.add_row().cells, cells, strict=False):
            cell.text = said
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.line_spacing = Pt(18)
                for run in paragraph.runs:
                    run.font.size = Pt(12)


def pictures_of(pdf: bytes, tilt: float = TILT, seed: int = 1) -> list[bytes]:
    """Return the pages of a PDF as a scanner hands them out: grey JPEGs, noisy and askew."""
    import numpy
    import pypdfium2
    from PIL import Image

    file = pypdfium2.PdfDocument(pdf)
    made = []
    for number in range(len(file)):
        page = file[number].render(scale=DPI / 72, grayscale=True).to_pil()
        turn = tilt * (1 if (number + seed) % 2 else -1)
        page = page.rotate(turn, Image.Resampling.BICUBIC, fillcolor=255)
        spread = numpy.random.default_rng(seed + number).normal(0, NOISE, (page.height, page.width))
        grey = numpy.clip(numpy.asarray(page) * 0.9 + 15 + spread, 0, 255).astype("uint8")
        out = BytesIO()
        Image.fromarray(grey).save(out, "JPEG", quality=80, dpi=(DPI, DPI))
        made.append(out.getvalue())
    return made


def write_scan(path: Path, pictures: Sequence[bytes]) -> None:
    """Write pictures as the PDF that a scanner makes: a picture a page and nothing else."""
    from PIL import Image

    opened = [Image.open(BytesIO(each)) for each in pictures]
    opened[0].save(str(path), "PDF", resolution=DPI, save_all=True, append_images=opened[1:])


def scans_of(folder: Path, texts: Sequence[Path]) -> list[Path]:
    """Return a scanned PDF of each text; one start of LibreOffice sets them all."""
    papers = [folder / f"{each.stem}.docx" for each in texts]
    for paper, each in zip(papers, texts, strict=True):
        write_paper(paper, each.read_text(encoding="utf-8"))
    made = []
    for paper, pdf in zip(papers, saved_as(folder, papers, "pdf"), strict=True):
        made.append(folder / f"{paper.stem}.scan.pdf")
        write_scan(
            made[-1], pictures_of(pdf.read_bytes(), seed=random.Random(paper.stem).randrange(99))
        )
    return made
