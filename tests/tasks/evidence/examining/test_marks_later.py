"""Marks of secrecy behind the first page: slides, sheets, pages; and in what an OFD lays over or under its lines."""

import io
import zipfile

import pypdfium2
import pytest
import xlsxwriter
from PIL import Image

from tasks.evidence.examining.examine import examine
from tests.support.archives import zipped
from tests.support.compounds import compound
from tests.support.evidence_files import paper_picture, pdf_file, picture_file, word_file
from tests.support.ofd_files import annotation, ofd_file, page, placed
from tests.support.old_word import old_word
from tests.tasks.evidence.examining.test_marks_placed import word

MARK = "机密★1年"
LONG = "关于进一步加强法治政府建设示范创建有关工作的通知"
BODY = "\n".join([LONG] * 12)


def slides(*pages: str, notes: str = "", layout_of_second: str = "") -> bytes:
    """Return a .pptx, a slide for each text, a shape for each of its lines."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for number, text in enumerate(pages, 1):
            archive.writestr(f"ppt/slides/slide{number}.xml", _sheet("sld", text))
        if notes:
            archive.writestr("ppt/notesSlides/notesSlide2.xml", _sheet("notes", notes))
        if layout_of_second:
            link = '<Relationships><Relationship Id="a" Type="x/slideLayout" Target="../slideLayouts/slideLayout3.xml"/></Relationships>'
            archive.writestr("ppt/slides/_rels/slide2.xml.rels", link)
            layout = _sheet("sldLayout", layout_of_second)
            archive.writestr("ppt/slideLayouts/slideLayout3.xml", layout)
    return out.getvalue()


def _sheet(kind: str, text: str) -> str:
    shapes = "".join(
        f"<p:sp><p:txBody><a:p><a:r><a:t>{one}</a:t></a:r></a:p></p:txBody></p:sp>"
        for one in text.splitlines()
    )
    space = 'xmlns:p="p" xmlns:a="a" xmlns:r="r"'
    return f"<p:{kind} {space}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:{kind}>"


def book(*sheets: tuple[tuple[str, ...], ...], head: str = "", box: str = "") -> bytes:
    """Return a .xlsx; ``head`` and ``box`` stand on its last sheet."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    for rows in sheets:
        sheet = made.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    if box:
        made.worksheets()[0].insert_textbox(9, 3, "说明")
        sheet.insert_textbox(9, 3, box)
    sheet.set_header(head)
    made.close()
    return out.getvalue()


def open_book(head: str) -> bytes:
    """Return an .ods whose sheets are printed with a header."""
    space = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    cell = '<table:table-cell office:value-type="string"><text:p>名单</text:p></table:table-cell>'
    sheet = f'<table:table table:name="甲"><table:table-row>{cell}</table:table-row></table:table>'
    return zipped(
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest/>"),
        ("content.xml", f"<office:document-content {space}><office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body></office:document-content>".encode()),
        ("styles.xml", f"<office:document-styles {space}><style:header><text:p>{head}</text:p></style:header></office:document-styles>".encode()),
    )  # fmt: skip


def noted(text: str, at: int) -> bytes:
    """Return a PDF of two pages with a note laid on one of them."""
    import ctypes

    import pypdfium2.raw as raw

    file = pypdfium2.PdfDocument(pdf_file(LONG, LONG))
    note = raw.FPDFPage_CreateAnnot(file[at], raw.FPDF_ANNOT_FREETEXT)
    letters = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
    raw.FPDFAnnot_SetStringValue(
        note, b"Contents", ctypes.cast(letters, ctypes.POINTER(raw.FPDF_WCHAR))
    )
    raw.FPDFPage_CloseAnnot(note)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


WORDS = page(*[placed(f"{LONG}{n}", 20, 60 + 10 * n) for n in range(12)])
SECRET = {
    "the third slide": ("a.pptx", slides("工作汇报", LONG, f"{BODY}\n{MARK}"), "第 3 张幻灯片"),
    "a slide's term": ("a.pptx", slides("工作汇报", "秘密10年\n要点"), "第 2 张幻灯片"),
    "the layout of a later slide": ("a.pptx", slides("汇报", "要点", layout_of_second="秘密"), "第 2 张"),
    "the speaker's notes": ("a.pptx", slides("汇报", "要点", notes=MARK), "第 2 张幻灯片的备注"),
    "a later sheet": ("a.xlsx", book((("名单",),), ((MARK, "花名册"), ("甲", "乙"))), "工作表“Sheet2”"),
    "the bare word on top of a sheet": ("a.xlsx", book((("名单",),), (("秘密",), ("甲", "乙"))), "Sheet2"),
    "密级 beside it on a sheet": ("a.xlsx", book((("名单",),), (("密级", "秘密"),)), "Sheet2"),
    "a later sheet's header": ("a.xlsx", book((("甲",),), (("乙",),), head="&L机密★1年"), "页眉页脚"),
    "a later sheet's box": ("a.xlsx", book((("甲",),), (("乙",),), box=MARK), "文本框"),
    "an open book's header": ("a.ods", open_book("秘密★1年"), "页眉页脚"),
    "a second paper in a PDF": ("a.pdf", pdf_file(LONG, f"000001\n{MARK}\n特急\n{LONG}"), "第 2 页"),
    "a note on a PDF": ("a.pdf", noted(MARK, 0), "批注"),
    "a note on its second page": ("a.pdf", noted(MARK, 1), "第 2 页"),
    "an OFD's page": ("a.ofd", ofd_file(page(placed(MARK, 20, 20), placed(LONG, 20, 60))), "首页"),
    "an OFD's mark in a line with others": ("a.ofd", ofd_file(page(placed(MARK, 20, 20), placed("芦汀市司法局关于报送材料的函", 60, 20))), "首页"),
    "an OFD's template": ("a.ofd", ofd_file(WORDS, template=page(placed("秘密", 20, 20))), "首页"),
    "an OFD's template behind a line": ("a.ofd", ofd_file(WORDS, template=page(placed(MARK, 150, 60))), "模板"),
    "an OFD's second page": ("a.ofd", ofd_file(WORDS, page(placed(MARK, 20, 20))), "第 2 页"),
    "an OFD's annotation": ("a.ofd", ofd_file(WORDS, notes=annotation(MARK)), "批注"),
    "an OFD's watermark": ("a.ofd", ofd_file(WORDS, notes=annotation("机密")), "批注"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "where"), SECRET.values(), ids=SECRET)
def test_a_mark_behind_the_first_page_is_found_and_its_place_is_said(name, content, where):
    [seen] = examine([(name, content)], read_scans=False)

    assert seen.fault_words == ""
    assert where in seen.secret


KEPT = {
    "a secret ballot": ("a.pptx", slides("换届选举", "秘密投票\n无记名投票")),
    "trade secrets": ("a.pptx", slides("企业合规", "商业秘密", "商业秘密保护")),
    "the law of secrets": ("a.pptx", slides("普法", "中华人民共和国保守国家秘密法")),
    "a bare word on a later slide": ("a.pptx", slides("保险柜管理", "秘密\n公开")),
    "a list on a later sheet": ("a.xlsx", book((("甲",),), (("序号", "文件", "密级"), ("1", "通知", MARK)))),
    "choices on a later sheet": ("a.xlsx", book((("甲",),), (("密级",), ("公开",), ("秘密",), ("机密",)))),
    "a ballot on a sheet": ("a.xlsx", book((("甲",),), (("秘密投票",),))),
    "trade secrets in a header": ("a.xlsx", book((("甲",),), (("乙",),), head="&C商业秘密保护")),
    "a law in a PDF": ("a.pdf", pdf_file(LONG, "保守国家秘密法\n第一条")),
    "the bare word in a PDF": ("a.pdf", pdf_file(LONG, f"附件\n{LONG}\n秘密")),
    "a note of words": ("a.pdf", noted("注意商业秘密", 1)),
    "an OFD that talks": ("a.ofd", ofd_file(WORDS, page(placed("秘密投票", 20, 20)), template=page(placed("商业秘密", 20, 20)), notes=annotation("保守国家秘密"))),
    "the bare word low on an OFD's page": ("a.ofd", ofd_file(page(*[placed(f"{LONG}{n}", 20, 20 + 10 * n) for n in range(12)], placed("秘密", 20, 200)))),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content"), KEPT.values(), ids=KEPT)
def test_words_behind_the_first_page_that_are_no_mark_are_kept(name, content):
    [seen] = examine([(name, content)], read_scans=False)

    assert (seen.fault_words, seen.secret, seen.notes) == ("", "", ())


EXAMPLES = {
    "a course on secrets": ("a.pptx", slides("保密培训", "怎样标密", MARK)),
    "a course by its name": ("保密教育.pptx", slides("第一讲", MARK)),
    "a slide that says so": ("a.pptx", slides("办公室业务", f"密级标志示例\n{MARK}")),
    "how papers are laid out": ("公文格式.pdf", pdf_file("公文写作", f"000001\n{MARK}\n特急")),
}


@pytest.mark.parametrize(("name", "content"), EXAMPLES.values(), ids=EXAMPLES)
def test_a_mark_shown_as_an_example_is_no_mark_and_a_person_is_told(name, content):
    [seen] = examine([(name, content)], read_scans=False)

    assert seen.secret == ""
    assert [note for note in seen.notes if "像是举例，没有当作密级标志" in note]


def test_an_old_workbook_s_printed_header_is_looked_at():
    def record(kind: int, said: bytes) -> bytes:
        return kind.to_bytes(2, "little") + len(said).to_bytes(2, "little") + said

    head = "&L机密★1年&C花名册"
    said = len(head).to_bytes(2, "little") + b"\1" + head.encode("utf-16-le")
    # calamine refuses a book of a header alone; what it says was taken before that.
    from tasks.evidence.office.old_office import old_sheet_heads
    from tasks.guarded.compound import Compound

    found = old_sheet_heads(
        Compound(compound({"Workbook": record(0x809, b"\0" * 16) + record(0x14, said)}))
    )

    assert [one.text for one in found] == [MARK, "花名册"]


def test_an_ofd_of_pictures_alone_is_a_scan_and_is_not_called_empty():
    scan = picture_file(paper_picture(*[LONG] * 10), "BMP")

    [seen] = examine([("扫描.ofd", ofd_file(page(), image=scan))], read_scans=False)

    assert (seen.fault_words, seen.scan) == ("", True)
    assert "扫描件" in "".join(seen.notes)


def test_a_scanned_first_page_before_pages_of_text_is_said_not_to_be_read():
    out = io.BytesIO()
    cover: Image.Image = paper_picture(*[LONG] * 10)
    cover.save(out, "PDF", resolution=150)
    whole = pypdfium2.PdfDocument(out.getvalue())
    whole.import_pages(pypdfium2.PdfDocument(pdf_file(BODY)))
    both = io.BytesIO()
    whole.save(both)

    [seen] = examine([("a.pdf", both.getvalue())], read_scans=False)

    assert not seen.scan
    assert "的首页是扫描件，里面的文字没有核查，请人工核对" in seen.notes


TEXT = [LONG] * 60


@pytest.mark.parametrize(
    ("paragraphs", "says"),
    [
        ([*TEXT, "附件1", MARK, "值班安排"], "正文第 62 段有“机密★1年”"),
        ([*TEXT, "密级：秘密", "登记表"], "正文第 61 段有“密级：秘密”"),
        ([*TEXT, "000001", "机 密 ★ 长 期", "特急"], "机密★长期"),
        ([*TEXT, "工作秘密 5年"], "工作秘密5年"),
        ([*TEXT, "机密★1年", "正文", "秘密★1年"], "机密★1年"),
    ],
)
def test_a_mark_alone_in_a_paragraph_of_a_word_file_is_found_on_any_page(paragraphs, says):
    [seen] = examine([("a.docx", word_file(*paragraphs))])
    assert says in seen.secret


@pytest.mark.parametrize(
    "paragraphs",
    [
        [*TEXT, "机密"],  # the bare word: a heading, an answer
        [*TEXT, "应标机密★1年的文件"],
        [*TEXT, "本件不属于机密★1年", "机密文件应当专人保管。"],
        [*TEXT, "绝密30年", "机密20年", "秘密10年"],  # a list of terms
        [*TEXT, "机密级事项不超过20年"],
    ],
)
def test_what_only_speaks_of_secrets_in_a_word_file_is_no_mark(paragraphs):
    [seen] = examine([("a.docx", word_file(*paragraphs))])
    assert not seen.secret


def test_a_mark_in_a_paper_about_marks_is_shown_to_a_person():
    [seen] = examine([("保密培训.docx", word_file(*TEXT, "怎样标注密级", MARK))])
    assert not seen.secret
    assert any("像是举例" in note for note in seen.notes)


def test_a_list_of_other_papers_in_a_word_file_is_no_mark():
    cells = "".join(
        f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("通知", MARK)
    )
    body = "".join(f"<w:p><w:r><w:t>{LONG}</w:t></w:r></w:p>" for _ in range(60))
    content = word(f"{body}<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    [seen] = examine([("a.docx", content)])
    assert not seen.secret


def test_a_mark_alone_in_a_paragraph_of_an_old_word_file_is_found():
    [seen] = examine([("a.doc", old_word("\r".join([*TEXT, MARK, "值班安排"])))])
    assert "正文第 61 段有“机密★1年”" in seen.secret
