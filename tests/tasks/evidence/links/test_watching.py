"""Links are watched by the clock until the campaign is closed, each campaign's its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Campaign, CampaignState, Stage
from models.database import open_session
from models.evidence.evidence import EvidenceMark, EvidenceRevision, LinkCheck
from models.settings import moment_of
from tasks.evidence.links import checking
from tasks.evidence.links.fetching import LinkLimits
from tasks.evidence.links.watching import keep_new_pages, watch_all
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.packs import load_pack
from tests.support.pieces import piece
from tests.support.sites import Site, site

QUICK = LinkLimits(seconds=3, each=2)


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checking, "PAUSE", 0.0)
    monkeypatch.setenv("SHIFAN_LINK_NETWORKS", "127.0.0.1")
    with site() as here:
        yield here


def linked(campaign_id: int, url: str) -> None:
    with open_session() as session:
        row = piece(session, campaign_id, b"", kind="link", title="目录", url=url)
        query = select(EvidenceRevision).where(EvidenceRevision.evidence_id == row.id)
        session.exec(query).one().sha256 = ""


def watch(day: float):
    return watch_all(moment_of(NOW + timedelta(days=day)), QUICK)


def looks() -> int:
    with open_session(read_only=True) as session:
        return len(session.exec(select(LinkCheck)).all())


def test_a_link_is_looked_at_weekly_and_oftener_when_the_assessment_is_near(
    campaign, campaign_id, running: Site
):
    running.show("/a", "目录")
    linked(campaign_id, running.url("/a"))
    for day in range(9):
        watch(day)
    assert running.asked == ["/a"] * 2

    with open_session() as session:
        for stage in session.exec(select(Stage).where(Stage.kind == "acceptance")):
            stage.planned_start = TODAY + timedelta(days=20)
    for day in range(9, 16):
        watch(day)
    assert len(running.asked) == 2 + 2


def test_a_dead_link_is_tried_the_next_day_until_it_counts_and_then_weekly(
    campaign, campaign_id, running: Site
):
    linked(campaign_id, running.url("/none"))
    for day in range(8):
        watch(day)

    assert looks() == 3  # on the third day it counts; then a week
    with open_session(read_only=True) as session:
        assert [one.check_id for one in session.exec(select(EvidenceMark))] == ["dead-link"]


@ON_BOTH
def test_two_campaigns_are_looked_at_each_for_itself_and_a_closed_one_no_more(
    campaign, campaign_id, running: Site
):
    load_pack(moment_of(NOW, TODAY), "other")
    running.show("/a", "目录")
    running.show("/b", "另一个市的目录")
    linked(1, running.url("/a"))
    linked(2, running.url("/b"))
    found = watch(0)

    assert sorted(running.asked) == ["/a", "/b"]
    assert len(found.lines) == 2
    with open_session(read_only=True) as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.what == "links-checked")).all()
        assert sorted(one.campaign_id for one in entries) == [1, 2]

    with open_session() as session:
        session.get_one(Campaign, 1).state = CampaignState.CLOSED
    watch(8)
    assert sorted(running.asked) == ["/a", "/b", "/b"]


def test_pages_of_new_links_are_kept_at_hand_in_and_only_then(campaign, campaign_id, running: Site):
    running.show("/a", "目录")
    linked(campaign_id, running.url("/a"))
    moment = moment_of(NOW)

    assert keep_new_pages(moment) == 1
    assert keep_new_pages(moment) == 0
    assert running.asked == ["/a"]


def test_a_round_has_an_end_and_the_next_goes_on(campaign, campaign_id, running: Site):
    for n in range(4):
        running.show(f"/{n}", "目录")
        linked(campaign_id, running.url(f"/{n}"))
    watch_all(moment_of(NOW), LinkLimits(seconds=3, each=2, round=0))
    assert 0 < looks() < 4  # what had begun is finished

    watch(0.1)
    assert looks() == 4


@ON_BOTH
def test_two_rounds_at_once_mark_once(campaign, campaign_id, running: Site):
    running.show("/a", "原来的内容")
    linked(campaign_id, running.url("/a"))
    watch(0)
    running.show("/a", "别的")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(watch, (8, 8)))

    with open_session(read_only=True) as session:
        assert [one.check_id for one in session.exec(select(EvidenceMark))] == ["changed-link"]
