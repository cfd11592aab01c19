"""Marks of secrecy beside the lines: in boxes, headers, cells, watermarks; and papers that only talk of them."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from tasks.evidence.examining.examine import examine
from tests.support.evidence_files import word_file
from tests.support.old_word import old_word
from tests.support.word_packages import box, old_box, para, paras, row, table, write_package

LONG = "关于进一步加强法治政府建设示范创建有关工作的通知"
PAGE = paras(*["为深入推进依法行政，现就有关事项通知如下，请认真抓好落实。"] * 12)
BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
MARK = "机密★1年"


def word(body: str, **parts: str) -> bytes:
    """Return a .docx of raw XML; ``parts`` are headers and footers."""
    with tempfile.TemporaryDirectory() as folder:
        files = {f"{name}.xml": inner for name, inner in parts.items()}
        path = write_package(Path(folder) / "x.docx", body, files)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
        return path.read_bytes()


def watermark(text: str) -> str:
    shape = f'<v:shape><v:textpath string="{text}"/></v:shape>'
    return f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"


def slides(*shapes: str, layout: str = "", second: str = "") -> bytes:
    """Return a .pptx whose first slide has ``shapes``, its layout one more."""
    space = 'xmlns:p="p" xmlns:a="a" xmlns:r="r"'

    def sheet(kind: str, *texts: str) -> str:
        said = "".join(
            f"<p:sp><p:txBody><a:p><a:r><a:t>{one}</a:t></a:r></a:p></p:txBody></p:sp>"
            for one in texts
        )
        return f"<p:{kind} {space}><p:cSld><p:spTree>{said}</p:spTree></p:cSld></p:{kind}>"

    link = '<Relationships><Relationship Id="a" Type="x/slideLayout" Target="../slideLayouts/slideLayout7.xml"/></Relationships>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("ppt/slides/slide1.xml", sheet("sld", *shapes))
        archive.writestr("ppt/slides/slide2.xml", sheet("sld", second))
        archive.writestr("ppt/slides/_rels/slide1.xml.rels", link)
        archive.writestr("ppt/slideLayouts/slideLayout7.xml", sheet("sldLayout", layout))
        archive.writestr("ppt/slideLayouts/slideLayout8.xml", sheet("sldLayout", MARK))
    return out.getvalue()


def book(*rows: tuple[str, ...], shape: str = "", head: str = "", foot: str = "") -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet()
    for number, cells in enumerate(rows or (("名单",),)):
        sheet.write_row(number, 0, cells)
    if shape:
        sheet.insert_textbox(20, 3, shape)
    sheet.set_header(head)
    sheet.set_footer(foot)
    made.close()
    return out.getvalue()


def drawn(*lines: str, corner: str) -> bytes:
    """Return a .pdf whose ``corner`` at the top left is drawn after all the rest."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(595, 842))
    for at, text, size in [
        *((700 - 18 * n, one, 12) for n, one in enumerate(lines)),
        (790, corner, 16),
    ]:
        page.setFont("STSong-Light", size)
        page.drawString(70, at, text)
    page.save()
    return out.getvalue()


SECRET = {
    "a box behind words of its paragraph": ("a.docx", word(para(LONG, box(MARK)) + PAGE)),
    "a box before words": ("a.docx", word(para(box(MARK), LONG) + PAGE)),
    "a bare word in a box at the head": ("a.docx", word(para(LONG, box("秘密")) + PAGE)),
    "a box of three lines": ("a.docx", word(para(LONG, box("000001", "机密", "特急")))),
    "a box as WPS writes it": ("a.docx", word(para(LONG, old_box(para(MARK))) + PAGE)),
    "a box within a box": ("a.docx", word(para(LONG, box(para(box(MARK)))) + PAGE)),
    "a box anchored far down": ("a.docx", word(PAGE + PAGE + para(LONG, box("机密★")))),
    "a box far down with its term": ("a.docx", word(PAGE + PAGE + para(box("秘密10年")))),
    "letters apart": ("a.docx", word(para(LONG, box("机　密 ★ 1 年")) + PAGE)),
    "cut into runs": ("a.docx", word(para("<w:r><w:t>机</w:t></w:r>", "密", "★") + PAGE)),
    "a header": ("a.docx", word(PAGE, header1=para(MARK))),
    "the third header": (
        "a.docx",
        word(PAGE, header1=paras(*"一二三四五六"), header2=paras(*"一二三四"), header3=para("秘密")),
    ),
    "a box in a header": ("a.docx", word(PAGE, header1=para(LONG, box(MARK)))),
    "a footer": ("a.docx", word(PAGE * 9, footer1=para("秘密★5年"))),
    "a watermark": ("a.docx", word(PAGE, header1=watermark("机密"))),
    "a cell of a table at the top": ("a.docx", word(table(["000001", "", MARK + "　"], [LONG]))),
    "beside a long cell": ("a.docx", word(table([MARK, "芦汀市人民政府办公室文件"]) + PAGE)),
    "lines of one cell": ("a.docx", word(table(row("<w:tc>" + paras("001", "秘密", "特急") + "</w:tc>", LONG)))),
    "a cell beside 密级": ("a.docx", word(table(["单位", "市司法局", "密级", "秘密"]) + PAGE)),
    "a bare cell": ("a.docx", word(table(["秘密", "芦汀市司法局文件"]) + PAGE)),
    "an old file's header": ("a.doc", old_word("正文\r" * 40, others={2: f"{MARK}\r"})),
    "an old file's box": ("a.doc", old_word("正文\r" * 40, others={6: "秘密★\r"})),
    "an old file's bare box": ("a.doc", old_word("正文\r" * 40, others={6: "机密\r"})),
    "a shape of the first slide": ("a.pptx", slides(*[LONG] * 20, MARK)),
    "a bare shape": ("a.pptx", slides(LONG, *["要点"] * 20, "秘密")),
    "the layout behind": ("a.pptx", slides(LONG, layout="秘密★")),
    "a cell of a sheet": ("a.xlsx", book((MARK, "芦汀市司法局行政执法人员花名册"))),
    "a sheet's header": ("a.xlsx", book(head='&L&"宋体,常规"&10机密★1年&C花名册')),
    "a sheet's footer": ("a.xlsx", book(foot="&R工作秘密")),
    "a sheet's box": ("a.xlsx", book(shape="秘密★")),
    "drawn last at the top of a page": ("a.pdf", drawn(*[LONG] * 30, corner=MARK)),
}  # fmt: skip


def open_document(body: str) -> bytes:
    space = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        whole = f"<office:document-content {space}><office:body>{body}</office:body></office:document-content>"
        archive.writestr("content.xml", whole)
    return out.getvalue()


FRAME = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
SECRET["an open document's frame"] = (
    "a.odt",
    open_document(f"<text:p>{LONG}{FRAME.format(MARK)}</text:p>" * 2),
)


@pytest.mark.parametrize(("name", "content"), SECRET.values(), ids=SECRET)
def test_a_mark_that_stands_apart_is_found(name, content):
    [seen] = examine([(name, content)], read_scans=False)

    assert seen.fault_words == ""
    assert seen.secret.startswith("首页")


TALK = {
    "a training paper": word(para("保密工作培训材料", box("国家秘密的密级分为三级")) + PAGE),
    "three levels in boxes": word(para(LONG, box("绝密"), box("机密"), box("秘密")) + PAGE),
    "three levels in lines": word(paras("国家秘密的密级", "绝密", "机密", "秘密") + PAGE),
    "the law's title": word(para("中华人民共和国保守国家秘密法", box("保守国家秘密"))),
    "trade secrets in a box": word(para(LONG, box("商业秘密")) + PAGE),
    "the bare word far down": word(PAGE + para(LONG, box("秘密")) + PAGE),
    "a box on the second page": word(PAGE + BREAK + para(LONG, box("秘密★"))),
    "a list of papers": word(table(["序号", "名称", "密级"], ["1", "通知", "秘密"]) + PAGE),
    "a column of levels": word(table(["文件", "密级", "份数"], ["通知", "机密", "3"]) + PAGE),
    "a header of a course": word(PAGE, header1=para("保密教育培训")),
    "a footer of pages": word(PAGE, footer1=para("第1页")),
    "a watermark of another kind": word(PAGE, header1=watermark("样本")),
    "a form's choices in a box": word(para(LONG, box("密级：秘密□ 机密□ 绝密□"))),
}
TALK |= {
    "slides of a course": slides("保密法宣传", "什么是国家秘密", "绝密", "机密", "秘密"),
    "the second slide's example": slides("保密培训", second=MARK),
    "another layout's mark": slides("普法课件"),
}
BOOKS = {
    "a list of papers in a sheet": book(("序号", "文件", "密级"), ("1", "通知", "秘密")),
    "a sheet's box of words": book(shape="国家秘密载体管理"),
    "a sheet's header of words": book(head="&C商业秘密保护工作台账"),
}


@pytest.mark.parametrize("content", TALK.values(), ids=TALK)
def test_a_paper_that_talks_of_secrets_is_kept(content):
    [seen] = examine([("材料", content)], read_scans=False)

    assert (seen.fault_words, seen.secret) == ("", "")


@pytest.mark.parametrize("content", BOOKS.values(), ids=BOOKS)
def test_a_sheet_that_talks_of_secrets_is_kept(content):
    [seen] = examine([("材料.xlsx", content)], read_scans=False)

    assert (seen.fault_words, seen.secret) == ("", "")


def test_a_box_that_stands_twice_is_read_once_behind_its_paragraph():
    [seen] = examine([("a.docx", word(para("前半句", box("框里的话"), "后半句") + para("下一段")))])

    assert seen.text.splitlines() == ["前半句后半句", "框里的话", "下一段"]


def test_a_real_library_s_header_is_still_a_head():
    [seen] = examine([("a.docx", word_file("正文内容", head="秘密★1年"))], read_scans=False)

    assert "秘密★1年" in seen.secret
