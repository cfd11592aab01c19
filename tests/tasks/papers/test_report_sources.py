"""Every number of the report has its source, at the foot or under its table, or stands among names and days."""

import re
from io import BytesIO

import docx
import pytest
from sqlmodel import select

from models.campaign.campaign import Campaign
from models.campaign.progress import Report, register
from models.campaign.work import Indicator, WorkItem
from models.database import open_session
from models.figures.measuring import NewMeasurement, measure
from models.figures.score import Score
from models.rules.evidence.words import EvidenceState
from models.rules.words import Progress
from models.settings import moment_of
from models.units.unit import Unit
from notifications.paper_blocks import Kind, Line
from tasks.papers.keeping import PaperOrder
from tasks.papers.writing import write_report
from tests.conftest import NOW, ON_BOTH
from tests.support.papers import W, lined, part, written_as_word
from tests.support.pieces import piece
from tests.support.scoring_table import add_demand, add_tree, units

LATER = moment_of(NOW.replace(month=8, day=4))  # after the day of every work item
TEXTS = (
    "【组织领导】\n召开专题会议 3 次。\n【存在问题】\n有 2 项。\n【下一步打算】\n9 月底前办结。\n"
)
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}|(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{4}年"


@pytest.fixture
def told(session, campaign_id):
    """Tell the campaign something of everything that a report may quote."""
    ids = add_tree(session, campaign_id)
    first, second = units(session, campaign_id)[:2]
    row = session.get(Indicator, ids["1.1.1"])
    row.op, row.value, row.unit_of_value, row.title = ">=", 90.0, "%", "可办率不低于 90%"
    asked = add_demand(session, campaign_id, ids["1.1.1"], (">=", 90.0, "%"), per="year")
    proof = piece(session, campaign_id, "证明", ("1.1.1", None), state=EvidenceState.ACCEPTED)
    rows = [
        NewMeasurement(asked, first, "2025", 35, 40, "政务服务网", proof.id),
        NewMeasurement(asked, second, "2025", 9, 10),
    ]
    measure(session, campaign_id, rows, "创建办", LATER)
    add_demand(session, campaign_id, ids["1.1.2"], ("=", 2, "名"), text="调解员 2 名以上")
    score = {"campaign_id": campaign_id, "indicator_id": ids["1.1.1"], "points": 2.0}
    session.add(Score(**score, kind="self", by_post="创建办", at=NOW))
    unit = session.get(Unit, first).name
    said = Report("1.1.2", Progress.STARTED, "联络员", unit=unit, note="已调解 12 件，成功 11 件")
    register(session, campaign_id, said, moment=LATER)
    session.commit()


def sources_under_tables(content):
    """Return by the place that a link leads to what stands there."""
    body = part(content, "word/document.xml")
    found = {}
    for start in body.iter(f"{W}bookmarkStart"):
        assert start.getparent().find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "PaperSources"
        found[start.get(f"{W}name")] = "".join(t.text for t in start.getnext().iter(f"{W}t"))
    return found


def is_noted(one, sources):
    """Say whether ``one``, the element behind a figure, is a footnote's mark or that of a source under the table."""
    if one.tag == f"{W}hyperlink":
        mark = "".join(t.text for t in one.iter(f"{W}t"))
        return len(sources[one.get(f"{W}anchor")].removeprefix(f"{mark} ")) > 5
    return one.tag == f"{W}r" and one.find(f"{W}footnoteReference") is not None


def printed(one):
    """Return what a run says; a hyphen at which no line ends is one."""
    pieces = one.iter(f"{W}t", f"{W}noBreakHyphen")
    return "".join("-" if own.tag == f"{W}noBreakHyphen" else own.text or "" for own in pieces)


def bare_figures(content, named):
    """Return each run with a figure that no source follows, and that no name, day or blank accounts for."""
    sources = sources_under_tables(content)
    body = part(content, "word/document.xml").find(f"{W}body")
    exceptions = re.compile("|".join([*map(re.escape, named), DAY]))
    for line in body.iter(f"{W}p"):
        if line.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "PaperSources":
            continue
        runs = [one for one in line.iter(f"{W}r", f"{W}hyperlink") if one.getparent() is line]
        if "待补内容清单" in "".join(one.text or "" for one in line.iter(f"{W}t")):
            return  # what is still to be written is no part of the report
        for n, one in enumerate(runs):
            text = printed(one)
            after = runs[n + 1] if n + 1 < len(runs) else line
            noted = one.tag == f"{W}hyperlink" or is_noted(after, sources)
            style = one.find(f"{W}rPr/{W}rStyle")
            blank = style is not None and style.get(f"{W}val") == "PaperMissing"
            if not noted and not blank and re.search("[0-9]", exceptions.sub("", text)):
                yield text


def names_of(campaign_id):
    """Return what is named by figures, not counted: codes with their titles, units, the plan, longest first."""
    with open_session(read_only=True) as session:
        campaign = session.get(Campaign, campaign_id)
        found = {campaign.title, campaign.document_number}
        found |= set(session.exec(select(Unit.name)))
        for code, title in session.exec(select(Indicator.code, Indicator.title)):
            found |= {f"{code} {title}", title}
        for number, title in session.exec(select(WorkItem.ordinal, WorkItem.title)):
            found |= {f"W{number} {title}", title}
        codes = set(session.exec(select(Indicator.code))) | {
            f"W{number}" for number in session.exec(select(WorkItem.ordinal))
        }
    return sorted(filter(None, found), key=len, reverse=True), codes


def codes_of_tables(content):
    """Return the first cell of every row of every table: the item's code, by which its title is known."""
    tables = docx.Document(BytesIO(content)).tables
    return {row.cells[0].text for table in tables for row in table.rows}


@ON_BOTH
def test_every_number_of_the_report_is_followed_by_its_source(campaign_id, told, tmp_path):
    texts = tmp_path / "文字.txt"
    texts.write_text(TEXTS, encoding="utf-8")
    out = tmp_path / "报告.docx"
    write_report("jc", PaperOrder(out, to="省委依法治省办"), LATER, texts)
    content = out.read_bytes()
    named, codes = names_of(campaign_id)

    bare = set(bare_figures(content, named))

    assert bare - codes == set()
    assert bare <= codes_of_tables(content)
    notes = part(content, "word/footnotes.xml")
    said = ["".join(t.text for t in one.iter(f"{W}t")).strip() for one in notes][2:]
    assert all(len(one) > 5 for one in said)
    assert not [
        cell
        for cell in part(content, "word/document.xml").iter(f"{W}tc")
        if next(cell.iter(f"{W}footnoteReference"), None) is not None
    ]
    said += sources_under_tables(content).values()
    for words in (
        "实施方案，创建阶段，共 ",
        "指标表 1.1.1 的目标值。",
        "评分表，本行的分值。",
        "登记在 1.1.2 的话。",
        "要求 1.1.1#1 的原文。",
        "创建办提供的文字。",
    ):
        assert any(words in one for one in said), words


@ON_BOTH
def test_without_indicators_the_work_items_have_their_sources_too(campaign, campaign_id, tmp_path):
    out = tmp_path / "报告.docx"
    write_report("jc", PaperOrder(out), LATER)
    named, codes = names_of(campaign_id)

    assert set(bare_figures(out.read_bytes(), named)) <= codes


@pytest.mark.parametrize(
    "text", ["共 5 项", "2025年，5 项", "至6月中旬，共 5 项", "W5 某事 7 件", "第3局完成 4 件"]
)
def test_a_number_without_a_source_is_found(text):
    content = written_as_word(lined(Line(Kind.BODY, (text,))))

    assert list(bare_figures(content, ["W5 某事", "第3局"])) == [text]
