"""The real LibreOffice: a received document asks nothing of anybody, and what it saves is read."""

from pathlib import Path

import docx
import pdfplumber
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document
from tasks.documents.reading import read_document
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.reading import open_book
from tests.places import DOCUMENTS
from tests.support.listener import Listener, listening
from tests.support.office_files import write_numbered_word
from tests.support.reviews import write_review
from tests.support.soffice import saved_as

W = nsdecls("w")
BOX = f"""<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape type="#_x0000_t202"
 style="position:absolute;width:200pt;height:60pt"><v:textbox><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p>
 </w:txbxContent></v:textbox></v:shape></w:pict></w:r>"""
pytestmark = pytest.mark.office

# A document with a linked picture and a linked section, as LibreOffice itself writes it.
LINKED = """<?xml version="1.0" encoding="UTF-8"?>
<office:document office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>
<text:p>某县法治建设实施方案</text:p>
<text:p><draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm"><draw:image
 xlink:href="{address}/a.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>
<text:section text:name="s"><text:section-source xlink:href="{address}/b.html" xlink:type="simple"/>
<text:p>强化法治宣传</text:p></text:section>
</office:text></office:body></office:document>"""


def unguarded(folder: Path, source: Path, kind: str) -> Path:
    """Convert as anybody would, without our profile."""
    [made] = saved_as(folder, [source], kind)
    return made


@pytest.fixture(params=["http", "ftp"])
def linked(request, tmp_path):
    """A .doc with links to a listener, which LibreOffice left alone has just asked."""
    with listening() as listener:
        source = tmp_path / "方案.fodt"
        address = f"{request.param}://127.0.0.1:{listener.port}"
        source.write_text(LINKED.format(address=address), encoding="utf-8")
        made = unguarded(tmp_path, source, "doc")
        unguarded(tmp_path, made, "docx")
        assert listener.heard, "nothing was asked: this document proves nothing"
        listener.heard.clear()
        yield made, listener


def test_a_received_document_asks_nothing_of_anybody(linked):
    made, listener = linked
    assert isinstance(listener, Listener)

    text = "".join(line.text for line in read_document(made).lines)

    assert "某县法治建设实施方案" in text
    assert "强化法治宣传" in text
    assert listener.heard == []


def test_what_another_office_program_saved_is_read(tmp_path):
    book = Workbook()
    book.active.title = "节点"
    book.active.append(["编号", "状态"])
    book.active.append(["W1", "未开始"])
    book.save(tmp_path / "a.xlsx")

    table = Sheet("节点", (Column("编号"), Column("状态")))
    saved = open_book(unguarded(tmp_path, tmp_path / "a.xlsx", "xlsx"), [table])

    [row] = saved.rows(table)
    assert (row.number, row.text("编号"), row.text("状态")) == (2, "W1", "未开始")


def test_a_review_is_printed_in_letters_that_can_be_read(tmp_path):
    name = "121-fazhi-shifanxian-fenjie.txt"
    text = (DOCUMENTS / name).read_text(encoding="utf-8")
    read = read_plan(Document.from_text(text, name))
    write_review(tmp_path / "审核表.xlsx", read.plan, read.doubts)

    with pdfplumber.open(unguarded(tmp_path, tmp_path / "审核表.xlsx", "pdf")) as printed:
        sheets = [page.extract_text().splitlines() for page in printed.pages]
        smallest = min(char["size"] for page in printed.pages for char in page.chars)

    assert smallest >= 9
    assert [lines[0] for lines in sheets] == [
        f"{read.plan.title} {sheet}"
        for sheet in ("方案信息", "请看一眼", "阶段", "任务", "指标", "周期工作", "组织机构")
    ]
    assert [lines[-1] for lines in sheets] == [f"第 {n} 页，共 7 页" for n in range(1, 8)]


def everything(path: Path) -> Path:
    """Write a Word file with what gets lost on the way to and from other kinds; it ends with a table."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.add_paragraph("某县法治建设实施方案")
    struck = document.add_paragraph("修订：")
    struck._p.append(
        parse_xml(f'<w:del {W} w:id="1"><w:r><w:delText>删去</w:delText></w:r></w:del>')
    )
    struck._p.append(parse_xml(f'<w:ins {W} w:id="2"><w:r><w:t>插入</w:t></w:r></w:ins>'))
    document.add_paragraph("隐藏：").add_run("看不见").font.hidden = True
    table = document.add_table(rows=3, cols=3)
    for number, cell in enumerate(each for row in table.rows for each in row.cells):
        cell.text = f"格{number}"
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(2, 2))
    table.cell(1, 1).add_paragraph("另一行")
    document.add_paragraph("中间")
    document.add_table(rows=1, cols=2).cell(0, 0).text = "末"
    document.save(str(path))
    return path


def told(document: Document) -> tuple[list[str], list[tuple[str, str]]]:
    lines = [" | ".join(line.cells) if line.cells else line.text for line in document.lines]
    return [each for each in lines if each], [(n.why, n.words) for n in document.not_read]


@pytest.mark.parametrize("kind", ["doc", "odt", "fodt", "rtf"])
def test_other_kinds_of_word_files_are_read_as_the_word_file_is(tmp_path, kind):
    word = everything(tmp_path / "a.docx")

    assert told(read_document(unguarded(tmp_path, word, kind))) == told(read_document(word))


@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_automatic_numbers_are_the_same_in_other_kinds(tmp_path, kind):
    write_numbered_word(tmp_path / "a.docx")

    made = unguarded(tmp_path, tmp_path / "a.docx", kind)

    assert told(read_document(made)) == told(read_document(tmp_path / "a.docx"))


@pytest.mark.parametrize("name", ["a.doc", "a.docx", "a"])
def test_an_open_document_under_another_name_is_read(tmp_path, name):
    made = unguarded(tmp_path, everything(tmp_path / "a.docx"), "odt")

    assert read_document(made.rename(tmp_path / name)).lines


FIELDS = LINKED.partition("<text:p>")[0].partition("<office:body>")[0] + (
    "<office:body><office:text><text:p>某县方案</text:p>"
    '<text:p><text:date text:date-value="2020-01-02">2020年1月2日</text:date>由'
    '<text:text-input text:description="d">市司法局</text:text-input>'
    '<text:hidden-text text:condition="ooow:1" text:is-hidden="true">不</text:hidden-text>牵头</text:p>'
    "</office:text></office:body></office:document>"
)


def test_fields_of_an_open_document_are_read_as_they_were_saved(tmp_path):
    (tmp_path / "a.fodt").write_text(FIELDS, encoding="utf-8")

    lines, left = told(read_document(tmp_path / "a.fodt"))

    assert lines == ["某县方案", "2020年1月2日由市司法局牵头"]
    assert left == [("隐藏文字", "不")]


def test_what_the_converter_of_old_word_files_drops_is_read_by_libreoffice(tmp_path):
    document = docx.Document()
    document.add_paragraph("某县法治建设实施方案")._p.append(parse_xml(BOX))
    document.save(str(tmp_path / "a.docx"))

    made = read_document(unguarded(tmp_path, tmp_path / "a.docx", "doc"))

    assert told(made) == (["某县法治建设实施方案", "框里的话"], [])
