"""The net is searched: what is found, what is gone, and what nobody could ask."""

import gzip

import pytest
from sqlmodel import select

from models.assessment.drill import ItemMark
from models.database import open_session
from models.errors import CampaignError
from models.evidence.evidence import EvidenceMark, LinkCheck
from models.publicity.item import PublicityItem
from models.rules.assessment.words import Method, ReviewOutcome
from tasks.assessment.records import export_record, load_record
from tasks.assessment.searching import search_items
from tasks.assessment.seeding import SampleOrder, draw_published, seed_sample
from tasks.assessment.view import item_view
from tasks.evidence.links import checking
from tasks.evidence.links.fetching import LinkLimits
from tests.conftest import NOW, TODAY
from tests.support.pieces import piece
from tests.support.sheets import edited, place
from tests.support.sites import site
from tests.tasks.assessment.conftest import AT, BY

QUICK = LinkLimits(seconds=3, each=2)


@pytest.fixture
def running(monkeypatch):
    monkeypatch.setattr(checking, "PAUSE", 0.0)
    monkeypatch.setenv("SHIFAN_LINK_NETWORKS", "127.0.0.1")
    with site() as here:
        yield here


@pytest.fixture
def public(campaign_id, drill, running):
    """Five public items, of which four have an address, one that is not on the net, and the site."""
    running.show("/a", "权责清单 公开目录")
    running.show("/b", "网站首页")
    with open_session() as session:
        told = {"channel": "政府网站", "published_on": TODAY, "by_post": "创建办", "at": NOW}
        url = running.url("/a")
        session.add(
            PublicityItem(campaign_id=campaign_id, number=7, title="公开目录", url=url, **told)
        )
        session.add(PublicityItem(campaign_id=campaign_id, number=8, title="广播", **told))
        for title, path in (("权责清单", "/a"), ("年度报告", "/b"), ("裁量基准", "/none")):
            piece(session, campaign_id, b"", kind="link", title=title, url=running.url(path))
        piece(session, campaign_id, b"x", title="办事指南").to_publish = True
    seed_sample(None, SampleOrder("M1", Method.SEARCH), BY, AT)
    draw_published(None, "M1", Method.SEARCH, BY, AT)
    return running


def outcomes():
    with open_session(read_only=True) as session:
        return [one.outcome for one in session.exec(select(ItemMark).order_by(ItemMark.item_id))]


def test_each_item_is_found_left_to_a_person_or_missed(public):
    found = search_items(None, "M1", BY, AT, limits=QUICK)

    assert outcomes() == ["met", "partly", "missed", "missed", "met"]
    assert [row[3] for row in found.rows][2] == "没有登记公开的网址"
    assert found.line == "检索了 5 项：符合 2、基本符合 1、不符合 2"
    assert search_items(None, "M1", BY, AT, limits=QUICK).changes == 0
    with open_session(read_only=True) as session:  # it leaves the evidence as it was
        assert not list(session.exec(select(LinkCheck)))
        assert not list(session.exec(select(EvidenceMark)))


def test_what_may_not_be_asked_is_no_fault(public, monkeypatch):
    monkeypatch.setenv("SHIFAN_LINK_NETWORKS", "")  # an inner address now

    found = search_items(None, "M1", BY, AT, limits=QUICK)

    assert outcomes() == ["unseen", "unseen", "unseen", "missed", "unseen"]
    assert found.counts[ReviewOutcome.UNSEEN] == 4


def test_what_a_person_said_stays_however_often_it_is_searched(public, tmp_path):
    search_items(None, "M1", BY, AT, limits=QUICK)
    out = tmp_path / "检索记录.xlsx"
    export_record(None, "M1", Method.SEARCH, out, ("", "", AT))  # with what the machine found

    def look(book):
        page = book["评估记录"]
        assert place(page, "结果", 序号=2).value == "基本符合"
        place(page, "结果", 序号=2).value = "符合"

    load_record(None, edited(out, look, "回.xlsx"), "评查一组", moment=AT)
    search_items(None, "M1", BY, AT, limits=QUICK)

    rows = item_view(None, "M1", Method.SEARCH).rows
    assert [row[6] for row in rows] == ["100.00", "100.00", "0.00", "0.00", "100.00"]
    assert rows[1][4] == "评查一组 100.00 分"


def test_who_may_not_write_is_refused_before_anybody_is_asked(public):
    with pytest.raises(CampaignError, match="像是姓名"):
        search_items(None, "M1", "王小明", AT, limits=QUICK)

    assert not public.asked


@pytest.mark.parametrize(
    ("answer", "outcome", "words"),
    [
        (lambda site: site.lead("/a", "/a"), "missed", "转来转去超过 5 次"),
        (lambda site: site.lead("/a", "http://10.0.0.1/"), "unseen", "指向内部网络"),
        (lambda site: site.lead("/a", "http://169.254.169.254/latest"), "unseen", "指向内部网络"),
        (lambda site: site.lead("/a", "http://[::ffff:10.0.0.1]/"), "unseen", "指向内部网络"),
        (lambda site: site.lead("/a", "file:///etc/passwd"), "unseen", "不以 http"),
        (lambda site: site.lead("/a", "/"), "partly", "转到了网站首页"),
        (lambda site: site.show("/a", "您访问的页面不存在"), "missed", "页面上写着"),
        (lambda site: huge(site), "unseen", "超过 20 MB"),
    ],
    ids=["loop", "intranet", "metadata", "dressed", "file", "home", "soft-404", "huge"],
)
def test_each_odd_answer_is_told_apart(public, answer, outcome, words):
    public.show("/", "网站首页")
    answer(public)

    found = search_items(None, "M1", BY, AT, limits=QUICK)

    assert outcomes()[0] == outcome
    assert words in found.rows[0][3]


def huge(site):
    """Let /a be more than a link may cost, packed into little."""
    body = gzip.compress(b"0" * 25_000_000)
    site.pages["/a"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, body)
