"""The annual report: numbers with their rows, blanks that stay blanks, last year beside, text against tables."""

import ctypes
import re
import zipfile
from datetime import timedelta

import docx
import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Campaign, campaign_named, writing_to
from models.campaign.progress import Report, register
from models.campaign.work import Assignment
from models.database import open_session
from models.errors import CampaignError, NotFoundError, PlanError
from models.figures.measuring import NewMeasurement, measure
from models.keys import key_of
from models.papers.annual.last_year import figures_last_said
from models.papers.annual.year_rows import year_rows
from models.rules.annual.numbers import NumberVerdict
from models.rules.words import Progress
from models.settings import moment_of
from models.surveys.law_test import LawCandidate, LawTest
from models.units.unit import Unit
from tasks.papers.annual import drafts, writing
from tasks.papers.annual.checking import check_annual
from tasks.papers.annual.due_days import lay_report_days, withdraw_report_days
from tasks.papers.annual.sample import annual_as_it_stands
from tasks.papers.annual.writing import place_reported, write_annual
from tasks.papers.keeping import PaperOrder
from tasks.papers.typst_pdf import typeset
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.scoring_table import add_demand, add_tree, units

MOMENT = moment_of(NOW, TODAY)
NEXT_YEAR = moment_of(NOW + timedelta(days=240), TODAY + timedelta(days=240))
YEAR = TODAY.year
TEXTS = """【第一责任人】
主要负责人专题研究法治政府建设xx次。
【主要举措】
全年各单位完成责任999条。
【上年数据】
完成责任：7
"""


def registered(code):
    with writing_to(None) as (session, campaign):
        report = Report(code, Progress.DONE, "创建办", done_on=TODAY)
        register(session, key_of(campaign), report, moment=MOMENT)


def written(tmp_path, texts="", moment=MOMENT, year=YEAR):
    path = None
    if texts:
        path = tmp_path / "补充.txt"
        path.write_text(texts, encoding="utf-8")
    out = tmp_path / "年度报告.docx"
    return write_annual(None, PaperOrder(out), year, moment, path), out


def words_in(out):
    return [one.text for one in docx.Document(str(out)).paragraphs]


def cells_in(out, table=0):
    return [[cell.text for cell in row.cells] for row in docx.Document(str(out)).tables[table].rows]


@ON_BOTH
def test_the_four_chapters_quote_the_year_and_leave_the_rest_blank(campaign, tmp_path):
    registered("W1")
    made, out = written(tmp_path)

    heads = [one for one in words_in(out) if re.match("[一二三四]、", one)]
    assert [re.sub(r"[0-9]+年度", "", one) for one in heads] == [
        "一、主要负责人履行推进法治建设第一责任人职责有关情况",
        "二、推进法治政府建设的主要举措和成效",
        "三、推进法治政府建设存在的不足和原因",
        "四、推进法治政府建设的工作打算",
    ]
    rows = {row[0]: row[1:] for row in cells_in(out)}
    assert re.fullmatch(r"[1-9]\d*\[1\]条", rows["完成责任"][0])
    assert rows["完成责任"][1].startswith(f"【待补：{YEAR - 1}年完成责任")
    assert made.version.blanks >= 4
    assert not written(tmp_path)[0].version.new


def test_a_click_on_a_number_leads_to_the_rows_that_were_counted(campaign, tmp_path):
    registered("W1")
    _, out = written(tmp_path)

    with zipfile.ZipFile(out) as package:
        body = package.read("word/document.xml").decode()
    links = set(re.findall(r'w:hyperlink w:anchor="(_rows_[0-9a-f]+)"', body))
    links |= set(re.findall(r'w:anchor="(_rows_[0-9a-f]+)"', body))
    places = re.findall(r'<w:bookmarkStart [^>]*w:name="(_rows_[0-9a-f]+)"', body)
    assert links and links == set(places) and len(places) == len(set(places))
    last = docx.Document(str(out)).tables[-1]
    assert [cell.text for cell in last.rows[0].cells] == ["编号", "内容", "单位", "日期"]
    done = int(re.match(r"\d+", {r[0]: r[1] for r in cells_in(out)}["完成责任"])[0])
    titled = next(one for one in words_in(out) if "完成责任，" in one and one.startswith("附表"))
    assert titled.endswith(f"{done} 条")


def test_what_the_office_typed_is_kept_checked_and_its_open_places_are_flagged(campaign, tmp_path):
    registered("W1")
    made, out = written(tmp_path, TEXTS)
    again, _ = written(tmp_path)

    assert not again.version.new  # what was supplied once stands in later versions
    text = "\n".join(words_in(out))
    assert "【待补：“究法治政府建设xx次。”】" in text or "建设xx次" in text
    assert "xx" in "".join(re.findall("【待补：[^】]*】", text))
    [line] = [one for one in made.lines if one.startswith("数字核对")]
    assert "与登记不符 1 处" in line and "写的是 999" in line
    assert {row[0]: row[2] for row in cells_in(out)}["完成责任"].startswith("7")


def test_an_edited_word_file_is_held_against_the_tables(campaign, tmp_path):
    registered("W1")
    _, out = written(tmp_path)
    line, sound = check_annual(None, "annual", out, YEAR, MOMENT)
    document = docx.Document(str(out))
    document.paragraphs[2].insert_paragraph_before("全年各单位完成责任888条，培训500人。")
    edited = tmp_path / "改过.docx"
    document.save(str(edited))

    line, found = check_annual(None, "年度报告", edited, YEAR, MOMENT, tmp_path / "核对.xlsx")

    assert {one.verdict for one in sound} == {NumberVerdict.AGREES, NumberVerdict.OPEN}
    [wrong] = [one for one in found if one.verdict is NumberVerdict.DIFFERS]
    assert (wrong.number, wrong.sentence) == ("888", "全年各单位完成责任888条，培训500人。")
    assert "与登记不符 1 处" in line and (tmp_path / "核对.xlsx").exists()
    assert ("500", NumberVerdict.UNKNOWN) in [(one.number, one.verdict) for one in found]
    with pytest.raises(NotFoundError, match="只有年度报告"):
        check_annual(None, "通报", edited, YEAR, MOMENT)


def test_last_year_stands_beside_from_its_own_report(campaign, tmp_path):
    registered("W1")
    _, out = written(tmp_path)
    before = {row[0]: row[1] for row in cells_in(out)}["完成责任"]
    _, out = written(tmp_path, moment=NEXT_YEAR, year=YEAR + 1)

    own = {row[0]: row[1:] for row in cells_in(out)}["完成责任"]
    assert own[0].startswith("0") and own[1].split("[")[0] == before.split("[")[0]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ("【上年数据】\n没有的：3\n", "没有“没有的”这一项"),
        ("【上年数据】\n完成责任：很多\n", "没有写数"),
        ("【上年数据】\n完成责任：12（含3条）\n", "没有写数"),  # two numbers are none
        ("【上年数据】\n完成责任：12\n完成责任：13\n", "写了两次"),
    ],
)
def test_last_year_s_figures_are_typed_by_their_names(campaign, tmp_path, texts, said):
    with pytest.raises(PlanError, match=said):
        written(tmp_path, texts)


@pytest.mark.parametrize(
    ("title", "issuer", "place"),
    [
        ("金昌市创建全国法治政府建设示范市实施方案", "金昌市人民政府", "金昌市"),
        ("县司法局法治政府建设工作计划", "县司法局", "县司法局"),  # a plan of work
        ("创建法治政府建设示范县实施方案", "某县人民政府", "某县人民政府"),
    ],
)
def test_a_report_is_of_the_place_or_of_who_issued_the_plan(title, issuer, place):
    own = Campaign(slug="x", title=title, kind="", issuer=issuer, plan_json="", loaded_at=NOW)

    assert place_reported(own) == place


def test_a_year_that_has_not_begun_has_no_report(campaign, tmp_path):
    with pytest.raises(CampaignError, match="还没有到"):
        written(tmp_path, year=YEAR + 1)


def test_the_days_of_the_report_are_laid_once(campaign):
    first = lay_report_days(None, YEAR, "创建办", MOMENT)

    assert lay_report_days(None, YEAR, "创建办", MOMENT) == first
    with open_session(read_only=True) as session:
        query = select(AuditEntry).where(AuditEntry.what == "report-days-laid")
        assert len(session.exec(query).all()) == 1
    assert first[1].endswith(f"不晚于 {YEAR + 1}-03-31")
    assert f"已撤销 N{YEAR}.1、N{YEAR}.2" in withdraw_report_days(None, YEAR, "创建办", MOMENT)
    assert "没有变动" in withdraw_report_days(None, YEAR, "创建办", MOMENT)
    assert lay_report_days(None, YEAR, "创建办", MOMENT) == first


@pytest.mark.parametrize(
    ("done_on", "late"),
    [
        (None, 1),
        (TODAY, 0),  # on the day of the report: late, and done
        (TODAY - timedelta(days=1), 0),
    ],
)
def test_what_is_done_by_the_day_of_the_report_is_not_left_undone(campaign_id, done_on, late):
    with open_session() as session:
        for part in session.exec(select(Assignment)):
            part.withdrawn = True
        part.withdrawn, part.due = False, TODAY - timedelta(days=10)
        part.state, part.done_on = ("done", done_on) if done_on else ("open", None)

    with open_session(read_only=True) as session:
        begins, ends = MOMENT.now - timedelta(days=800), MOMENT.now + timedelta(days=800)
        rows = year_rows(session, campaign_id, YEAR, TODAY, (begins, ends))
    assert sum(row.key == "late" for row in rows) == late


def test_who_passed_a_law_test_is_counted_with_the_training(campaign, campaign_id):
    with open_session() as session:
        unit = session.exec(select(Unit)).first()
        test = LawTest(
            campaign_id=campaign_id, number=1, held_on=TODAY, seed="1", minutes=60, pass_mark=60,
            versions=1, rules="[]", made_by="创建办", made_at=NOW,
        )  # fmt: skip
        session.add(test)
        session.flush()
        for number, mark in (("Z1", 80.0), ("Z2", 50.0), ("Z3", None)):
            session.add(
                LawCandidate(
                    test_id=test.id,
                    number=number,
                    unit_id=unit.id,
                    audience="other",
                    version="A",
                    mark=mark,
                )  # fmt: skip
            )

    with open_session(read_only=True) as session:
        bounds = (MOMENT.now - timedelta(days=800), MOMENT.now + timedelta(days=800))
        rows = year_rows(session, campaign_id, YEAR, TODAY, bounds)
    [row] = [one for one in rows if one.key == "training" and one.code == "T1"]
    assert (row.title, row.day) == ("法律知识测试，2 人参加", TODAY)


def test_more_rows_than_a_table_holds_are_all_in_the_workbook(campaign, tmp_path, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_ROWS", 1)
    monkeypatch.setattr(writing, "MOST_ROWS", 1)
    for code in ("W1", "W2"):
        registered(code)
    made, out = written(tmp_path)
    assert any("没有列全的" in one and "--rows" in one for one in made.lines)
    assert any("全部列在数据来源表" in one for one in words_in(out))

    book = tmp_path / "来源.xlsx"
    write_annual(None, PaperOrder(out), YEAR, MOMENT, rows=book)

    [done] = {row[1] for row in rows_of(book) if row[0] == f"{YEAR}年完成责任"}
    assert sum(row[0] == f"{YEAR}年完成责任" for row in rows_of(book)) == int(done)
    with pytest.raises(PlanError, match="不会覆盖"):
        write_annual(None, PaperOrder(out), YEAR, MOMENT, rows=book)


def rows_of(book):
    sheet = openpyxl.load_workbook(book)["数据来源"]
    return [tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True)]


def links_and_places(out):
    """Return what numbers of a Word file lead to, and the places of rows there are."""
    with zipfile.ZipFile(out) as package:
        body = package.read("word/document.xml").decode()
    links = re.findall(r'<w:hyperlink [^>]*w:anchor="(_rows_[0-9a-f]+)"', body)
    return set(links), re.findall(r'<w:bookmarkStart [^>]*w:name="(_rows_[0-9a-f]+)"', body)


def test_the_figure_of_a_demand_leads_to_what_each_unit_filled_in(session, campaign_id, tmp_path):
    ids = add_tree(session, campaign_id)
    first, second = units(session, campaign_id)[:2]
    asked = add_demand(
        session, campaign_id, ids["1.1.1"], (">=", 90.0, "%"), per="year", text="可办率不低于 90%"
    )
    rows = [
        NewMeasurement(asked, first, str(YEAR), 35, 40, "政务服务网"),
        NewMeasurement(asked, second, str(YEAR), 9, 10),
    ]
    measure(session, campaign_id, rows, "创建办", MOMENT)
    session.commit()

    _, out = written(tmp_path)

    links, places = links_and_places(out)
    assert links == set(places) and len(places) == len(set(places))
    [title] = [one for one in words_in(out) if "要求 1.1.1#1 的数据" in one]
    assert title.endswith("3 条")
    own = [
        row
        for t in docx.Document(str(out)).tables
        for row in t.rows
        if row.cells[0].text == "1.1.1#1"
    ]
    assert [row.cells[1].text for row in own][:2] == [
        "可办率不低于 90%",
        "35/40，来源 政务服务网，没有证明材料",
    ]


def test_a_number_of_a_pdf_leads_to_its_rows_too(campaign, tmp_path):
    registered("W1")
    with open_session(read_only=True) as session:
        found = annual_as_it_stands(session, campaign_named(session, None), MOMENT)

    content, _ = typeset(found, NOW)

    with pypdfium2.PdfDocument(content) as document:
        texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
        goes = pages_linked(document, document[0])
    [behind] = [n for n, text in enumerate(texts) if "附表1" in text]
    assert behind and behind in goes  # links of footnotes stay on their page


def pages_linked(document, page):
    """Return the pages that the links of ``page`` go to."""
    at, link, found = ctypes.c_int(0), pdfium.FPDF_LINK(), []
    while pdfium.FPDFLink_Enumerate(page.raw, at, link):
        there = pdfium.FPDFLink_GetDest(document.raw, link)
        found.append(pdfium.FPDFDest_GetDestPageIndex(document.raw, there))
    return found


def test_a_demonstration_says_nothing_of_last_year_to_a_real_campaign(campaign, tmp_path):
    registered("W1")
    written(tmp_path)
    with open_session() as session:
        real = campaign_named(session, None)
        session.add(
            Campaign(
                slug="演示",
                title=real.title,
                kind=real.kind,
                issuer=real.issuer,
                is_demo=True,
                plan_json="{}",
                loaded_at=NOW,
            )  # fmt: skip
        )
        session.flush()
        demo = campaign_named(session, "演示")

        assert figures_last_said(session, real, YEAR)
        assert not figures_last_said(session, demo, YEAR)
