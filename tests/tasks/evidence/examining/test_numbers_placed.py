"""Personal numbers wherever a file holds them: cells, boxes, comments, headers, properties, the file's name."""

import io

import docx
import pytest
import xlsxwriter

from models.rules.evidence.checking import caption_findings
from tasks.evidence.examining.examine import examine
from tests.support.evidence_files import slide_file, table_file, word_file
from tests.support.word_packages import box, para
from tests.tasks.evidence.examining.test_marks_later import slides
from tests.tasks.evidence.examining.test_marks_placed import word

IDENTITY, MOBILE = "620302199001011234", "13812345678"
SAID = "138****5678"


def commented() -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph("正文")
    document.add_comment(paragraph.runs, f"电话{MOBILE}", author="甲", initials="甲")
    return saved(document)


def titled() -> bytes:
    document = docx.Document()
    document.add_paragraph("正文")
    document.core_properties.title = f"名单{MOBILE}"
    return saved(document)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def book(place: str) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("名单")
    sheet.write(0, 0, "甲")
    match place:
        case "批注":
            sheet.write_comment(0, 0, f"电话{MOBILE}")
        case "页眉":
            sheet.set_header(f"&L联系{MOBILE}")
        case "文本框":
            sheet.insert_textbox(3, 3, f"电话{MOBILE}")
    made.close()
    return out.getvalue()


PLACES = {
    "a header": ("a.docx", word_file("正文", head=f"电话{MOBILE}"), SAID),
    "a comment": ("a.docx", commented(), SAID),
    "a text box": ("a.docx", word(para("正文", box(f"电话{MOBILE}"))), SAID),
    "a title in the properties": ("a.docx", titled(), f"{SAID}（在文件属性里）"),
    "a number in a cell": ("a.xlsx", table_file(("甲", int(MOBILE))), SAID),
    "a number with its decimals": ("a.xlsx", table_file(("甲", float(MOBILE))), SAID),
    "cells of one row": ("a.xlsx", table_file(("电话", 138, 1234, 5678)), "138 **** 5678"),
    "a cell's comment": ("a.xlsx", book("批注"), f"{SAID}（在批注里）"),
    "a sheet's header": ("a.xlsx", book("页眉"), f"{SAID}（在页眉页脚里）"),
    "a sheet's box": ("a.xlsx", book("文本框"), f"{SAID}（在图表或图形里）"),
    "the speaker's notes": ("a.pptx", slides("汇报", "要点", notes=f"电话{MOBILE}"), SAID),
    "the file's name": (f"王某_{MOBILE}.docx", word_file("正文"), f"{SAID}（在文件名里）"),
    "a name in groups": ("IMG_138_1234_5678.docx", word_file("正文"), "138 **** 5678（在文件名里）"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), PLACES.values(), ids=PLACES)
def test_a_number_is_found_in_every_place_and_the_place_is_said(name, content, said):
    [seen] = examine([(name, content)], read_scans=False)

    assert [masked for _, masked in seen.personal] == [said]


def test_a_form_with_a_box_for_each_digit_is_read_as_one_number():
    [seen] = examine([("a.docx", word_file("身份证号", "\t".join(IDENTITY)))], read_scans=False)

    [(kind, _)] = seen.personal
    assert kind == "identity"


def test_numbers_in_a_standard_s_name_are_none():
    [seen] = examine([("a.docx", word_file("按 GB 13812345678-2020 执行"))], read_scans=False)

    assert seen.personal == ()


def test_a_long_text_is_said_to_be_looked_at_only_to_its_bound():
    long = word_file("法治政府" * 60_000)

    [seen] = examine([("a.docx", long), ("b.pptx", slide_file("短"))][:1], read_scans=False)

    assert "文字很长，只在前 20 万字里找了个人信息" in seen.notes


@pytest.mark.parametrize(
    ("caption", "public", "found"),
    [
        (f"2025年6月1日在广场，联系{MOBILE}", True, ["personal-caption"]),
        (f"2025年6月1日在广场，联系{MOBILE}", False, []),
        ("2025年6月1日在广场，局领导普法", True, []),
        ("", True, ["no-caption"]),
    ],
)
def test_a_number_in_the_caption_of_what_will_be_public_is_said(caption, public, found):
    findings = caption_findings("现场.jpg", "jpg", caption, public)

    assert [one.check for one in findings] == found
    assert MOBILE not in "".join(one.detail for one in findings)
