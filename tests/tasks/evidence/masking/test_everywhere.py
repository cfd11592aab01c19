"""A number may stand anywhere in an office file: each place is written, masked, and read again."""

import io
import zipfile

import docx
import openpyxl
import pytest
import xlsxwriter

from models.errors import CampaignError
from tasks.evidence.examining.examine import examine
from tasks.evidence.masking.mask import mask_file
from tests.support.evidence_files import word_file
from tests.tasks.evidence.masking.test_mask import HIDDEN, IDENTITY, MOBILE, TEXT, unpacked

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RUNS = "<w:r><w:t>138</w:t></w:r><w:r><w:t>1234</w:t></w:r><w:r><w:t>5678</w:t></w:r>"
WHOLE = f"<w:r><w:t>{TEXT}</w:t></w:r>"
# A text box stands twice, for new readers and for old ones.
BOX = (
    f'<w:p><w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="wps"><w:txbxContent>'
    f"<w:p>{RUNS}</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p>{WHOLE}</w:p>"
    "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def with_parts(content, replaced=(), **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for before, after in replaced:
                part = part.replace(before.encode(), after.encode(), 1)
            new.writestr(name, part)
        for name, part in parts.items():
            new.writestr(name.replace("__", "/") + ".xml", part)
    return out.getvalue()


def word(place):
    document = docx.Document()
    paragraph, section = document.add_paragraph("正文"), document.sections[0]
    match place:
        case "页眉":
            section.header.paragraphs[0].text = TEXT
        case "页脚":
            section.footer.paragraphs[0].text = TEXT
        case "批注":
            document.add_comment(paragraph.runs, TEXT, author="甲", initials="甲")
        case "批注人":
            document.add_comment(paragraph.runs, "好", author=f"甲{MOBILE}", initials="甲")
        case "属性":
            document.core_properties.title = document.core_properties.comments = TEXT
    out = io.BytesIO()
    document.save(out)
    match place:
        case "分段的字":
            return with_parts(out.getvalue(), [("<w:sectPr", f"<w:p>{RUNS}</w:p><w:sectPr")])
        case "文本框":
            return with_parts(out.getvalue(), [("<w:sectPr", f"{BOX}<w:sectPr")])
        case "脚注":
            note = f'<w:footnotes xmlns:w="{W}"><w:footnote><w:p>{WHOLE}</w:p></w:footnote></w:footnotes>'
            return with_parts(out.getvalue(), word__footnotes=note)
        case "自定义属性":
            own = f'<Properties xmlns="x"><property name="{MOBILE}"><v>{IDENTITY}</v></property></Properties>'
            return with_parts(out.getvalue(), docProps__custom=own)
    return out.getvalue()


def table(place):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet, hidden = book.add_worksheet("名单"), book.add_worksheet("隐藏")
    hidden.hide()
    sheet.write(0, 0, "甲")
    bold = book.add_format({"bold": True})
    match place:
        case "数字":
            sheet.write(1, 0, int(MOBILE))
        case "文字":
            sheet.write(1, 0, TEXT)
        case "分段的字":
            sheet.write_rich_string(1, 0, "电话", bold, "138", bold, "12345678")
        case "批注":
            sheet.write_comment(0, 0, TEXT)
        case "隐藏的表":
            hidden.write(0, 0, IDENTITY)
        case "页眉":
            sheet.set_header(f"&L{TEXT}")
        case "公式":
            sheet.write_formula(1, 0, "=13812345670+8", None, int(MOBILE))
        case "选项":
            sheet.data_validation(1, 0, 1, 0, {"validate": "list", "source": [MOBILE, "乙"]})
        case "提示":
            said = {"validate": "any", "input_title": "填", "input_message": TEXT}
            sheet.data_validation(1, 0, 1, 0, said)
        case "名称":
            book.define_name("号", f"={MOBILE}")
        case "链接":
            sheet.write_url(1, 0, f"mailto:{MOBILE}@example.cn", string="写信")
        case "属性":
            book.set_properties({"title": TEXT, "comments": MOBILE})
    book.close()
    return out.getvalue()


WORD = ("页眉", "页脚", "批注", "批注人", "属性", "分段的字", "文本框", "脚注", "自定义属性")
TABLE = ("数字", "文字", "分段的字", "批注", "隐藏的表", "页眉", "公式", "选项", "提示")
TABLE += ("名称", "链接", "属性")


@pytest.mark.parametrize("place", WORD)
def test_a_number_is_gone_from_every_place_of_a_word_file(place):
    masked, _, _ = mask_file("a.docx", word(place))

    held = unpacked(masked).decode("utf-8", "replace")
    assert "12345678" not in held and not [one for one in HIDDEN if one in held]
    assert "*" in held
    assert docx.Document(io.BytesIO(masked)).paragraphs[0].text == "正文"


@pytest.mark.parametrize("place", TABLE)
def test_a_number_is_gone_from_every_place_of_a_workbook(place):
    masked, _, _ = mask_file("a.xlsx", table(place))

    held = unpacked(masked).decode("utf-8", "replace")
    assert not [one for one in ("13812345678", "12345678", *HIDDEN) if one in held]
    assert openpyxl.load_workbook(io.BytesIO(masked))["名单"]["A1"].value == "甲"


def test_a_number_in_the_name_of_a_sheet_is_refused_for_no_name_may_hold_stars():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet(MOBILE)
    book.close()

    with pytest.raises(CampaignError, match="请先改表名"):
        mask_file("a.xlsx", out.getvalue())


def test_a_number_that_goes_on_in_the_next_cell_or_paragraph_is_masked():
    cells, lines = "\t".join(IDENTITY), (f"电话1381234{chr(9)}5678",)
    masked, _, _ = mask_file("a.docx", word_file("身份证号", cells, *lines))

    [seen] = examine([("a.docx", masked)], read_scans=False)
    assert seen.personal == ()
    assert seen.text.count("*") > 10
