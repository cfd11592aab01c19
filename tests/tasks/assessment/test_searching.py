"""The net is searched: what is found, what is gone, and what nobody could ask."""

import pytest
from sqlmodel import select

from models.assessment.drill import ItemMark
from models.database import open_session
from models.evidence.evidence import EvidenceMark, LinkCheck
from models.publicity.item import PublicityItem
from models.rules.assessment.words import Method, ReviewOutcome
from tasks.assessment.searching import search_items
from tasks.assessment.seeding import SampleOrder, draw_published, seed_sample
from tasks.evidence.links import checking
from tasks.evidence.links.fetching import LinkLimits
from tests.conftest import NOW, TODAY
from tests.support.pieces import piece
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
