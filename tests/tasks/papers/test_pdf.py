"""PDF where LibreOffice is missing: typst with the fonts that are there, or one line that says what to install."""

import pypdfium2
import pytest

from models.errors import CampaignError
from models.papers.quoted import Quoted
from models.settings import moment_of
from notifications.paper_blocks import Draft, Grid, Kind, Line
from tasks.papers import pdf, typst_pdf
from tasks.papers.keeping import PaperOrder
from tasks.papers.listing import paper_list
from tasks.papers.typst_pdf import typeset
from tasks.papers.word import measures as m
from tasks.papers.writing import write_report
from tests.conftest import NOW, TODAY
from tests.support.papers import WRITTEN, everything, lined, sourced_table

ODD = '正文 #image("/etc/passwd") $x$ *粗* \\u{41} "引号" // 注'


def pages(content):
    with pypdfium2.PdfDocument(content) as document:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_typst_prints_every_part_and_says_which_fonts_it_took():
    content, said = typeset(everything(), WRITTEN)
    text = "".join(pages(content))

    for words in (
        "金政发〔2025〕33号",
        "一、基本情况",
        "【待补：会议情况】",
        "附件：1.问题清单",
        "—1—",
    ):
        assert words in text
    assert text.count("指标表，三级指标，共104。") == 1  # at the foot of a page
    assert text.count("[1]指标表，三级指标。") == 1  # under the table
    assert text.count("104[1]") == 30
    assert "PDF 由 typst 排版" in said


def test_typst_gives_the_same_bytes_again():
    assert typeset(everything(), WRITTEN) == typeset(everything(), WRITTEN)


@pytest.mark.parametrize("lead", range(14, 20))
def test_the_last_rows_and_their_sources_share_a_page_wherever_the_table_begins(lead):
    *_, last = pages(typeset(sourced_table(lead), WRITTEN)[0])

    assert "R4" in last and "R5" in last
    assert all(f"来源第{n}号的说明。" in last for n in range(4))


@pytest.mark.parametrize("lead", range(8, 20))
@pytest.mark.parametrize("after", ["text", "table"])
def test_a_heading_its_text_and_the_first_note_share_a_page(lead, after):
    number = [Quoted(f"k{n}", str(n), f"来源第{n}号的说明。") for n in range(901, 907)]
    said = [part for one in number for part in ("条责任，其中", one)]
    text = [Line(Kind.BODY, ("正文",)) for _ in range(lead)]
    rows = tuple(((f"R{n}",), ("数",)) for n in range(30))
    rest = text if after == "text" else [Grid(("编号", "数"), rows, (1, 1))]
    heading, body = (
        Line(Kind.HEADING_1, ("总体情况",), "二、"),
        Line(Kind.BODY, ("截至今日", *said)),
    )
    made = pages(typeset(Draft("t", [*text, heading, body, *rest]), WRITTEN)[0])

    def page_of(words):
        return next(n for n, page in enumerate(made) if words in page)

    notes = [page_of(f"来源第{n}号的说明。") for n in range(901, 907)]
    assert page_of("二、总体情况") == page_of("截至今日") == notes[0]
    assert notes == sorted(notes)


def test_the_signature_stands_with_the_end_of_the_text_also_where_that_has_notes():
    number = Quoted("k", "12", "来源的说明。")
    end = [Line(Kind.BODY, ("合计", number, "条。")), Line(Kind.BLANK), Line(Kind.BLANK)]
    signed = [Line(Kind.SIGNED, ("创建办",)), Line(Kind.SIGNED_ON, ("2025年7月1日",))]
    for lead in range(14, 22):
        text = [Line(Kind.BODY, ("正文",)) for _ in range(lead)]
        *_, last = pages(typeset(Draft("t", [*text, *end, *signed]), WRITTEN)[0])

        assert "合计12" in last and "来源的说明。" in last and "2025年7月1日" in last, lead


def test_a_row_higher_than_a_page_loses_nothing():
    long = "".join(f"第{n}句。" for n in range(600))
    grid = Grid(("编号", "说明"), ((("R1",), (Quoted("k", long, "来源。"),)),), (1, 1))
    text = "".join(pages(typeset(Draft("t", [grid]), WRITTEN)[0]))

    assert "第0句。" in text and "第599句。" in text and "[1]来源。" in text


def test_what_stands_beside_a_text_that_goes_on_overleaf_stands_at_its_first_line():
    grid = Grid(
        ("编号", "说明"), ((("R1",), ("".join(f"第{n}句。" for n in range(600)),)),), (1, 1)
    )
    with pypdfium2.PdfDocument(typeset(Draft("t", [grid]), WRITTEN)[0]) as document:
        text = document[0].get_textpage()
        code, first = (
            text.get_charbox(text.search(words).get_next()[0])[3] for words in ("R1", "第0句")
        )

    assert abs(code - first) < m.TABLE


def test_what_was_typed_is_no_markup_of_typst():
    [page] = pages(typeset(lined(Line(Kind.BODY, (ODD,))), WRITTEN)[0])

    assert "".join(ODD.split()) in page


def test_a_machine_without_a_chinese_font_says_so(monkeypatch):
    monkeypatch.setattr(typst_pdf, "LAST", ())
    monkeypatch.setattr(typst_pdf.m, "OTHERWISE", {"仿宋_GB2312": ()})

    with pytest.raises(CampaignError, match="fonts-noto-cjk"):
        typeset(everything(), WRITTEN)


def test_without_either_program_one_line_says_what_to_install_and_nothing_is_kept(
    campaign, tmp_path, monkeypatch
):
    monkeypatch.setattr(pdf, "has_libreoffice", lambda: False)
    monkeypatch.setattr(pdf, "has_typst", lambda: False)

    with pytest.raises(CampaignError, match="需要安装 LibreOffice"):
        write_report("jc", PaperOrder(tmp_path / "报告.pdf"), moment_of(NOW, TODAY))
    assert not list(tmp_path.glob("*.pdf"))
    assert paper_list("jc")[1] == []
