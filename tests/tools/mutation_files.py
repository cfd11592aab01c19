"""Writes a text as a file of every kind, its | tables as real ones, and reads it back."""

import json
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from models.plan.reading.compile import compile_plan
from tasks.documents.reading import read_document


def cells_of(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def widths_of(text: str) -> set[int]:
    return {len(cells_of(line)) for line in text.split("\n") if line.count("|") > 3}


def _blocks(text: str) -> Iterator[str | list[list[str]]]:
    """Yield the lines, and for a stretch of table rows their cells."""
    rows: list[list[str]] = []
    for line in text.split("\n"):
        if line.count("|") >= 3 and len(cells_of(line)) == len(rows[0] if rows else cells_of(line)):
            rows += [] if re.fullmatch(r"[-|:\s]+", line) else [cells_of(line)]
            continue
        if rows:
            yield rows
            rows = []
        yield line
    if rows:
        yield rows


def write_word(path: Path, text: str) -> None:
    import docx

    document = docx.Document()
    for block in _blocks(text):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=0, cols=len(block[0]))
        for row in block:
            for cell, said in zip(table.add_row().cells, row, strict=True):
                cell.text = said
    document.save(str(path))


def write_page(path: Path, text: str) -> None:
    body = "".join(
        f"<p>{block}</p>"
        if isinstance(block, str)
        else "<table>"
        + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in block)
        + "</table>"
        for block in _blocks(text.replace("<", "&lt;"))
    )
    path.write_text(f"<html><body><div>{body}</div></body></html>", encoding="utf-8")


def write_pdf(path: Path, text: str) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle(
        "x", fontName="STSong-Light", fontSize=14, leading=24, wordWrap="CJK", firstLineIndent=28
    )
    cell = ParagraphStyle("y", parent=style, fontSize=9, leading=12, firstLineIndent=0)
    story: list = []
    for block in _blocks(text.replace("<", "&lt;")):
        if isinstance(block, str):
            story.append(Paragraph(block, style))
        else:
            rows = [[Paragraph(said, cell) for said in row] for row in block]
            longest = [max(len(row[at]) for row in block) + 2 for at in range(len(block[0]))]
            shares = [min(size, 14) for size in longest]
            widths = [450 * share / sum(shares) for share in shares]
            grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
            story.append(Table(rows, widths, repeatRows=1, style=grid))

    def number(canvas, document) -> None:
        canvas.setFont("STSong-Light", 10)
        canvas.drawCentredString(297, 30, f"— {document.page} —")

    SimpleDocTemplate(str(path), pagesize=A4).build(story, onFirstPage=number, onLaterPages=number)


FILES: dict[str, tuple[str, Callable[[Path, str], object]]] = {
    "文件:docx": (".docx", write_word),
    "文件:html": (".html", write_page),
    "文件:pdf": (".pdf", write_pdf),
    "文件:gb18030": (".txt", lambda path, text: path.write_bytes(text.encode("gb18030"))),
    "文件:utf-16": (".txt", lambda path, text: path.write_bytes(text.encode("utf-16"))),
}


def read_as(name: str, text: str) -> dict:
    """Write ``text`` as a file of that kind and read it."""
    ending, write = FILES[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"方案{ending}"
        write(path, text)
        return json.loads(compile_plan(read_document(path)).model_dump_json())
