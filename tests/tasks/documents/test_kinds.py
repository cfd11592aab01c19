"""What a file is, whatever its name says: read by what it holds, or named with the next step."""

import base64
import io
import quopri
import zipfile
from pathlib import Path

import docx
import pytest

from models.plan.reading.text.document import MISSING, Document
from models.plan.reading.text.marks import UNCOUNTED
from tasks.documents.checks import DocumentError, kind_of
from tasks.documents.reading import read_document
from tests.support.compounds import compound

TITLE = "某县法治建设实施方案"
MAIN = "word/document.xml"


def whole(path: Path) -> Document:
    """Read a file and hold it to the law: nothing is missing."""
    document = read_document(path)
    assert not [n for n in document.not_read if n.why == MISSING]
    return document


def changed(path: Path, new: Path, members: dict[str, bytes], names: dict[str, str]) -> Path:
    """Write a packed file again with other members and other names of members."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as made:
        for name in old.namelist():
            made.writestr(names.get(name, name), members.get(name) or old.read(name))
        for name in members.keys() - set(old.namelist()):
            made.writestr(name, members[name])
    return new


@pytest.fixture
def plain(tmp_path) -> Path:
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.save(str(tmp_path / "plain.docx"))
    return tmp_path / "plain.docx"


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def test_relations_in_an_encoding_that_nobody_knows_name_no_body(plain, tmp_path):
    with zipfile.ZipFile(plain) as parts:
        relations = parts.read("_rels/.rels")
    odd = relations.replace(b"UTF-8", b"UTF-J")
    assert odd != relations

    document = whole(changed(plain, tmp_path / "b.docx", {"_rels/.rels": odd}, {}))

    assert TITLE in "".join(line.text for line in document.lines)


@pytest.mark.parametrize("target", ["word/document2.xml", "/word/document2.xml", "./word/文.xml"])
def test_the_body_of_a_word_file_is_where_its_relations_say(plain, tmp_path, target):
    relations = part(plain, "_rels/.rels").replace(b"word/document.xml", target.encode())
    moved = target.lstrip("./")
    types = part(plain, "[Content_Types].xml").replace(b"word/document.xml", moved.encode())
    members = {"_rels/.rels": relations, "[Content_Types].xml": types}
    path = changed(plain, tmp_path / "a.docx", members, {
        MAIN: moved, "word/_rels/document.xml.rels": moved.replace("word/", "word/_rels/") + ".rels",
    })  # fmt: skip

    assert kind_of(path.read_bytes(), "a.docx") == "docx"
    assert [line.text for line in whole(path).lines] == [TITLE]


@pytest.mark.parametrize("name", ["customXml/item1.xml", "docProps/app2.xml"])
def test_a_part_that_nobody_reads_may_declare_what_it_likes(plain, tmp_path, name):
    declared = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "x.dtd"><x/>'

    assert whole(changed(plain, tmp_path / "a.docx", {name: declared}, {})).lines
    with pytest.raises(DocumentError, match="外部引用"):
        read_document(changed(plain, tmp_path / "b.docx", {"word/x.xml": declared}, {}))


@pytest.mark.parametrize("start", [
    '<!--{}--><!DOCTYPE x SYSTEM "x.dtd"><x/>',
    '<!--<x> {}--><!DOCTYPE x SYSTEM "x.dtd"><x/>',  # an element in the remark is none
    '<?pi <x> {}?><!DOCTYPE x SYSTEM "x.dtd"><x/>',
    "<!DOCTYPE x><x/>",
])  # fmt: skip
@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_a_declaration_is_found_however_it_is_written(plain, tmp_path, start, code):
    declared = start.format("x" * 9000).encode(code)

    with pytest.raises(DocumentError, match="外部引用"):
        read_document(changed(plain, tmp_path / "a.docx", {"word/x.xml": declared}, {}))


@pytest.mark.parametrize("start", ["<!-- <!DOCTYPE x> --><x/>", "<!--{}--><x/>", "<x>{}</x>"])
def test_a_remark_declares_nothing(plain, tmp_path, start):
    path = changed(plain, tmp_path / "a.docx", {"word/x.xml": start.format("x" * 900).encode()}, {})

    assert whole(path).lines


@pytest.mark.usefixtures("letters_may_be_lost")  # the count of the tests knows no such encoding
def test_relations_are_read_in_the_encoding_that_they_name(plain, tmp_path):
    relations = part(plain, "_rels/.rels").decode().replace("word/document.xml", "word/正文.xml")
    names = {MAIN: "word/正文.xml", "word/_rels/document.xml.rels": "word/_rels/正文.xml.rels"}
    named = relations.replace("UTF-8", "gb2312").encode("gb2312")

    document = whole(changed(plain, tmp_path / "a.docx", {"_rels/.rels": named}, names))

    assert [line.text for line in document.lines] == [TITLE]


PAGE = "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><p>{}</p></body></html>"
WEB = [
    PAGE,
    "\ufeff" + PAGE,
    "\r\n \t" + PAGE,
    "<!-- 由系统生成 <html> -->\n<!--[if gte mso 9]><xml></xml><![endif]-->" + PAGE,
    '<?xml version="1.0" encoding="GB2312"?>\n' + PAGE,
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/x.dtd">' + PAGE,
    "<!DOCTYPE HTML>" + PAGE.upper().replace("'URN:SCHEMAS", "'urn:schemas"),
    "<meta charset=gb2312><p>{}</p>",
    "<div class=Section1><p>{}</p></div>",
    "<table><tr><td>{}</td></tr></table>",
    "<head><title></title></head><body>{}</body>",
]


@pytest.mark.parametrize("code", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.docx", "a.html", "a.xml", "a.pdf", "a.xls"])
@pytest.mark.parametrize("page", WEB)
def test_a_web_page_is_one_under_any_name(page, name, code):
    assert kind_of(page.format(TITLE).encode(code), name) == "html"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("某县方案<br>一、总体要求", "a.doc", "html"),
        ("某县方案</P><P>一、总体要求</P>", "a.wps", "html"),
        ("<b>某县方案</b>", "a.doc", "html"),
        ("某县方案", "a.html", "html"),
        ("某县方案<br>", "a.txt", "text"),
        ("某县方案</p>", "a.md", "text"),
        ("指标<90%，</>不足", "a.doc", "text"),
    ],
)
def test_words_with_elements_between_them_are_a_page_but_in_a_text(text, name, kind):
    assert kind_of(text.encode("gb18030"), name) == kind


@pytest.mark.parametrize("code", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["a.doc", "a.wps"])
def test_a_web_page_under_the_name_of_word_is_read(tmp_path, name, code):
    (tmp_path / name).write_bytes(PAGE.format(TITLE).encode(code))

    assert [line.text for line in whole(tmp_path / name).lines] == [TITLE]


@pytest.mark.parametrize("code", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.txt", "a.dot", "a.md"])
def test_a_plain_text_is_one_under_the_name_of_word(tmp_path, name, code):
    (tmp_path / name).write_bytes(f"{TITLE}\n一、总体要求\n".encode(code))

    assert [line.text for line in whole(tmp_path / name).lines] == [TITLE, "一、总体要求"]


def test_bytes_by_chance_are_no_text_under_the_name_of_word():
    with pytest.raises(DocumentError, match="不是正常的 .doc 文件"):
        kind_of(bytes(range(1, 256)) * 40, "a.doc")


def test_a_text_that_begins_with_a_piece_of_a_page_stays_a_text():
    assert kind_of(b"<div align=center>\n\n# x", "a.md") == "text"
    assert kind_of(b"<p>x", "a.txt") == "text"


def packed(*members: str, first: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in members:
            archive.writestr(name, first or "<x/>")
    return made.getvalue()


OPEN = "application/vnd.oasis.opendocument."
LETTER = "From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: {}\r\n\r\n<html>"
# What a file holds, and what its line says; the names below lie about all of them.
NAMED = [
    (b"Rar!\x1a\x07\x00" + bytes(40), "是压缩包，请解压后逐个读入"),
    (b"7z\xbc\xaf\x27\x1c" + bytes(40), "是压缩包"),
    (b"\x1f\x8b\x08" + bytes(40), "是压缩包"),
    (b"x" * 257 + b"ustar\x00" + bytes(300), "是压缩包"),
    (packed("方案.docx", "附件/任务表.xls"), "是压缩包，请解压后逐个读入"),
    (packed(), "是空的压缩包"),
    (packed("xl/workbook.xml"), "是 Excel 表格.*shifan plan load"),
    (packed("[Content_Types].xml", "xl/workbook.bin"), "是 Excel 表格"),
    (packed("[Content_Types].xml", "ppt/presentation.xml"), "是演示文稿.*另存为 Word"),
    (packed("Index/Document.iwa"), "iWork"),
    (packed("mimetype", "content.xml", first=OPEN + "spreadsheet"), "是 .ods 表格.*另存为 .xlsx"),
    (packed("mimetype", "content.xml", first=OPEN + "presentation"), "是演示文稿"),
    (packed("mimetype", first="application/epub+zip"), "是电子书"),
    (compound({"Workbook": b"x" * 5000}), "是 Excel 97-2003 表格.*另存为 .xlsx"),
    (compound({"Book": b"x" * 5000}), "是 Excel 97-2003 表格"),
    (compound({"Workbook": b"x"}, inside={"WordDocument": b"x"}), "是 Excel 97-2003 表格"),
    (compound({"PowerPoint Document": b"x"}), "是演示文稿"),
    (compound({"EncryptedPackage": b"x"}), "设有打开密码，请去掉密码"),
    (compound({"别的": b"x"}), "不是 Word 文档.*另存为 .docx"),
    (bytes(4) + b"ftypheic" + bytes(40), "是苹果手机的 HEIC 照片.*转成 .jpg"),
    (b"Founder CEB 3.0" + bytes(40), "是 CEB 版式文件.*另存为 PDF"),
    (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "Excel 表格"),
    ('<?xml version="1.0"?><uof:UOF xmlns:uof="x"/>'.encode("utf-16"), "标文通"),
    (b'<?xml version="1.0"?><rss/>', "是 XML 数据"),
]  # fmt: skip
NAMES = [
    "方案.doc",
    "方案.wps",
    "方案.docx",
    "方案.xml",
    "方案.pdf",
    "方案.html",
    "方案",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("content", "says"), NAMED, ids=lambda v: v if isinstance(v, str) else "")
def test_what_holds_no_plan_is_named_with_the_next_step(content, says, name):
    with pytest.raises(DocumentError, match=f"^“{name}”.*{says}") as caught:
        kind_of(content, name)

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [
    LETTER.format("text/html").encode(),
    LETTER.format("multipart/related; boundary=x").encode(),
    compound({"__properties_version1.0": b"x"}),
])  # fmt: skip
def test_a_letter_is_one_under_any_name(content, name):
    assert kind_of(content, name) == "mail"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sign", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\x00", b"GIF89a"])
def test_a_picture_is_one_under_any_name(sign, name):
    assert kind_of(sign + bytes(40), name) == "picture"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a.csv", "是 CSV 表格"),
        ("a.ET", "是 Excel 97-2003 表格"),
        ("a.dps", "是演示文稿"),
        ("a.eml", "是电子邮件"),
        ("a.msg", "是 Outlook 邮件"),
        ("a.ofd", "是 OFD 版式文件"),
        ("a.ceb", "是版式公文"),
        ("a.tif", "是图片"),
        ("a.json", "不能读取"),
        ("a", "不能读取"),
        ("a.docx", "不是正常的 .docx 文件，可能已损坏"),
        ("a.pdf", "不是正常的 .pdf 文件"),
    ],
)
def test_what_has_no_sign_of_its_own_goes_by_its_name(name, says):
    with pytest.raises(DocumentError, match=says):
        kind_of("序号,任务\n1,普法\n".encode(), name)


def open_document(**members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in {"mimetype": OPEN + "text", "content_xml": "<x/>", **members}.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return made.getvalue()


DECLARED = '<!DOCTYPE x SYSTEM "x.dtd"><x/>'


@pytest.mark.parametrize("name", ["a.odt", "a.doc", "a.zip"])
@pytest.mark.parametrize("members", [{}, {"Basic__script-lc_xml": DECLARED}])
def test_an_open_document_is_one_under_any_name(name, members):
    assert kind_of(open_document(**members), name) == "odt"


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"content_xml": DECLARED}, "外部引用"),
        ({"styles_xml": DECLARED}, "外部引用"),
        ({"META-INF__manifest_xml": "<m><manifest:encryption-data/></m>"}, "设有打开密码"),
    ],
)
def test_an_open_document_that_is_locked_or_leads_outside_is_not_opened(members, says):
    with pytest.raises(DocumentError, match=says):
        kind_of(open_document(**members), "a.odt")


SAVED = """{before}MIME-Version: 1.0
Content-Type: multipart/related; boundary="----=_Next"; type="text/html"

------=_Next
Content-Location: file:///C:/a.htm
Content-Transfer-Encoding: {coding}
Content-Type: text/html; charset="{charset}"

{page}

------=_Next
Content-Location: file:///C:/a.files/image001.png
Content-Transfer-Encoding: base64
Content-Type: image/png

iVBORw0KGgo=

------=_Next
Content-Location: file:///C:/a.files/header.htm
Content-Transfer-Encoding: quoted-printable
Content-Type: text/html; charset="utf-8"

<div style=3D'mso-element:header' id=3Dh1><p>Head</p></div>
------=_Next--
"""


CHARSETS = (("gb2312", "gb18030"), ("utf-8", "utf-8"), ("?", "utf-8"))


def saved(coding: str, charset: str, code: str, before: str = "") -> bytes:
    page = PAGE.format(TITLE).encode(code)
    told = {
        "base64": lambda: base64.encodebytes(page),
        "quoted-printable": lambda: quopri.encodestring(page),
        "8bit": lambda: page,
    }[coding]()
    frame = SAVED.format(before=before, coding=coding, charset=charset, page="@@")
    return frame.replace("\n", "\r\n").encode().replace(b"@@", told)


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.mht", "a.mhtml"])
@pytest.mark.parametrize(
    ("coding", "charset", "code"),
    [(c, *s) for c in ("base64", "quoted-printable", "8bit") for s in CHARSETS]
    + [("base64", "unicode", "utf-16")],  # so Word calls it, and packs it thus
)
def test_a_page_saved_whole_is_read(tmp_path, name, coding, charset, code):
    (tmp_path / name).write_bytes(saved(coding, charset, code))

    document = whole(tmp_path / name)

    assert [line.text for line in document.lines] == [TITLE]
    [head] = document.not_read
    assert (head.why, head.words) == ("页眉", "Head")


@pytest.mark.parametrize(
    "before",
    ["From: <Saved by Blink>\nSnapshot-Content-Location: http://x\nSubject: =?utf-8?q?x?=\n", "From: \"Saved by WebKit\"\nDate: Sat, 28 Nov 2026 10:00:00 +0800\n"],
)  # fmt: skip
def test_a_page_that_a_browser_saved_is_no_letter(before):
    assert kind_of(saved("base64", "utf-8", "utf-8", before), "a.mhtml") == "mht"


def test_what_is_left_out_of_a_page_of_heads_is_named(tmp_path):
    told = saved("base64", "utf-8", "utf-8").replace(
        b"<p>Head</p></div>", b"<p>Head</p></div><p style=3D'display:none'>Unseen</p>"
    )
    (tmp_path / "a.mht").write_bytes(told)

    assert [(n.why, n.words) for n in whole(tmp_path / "a.mht").not_read] == [
        ("页眉", "Head"),
        ("隐藏文字", "Unseen"),
    ]


@pytest.mark.parametrize("gone", [0, 1, 2, 3])
@pytest.mark.usefixtures("letters_may_be_lost")
def test_a_saved_page_that_is_cut_off_says_so(tmp_path, gone):
    content = saved("base64", "utf-8", "utf-8")
    end = content.index(base64.encodebytes(PAGE.format(TITLE).encode())[-20:-1]) + 12 - gone
    (tmp_path / "a.mht").write_bytes(content[:end])

    document = read_document(tmp_path / "a.mht")

    assert document.lines[0].text == TITLE
    assert [(n.why, n.words) for n in document.not_read] == [
        (UNCOUNTED, "文件没有存完整，后面可能还有文字")
    ]


def test_a_saved_page_without_its_page_says_so(tmp_path):
    content = saved("base64", "utf-8", "utf-8").replace(b"text/html", b"text/css")
    (tmp_path / "a.mht").write_bytes(content)

    with pytest.raises(DocumentError, match="“a.mht”里没有网页正文"):
        read_document(tmp_path / "a.mht")


@pytest.mark.parametrize("code", ["utf-8", "utf-16", "gb18030", "big5hkscs"])
def test_a_text_in_traditional_characters_is_read_in_any_encoding(tmp_path, code):
    text = "某縣法治政府建設示範創建實施方案\n一、重點任務\n規範執法監督，這是在全縣的工作中不可少的。\n"
    (tmp_path / "a.txt").write_bytes(text.encode(code))

    document = whole(tmp_path / "a.txt")

    assert document.lines[0].text == "某县法治政府建设示范创建实施方案"
    assert document.written[0].text == "某縣法治政府建設示範創建實施方案"
