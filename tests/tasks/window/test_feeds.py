"""Calendars: read back as a telephone reads them, and held against RFC 5545 line by line."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlmodel import col, select

from models.campaign.campaign import Campaign
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment
from models.database import open_session
from models.decisions.decision import asked_posts
from models.errors import NotFoundError
from models.rules.decisions.answers import Answer, Said
from models.rules.words import Level
from models.settings import moment_of
from models.units.unit import Post, Unit, units_of
from tasks.window.addresses import Behind, SecretAddress, secret_token
from tasks.window.calendar import LONGEST_TITLE, CalendarEntry, CalendarFeed, calendar_bytes
from tasks.window.feeds import feed_bytes, feed_mark
from tasks.window.given_addresses import withdraw_address
from tests.conftest import NOW, ON_BOTH
from tests.support.deciding import asked, decide, noon
from tests.support.fill import fill_indicators
from tests.support.windows import account

DAY = date(2025, 9, 24)
MORNING = datetime(2025, 9, 24, 1, 0, tzinfo=UTC)
AT = moment_of(MORNING)
# What RFC 5545, 3.1 takes for a content line: a name, parameters, a value without control characters.
LINE = re.compile(r"[A-Z-]+(;[A-Z-]+=[^\x00-\x1f\x7f\";:,]+)*:[^\x00-\x08\x0a-\x1f\x7f]*")


def token(behind: Behind, number: int) -> str:
    with open_session(read_only=True) as session:
        return secret_token(session, SecretAddress(behind, number))


def read(behind: Behind, number: int, moment=AT) -> Calendar:
    return Calendar.from_ical(feed_bytes(token(behind, number), moment))


def event_of(calendar: Calendar, words: str):
    [found] = [one for one in calendar.events if words in str(one["SUMMARY"])]
    return found


def post_id(campaign_id: int, level: Level) -> int:
    with open_session(read_only=True) as session:
        query = select(Post.id).where(Post.campaign_id == campaign_id, Post.level == int(level))
        return session.exec(query.order_by(col(Post.id))).first() or 0


def milestone(session, code: str) -> Milestone:
    return session.exec(select(Milestone).where(Milestone.code == code)).one()


def hold_to_the_standard(feed: bytes) -> None:
    assert feed.endswith(b"\r\n")
    assert feed.count(b"\n") == feed.count(b"\r\n") == feed.count(b"\r")
    folded = feed[:-2].split(b"\r\n")
    assert max(map(len, folded)) <= 75  # octets without the line break
    for one in folded:
        one.decode()  # no character is cut in two
    for line in feed[:-2].replace(b"\r\n ", b"").split(b"\r\n"):
        assert LINE.fullmatch(line.decode()), line.decode()
    read_back = Calendar.from_ical(feed)
    assert not read_back.errors
    assert read_back.subcomponents
    uids = [str(one["UID"]) for one in read_back.events]
    assert len(set(uids)) == len(uids)
    for one in read_back.events:
        assert not one.errors
        assert type(one["DTSTART"].dt) is type(one["DTEND"].dt) is date
        assert one["DTSTART"].params["VALUE"] == one["DTEND"].params["VALUE"] == "DATE"
        assert one.duration == timedelta(days=1)
        assert one["DTSTAMP"].dt.tzinfo is not None
        assert one["TRANSP"] == "TRANSPARENT"
        assert not one.alarms.times


@ON_BOTH
def test_every_calendar_keeps_to_the_standard(campaign, campaign_id):
    with open_session() as session:
        fill_indicators(session, campaign_id, 3, due=date(2025, 9, 1))
        [unit, *_] = units_of(session, campaign_id)
        unit_id = unit.id or 0

    for behind, number in (
        (Behind.CAMPAIGN, campaign_id),
        (Behind.UNIT, unit_id),
        (Behind.POST, post_id(campaign_id, Level.LIAISON)),
        (Behind.POST, post_id(campaign_id, Level.OFFICE)),
        (Behind.POST, post_id(campaign_id, Level.GROUP_HEAD)),
    ):
        feed = feed_bytes(token(behind, number), AT)
        hold_to_the_standard(feed)
        assert len(list(Calendar.from_ical(feed).events)) > 3, behind


def test_a_calendar_says_its_name_and_when_to_fetch_it_again(campaign, campaign_id):
    calendar = read(Behind.CAMPAIGN, campaign_id)

    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == campaign
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert "METHOD" not in calendar
    assert calendar["VERSION"] == "2.0"
    assert calendar["X-WR-TIMEZONE"] == "Asia/Shanghai"


def test_a_light_is_a_word_and_an_item_of_many_units_one_entry(campaign, campaign_id):
    with open_session() as session:
        fill_indicators(session, campaign_id, 1, due=date(2025, 9, 1))
        count = len(units_of(session, campaign_id))

    found = event_of(read(Behind.CAMPAIGN, campaign_id), "I0 ")

    assert str(found["SUMMARY"]).startswith("红（逾期） I0 第 0 项指标（")
    assert f"等 {count} 个单位" in found["SUMMARY"]
    assert f"红（逾期） {count} 项" in found["DESCRIPTION"]
    assert found["DTSTART"].dt == date(2025, 9, 1)
    assert found["URL"].endswith("/c/jc/i/I0")
    assert str(found["URL"]) in found["DESCRIPTION"]  # some calendars show no other address


def test_a_moved_day_moves_the_entry_and_makes_no_other(campaign, campaign_id):
    before = read(Behind.CAMPAIGN, campaign_id)
    with open_session() as session:
        row = milestone(session, "S2.1")
        was, row.due = row.due, date(2025, 12, 24)

    after = read(Behind.CAMPAIGN, campaign_id)

    old, new = event_of(before, " S2.1 "), event_of(after, " S2.1 ")
    assert (old["DTSTART"].dt, new["DTSTART"].dt) == (was, date(2025, 12, 24))
    assert {one["UID"] for one in before.events} == {one["UID"] for one in after.events}
    assert old["UID"] == new["UID"]


def test_one_units_part_with_a_day_of_its_own_leaves_the_name_to_the_others(campaign, campaign_id):
    with open_session() as session:
        fill_indicators(session, campaign_id, 1, due=date(2025, 9, 1))
    whole = event_of(read(Behind.CAMPAIGN, campaign_id), " I0 ")
    with open_session() as session:
        query = select(Assignment).where(col(Assignment.indicator_id).is_not(None))
        part = session.exec(query.order_by(col(Assignment.id))).first()
        part.due, number = date(2025, 8, 1), part.id

    found = read(Behind.CAMPAIGN, campaign_id).events
    first, second = [one for one in found if " I0 " in one["SUMMARY"]]

    assert second["UID"] == whole["UID"]
    assert str(first["UID"]).startswith(f"a{number}.")


def test_what_is_done_says_so_and_what_does_not_apply_is_struck(campaign, campaign_id):
    with open_session() as session:
        milestone(session, "S1.1").state = "done"
        milestone(session, "S2.1").state = "dropped"
        milestone(session, "S2.1").note = "某某的电话 13800000000"
        milestone(session, "S2.2").withdrawn = True

    calendar = read(Behind.CAMPAIGN, campaign_id)

    assert event_of(calendar, " S1.1 ")["SUMMARY"].startswith("已完成 S1.1 ")
    struck = event_of(calendar, " S2.1 ")
    assert (struck["STATUS"], struck["SUMMARY"][:3]) == ("CANCELLED", "不适用")
    assert not [one for one in calendar.events if " S2.2 " in one["SUMMARY"]]
    assert b"13800000000" not in feed_bytes(token(Behind.CAMPAIGN, campaign_id), AT)


def test_a_units_calendar_holds_its_own_and_names_no_other_unit(campaign, campaign_id):
    with open_session(read_only=True) as session:
        first, *others = [(unit.id or 0, unit.name) for unit in units_of(session, campaign_id)]

    calendar = read(Behind.UNIT, first[0])

    assert calendar["NAME"] == f"jc {first[1]}"
    for one in calendar.events:
        assert f"责任：{first[1]}\n" in one["DESCRIPTION"]
        assert str(one["URL"]).endswith(f"?unit={first[0]}")
        assert not [name for _, name in others if f"（{name}" in one["SUMMARY"]]


def test_a_demonstration_says_that_it_is_one_everywhere(campaign, campaign_id):
    with open_session() as session:
        session.get_one(Campaign, campaign_id).is_demo = True

    calendar = read(Behind.CAMPAIGN, campaign_id)

    assert calendar["NAME"] == "【演示】jc"
    assert all(one["SUMMARY"].startswith("【演示】") for one in calendar.events)


def test_what_no_calendar_can_hold_is_counted(campaign, campaign_id):
    before = read(Behind.CAMPAIGN, campaign_id)["X-WR-CALDESC"]
    with open_session() as session:
        milestone(session, "S2.1").due = None

    after = read(Behind.CAMPAIGN, campaign_id)["X-WR-CALDESC"]

    assert before != after
    assert re.search(r"另有 \d+ 项没有时限，不在日历里", after)


def test_the_same_facts_are_the_same_bytes_all_day(campaign, campaign_id):
    word = token(Behind.CAMPAIGN, campaign_id)
    evening = moment_of(MORNING + timedelta(hours=8))
    morrow = moment_of(MORNING + timedelta(days=1))

    assert feed_bytes(word, AT) == feed_bytes(word, evening)
    assert feed_mark(word, AT) == feed_mark(word, evening) != feed_mark(word, morrow)
    before = feed_mark(word, AT)
    withdraw_address(SecretAddress(Behind.WALL, campaign_id), account(MORNING), campaign_id, AT)
    assert feed_mark(word, AT) != before
    [stamp] = {one["DTSTAMP"].dt for one in Calendar.from_ical(feed_bytes(word, AT)).events}
    assert stamp == MORNING  # when it was written, not when the telephone asked


@pytest.mark.parametrize("behind", [Behind.CAMPAIGN, Behind.UNIT, Behind.POST])
def test_a_withdrawn_address_opens_nothing_and_the_next_one_does(campaign, campaign_id, behind):
    post = post_id(campaign_id, Level.LIAISON)
    number = {Behind.CAMPAIGN: campaign_id, Behind.UNIT: 1, Behind.POST: post}[behind]
    old = token(behind, number)
    withdraw_address(SecretAddress(behind, number), account(MORNING), campaign_id, AT)

    with pytest.raises(NotFoundError, match="已经收回"):
        feed_bytes(old, AT)
    with pytest.raises(NotFoundError, match="已经收回"):
        feed_mark(old, AT)
    assert feed_bytes(token(behind, number), AT)


def test_a_forged_address_opens_nothing(campaign, campaign_id):
    word = token(Behind.CAMPAIGN, campaign_id)
    wall = token(Behind.WALL, campaign_id)

    for forged in ("", "x", word[:-1], word + "A", word.swapcase(), wall, "。" * 9, "A" * 5000):
        with pytest.raises(NotFoundError):
            feed_bytes(forged, AT)


@pytest.mark.parametrize("gone", ["vacant", "retired", "removed"])
def test_nobody_subscribes_to_what_is_gone(campaign, campaign_id, gone):
    number = post_id(campaign_id, Level.LIAISON)
    word = token(Behind.POST, number)
    with open_session() as session:
        post = session.get_one(Post, number)
        if gone == "vacant":
            post.vacant = True
        elif gone == "retired":
            session.get_one(Unit, post.unit_id).retired = True
        else:
            session.get_one(Campaign, campaign_id).state = "removed"

    with pytest.raises(NotFoundError):
        feed_bytes(word, AT)


HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("x")',
    "一\r\nBEGIN:VEVENT\r\nSUMMARY:假",
    "a\x00b\x1fc\x0b",
    "逗,号;分号\\反斜\\n杠",
    "👩‍👩‍👧‍👦" * 40,
    "长" * 300,
    "\u2028\u2029\u202e",
    "\\" * 200,
)


def test_hostile_names_stay_within_their_entry():
    made = [
        CalendarEntry(f"w{n}@x", DAY, text, text, "http://h/i/x", "红")
        for n, text in enumerate(HOSTILE)
    ]

    feed = calendar_bytes(CalendarFeed(HOSTILE[2], HOSTILE[3], NOW, "Asia/Shanghai", made))

    hold_to_the_standard(feed)
    found = list(Calendar.from_ical(feed).events)
    assert len(found) == len(HOSTILE)
    for one, text in zip(found, HOSTILE, strict=True):
        if text.isprintable():
            cut = text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + "…"
            assert (one["DESCRIPTION"], one["SUMMARY"]) == (text, cut)


def test_a_calendar_without_anything_is_one_too():
    hold_to_the_standard(calendar_bytes(CalendarFeed("空", "", NOW, "Asia/Shanghai", [])))


def test_a_leaders_calendar_says_what_waits_for_a_word_and_no_code(office):
    slug = office()
    number = asked(slug)
    with open_session(read_only=True) as session:
        [(_, post)] = asked_posts(session, number)
        leader, campaign = post.id or 0, post.campaign_id
    at = moment_of(noon(date(2025, 7, 21)))

    calendar = read(Behind.POST, leader, at)
    found = event_of(calendar, "等候决定 动员")

    assert found["URL"].endswith(f"/d/{number}")
    assert str(found["UID"]).startswith(f"d{number}.post{leader}@")
    assert "决定" not in str([one["SUMMARY"] for one in read(Behind.CAMPAIGN, campaign, at).events])
    hold_to_the_standard(feed_bytes(token(Behind.POST, leader), at))

    decide(number, Said(Answer.RETURN, "材料不全"), date(2025, 7, 21))

    later = read(Behind.POST, leader, at)
    assert not [one for one in later.events if "等候决定" in one["SUMMARY"]]
