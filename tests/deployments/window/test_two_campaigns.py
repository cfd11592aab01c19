"""One message for whoever serves two campaigns: one tap, one receipt of all of it, one way back."""

import re
from datetime import timedelta

import pytest
from sqlmodel import col, func, select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Campaign
from models.database import open_session
from models.notices.acknowledgement import Acknowledgement
from models.notices.notice import Notice
from models.rules.words import Level
from models.settings import moment_of
from models.units.unit import Post
from tasks.notices.delivery import deliver
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import NOW, TODAY
from tests.support.alerts import MONDAY, at, every_tag, robots
from tests.support.packs import load_pack
from tests.support.visitors import post_of
from tests.support.windows import Client, account, holder, is_page, words_in

NOON = at(MONDAY, 12)
LEAD = "市司法局"
SECOND = "第二个创建"


@pytest.fixture
def told(campaign, provider, tmp_path, monkeypatch, clock_at):
    """Whoever serves both campaigns was told of both in one message; it is noon. Its number."""
    load_pack(moment_of(NOW, TODAY))
    with open_session() as session:
        session.exec(select(Campaign).where(Campaign.slug == "second")).one().title = SECOND
    robots(tmp_path, monkeypatch, provider.base, list(dict.fromkeys(every_tag())))
    for slug in (campaign, "second"):
        patrol_campaign(slug, moment_of(at(MONDAY, 9), MONDAY))
    deliver(lambda: at(MONDAY, 9, 1))
    clock_at(NOON)
    with open_session(read_only=True) as session:
        query = select(func.max(Notice.message_id)).where(Notice.post_id == post_of(LEAD))
        number = session.exec(query).one()
        about = select(Notice.campaign_id).where(Notice.message_id == number).distinct()
        assert len(session.exec(about).all()) == 2
    return number


def entries(what):
    with open_session(read_only=True) as session:
        query = select(AuditEntry).where(AuditEntry.what == what).order_by(col(AuditEntry.id))
        found = list(session.exec(query))
        session.expunge_all()
        return found


def standing():
    """Return how many acknowledgements stand, by campaign."""
    with open_session(read_only=True) as session:
        query = select(Acknowledgement.campaign_id, func.count()).where(
            col(Acknowledgement.ended_at).is_(None)
        )
        return dict(session.exec(query.group_by(col(Acknowledgement.campaign_id))).all())


def liaison(campaign_id=1):
    return Client(holder(post_of(LEAD, campaign_id=campaign_id), NOON))


def move_the_second_post_to_another_channel():
    with open_session() as session:
        session.get_one(Post, post_of(LEAD, campaign_id=2)).tag = "另一个人"


def test_one_tap_acknowledges_all_of_it_and_one_takes_all_of_it_back(told):
    client, page = liaison(), f"/m/{told}"
    answer = client.post(f"{page}/receive", at=page)

    first, second = entries("acknowledged")
    assert (first.campaign_id, second.campaign_id) == (1, 2)
    assert set(standing()) == {1, 2}
    assert answer.headers["location"] in (f"/r/{first.id}", f"/r/{second.id}")
    for entry in (first, second):
        receipt = is_page(client.get(f"/r/{entry.id}"))
        for one in (first, second):
            assert f"第 {one.id} 条" in words_in(receipt)
            assert one.hash in receipt.text
        assert words_in(receipt).count("撤回全部 2 条") == 1
        for path in set(re.findall(r'href="(/[cmr][^"]*)"', receipt.text)):
            is_page(client.get(path))

    back = client.post(f"/r/{first.id}/back", at=f"/r/{first.id}")

    one, other = entries("acknowledgement-withdrawn")
    assert (one.campaign_id, other.campaign_id) == (1, 2)
    assert standing() == {}
    assert back.headers["location"] == f"/r/{one.id}"
    said = words_in(is_page(client.get(f"/r/{one.id}")))
    assert f"第 {one.id} 条" in said
    assert f"第 {other.id} 条" in said
    for entry in (first, second):
        assert "已经撤回" in words_in(is_page(client.get(f"/r/{entry.id}")))
        again = client.post(f"/r/{entry.id}/back", at=f"/r/{entry.id}")
        assert again.status_code == 303
    assert len(entries("acknowledgement-withdrawn")) == 2
    assert "签收就是知道了" in words_in(client.get(page))


def test_the_message_leads_nowhere_that_the_link_does_not_open(told):
    client = liaison()
    page = is_page(client.get(f"/m/{told}"))

    assert "second的事项可以在这里签收" in words_in(page)
    ways = set(re.findall(r'(?:href|action)="(/[^"#]*)"', page.text)) - {f"/m/{told}/receive"}
    assert any("/c/jc/i/" in path for path in ways)
    assert not any("/c/second" in path for path in ways)
    for path in ways - {"/out"}:
        is_page(client.get(path.replace("&amp;", "&")))
    assert client.get("/c/second").status_code == 403


def test_the_post_of_the_other_campaign_sees_the_same_receipt(told):
    page = f"/m/{told}"
    liaison().post(f"{page}/receive", at=page)
    both = [entry.id for entry in entries("acknowledged")]

    other = liaison(2)

    assert "都已签收" in words_in(is_page(other.get(page)))
    said = words_in(is_page(other.get(f"/r/{both[0]}")))
    assert all(f"第 {number} 条" in said for number in both)
    stranger = Client(holder(post_of("市政府办公室"), NOON))
    assert stranger.get(f"/r/{both[0]}").status_code == 403


def test_what_is_another_s_by_now_is_neither_shown_nor_answered(told):
    move_the_second_post_to_another_channel()
    client, page = liaison(), f"/m/{told}"

    said = words_in(is_page(client.get(page)))
    assert SECOND not in said
    assert "second" not in said
    assert "现在不归您这个岗位" in said
    client.post(f"{page}/receive", at=page)

    assert [entry.campaign_id for entry in entries("acknowledged")] == [1]
    assert set(standing()) == {1}
    assert "撤回全部" not in words_in(client.get(f"/r/{entries('acknowledged')[0].id}"))
    whoever = liaison(2)
    assert "签收就是知道了" in words_in(is_page(whoever.get(page)))
    whoever.post(f"{page}/receive", at=page)
    assert set(standing()) == {1, 2}


def test_what_moved_after_it_was_acknowledged_is_taken_back_by_the_office(told):
    page = f"/m/{told}"
    client = liaison()
    client.post(f"{page}/receive", at=page)
    first, second = entries("acknowledged")
    move_the_second_post_to_another_channel()

    assert client.get(f"/r/{second.id}").status_code == 403
    client.post(f"/r/{first.id}/back", at=f"/r/{first.id}")
    assert set(standing()) == {2}
    office = Client(account(NOON))
    said = words_in(is_page(office.get(f"/r/{second.id}")))
    assert "其中 1 条已经撤回，其余 1 条仍然有效" in said
    office.post(f"/r/{second.id}/back", at=f"/r/{second.id}")
    assert standing() == {}


def test_an_ended_campaign_keeps_nothing_of_the_other_from_going_back(told):
    page = f"/m/{told}"
    client = liaison()
    client.post(f"{page}/receive", at=page)
    first, second = entries("acknowledged")
    with open_session() as session:
        ended = session.get_one(Campaign, 2)
        ended.state, ended.closed_on = "closed", MONDAY

    assert client.post(f"/r/{second.id}/back", at=f"/r/{second.id}").status_code == 303
    assert set(standing()) == {2}
    said = words_in(is_page(client.get(f"/r/{second.id}")))
    assert "不能撤回" in said
    assert f"第 {first.id} 条" in said


def test_the_unit_s_head_reads_the_part_of_the_own_campaign_alone(told):
    head = Client(holder(post_of(LEAD, Level.UNIT_HEAD), NOON + timedelta(minutes=1)))

    page = is_page(head.get(f"/m/{told}"))

    assert SECOND not in words_in(page)
    assert "second" not in words_in(page)
    assert "签收就是知道了" not in words_in(page)
    refused = head.post(f"/m/{told}/receive", at="/me")
    assert "不是发给您的" in words_in(is_page(refused, 403))
    assert standing() == {}
