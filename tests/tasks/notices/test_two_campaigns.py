"""Two campaigns whose people share their channels: one message each, that names both."""

from collections import Counter

import pytest
from sqlmodel import select

from models.campaign.campaign import Campaign
from models.campaign.milestone import Milestone
from models.database import open_session
from models.notices.acknowledgement import Acknowledgement
from models.notices.notice import Message, Notice
from models.settings import moment_of
from notifications import links
from tasks.notices.acknowledging import acknowledge_message
from tasks.notices.burden import burden
from tasks.notices.delivery import deliver
from tasks.notices.lists import list_dead, retry_dead
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import NOW, TODAY
from tests.support.alerts import MONDAY, ONE_DAY, at, every_tag, robots
from tests.support.packs import load_pack


@pytest.fixture
def two(campaign, provider, tmp_path, monkeypatch):
    """A second campaign with the same units, and a robot for every tag."""
    load_pack(moment_of(NOW, TODAY))
    with open_session() as session:
        session.exec(select(Campaign).where(Campaign.slug == "second")).one().title = "第二个创建"
    robots(tmp_path, monkeypatch, provider.base, list(dict.fromkeys(every_tag())))
    links.remember("http://127.0.0.1:4200", {})
    return [campaign, "second"]


def patrol_both(slugs, day, hour=9):
    for slug in slugs:
        patrol_campaign(slug, moment_of(at(day, hour), day))


def test_a_recipient_of_two_campaigns_gets_one_message_a_window(any_database, two, provider):
    patrol_both(two, MONDAY)
    deliver(lambda: at(MONDAY, 9, 1))
    patrol_both(two, MONDAY, 14)
    deliver(lambda: at(MONDAY, 14, 1))

    copies = Counter(taken.key for taken in provider.accepted)
    assert set(copies.values()) == {1}
    text = provider.accepted[0].text
    assert "2 个创建活动" in text
    assert "（第二个创建）" in text
    asked = "".join(taken.text for taken in provider.accepted)
    assert "/c/jc/i/" in asked
    assert "/c/second/i/" in asked


def test_its_receipt_counts_for_both_and_so_does_the_burden(two, provider):
    patrol_both(two, MONDAY)
    deliver(lambda: at(MONDAY, 9, 1))
    with open_session(read_only=True) as session:
        both = Counter(session.exec(select(Notice.message_id, Notice.campaign_id).distinct()).all())
        shared = Counter(number for number, _ in both if number)
        number = next(number for number, of in shared.items() if of == 2)
    known = acknowledge_message(number, "联络员", "", moment=moment_of(at(MONDAY, 10), MONDAY))

    with open_session(read_only=True) as session:
        about = set(session.exec(select(Acknowledgement.campaign_id)).all())
    assert known >= 2
    assert len(about) == 2
    asks = [{r.unit: r.asks for r in burden(slug, MONDAY)[0]} for slug in two]
    assert asks[0] == asks[1]


def test_a_dead_letter_of_both_is_told_and_listed_in_both_and_retried_once(two, provider):
    with open_session() as session:
        for row in session.exec(select(Milestone)):
            row.withdrawn = row.code != "W1"
    provider.behave("refuse")
    patrol_both(two, MONDAY)
    result = deliver(lambda: at(MONDAY, 9, 1))
    with open_session(read_only=True) as session:
        assert result.dead == len(session.exec(select(Message)).all())
    first, second = (list_dead(slug) for slug in two)

    assert {d.message for d in first} & {d.message for d in second}
    provider.behave("accept")
    count = len({d.message for d in first} | {d.message for d in second})
    assert retry_dead(None, at(MONDAY + ONE_DAY)) == count
    deliver(lambda: at(MONDAY + ONE_DAY, 9))
    assert list_dead(two[0]) == list_dead(two[1]) == []
    copies = Counter(taken.text for taken in provider.accepted)
    assert set(copies.values()) == {1}


def test_one_campaign_s_demonstration_or_budget_keeps_nothing_of_the_others(two, provider):
    import json

    with open_session() as session:
        rows = {row.slug: row for row in session.exec(select(Campaign))}
        rows["second"].plan_json = json.dumps(
            json.loads(rows["second"].plan_json) | {"asks_per_week": 1}
        )
        for part in session.exec(select(Milestone)):
            part.withdrawn = True
    from models.campaign.work import Assignment

    for n in range(2):
        with open_session() as session:
            for part in session.exec(select(Assignment)):
                part.due = MONDAY + (n + 1) * ONE_DAY + n * ONE_DAY
        patrol_both(two, MONDAY + n * ONE_DAY)
        provider.accepted.clear()
        deliver(lambda day=MONDAY + n * ONE_DAY: at(day, 9, 1))

    texts = [t.text for t in provider.accepted if "登记进展" in t.text]
    assert texts
    assert all("第二个创建" not in text for text in texts)  # over its budget
    rows, _ = burden("second", MONDAY)
    assert any(r.waiting for r in rows)
