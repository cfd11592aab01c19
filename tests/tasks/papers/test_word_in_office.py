"""The layout as LibreOffice prints it: lines of a page, characters of a line."""

from io import BytesIO

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from notifications.paper_blocks import Draft, Kind, Line
from tasks.papers.pdf import pdf_of
from tasks.papers.word.elements import made
from tests.conftest import NOW
from tests.support.papers import everything, lined, sourced_table, written_as_word
from tests.support.soffice import saved_as
from tests.tasks.papers.test_columns import ledger

MARKS, BEFORE = "，。；：", (25, 26, 27, 53, 54, 55, 82)  # 26 and 28 characters a line
FULL_PAGES = range(14, 20)  # lines of text with which a table comes to the end of a page

W_SPACE = nsdecls("w")

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The texts of the pages of three papers: nothing but text, everything, a wide table."""
    folder = tmp_path_factory.mktemp("printed")
    drafts = {
        "text": lined(Line(Kind.ADDRESSEE, ("国" * (28 * 22 * 2),))),
        "marks": marked_lines(),
        "all": everything(),
        **{f"sourced-{lead}": sourced_table(lead) for lead in FULL_PAGES},
        "ledger": Draft("台账", [ledger()], wide=True),
    }
    for name, draft in drafts.items():
        (folder / f"{name}.docx").write_bytes(written_as_word(draft))
    files = saved_as(folder, [folder / f"{name}.docx" for name in drafts], "pdf")
    return {name: _pages(file) for name, file in zip(drafts, files, strict=True)}


def marked_lines():
    """Return a paper in which marks come to the ends of lines, the first of a paragraph and later ones."""
    lines = [
        Line(Kind.BODY, ("国" * before + mark + "家" * 40,)) for mark in MARKS for before in BEFORE
    ]
    return lined(*lines)


def _pages(file):
    with pypdfium2.PdfDocument(file) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_a_page_has_22_lines_of_28_characters(printed):
    assert len(printed["text"]) == 2
    for page in printed["text"]:
        lines = [line for line in page.splitlines() if "国" in line]
        assert [len(line) for line in lines] == [28] * 22


def test_no_mark_at_the_end_of_a_line_is_lost(printed):
    text = "".join(printed["marks"])

    assert [text.count(mark) for mark in MARKS] == [len(BEFORE)] * len(MARKS)


@pytest.mark.parametrize("said", ["", '<w:overflowPunct w:val="0"/>', "<w:overflowPunct/>"])
def test_no_mark_of_an_office_s_own_template_is_lost(said):
    paper = docx.Document()
    for before in (40, 41, 80):  # twenty letters a line
        own = paper.add_paragraph("国" * before + "，" + "家" * 30)
        own.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        own.runs[0].font.size = Pt(16)
        own.runs[0]._r.rPr.append(made("lang", eastAsia="zh-CN"))
        if said:
            about = own._p.get_or_add_pPr()
            about.insert(
                0, parse_xml(said.replace("<w:overflowPunct", f"<w:overflowPunct {W_SPACE}"))
            )
    section = paper.sections[0]
    section.page_width = section.left_margin + section.right_margin + Pt(320.2)
    content = BytesIO()
    paper.save(content)

    printed, _ = pdf_of(content.getvalue(), None, "通报", NOW)

    with pypdfium2.PdfDocument(printed) as pages:
        assert pages[0].get_textpage().get_text_bounded().count("，") == 3


def test_no_code_day_or_short_word_of_a_ledger_is_cut(printed):
    words = " ".join(printed["ledger"]).split()

    for whole in ("序号", "责任单位", "逾期情况", "728", "10.3.12", "已过时限", "2025-06-15"):
        assert whole in words


@pytest.mark.parametrize("lead", FULL_PAGES)
def test_the_last_rows_and_their_sources_share_a_page_wherever_the_table_begins(printed, lead):
    *_, last = printed[f"sourced-{lead}"]

    assert "R4" in last and "R5" in last
    assert last.count("的说明。") == 4


def test_every_part_is_printed(printed):
    text = "".join("".join(page.split()) for page in printed["all"])

    for words in (
        "金政发〔2025〕33号",
        "一、基本情况",
        "（一）总的情况",
        "【待补：会议情况】",
        "附件：1.问题清单",
        "—1—",
    ):
        assert words in text
    assert text.count("指标表，三级指标，共104。") == 1  # at the foot of a page
    assert text.count("[1]指标表，三级指标。") == 1  # under the table
    assert text.count("104[1]") == 30
