"""A document of Word 2003, one file of XML, is read under whatever name an office system gave it."""

from pathlib import Path

import pytest

from models.plan.reading.text.document import MISSING, Document
from tasks.documents.checks import DocumentError, kind_of
from tasks.documents.reading import read_document

FRAME = """<?xml version="1.0" encoding="{code}" standalone="yes"?>
<?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"
 xmlns:st1="urn:schemas-microsoft-com:smarttags"><o:DocumentProperties><o:Title>题</o:Title></o:DocumentProperties>{lists}
<w:body>{body}<w:sectPr>{running}</w:sectPr></w:body></w:wordDocument>"""
LISTS = """<w:lists>
<w:listDef w:listDefId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/><w:suff w:val="Nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="3"/><w:suff w:val="Nothing"/><w:lvlText w:val="（%2）"/></w:lvl></w:listDef>
<w:list w:ilfo="2"><w:ilst w:val="7"/></w:list></w:lists>"""


def p(text: str, before: str = "") -> str:
    return f"<w:p>{before}<w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(text: str, level: int) -> str:
    said = f'<w:listPr><w:ilvl w:val="{level}"/><w:ilfo w:val="2"/></w:listPr>'
    return p(text, f"<w:pPr>{said}</w:pPr>")


def shown(text: str, number: str, style: str = "") -> str:
    said = f'<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="2"/><wx:t wx:val="{number}" wx:wTabBefore="0"/></w:listPr>'
    return p(text, f"<w:pPr>{style}{said}</w:pPr>")


def change(kind: str, text: str) -> str:
    tag = "delText" if kind == "Deletion" else "t"
    run = f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"
    return f'<aml:annotation aml:id="1" w:type="Word.{kind}"><aml:content>{run}</aml:content></aml:annotation>'


def cell(text: str, more: str = "") -> str:
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{p(text)}</w:tc>"


def written(folder: Path, body: str, name: str = "a.doc", code: str = "utf-8", **more: str) -> Path:
    said = {"lists": LISTS, "running": "", **more}
    text = FRAME.format(code=code, body=body, **said)
    (folder / name).write_bytes(text.encode(code))
    return folder / name


def read(folder: Path, body: str, **more: str) -> Document:
    document = read_document(written(folder, body, **more))
    assert not [n for n in document.not_read if n.why == MISSING]
    return document


def lines(document: Document) -> list[str]:
    return [" | ".join(line.cells) if line.cells else line.text for line in document.lines]


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.docx", "a.xml", "a.txt", "a"])
@pytest.mark.parametrize("code", ["utf-8", "utf-16", "gb18030"])
def test_it_is_known_by_its_first_element_in_any_encoding(tmp_path, name, code):
    path = written(tmp_path, p("某县方案"), name, code)

    assert kind_of(path.read_bytes(), name) == "wordml"


@pytest.mark.parametrize("code", ["utf-8", "utf-16", "gb18030"])
def test_it_is_read_in_any_encoding(tmp_path, code):
    assert lines(read(tmp_path, p("某县方案"), code=code)) == ["某县方案"]


@pytest.mark.parametrize("said", ["GB2312", "gbk", "utf-8", "UTF-8"])
def test_characters_outside_of_the_set_it_names_are_read(tmp_path, said):
    text = FRAME.format(code=said, body=p("镕㵻某县方案"), lists="", running="")
    (tmp_path / "a.doc").write_bytes(text.encode("gb18030"))

    assert lines(read_document(tmp_path / "a.doc")) == ["镕㵻某县方案"]


def test_one_that_declares_a_document_type_is_not_opened(tmp_path):
    path = written(tmp_path, p("x"))
    declared = path.read_bytes().replace(
        b"<w:wordDocument", b'<!DOCTYPE x SYSTEM "x"><w:wordDocument', 1
    )
    path.write_bytes(declared)

    with pytest.raises(DocumentError, match="外部引用"):
        read_document(path)


BOX = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
NOTE = "<w:r><w:{0}>{1}</w:{0}></w:r>"
WIDE, HIGH, BELOW = '<w:gridSpan w:val="2"/>', '<w:vmerge w:val="restart"/>', "<w:vmerge/>"
BODIES = [
    (p("甲") + p("乙"), ["甲", "乙"]),
    (f"<wx:sect>{p('甲')}<wx:sub-section>{p('乙')}</wx:sub-section></wx:sect>", ["甲", "乙"]),
    ("<w:p><st1:place><w:r><w:t>某县</w:t></w:r></st1:place><w:r><w:t>方案</w:t></w:r></w:p>", ["某县方案"]),
    (f"<w:p>{change('Insertion', '加')}{change('Formatting', '留')}</w:p>", ["加留"]),
    ("<w:p><w:hlink w:dest='http://x'><w:r><w:t>链接</w:t></w:r></w:hlink></w:p>", ["链接"]),
    (listed("甲", 0) + listed("子", 1) + listed("乙", 0), ["一、甲", "（3）子", "二、乙"]),
    (shown("甲", "第八条") + shown("乙", "第九条"), ["第八条甲", "第九条乙"]),
    (f"<w:tbl><w:tr>{cell('甲', WIDE)}</w:tr><w:tr>{cell('乙')}{cell('丙')}</w:tr></w:tbl>{p('后')}",
     ["甲 | 甲", "乙 | 丙", "后"]),
    (f"<w:tbl><w:tr>{cell('甲', HIGH)}{cell('乙')}</w:tr>"
     f"<w:tr>{cell('', BELOW)}{cell('丙')}</w:tr></w:tbl>", ["甲 | 乙", "甲 | 丙"]),
    (f"<w:p><w:r><w:t>前</w:t></w:r>{BOX.format(p('框一') + p('框二'))}</w:p>", ["前", "框一", "框二"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "read_as"), BODIES)
def test_what_it_shows_is_read(tmp_path, body, read_as):
    document = read(tmp_path, body)

    assert lines(document) == read_as
    assert document.not_read == ()


LEFT = [
    (f"<w:p>{change('Deletion', '删去')}<w:r><w:t>留下</w:t></w:r></w:p>", "", [("修订中已删去", "删去")]),
    ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>留下</w:t></w:r></w:p>", "", [("隐藏文字", "隐藏")]),
    (f"<w:p><w:r><w:t>留下</w:t></w:r><w:r><aml:annotation w:type='Word.Comment'><aml:content>{p('批')}</aml:content></aml:annotation></w:r></w:p>", "", [("批注", "批")]),
    (p("留下"), f"<w:hdr w:type='odd'>{p('眉')}</w:hdr><w:ftr w:type='odd'>{p('脚')}</w:ftr>", [("页眉", "眉"), ("页脚", "脚")]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "running", "left"), LEFT)
def test_what_it_does_not_show_is_named(tmp_path, body, running, left):
    document = read(tmp_path, body, running=running)

    assert lines(document) == ["留下"]
    assert [(n.why, n.words) for n in document.not_read] == left


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_its_notes_are_read(tmp_path, kind):
    called = NOTE.format(kind, p("县直部门指县政府工作部门"))

    document = read(tmp_path, f"<w:p><w:r><w:t>县直部门</w:t></w:r>{called}</w:p>")

    assert "县直部门指县政府工作部门" in "".join(lines(document))


def test_a_style_that_numbers_does_not_number_twice(tmp_path):
    styles = (
        '<w:styles><w:style w:type="paragraph" w:styleId="1"><w:pPr><w:listPr><w:ilvl w:val="0"/>'
        '<w:ilfo w:val="2"/></w:listPr></w:pPr></w:style></w:styles>'
    )
    style = '<w:pStyle w:val="1"/>'
    body = shown("甲", "一、", style) + p("乙", f"<w:pPr>{style}</w:pPr>")

    # The first number is written down; the second is counted, by a list that has counted nothing yet.
    assert lines(read(tmp_path, body, lists=LISTS + styles)) == ["一、甲", "一、乙"]


@pytest.mark.parametrize("depth", [50, 5000])
def test_a_deep_one_is_read_or_refused(tmp_path, depth):
    body = "<wx:sect>" * depth + p("甲") + "</wx:sect>" * depth
    try:
        assert lines(read(tmp_path, body)) == ["甲"]
    except DocumentError as error:
        assert "打不开" in str(error)
