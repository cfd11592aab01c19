"""The annual report: numbers with their rows, blanks that stay blanks, last year beside, text against tables."""

import re
import zipfile
from datetime import timedelta

import docx
import pytest
from sqlmodel import select

from models.campaign.campaign import writing_to
from models.campaign.progress import Report, register
from models.campaign.work import Assignment
from models.database import open_session
from models.errors import CampaignError, NotFoundError, PlanError
from models.keys import key_of
from models.papers.annual.year_rows import year_rows
from models.rules.annual.numbers import NumberVerdict
from models.rules.words import Progress
from models.settings import moment_of
from tasks.papers.annual.checking import check_annual
from tasks.papers.annual.due_days import lay_report_days
from tasks.papers.annual.writing import write_annual
from tasks.papers.keeping import PaperOrder
from tests.conftest import NOW, ON_BOTH, TODAY

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

    assert not [one for one in sound if one.verdict is NumberVerdict.DIFFERS]
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
    ],
)
def test_last_year_s_figures_are_typed_by_their_names(campaign, tmp_path, texts, said):
    with pytest.raises(PlanError, match=said):
        written(tmp_path, texts)


def test_a_year_that_has_not_begun_has_no_report(campaign, tmp_path):
    with pytest.raises(CampaignError, match="还没有到"):
        written(tmp_path, year=YEAR + 1)


def test_the_days_of_the_report_are_laid_once(campaign):
    first = lay_report_days(None, YEAR, "创建办", MOMENT)

    assert lay_report_days(None, YEAR, "创建办", MOMENT) == first
    assert first[1].endswith(f"不晚于 {YEAR + 1}-03-31")


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
