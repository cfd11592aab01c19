"""Links of evidence are looked at again: what is dead or changed is marked once, and pages are kept."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from models.database import open_session
from models.errors import ProgressError
from models.evidence.evidence import EvidenceMark, EvidenceRevision, LinkCheck
from models.evidence.vault.keeping import is_kept
from models.settings import moment_of
from tasks.evidence.links import checking
from tasks.evidence.links.checking import check_links, last_looks, look_words
from tasks.evidence.links.fetching import LinkLimits
from tests.conftest import NOW, ON_BOTH
from tests.support.pieces import piece
from tests.support.sites import Site, site

QUICK = LinkLimits(seconds=3, each=2)
LINES = ("关于公布重大行政决策目录的通知", "一、城市供水价格调整", "二、养老服务规划")


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checking, "PAUSE", 0.0)
    monkeypatch.setenv("SHIFAN_LINK_NETWORKS", "127.0.0.1")
    with site() as here:
        yield here


def linked(campaign_id: int, *urls: str) -> None:
    with open_session() as session:
        for url in urls:
            row = piece(session, campaign_id, b"", kind="link", title="目录", url=url)
            query = select(EvidenceRevision).where(EvidenceRevision.evidence_id == row.id)
            session.exec(query).one().sha256 = ""  # nobody has kept its page yet


def look(campaign: str, day: int):
    return check_links(campaign, "创建办", moment_of(NOW + timedelta(days=day)), limits=QUICK)


def marks(session: Session) -> list[str]:
    return [one.check_id for one in session.exec(select(EvidenceMark))]


@ON_BOTH
def test_a_page_that_changed_or_went_is_marked_once(campaign, campaign_id, running: Site):
    running.show("/a", *LINES, "浏览次数：1")
    running.show("/b", *LINES)
    linked(campaign_id, running.url("/a"), running.url("/b"), running.url("/none"))

    first = look(campaign, 0)
    running.show("/a", *LINES, "浏览次数：2")  # a counter
    running.show("/b", "改版了")
    second = look(campaign, 1)
    with open_session(read_only=True) as session:
        assert marks(session) == ["changed-link"]  # two days are not enough to be dead
    third = look(campaign, 2)
    look(campaign, 3)

    assert [one.outcome for one in first] == ["same", "same", "dead"]
    assert [one.outcome for one in second] == ["same", "changed", "dead"]
    assert [one.is_news for one in second] == [False, True, False]  # the dead one was known
    assert [one.is_news for one in third] == [False, False, False]
    assert "少了“关于公布" in second[1].detail
    assert "连续第 2 天；连续 3 天才算失效" in second[2].detail
    assert all(is_kept(one.sha256) for one in first[:2])
    with open_session(read_only=True) as session:
        assert sorted(marks(session)) == ["changed-link", "dead-link"]
        assert len(session.exec(select(LinkCheck)).all()) == 12
    said = [row[3].partition("；2025")[0] for row in last_looks(campaign, NOW + timedelta(days=3))]
    assert said[0] == "没有变化"
    assert said[1].startswith("内容已变：少了“关于公布")
    assert said[2] == "网页打不开，网站回答 404（连续第 4 天）"


def test_a_link_that_opens_again_begins_anew_to_be_dead(campaign, campaign_id, running: Site):
    linked(campaign_id, running.url("/a"))
    for day, there in enumerate((False, False, True, False, False)):
        if there:
            running.show("/a", *LINES)
        else:
            running.pages.pop("/a", None)
        look(campaign, day)
    with open_session(read_only=True) as session:
        assert marks(session) == []

    look(campaign, 5)
    with open_session(read_only=True) as session:
        assert marks(session) == ["dead-link"]


@ON_BOTH
def test_a_change_that_a_person_judged_is_not_marked_again_and_a_new_one_is(
    campaign, campaign_id, running: Site
):
    running.show("/a", *LINES)
    linked(campaign_id, running.url("/a"))
    look(campaign, 0)
    running.show("/a", "改版了", *LINES[1:])
    look(campaign, 1)
    with open_session() as session:
        mark = session.exec(select(EvidenceMark)).one()
        mark.verdict, mark.judged_by = "overruled", "创建办审核岗"
        mark.judged_at = NOW + timedelta(days=2)

    look(campaign, 3)
    with open_session(read_only=True) as session:
        assert marks(session) == ["changed-link"]
    running.show("/a", "又改版了，原来的内容没有了")
    look(campaign, 4)
    with open_session(read_only=True) as session:
        assert marks(session) == ["changed-link", "changed-link"]


def test_what_was_looked_at_this_morning_is_not_looked_at_again(campaign, campaign_id, running):
    running.show("/a", *LINES)
    linked(campaign_id, running.url("/a"))

    look(campaign, 0)
    again = look(campaign, 0)

    assert again == [] and "半天内" in look_words(again)
    assert running.asked == ["/a"]


def test_a_round_that_was_killed_goes_on(campaign, campaign_id, running, monkeypatch):
    monkeypatch.setattr(checking, "BATCH", 2)
    for number in range(5):
        running.show(f"/{number}", *LINES)
    linked(campaign_id, *(running.url(f"/{number}") for number in range(5)))

    def killed(count: int) -> None:
        if count == 4:
            raise KeyboardInterrupt

    moment = moment_of(NOW)
    with pytest.raises(KeyboardInterrupt):
        check_links(campaign, "创建办", moment, limits=QUICK, told=killed)
    rest = check_links(campaign, "创建办", moment, limits=QUICK)

    assert len(rest) == 3  # two were kept, the third and fourth are looked at again
    with open_session(read_only=True) as session:
        assert len(session.exec(select(LinkCheck)).all()) == 5


def test_inner_addresses_are_refused_and_not_marked(campaign, campaign_id, running, monkeypatch):
    monkeypatch.setenv("SHIFAN_LINK_NETWORKS", "")
    linked(campaign_id, running.url("/a"))

    [seen] = look(campaign, 0)

    assert (seen.outcome, running.asked) == ("refused", [])
    [row] = last_looks(campaign, NOW)
    assert row[3].startswith("指向内部网络或本机的地址，没有访问；2025-")
    with open_session(read_only=True) as session:
        assert marks(session) == []


def test_a_person_is_no_post(campaign):
    with pytest.raises(ProgressError, match="职务"):
        check_links(campaign, "", moment_of(NOW))
