"""A message opened twice, acknowledged twice, taken back, passed on or grown old: each says one clear line."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from sqlmodel import col, func, select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.loading.posts import listed_posts, store_posts
from models.notices.notice import Notice
from models.rules.words import Level
from models.settings import moment_of
from tasks.campaign.succession import hand_over
from tasks.window.links import personal_token
from tasks.window.message import acknowledge_as
from tests.support.alerts import MONDAY, at, every_tag, morning, only, robots
from tests.support.visitors import post_of
from tests.support.windows import TOKEN, Client, holder, is_page, words_in

NOON = at(MONDAY, 12)
LEAD, OTHER = "市司法局", "市委编办"


@pytest.fixture
def told(campaign, provider, tmp_path, monkeypatch, clock_at):
    """Everybody was told of W1, due tomorrow; it is noon. The number of the liaison's message."""
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    only("W1", MONDAY + timedelta(days=1))
    morning(campaign, MONDAY)
    clock_at(NOON)
    with open_session(read_only=True) as session:
        query = select(func.max(Notice.message_id))
        return session.exec(query.where(Notice.post_id == post_of(LEAD))).one()


def phone() -> Client:
    """A phone of the liaison, in a stay of its own."""
    return Client(holder(post_of(LEAD), NOON))


def entries(what="acknowledged"):
    with open_session(read_only=True) as session:
        query = select(AuditEntry.id).where(AuditEntry.what == what)
        return list(session.exec(query.order_by(col(AuditEntry.id))))


def receive(client, number):
    page = f"/m/{number}"
    return client.post(f"{page}/receive", at=page)


def test_opened_twice_it_says_the_same_and_nothing_was_done(told):
    first, second = (words_in(is_page(phone().get(f"/m/{told}"))) for _ in range(2))

    assert first == second
    assert "签收就是知道了" in first
    assert not entries()


def test_a_double_tap_is_one_act_and_both_lead_to_its_receipt(told):
    client, page = phone(), f"/m/{told}"
    form = {"_csrf": TOKEN.search(client.get(page).text)[1]}

    answers = [client.send(f"{page}/receive", form) for _ in range(2)]

    [entry] = entries()
    assert {one.headers["location"] for one in answers} == {f"/r/{entry}"}


def test_on_a_second_phone_it_reads_who_did_it_when_and_what_to_do_now(told):
    first, second = phone(), phone()
    second.get(f"/m/{told}")
    receive(first, told)

    answer = receive(second, told)

    [entry] = entries()
    assert answer.headers["location"] == f"/r/{entry}"
    assert "已经记下，不用再点" in words_in(is_page(second.get(f"/r/{entry}")))
    said = words_in(is_page(second.get(f"/m/{told}")))
    assert "都已签收或办完，不必再点" in said
    assert f"已签收：{LEAD}联络员，7月21日（周一） 12:00" in said


def test_two_phones_at_once_are_one_acknowledgement(told):
    visitor, moment, found = holder(post_of(LEAD), NOON), moment_of(NOON, MONDAY), []
    both = [
        Thread(target=lambda: found.append(acknowledge_as(told, None, visitor, moment)))
        for _ in range(2)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert min(found) == 0 < max(found)
    assert len(entries()) == 1


def test_what_was_taken_back_is_acknowledged_anew_under_a_receipt_of_its_own(told):
    client = phone()
    receive(client, told)
    [first] = entries()
    client.post(f"/r/{first}/back", at=f"/r/{first}")

    answer = receive(client, told)

    _, second = entries()
    assert answer.headers["location"] == f"/r/{second}"
    assert "已经记下，不用再点" in words_in(is_page(client.get(f"/r/{second}")))
    assert "已经撤回" in words_in(is_page(client.get(f"/r/{first}")))
    again = client.post(f"/r/{first}/back", at=f"/r/{first}")
    [back] = entries("acknowledgement-withdrawn")
    assert again.headers["location"] == f"/r/{back}"  # what stands is left alone


def list_anew(**values: str | bool) -> None:
    """Take in the list of posts with other values for the unit's."""
    with open_session() as session:
        listed = [
            replace(one, **values) if one.unit == LEAD and one.level == Level.LIAISON else one
            for one in listed_posts(session, 1)
            if not values.get("vacant") or one.unit != LEAD or one.level == Level.LIAISON
        ]
        store_posts(session, 1, listed, NOON)


def test_whoever_held_the_post_before_is_out_and_the_successor_acknowledges(told):
    before, token = phone(), personal_token(post_of(LEAD), 1, NOON - timedelta(minutes=5))
    form = {"_csrf": TOKEN.search(before.get(f"/m/{told}").text)[1]}
    list_anew(tag="接手的人")

    refused = before.send(f"/m/{told}/receive", form)
    assert "登录已过期，刚才填的没有提交" in words_in(is_page(refused, 401))
    link = words_in(is_page(Client().get(f"/in/{token}/m/{told}"), 401))
    assert "这个链接已经收回，或岗位有变" in link
    assert not entries()

    successor = phone()
    assert "签收就是知道了" in words_in(is_page(successor.get(f"/m/{told}")))
    receive(successor, told)
    assert len(entries()) == 1


def test_of_a_unit_that_was_succeeded_the_message_is_nobody_s_and_says_so(told):
    token = personal_token(post_of(LEAD), 1, NOON - timedelta(minutes=5))
    list_anew(vacant=True)
    hand_over("jc", LEAD, OTHER, "创建办", "机构改革", moment_of(NOON, MONDAY))
    heir = Client(holder(post_of(OTHER), NOON))

    said = words_in(is_page(heir.get(f"/m/{told}"), 403))
    assert "这条消息不是发给您的；您的消息请从收到的链接打开" in said
    gone = words_in(is_page(Client().get(f"/in/{token}/m/{told}"), 401))
    assert "这个链接已经收回，或岗位有变" in gone


def test_a_message_older_than_two_weeks_says_so_and_counts_all_the_same(told, clock_at):
    later = NOON + timedelta(days=15)
    clock_at(later)
    token = personal_token(post_of(LEAD), 1, NOON)
    assert "这个链接已经过期" in words_in(is_page(Client().get(f"/in/{token}/m/{told}"), 401))
    client = Client(holder(post_of(LEAD), later))

    said = words_in(is_page(client.get(f"/m/{told}")))
    assert "这条消息已过两周" in said
    assert "在这里签收一样算数" in said
    assert "/r/" in receive(client, told).headers["location"]
    assert "没有签收的消息" not in words_in(is_page(client.get("/me")))
