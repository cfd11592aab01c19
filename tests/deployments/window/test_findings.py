"""Findings in the window: whose they are decides who sees them, and every page leads there."""

import pytest
from sqlmodel import select

from models.database import open_session
from models.findings.new import NewFinding
from models.findings.raising import raise_findings
from models.rules.findings.words import FindingKind, FindingStep
from models.rules.window.sight import VisitorRole
from models.rules.words import Level
from models.units.unit import Post, Unit, unit_named
from tests.conftest import NOW, TODAY
from tests.support.evidence import first_item
from tests.support.findings import ANOTHER, UNIT, at, closed, raised, step
from tests.support.windows import Client, account, holder, is_page, words_in

HEAVIEST = 80 * 1024  # bytes of a page with its style
STYLE = 30 * 1024


@pytest.fixture(autouse=True)
def at_work(campaign, clock_at):
    clock_at(NOW)
    return clock_at


@pytest.fixture
def findings(campaign_id):
    """F1 of one unit, late; F2 of another; C1 a complaint at the first."""
    with open_session() as session:
        raised(session, campaign_id, item="W1")
        raised(session, campaign_id, "窗口没有公示收费标准", unit=ANOTHER)
        raised(session, campaign_id, "办事窗口中午没有人", kind=FindingKind.COMPLAINT)


def numbered(name: str) -> int:
    with open_session(read_only=True) as session:
        return session.exec(select(Unit.id).where(Unit.name == name)).one() or 0


def liaison(unit: str = UNIT) -> Client:
    with open_session(read_only=True) as session:
        query = select(Post.id).join(Unit, Unit.id == Post.unit_id)
        post = session.exec(query.where(Unit.name == unit, Post.level == Level.LIAISON)).one()
    return Client(holder(post or 0, NOW))


def auditor(day: int = 1) -> Client:
    return Client(account(NOW.replace(day=day), "乙", VisitorRole.AUDITOR))


def test_a_unit_sees_its_own_findings_and_no_other(findings):
    page = words_in(is_page(liaison().get("/c/jc/findings")))
    assert "1 个没有办结" in page and "执法文书没有编号" in page and "收费标准" not in page
    assert "执法文书没有编号" in words_in(is_page(liaison().get("/c/jc/f/F1")))
    assert "中午没有人" in words_in(is_page(liaison().get("/c/jc/complaints")))
    for path in ("/c/jc/f/F2", f"/c/jc/findings?unit={numbered(ANOTHER)}"):
        assert "收费标准" not in words_in(is_page(liaison().get(path), 403))
    for path in ("/c/jc/f/C1", "/c/jc/f/F1", f"/c/jc/complaints?unit={numbered(UNIT)}"):
        is_page(liaison(ANOTHER).get(path), 403)
    assert "中午没有人" not in words_in(liaison(ANOTHER).get("/c/jc/complaints"))
    is_page(Client().get("/c/jc/f/F1"), 303)


def test_an_auditor_sees_all_and_filters_by_unit(findings):
    page = words_in(is_page(auditor().get("/c/jc/findings")))
    assert "2 个没有办结" in page and UNIT in page and ANOTHER in page
    only = words_in(is_page(auditor().get(f"/c/jc/findings?unit={numbered(ANOTHER)}&show=all")))
    assert "收费标准" in only and "执法文书" not in only
    assert "谁也看不到" in words_in(is_page(auditor().get("/c/jc/complaints")))
    is_page(auditor().get("/c/jc/f/F99"), 404)
    is_page(auditor().get("/c/jc/findings?show=x&from=9&unit=x"))


def test_the_longest_late_comes_first_and_says_so_in_words(findings, at_work):
    at_work(NOW.replace(day=28))
    page = words_in(auditor(28).get("/c/jc/findings"))
    assert page.index("F1") < page.index("F2") and "逾期 2 个" in page
    assert "逾期 9 个工作日" in page
    assert "已逾期" in words_in(auditor(28).get("/c/jc/f/F1"))


def test_the_board_the_unit_the_item_and_the_search_lead_to_a_finding(findings):
    board = is_page(auditor().get("/c/jc"))
    assert "问题 2 个没有销号" in words_in(board) and 'href="/c/jc/findings"' in board.text
    assert "本单位的问题" in words_in(liaison().get("/c/jc"))
    unit = is_page(auditor().get(f"/c/jc/u/{numbered(UNIT)}")).text
    assert 'href="/c/jc/f/F1"' in unit and f"findings?unit={numbered(UNIT)}" in unit
    assert 'href="/c/jc/f/F1"' in is_page(auditor().get("/c/jc/i/W1")).text
    assert 'href="/c/jc/f/F1"' in is_page(auditor().get("/c/jc/find?q=执法文书")).text
    assert "执法文书" not in words_in(liaison(ANOTHER).get("/c/jc/find?q=文书没有编号"))
    found = auditor().get("/c/jc/i/F1")
    assert found.status_code == 303 and found.headers["location"] == "/c/jc/f/F1"
    is_page(liaison(ANOTHER).get("/c/jc/i/F1"), 404)


def test_a_finding_tells_its_whole_life(campaign_id, findings, at_work):
    with open_session() as session:
        step(session, campaign_id, "F1", FindingStep.PROMISE, day=NOW.date().replace(day=9))
        closed(session, campaign_id)
    page = words_in(is_page(auditor().get("/c/jc/f/F1")))
    for said in ("已销号", "提出：执法文书没有编号，来源：自查；交市司法局，时限2025年7月", "承诺2025年7月9日完成",
                 "报整改（材料 E0001）", "核实通过", "销号", "还没有回头看", "证明材料 1 份"):  # fmt: skip
        assert said in page, said
    assert words_in(is_page(auditor().get("/c/jc/findings?show=over"))).count("F1")


def test_a_thousand_findings_weigh_little_and_hostile_words_are_text(campaign_id):
    with open_session() as session:
        unit = unit_named(session, campaign_id, UNIT)
        words = "<b>粗</b>" + "长" * 280
        news = [NewFinding(f"{n}{words}", "self-check", TODAY, unit, TODAY) for n in range(1000)]
        assert not [
            one for one in raise_findings(session, campaign_id, news, "创建办", at()) if one.faults
        ]
    for path in ("/c/jc/findings", "/c/jc/findings?from=950", "/c/jc/f/F1", "/c/jc", "/c/jc/u/1"):
        page = is_page(auditor().get(path))
        assert len(page.content) + STYLE <= HEAVIEST, (path, len(page.content))
        assert "<b>粗" not in page.text, path
    assert "后面还有 950 个" in words_in(auditor().get("/c/jc/findings"))


def test_who_complained_stands_nowhere(campaign_id):
    with open_session() as session:
        words = "投诉人：王小明，电话 13800138000，反映窗口中午没有人"
        raised(session, campaign_id, words, kind=FindingKind.COMPLAINT)
    page = auditor().get("/c/jc/f/C1").text + auditor().get("/c/jc/complaints").text
    assert "王小明" not in page and "13800138000" not in page and "中午没有人" in page


def test_an_item_code_that_is_an_indicator_too_stays_an_item(campaign_id):
    assert first_item().code  # W1 is an item's page
    is_page(auditor().get(f"/c/jc/i/{first_item().code}"))
