"""Links are watched by the clock until the campaign is closed, each campaign's its own."""

import errno
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Campaign, CampaignState, Stage
from models.database import open_session
from models.evidence.evidence import EvidenceMark, EvidenceRevision, LinkCheck
from models.notices.notice import Notice
from models.rules.notices.rule_words import LINKS_UNASKED
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


@pytest.fixture
def dns(monkeypatch) -> dict[str, bool]:
    """Whether names can be looked up, and which lead somewhere; a name that is asked for is noted."""
    real, known = socket.getaddrinfo, {"up": False}

    def found(host, port, *args, **more):
        if host[0].isdigit():
            return real(host, port, *args, **more)
        if not known["up"]:
            raise socket.gaierror(known.get("fault", socket.EAI_AGAIN), "no resolver")
        if not known.get(host):
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port))]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    monkeypatch.setattr(checking, "PAUSE", 0.0)
    return known


def told_office():
    with open_session(read_only=True) as session:
        query = select(Notice.words).where(Notice.rule == LINKS_UNASKED)
        return list(session.exec(query.order_by(Notice.id)))


def marked():
    with open_session(read_only=True) as session:
        return [one.check_id for one in session.exec(select(EvidenceMark))]


@ON_BOTH
@pytest.mark.parametrize("fault", [socket.EAI_AGAIN, socket.EAI_NONAME])
def test_where_no_name_is_found_at_all_no_link_is_dead_and_the_office_hears_once(
    campaign, campaign_id, dns, fault
):
    dns["fault"] = fault
    for number in range(9):
        linked(campaign_id, f"http://site{number}.test/")

    lines = [watch(day).lines for day in range(5)]

    assert (looks(), marked()) == (0, [])
    assert all("9 个没有看成，不算打不开：本机一个网站的地址也查不到" in line for [line] in lines)
    [words] = told_office()
    assert "9 个网址没有看成" in words and "请检查网络和 DNS 设置" in words
    assert keep_new_pages(moment_of(NOW)) == 0


def test_a_name_that_is_gone_while_others_are_there_is_dead_after_three_days(
    campaign, campaign_id, dns
):
    dns |= {"up": True, "www.gov.cn": True}
    linked(campaign_id, "http://gone.test/")

    for day in range(3):
        watch(day)

    assert (looks(), marked(), told_office()) == (3, ["dead-link"], [])


def test_when_names_are_back_the_office_hears_of_the_next_time(campaign, campaign_id, dns):
    linked(campaign_id, "http://gone.test/")
    watch(0)
    dns |= {"up": True, "www.gov.cn": True}
    watch(1)
    dns["up"] = False
    watch(2)
    watch(3)

    assert len(told_office()) == 2
    assert (looks(), marked()) == (1, [])


def test_a_link_of_the_inner_network_is_looked_at_while_names_are_not_found(
    campaign, campaign_id, running: Site, dns
):
    running.show("/a", "目录")
    for number in range(8):
        linked(campaign_id, f"http://site{number}.test/")
    linked(campaign_id, running.url("/a"))

    [line] = watch(0).lines

    assert "复核了 1 个网址：没有变化 1；8 个没有看成" in line
    assert running.asked == ["/a"]


def test_an_unplugged_machine_looks_at_no_link_and_says_so(campaign, campaign_id, monkeypatch):
    def unplugged(*_, **__):
        raise OSError(errno.ENETUNREACH, "unreachable")

    monkeypatch.setattr(socket, "create_connection", unplugged)
    linked(campaign_id, "http://93.184.216.34/")

    [line] = watch(0).lines

    assert "1 个没有看成，不算打不开：这台电脑没有接通外网" in line
    assert looks() == 0
    assert len(told_office()) == 1
