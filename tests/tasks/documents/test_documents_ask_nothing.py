"""No document that is read makes us ask another machine, whatever it links to."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from reportlab.pdfgen import canvas

from tasks.documents.checks import DocumentError
from tasks.documents.reading import read_document
from tests.support.listener import listening

TEXT = "某县法治建设实施方案"
ATTACHED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"


def page(folder: Path, address: str) -> Path:
    path = folder / "a.html"
    path.write_text(
        f'<!DOCTYPE html SYSTEM "{address}/x.dtd"><html><head><base href="{address}/">'
        f'<link rel="stylesheet" href="{address}/a.css"><meta http-equiv="refresh" content="0;url={address}">'
        f'<script src="{address}/a.js"></script></head><body><p>{TEXT}</p><img src="{address}/a.png">'
        f'<iframe src="{address}/b.html"></iframe><object data="{address}/c"></object></body></html>',
        encoding="utf-8",
    )
    return path


def word(folder: Path, address: str) -> Path:
    path = folder / "a.docx"
    document = docx.Document()
    document.add_paragraph(TEXT)
    for kind, name in ((KIND.IMAGE, "a.png"), (KIND.HYPERLINK, "b"), (KIND.A_F_CHUNK, "c.html")):
        document.part.relate_to(f"{address}/{name}", kind, is_external=True)
    document.part._settings_part.relate_to(f"{address}/t.dotx", ATTACHED, is_external=True)
    document.save(str(path))
    return path


def pdf(folder: Path, address: str) -> Path:
    path = folder / "a.pdf"
    sheet = canvas.Canvas(str(path))
    sheet.drawString(100, 700, "An implementation plan with a link in it")
    sheet.linkURL(f"{address}/a", (0, 0, 500, 800))
    sheet.save()
    return path


def marks(folder: Path, address: str) -> Path:
    path = folder / "a.md"
    path.write_text(f"# {TEXT}\n\n# 二\n\n![图]({address}/a.png)\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("make", [page, word, pdf, marks])
def test_reading_asks_nothing_of_anybody(tmp_path, make):
    with listening() as listener:
        document = read_document(make(tmp_path, f"http://127.0.0.1:{listener.port}"))

        assert any("plan" in line.text or TEXT in line.text for line in document.lines)
        assert listener.heard == []


def test_a_word_file_that_declares_something_outside_is_not_opened_at_all(tmp_path):
    with listening() as listener:
        path = word(tmp_path, f"http://127.0.0.1:{listener.port}")
        with zipfile.ZipFile(path) as whole:
            members = {name: whole.read(name) for name in whole.namelist()}
        declared = (
            f'<!DOCTYPE w SYSTEM "http://127.0.0.1:{listener.port}/x.dtd"><w:document'.encode()
        )
        members["word/document.xml"] = members["word/document.xml"].replace(
            b"<w:document", declared, 1
        )
        with zipfile.ZipFile(path, "w") as parts:
            for name, content in members.items():
                parts.writestr(name, content)

        with pytest.raises(DocumentError, match="外部引用"):
            read_document(path)
        assert listener.heard == []
