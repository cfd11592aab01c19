"""Hard days: everything due at once, a clock that was wrong, a calendar that ended, a locked file."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from models import database
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment
from models.database import open_session
from models.errors import DatabaseError
from models.notices.notice import Delivery, Message, Notice
from models.notices.outbox import claim
from models.settings import moment_of, settings
from models.units.unit import Unit, add_default_posts
from tasks.notices.delivery import deliver
from tasks.office.clock_watch import believe_clock
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import ON_BOTH
from tests.support.alerts import MONDAY, ONE_DAY, at, every_tag, morning, only, robots, states
from tests.support.fill import fill_indicators
from tests.support.other_clients import held, impatient


def test_63_units_with_104_items_due_at_once_get_one_message_each(
    campaign, campaign_id, provider, tmp_path, monkeypatch
):
    with open_session() as session:
        here = len(session.exec(select(Unit).where(Unit.campaign_id == campaign_id)).all())
        more = [Unit(campaign_id=campaign_id, name=f"第{n}局") for n in range(63 - here)]
        session.add_all(more)
        session.flush()
        add_default_posts(session, campaign_id, more)
        session.flush()
        assert fill_indicators(session, campaign_id, 104, due=MONDAY) == 63 * 104
    tags = every_tag()
    robots(tmp_path, monkeypatch, provider.base, tags)
    morning(campaign, MONDAY)
    again = deliver(lambda: at(MONDAY, 15))

    copies = [taken.key for taken in provider.accepted]
    assert len(copies) == len(set(copies)) >= 63
    assert again.sent == 0
    text = next(t.text for t in provider.accepted if t.key == f"key-{tags.index('第0局'):04d}-0000")
    assert "另有 94 项" in text


def test_a_clock_set_forward_a_day_and_back_loses_nothing_and_tells_again_in_its_time(
    wired, provider
):
    only("S2.1", MONDAY + 2 * ONE_DAY)
    morning(wired, MONDAY + ONE_DAY)  # the clock was a day ahead
    provider.accepted.clear()
    held = morning(wired, MONDAY)  # and was set right: which of the two is wrong?
    assert "本机时钟可疑" in held.in_words()
    believe_clock(MONDAY, "创建办", "", at(MONDAY, 10))
    morning(wired, MONDAY + ONE_DAY)
    morning(wired, MONDAY + 2 * ONE_DAY)

    said = [t.text for t in provider.accepted if "S2.1" in t.text]
    assert [("1个工作日内到期" in t, "今日到期" in t) for t in said] == [
        (True, False),
        (False, True),
    ]
    assert set(states(subject_kind="milestone")) == {"sent"}


def test_a_lease_from_a_clock_that_was_ahead_blocks_nobody(campaign, campaign_id):
    with open_session() as session:
        message = Message(
            campaign_id=campaign_id, tag="甲", subject="", body="", made_at=at(MONDAY)
        )
        session.add(message)
        session.flush()
        ahead = at(MONDAY + ONE_DAY)
        session.add(
            Delivery(
                message_id=message.id,
                target="x",
                target_kind="x",
                next_try_at=ahead,
                lease_until=ahead,
            )
        )
    with open_session() as session:
        [found] = claim(session, at(MONDAY))

    assert found.repeat


def test_years_without_a_holiday_table_are_alerted_like_any_other(wired, provider):
    day = date(2031, 7, 21)
    only("S2.1", day)
    result = morning(wired, day)

    assert result.sent >= 1
    with open_session(read_only=True) as session:
        due = session.exec(select(Notice.state).where(Notice.rule == "due_today")).all()
    assert set(due) == {"sent"}


def test_a_disk_that_cannot_be_written_is_not_called_a_broken_database(wired):
    from sqlalchemy.exc import OperationalError

    engine = database.engine_for(settings().database)
    for words in ("disk I/O error", "database or disk is full"):
        error = OperationalError("", {}, sqlite3.OperationalError(words))
        with pytest.raises(DatabaseError, match="磁盘.*数据没有写入"), database.in_one_line(engine):
            raise error


@ON_BOTH
def test_a_locked_database_is_one_line_and_the_next_round_sends(wired, provider, monkeypatch):
    only("S2.1", MONDAY)
    patrol_campaign(wired, moment_of(at(MONDAY), MONDAY))
    with impatient(monkeypatch, 0.2), held(), pytest.raises(DatabaseError, match="占用"):
        deliver(lambda: at(MONDAY, 9, 1))

    assert deliver(lambda: at(MONDAY, 9, 5)).sent >= 1


def test_a_unit_asked_often_enough_waits_for_a_leaders_word(
    campaign, campaign_id, provider, tmp_path, monkeypatch
):
    import json

    from models.campaign.campaign import Campaign
    from tasks.notices.burden import allow, burden

    robots(tmp_path, monkeypatch, provider.base, every_tag())
    only("W1", MONDAY + ONE_DAY)
    with open_session() as session:
        row = session.get_one(Campaign, campaign_id)
        row.plan_json = json.dumps(json.loads(row.plan_json) | {"asks_per_week": 1})
    for n in range(3):
        morning(campaign, MONDAY + n * ONE_DAY)

    rows, budget = burden(campaign, MONDAY)
    assert budget == 1
    assert max(r.asks for r in rows) == 1
    waiting = [r for r in rows if r.waiting]
    assert waiting
    assert [r.unit for r in rows] == [r.unit for r in sorted(rows, key=lambda r: r.unit_id)]
    wednesday = MONDAY + 2 * ONE_DAY
    freed = allow(
        campaign,
        waiting[0].unit,
        by="分管领导",
        reason="",
        moment=moment_of(at(wednesday), wednesday),
    )
    assert freed == waiting[0].waiting
    assert deliver(lambda: at(wednesday, 10)).sent >= 1


def test_five_refusals_make_a_dead_letter_over_an_hour_and_a_half(wired, provider):
    only("S2.1", MONDAY)
    provider.behave("error")
    morning(wired, MONDAY)
    tries = 0
    for minute in range(0, 120, 5):
        result = deliver(lambda m=minute: at(MONDAY, 9, 5) + timedelta(minutes=m))
        tries += result.refused

    with open_session(read_only=True) as session:
        delivery = session.exec(select(Delivery)).first()
        assert (delivery.state, delivery.attempts) == ("dead", 5)


def test_what_cannot_begin_while_its_claim_holds_goes_back_untried_and_is_sent_once(
    campaign, provider, tmp_path, monkeypatch
):
    tags = every_tag()[:30]
    robots(tmp_path, monkeypatch, provider.base, tags)
    path = tmp_path / "channels.yaml"
    path.write_text(path.read_text().replace("rto=2", "rto=0.5"))
    with open_session() as session:
        for row in session.exec(select(Milestone)):
            row.due = MONDAY - 30 * ONE_DAY
        for row in session.exec(select(Assignment)):
            row.due = MONDAY
    monkeypatch.setattr("notifications.robots.base.WIDE.width", 6)
    monkeypatch.setattr(
        "tasks.notices.delivery.BEGIN_WITHIN", 0.3
    )  # as if many had hung for two minutes
    provider.behave("hang")
    result = morning(campaign, MONDAY)

    with open_session(read_only=True) as session:
        tries = session.exec(select(Delivery.attempts)).all()
    assert len(tries) > 6  # more than are written to at once
    assert set(tries) == {1}
    assert len(provider.seen) == len(tries) == result.refused


def test_a_column_that_is_called_full_is_no_full_disk(wired):
    from sqlalchemy.exc import ProgrammingError

    error = ProgrammingError("", {}, sqlite3.OperationalError("no such column: own_part.full"))
    engine = database.engine_for(settings().database)
    with pytest.raises(Exception, match="own_part") as raised, database.in_one_line(engine):
        raise error
    assert "磁盘" not in str(raised.value)


@contextmanager
def full_disk() -> Iterator[None]:
    """Let SQLite itself say that there is no room: no connection may add a page to the file."""
    engine = database.engine_for(settings().database)

    def no_more(connection, _record):
        [pages] = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    engine.dispose()
    event.listen(engine, "connect", no_more)
    try:
        yield
    finally:
        event.remove(engine, "connect", no_more)
        engine.dispose()


def rows() -> list[int]:
    with open_session(read_only=True) as session:
        return [len(session.exec(select(table)).all()) for table in (Notice, Message, Delivery)]


@pytest.mark.sqlite("a file that may not grow")
@pytest.mark.parametrize("round_", ["patrol", "delivery"])
def test_a_full_disk_is_one_line_nothing_is_half_written_and_the_next_round_sends(
    wired, provider, round_
):
    if round_ == "delivery":
        patrol_campaign(wired, moment_of(at(MONDAY), MONDAY))
    before = rows()
    with full_disk(), pytest.raises(DatabaseError, match="磁盘已满，数据没有写入"):
        if round_ == "patrol":
            patrol_campaign(wired, moment_of(at(MONDAY), MONDAY))
        else:
            deliver(lambda: at(MONDAY, 9, 1))

    assert rows() == before
    assert provider.accepted == []
    sent = morning(wired, MONDAY).sent
    assert sent == len(provider.accepted) == len({taken.key for taken in provider.accepted}) > 1


def test_a_disk_that_fills_between_a_yes_and_its_record_makes_a_marked_repeat(
    wired, provider, monkeypatch
):
    only("S2.1", MONDAY)
    patrol_campaign(wired, moment_of(at(MONDAY), MONDAY))

    def full(*_args, **_kwargs):
        raise DatabaseError("磁盘已满，数据没有写入；请清理磁盘后再运行一次")

    with monkeypatch.context() as patch:
        patch.setattr("tasks.notices.delivery._write", full)
        with pytest.raises(DatabaseError, match="磁盘已满"):
            deliver(lambda: at(MONDAY, 9, 1))
    told = {taken.key for taken in provider.accepted}
    assert told
    deliver(lambda: at(MONDAY, 9, 5))

    again = [taken for taken in provider.accepted if "重发" in taken.text]
    assert {taken.key for taken in again} >= told
    assert len(provider.accepted) == len(told) + len(again)
