"""Calendars and walls over the wire: fetched by machines, shown to nobody who was not given the address."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import event
from sqlmodel import col, func, select

from models.audit.chain import AuditEntry
from models.campaign.progress import Report
from models.database import engine_for, open_session
from models.rules.words import Level, Progress
from models.settings import moment_of, settings
from models.units.unit import Post, Unit
from tasks.campaign.progress import register_report
from tests.support.fill import fill_indicators
from tests.support.windows import Client, account, holder, is_page, words_in

NOW = datetime(2025, 9, 24, 1, 5, tzinfo=UTC)
ADDRESS = re.compile(r'readonly value="http://[^/"]+(/[^"]+)"')


@pytest.fixture(autouse=True)
def at_work(campaign, clock_at):
    clock_at(NOW)
    return clock_at


def addresses(client: Client, query: str = "") -> list[str]:
    return ADDRESS.findall(is_page(client.get(f"/c/jc/feeds{query}")).text)


def liaison() -> Client:
    with open_session(read_only=True) as session:
        query = select(Post.id).where(Post.level == int(Level.LIAISON)).order_by(col(Post.id))
        number = session.exec(query).first()
    return Client(holder(number, NOW))


def entries() -> int:
    with open_session(read_only=True) as session:
        return session.exec(select(func.count()).select_from(AuditEntry)).one()


def test_a_telephone_fetches_without_logging_in_and_leaves_no_entry():
    [feed, _wall] = addresses(Client(account(NOW)))
    before = entries()

    answer = Client().get(feed)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "set-cookie" not in answer.headers
    assert len(list(Calendar.from_ical(answer.content).events)) > 20
    assert entries() == before


def test_an_hourly_fetch_is_answered_by_a_mark_alone():
    [feed, _wall] = addresses(Client(account(NOW)))
    mark = Client().get(feed).headers["etag"]
    said: list[str] = []
    engine = engine_for(settings().database)

    def note(*spoken: object) -> None:
        said.append(str(spoken[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        same = Client().get(feed, if_none_match=mark)
    finally:
        event.remove(engine, "before_cursor_execute", note)

    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", mark)
    assert len(said) <= 4
    assert not any("assignment" in one for one in said)
    assert Client().get(feed, if_none_match=f'"x", W/{mark}').status_code == 304
    assert Client().get(feed, if_none_match='"x"').status_code == 200


def test_another_day_is_fetched_anew(at_work):
    [feed, _wall] = addresses(Client(account(NOW)))
    mark = Client().get(feed).headers["etag"]

    at_work(NOW + timedelta(days=1))

    assert Client().get(feed, if_none_match=mark).status_code == 200


def test_what_was_registered_is_fetched_anew():
    [feed, _wall] = addresses(Client(account(NOW)))
    before = Client().get(feed)
    done = Report("S1.1", Progress.DONE, "创建办", done_on=date(2025, 9, 1))
    register_report("jc", done, moment_of(NOW))

    after = Client().get(feed, if_none_match=before.headers["etag"])

    assert after.status_code == 200
    said = [str(one["SUMMARY"]) for one in Calendar.from_ical(after.content).events]
    assert [one for one in said if one.startswith("已完成 S1.1 ")]


def test_a_look_without_a_body_is_answered():
    [feed, _wall] = addresses(Client(account(NOW)))

    assert Client()._ask("HEAD", feed, None, {}).status_code == 200


@pytest.mark.parametrize("path", ["/cal/x.ics", "/cal/%E6%9C%88.ics", "/cal/..ics", "/cal/a.b.ics"])
def test_a_forged_address_is_one_plain_line(path):
    answer = Client().get(path)

    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.count("\n") == 1
    assert "已经收回，或者不完整" in answer.text


def test_a_withdrawn_address_ends_and_the_page_shows_the_next():
    client = Client(account(NOW))
    [feed, wall] = addresses(client)
    form = {"behind": "campaign", "number": "1"}

    gone = client.post("/c/jc/feeds", form, at="/c/jc/feeds")

    assert gone.status_code == 303
    shown = is_page(client.get(gone.headers["location"]))
    assert "已收回" in words_in(shown)
    [new, same] = ADDRESS.findall(shown.text)
    assert (new != feed, same) == (True, wall)
    assert Client().get(feed).status_code == 404
    assert Client().get(new).status_code == 200


def test_a_unit_is_given_its_own_and_no_wall():
    client = liaison()

    given = addresses(client, "?unit=9")

    assert len(given) == 3
    assert not [one for one in given if one.startswith("/wall/")]
    assert client.post(
        "/c/jc/feeds", {"behind": "wall", "number": "1"}, at="/c/jc/feeds"
    ).status_code in (404, 422)
    for odd in (
        {},
        {"behind": "x", "number": "1"},
        {"behind": "unit", "number": "一"},
        {"behind": "post", "number": "9" * 30},
    ):
        answer = client.post("/c/jc/feeds", odd, at="/c/jc/feeds")
        assert answer.status_code == 422
        assert "没有收回" in words_in(answer)


def test_nobody_withdraws_by_opening_a_page_or_without_its_form():
    [feed, _wall] = addresses(Client(account(NOW)))
    client = Client(account(NOW))

    client.get("/c/jc/feeds?behind=campaign&number=1")
    assert client.send("/c/jc/feeds", {"behind": "campaign", "number": "1"}).status_code == 403

    assert Client().get(feed).status_code == 200


def test_a_wall_turns_by_itself_without_anybody_and_leads_nowhere(campaign_id):
    with open_session() as session:
        fill_indicators(session, campaign_id, 2, due=date(2025, 9, 1))
    [_feed, wall] = addresses(Client(account(NOW)))
    before, path, seen = entries(), wall, []

    for _ in range(8):
        answer = is_page(Client().get(path))
        assert "<a " not in answer.text.replace('<a class="skip"', "")
        assert "<form" not in answer.text and "<script" not in answer.text
        seconds, _, turn = answer.headers["refresh"].partition("; url=")
        assert seconds == "20"
        path = wall + turn
        seen.append(path)
        assert "09:05 计算" in words_in(answer)
        assert "还没有过完整的巡查" in words_in(answer)
        assert len(answer.content) < 80_000

    assert seen[0] == f"{wall}?turn=2"
    assert f"{wall}?turn=1" in seen
    assert entries() == before


def test_a_wall_that_fails_tries_again_by_itself():
    answer = Client().get("/wall/forged")

    assert answer.status_code == 404
    assert answer.headers["refresh"] == "60; url=?turn=1"
    assert "大屏地址已经收回" in words_in(answer)
    for turn in ("0", "-1", "x", "９", "9" * 40, "²"):
        is_page(Client(account(NOW)).get(f"/c/jc/wall?turn={turn}"))


def test_whoever_is_in_sees_the_wall_of_the_own_campaign_alone():
    is_page(liaison().get("/c/jc/wall"))
    assert Client().get("/c/jc/wall").headers["location"].startswith("/in")


def test_hostile_names_are_text_on_the_wall(campaign_id):
    with open_session() as session:
        for unit in session.exec(select(Unit)):
            unit.name = f'<b onclick="x">{unit.id}</b>' + "长" * 280
    [_feed, wall] = addresses(Client(account(NOW)))

    for turn in range(1, 7):
        answer = is_page(Client().get(f"{wall}?turn={turn}"))
        assert "<b onclick" not in answer.text


def test_an_address_that_no_telephone_reaches_is_said_to_be_one(monkeypatch):
    client = Client(account(NOW))
    assert "只有这台电脑能打开" in words_in(client.get("/c/jc/feeds"))

    monkeypatch.setenv("SHIFAN_PUBLIC_URL", "https://sf.example.gov/shifan")

    shown = client.get("/c/jc/feeds")
    assert "只有这台电脑能打开" not in words_in(shown)
    assert 'value="https://sf.example.gov/shifan/cal/' in shown.text
    assert 'href="webcal://sf.example.gov/shifan/cal/' in shown.text
