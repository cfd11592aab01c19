"""Workbooks as other programs write them, made of raw XML: what is filled is read or named."""

import re
import zipfile
from pathlib import Path

import pytest

from models.errors import PlanError
from tasks.workbook.checking import look_at
from tasks.workbook.reading import open_book
from tasks.workbook.writing import write_workbook
from tests.tasks.workbook.test_law import GUIDANCE, GUIDE, ROWS, UNITS, WORD, answer, sent

__all__ = ["sent"]  # a fixture

SHEET = "xl/worksheets/sheet1.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOX = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:sp>'
    f"<xdr:txBody><a:p><a:r><a:t>{WORD}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"
)
REMARK = f'<comments {MAIN}><commentList><comment ref="B4"><text><t>{WORD}</t></text></comment></commentList></comments>'
SHAPE = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:shape><v:textbox><div><font>{words}</font></div></v:textbox><x:ClientData ObjectType="{kind}"/></v:shape></xml>'
)


def parts_of(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist()}


def said_of(path: Path, parts: dict[str, str]) -> tuple[str, list[str]]:
    """Return every text that is read of the first sheet, and what is told of the file."""
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    rows, notes = answer(path)
    return "|".join(text for row in rows for text in row), notes


def with_cell(parts: dict[str, str], cell: str) -> dict[str, str]:
    """Put ``cell`` in place of C5."""
    sheet = re.sub(r'<c r="C5"[^>]*?(?:/>|>.*?</c>)', cell, parts[SHEET], count=1)
    return {**parts, SHEET: sheet}


def hanging(parts: dict[str, str], kind: str, name: str, content: str) -> dict[str, str]:
    """Hang a part on the first sheet."""
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="/{name}"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'<Relationships xmlns="{space}">{relation}</Relationships>'
    return {**parts, "xl/worksheets/_rels/sheet1.xml.rels": relations, name: content}


@pytest.mark.parametrize(
    "cell",
    [
        f'<c r="C5" t="inlineStr"><is><r><t>哨</t></r><r><rPr><b/></rPr><t>{WORD[1:]}</t></r></is></c>',
        f'<c r="C5" t="str"><f>A1</f><v>{WORD}</v></c>',
        f'<c r="C5" t="str"><f t="array" ref="C5:C6">A1</f><v>{WORD}</v></c>',
        f'<c r="c5" t="inlineStr"><is><t>{WORD}</t></is></c>',
        f'<c t="inlineStr"><is><t><![CDATA[{WORD}]]></t></is></c>',
    ],
)
def test_a_text_is_read_however_it_is_written(sent, cell):
    assert WORD in said_of(sent, with_cell(parts_of(sent), cell))[0]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("司法局_x000D_", "司法局"),
        ("市_x000D_\n局", "市\n局"),
        ("A_x005F_x000D_", "A_x000D_"),
        ("A_x12_", "A_x12_"),
    ],
)
def test_characters_that_excel_writes_as_numbers_are_what_they_show(sent, text, read):
    cell = f'<c r="C5" t="inlineStr"><is><t>{text}</t></is></c>'

    assert f"|{read}|" in said_of(sent, with_cell(parts_of(sent), cell))[0]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('<c r="C5" t="b"><v>1</v></c>', "是"),
        ('<c r="C5"><f>1+1</f><v>2.75</v></c>', "2.75"),
        ('<c r="C5"><v>1.5E-3</v></c>', "0.0015"),
        ('<c r="C5" t="d"><v>2026-03-05</v></c>', "2026-03-05"),
    ],
)
def test_a_value_is_read_as_it_shows(sent, cell, read):
    assert f"|{read}|" in said_of(sent, with_cell(parts_of(sent), cell))[0]


def test_a_reading_aid_is_no_text_and_is_named(sent):
    cell = f'<c r="C5" t="inlineStr"><is><t>甲</t><rPh sb="0" eb="1"><t>{WORD}</t></rPh></is></c>'

    read, notes = said_of(sent, with_cell(parts_of(sent), cell))

    assert WORD not in read
    assert notes == ["有的格里带注音，注音没有收"]


@pytest.mark.parametrize("pages", ["odd", "even", "first"])
@pytest.mark.parametrize("place", ["Header", "Footer"])
def test_a_running_head_is_named(sent, pages, place):
    parts = parts_of(sent)
    kind = f"{pages}{place}"
    words = f'&amp;L&amp;"宋体,Regular"&amp;11{WORD}&amp;R&amp;P'
    parts[SHEET] = re.sub(f"<{kind}>.*?</{kind}>", f"<{kind}>{words}</{kind}>", parts[SHEET])

    assert said_of(sent, parts)[1] == [f"打印用的页眉或页脚“{WORD}”没有收"]


@pytest.mark.parametrize(
    "words", ["", "&amp;C第 &amp;P 页，共 &amp;N 页", "&amp;CPage &amp;P of &amp;N", "&amp;R&amp;D&amp;T&amp;A&amp;F", "&amp;C- &amp;P -"]
)  # fmt: skip
def test_numbers_of_pages_are_no_words(sent, words):
    parts = parts_of(sent)
    parts[SHEET] = re.sub("<oddFooter>.*?<", f"<oddFooter>{words}<", parts[SHEET])

    assert said_of(sent, parts)[1] == []


@pytest.mark.parametrize(
    ("kind", "name", "content", "told"),
    [
        ("drawing", "xl/drawings/drawing1.xml", BOX, f"表“单位”有文本框“{WORD}”，没有收"),
        ("drawing", "xl/other/d.xml", BOX, f"表“单位”有文本框“{WORD}”，没有收"),
        ("comments", "xl/comments1.xml", REMARK, "表“单位”有 1 处批注（B4），没有收"),
        ("comments", "xl/notes/n.xml", REMARK, "表“单位”有 1 处批注（B4），没有收"),
        ("vmlDrawing", "xl/drawings/v.vml", SHAPE.format(words=WORD, kind="Button"), f"表“单位”有文本框“{WORD}”，没有收"),
        ("vmlDrawing", "xl/drawings/v.vml", "<xml><br></xml>", "表“单位”有文本框“旧式图形”，没有收"),
    ],
)  # fmt: skip
def test_what_hangs_on_a_sheet_is_named_wherever_it_stands(sent, kind, name, content, told):
    assert said_of(sent, hanging(parts_of(sent), kind, name, content))[1] == [told]


def test_the_shape_of_a_remark_is_no_box(sent):
    shape = SHAPE.format(words="备注", kind="Note")

    assert said_of(sent, hanging(parts_of(sent), "vmlDrawing", "xl/drawings/v.vml", shape))[1] == []


@pytest.mark.parametrize("part", ["worksheets/sheet9.xml", "others/s9.xml"])
@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (f'<c r="A1" t="inlineStr"><is><t>{WORD}</t></is></c>', "表“附加”没有收（1 行有内容）"),
        ('<c r="A1"><f>1+1</f></c>', "表“附加”在数据右侧有 1 处公式，没有收"),
    ],
)
def test_a_sheet_is_named_wherever_its_part_stands(sent, part, cell, told):
    parts = parts_of(sent)
    more = f'<sheet xmlns:r="{OFFICE}" name="附加" sheetId="9" r:id="rId77"/></sheets>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("</sheets>", more)
    relations = "xl/_rels/workbook.xml.rels"
    more = f'<Relationship Id="rId77" Type="{OFFICE}/worksheet" Target="{part}"/></Relationships>'
    parts[relations] = parts[relations].replace("</Relationships>", more)
    parts[f"xl/{part}"] = (
        f'<worksheet {MAIN}><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    )

    assert said_of(sent, parts)[1] == [told]


def test_a_sheet_in_an_odd_place_is_measured_too(sent):
    parts = parts_of(sent)
    cell = '<row r="900001"><c r="A900001"><v>1</v></c></row>'
    parts["xl/others/s9.xml"] = f"<worksheet {MAIN}><sheetData>{cell}</sheetData></worksheet>"

    with pytest.raises(PlanError, match="表格写到了第 900001 行"):
        said_of(sent, parts)


def test_our_own_lists_are_not_looked_at_closer(tmp_path):
    path = tmp_path / "发出.xlsx"
    write_workbook(path, [UNITS.filled(ROWS, "某市"), GUIDE.filled(GUIDANCE)])

    assert not look_at(path.read_bytes()).closer


WRITTEN = {
    "是文本文件（.csv、.txt）": "单位,别名\r\n市司法局,司法局\r\n",
    "是网页或 XML 格式的表格": "\r\n<!-- OA --><html><body><table><tr><td>单位</td></tr></table>",
    "是存成单个文件的网页（.mht）": "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n",
}


@pytest.mark.parametrize("suffix", [".xls", ".xlsx", ".et"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(("words", "text"), WRITTEN.items())
def test_what_an_office_system_calls_a_workbook_is_told_with_the_next_step(
    tmp_path, words, text, code, suffix
):
    if code == "utf-8-sig" and text.startswith("MIME"):
        code = "ascii"  # no mail begins with a mark
    path = tmp_path / f"导出{suffix}"
    path.write_bytes(text.encode(code))

    with pytest.raises(PlanError) as caught:
        open_book(path)

    [line] = caught.value.faults
    assert line == f"{words}，不是 Excel 工作簿（.xlsx），请用 Excel 或 WPS 打开后另存为 .xlsx"


def test_the_xml_of_excel_2003_is_told_with_the_next_step(tmp_path):
    path = tmp_path / "导出.xls"
    path.write_text('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>')

    with pytest.raises(PlanError, match="XML 格式的表格.*另存为 .xlsx"):
        open_book(path)


@pytest.mark.parametrize(
    "content", [b"{\\rtf1", b"\x89PNG\r\n\x1a\n\0\0", b"PK\x03\x04", b"\x09\0\4\0\2\0"]
)
def test_what_is_no_workbook_at_all_is_told_with_the_next_step(tmp_path, content):
    path = tmp_path / "a.xls"
    path.write_bytes(content)

    with pytest.raises(PlanError, match="另存为 .xlsx，打不开的请对方重新发来"):
        open_book(path)
