"""Who gets into the window, by which way, for how long, and what is written down of it."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from deployments.window.ways import every_way
from models.audit.chain import AuditEntry
from models.database import open_session
from models.rules.window.sight import Right, VisitorRole
from models.rules.words import Level
from models.settings import moment_of
from models.units.unit import Post
from tasks.notices.delivery import deliver
from tasks.window.accounts import lock_account, set_password
from tasks.window.links import once_token, personal_token, withdraw_links
from tasks.window.tokens import TokenKind, sign
from tests.conftest import ON_BOTH
from tests.support.other_clients import held
from tests.support.rows import everything
from tests.support.windows import (
    PASSWORD,
    Client,
    account,
    all_noted,
    holder,
    is_page,
    nothing_noted_yet,
    words_in,
)

NOW = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
CODE = re.compile(r"验证码：\**([3-9A-Z]{6})")


@pytest.fixture(autouse=True)
def at_work(campaign, clock_at):
    clock_at(NOW)
    nothing_noted_yet()
    return clock_at


def post_of(level: Level) -> tuple[int, int]:
    with open_session(read_only=True) as session:
        found = session.exec(select(Post).where(Post.level == level, ~Post.vacant)).first()
        return found.id, found.campaign_id


def deeds() -> list[tuple[str, str]]:
    all_noted()
    with open_session(read_only=True) as session:
        rows = session.exec(select(AuditEntry).order_by(AuditEntry.id))
        return [(e.what, e.facts) for e in rows if e.what.startswith("window-")]


def test_nobody_sees_a_page_before_coming_in():
    answer = Client().get("/?x=1")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/in?to=%2F%3Fx%3D1"


def test_an_account_comes_in_with_its_password_and_leaves():
    account(NOW, "甲")
    client = Client()

    answer = client.post("/in", {"name": "甲", "password": PASSWORD, "to": "/me"}, at="/in")
    is_page(answer)
    assert 'content="0;url=/me"' in answer.text
    is_page(client.get("/"))

    assert client.post("/out", at="/").headers["location"] == "/in"
    assert [what for what, _ in deeds()] == ["window-entered", "window-left"]


def test_a_copy_of_the_cookie_is_worth_nothing_after_leaving():
    visitor = account(NOW)
    client, copy = Client(visitor), Client(visitor)

    client.post("/out", at="/")

    assert copy.get("/").status_code == 303


def test_a_wrong_password_and_an_unknown_name_read_alike_and_both_are_written_down():
    account(NOW, "甲")
    for name in ("甲", "没有这个人"):
        answer = Client().post("/in", {"name": name, "password": "x" * 12}, at="/in")
        assert "账号或口令不对" in words_in(is_page(answer, 401))

    assert [what for what, _ in deeds()] == ["window-refused"] * 2
    assert all("10.0.0.9" in facts and "xxxx" not in facts for _, facts in deeds())


def test_after_five_wrong_passwords_an_account_waits_from_every_address(at_work):
    account(NOW, "甲")
    for n in range(5):
        client = Client(address=f"10.0.0.{n}")
        client.post("/in", {"name": "甲", "password": "wrong-wrong-1"}, at="/in")

    right = {"name": "甲", "password": PASSWORD}
    waits = Client(address="10.0.1.1").post("/in", right, at="/in")
    assert "才能再试" in words_in(is_page(waits, 401))

    at_work(NOW + timedelta(minutes=2))
    assert "url=/" in Client(address="10.0.1.1").post("/in", right, at="/in").text


def test_who_goes_on_trying_while_waiting_makes_few_rows():
    account(NOW, "甲")
    client = Client()
    for _ in range(12):
        client.post("/in", {"name": "甲", "password": "wrong-wrong-1"}, at="/in")

    all_noted()
    with open_session(read_only=True) as session:
        rows = session.exec(select(AuditEntry.what).where(AuditEntry.what != "plan-loaded")).all()
    assert rows.count("window-refused") == 5
    assert rows.count("door-refused") == 1


def test_a_locked_account_is_out_at_once_and_a_new_password_ends_other_stays():
    account(NOW, "乙")
    client, other = Client(account(NOW, "甲")), Client(account(NOW, "乙"))
    assert client.get("/").status_code == other.get("/").status_code == 200

    lock_account("甲", "创建办", moment_of(NOW))
    set_password("乙", "Ling-Yi-Ge-2026", "创建办", moment_of(NOW))

    assert client.get("/").status_code == other.get("/").status_code == 303


def test_an_idle_stay_ends_after_half_an_hour_and_a_busy_one_after_half_a_day(at_work):
    client = Client(account(NOW))
    at_work(NOW + timedelta(minutes=31))
    assert client.get("/").status_code == 303

    busy = Client(account(NOW))
    for half_hours in range(1, 24):
        at_work(NOW + timedelta(minutes=29 * half_hours))
        assert busy.get("/").status_code == 200
    at_work(NOW + timedelta(hours=12, minutes=1))
    assert busy.get("/").status_code == 303


def test_a_personal_link_lets_its_post_in_as_often_as_it_is_opened_and_spends_nothing():
    post_id, campaign_id = post_of(Level.LIAISON)
    token = personal_token(post_id, campaign_id, NOW)

    for _ in range(2):
        client = Client()
        answer = is_page(client.get(f"/in/{token}/m/12"))
        assert 'content="0;url=/m/12"' in answer.text and token not in answer.text
        assert client.get("/").status_code == 200
    assert [what for what, _ in deeds()] == ["window-entered"]  # once in ten minutes


@pytest.mark.parametrize(
    ("to", "leads"),
    [
        ("/c/jc/i/W3?unit=7", "/c/jc/i/W3?unit=7"),
        ("/", "/"),
        ("", "/"),
        ("//a.example/", "/"),
    ],
)
def test_a_personal_link_leads_to_its_page_with_its_query_and_never_to_another_host(to, leads):
    token = personal_token(*post_of(Level.LIAISON), NOW)

    answer = is_page(Client().get(f"/in/{token}{to}"))

    assert f'content="0;url={leads}"' in answer.text


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda t: t[:-5] + ("A" if t[-5] != "A" else "B") + t[-4:], "不完整"),
        (lambda t: t[:20], "不完整"),
        (lambda _: "x" * 300, "不完整"),
        (lambda _: sign(TokenKind.FEED, 1, 1, 0, 1), "不完整"),  # made here, for something else
    ],
)
def test_a_forged_link_lets_nobody_in(change, line):
    token = personal_token(*post_of(Level.LIAISON), NOW)

    answer = is_page(Client().get(f"/in/{change(token)}/me"), 401)

    assert line in words_in(answer)


def test_a_personal_link_ends_after_two_weeks_or_when_it_is_withdrawn(at_work):
    post_id, campaign_id = post_of(Level.LIAISON)
    token = personal_token(post_id, campaign_id, NOW)
    client = Client(holder(post_id, NOW))

    withdraw_links(client_name(post_id), "创建办", None, moment_of(NOW))
    assert "已经收回" in words_in(Client().get(f"/in/{token}/me"))
    assert client.get("/").status_code == 303  # whoever was in by it is out

    fresh = personal_token(post_id, campaign_id, NOW)
    assert Client().get(f"/in/{fresh}/me").status_code == 200
    at_work(NOW + timedelta(days=14, minutes=1))
    assert "已经过期" in words_in(Client().get(f"/in/{fresh}/me"))


def client_name(post_id: int) -> str:
    with open_session(read_only=True) as session:
        return session.get(Post, post_id).tag


def test_a_link_signed_by_a_clock_that_is_a_little_ahead_works():
    token = personal_token(*post_of(Level.LIAISON), NOW + timedelta(minutes=3))

    assert Client().get(f"/in/{token}/me").status_code == 200


def test_a_link_that_works_once_is_asked_about_first_and_then_works_once():
    number = account(NOW).number
    token = once_token(number, NOW)

    for _ in range(3):  # a chat program looks as often as it likes
        is_page(Client().get(f"/in/{token}"))
    assert "url=/" in Client().post(f"/in/{token}", at=f"/in/{token}").text
    assert "已经用过" in words_in(Client().get(f"/in/{token}"))


def test_a_form_without_its_token_is_refused_and_changes_nothing():
    client = Client(account(NOW))

    answer = client.send("/out", {"_csrf": "0" * 32})

    assert "已经过期" in words_in(is_page(answer, 403))
    assert client.get("/").status_code == 200


def test_a_link_from_another_page_is_followed_once_more_so_that_the_stay_comes_along():
    answer = is_page(Client().get("/?x=1", sec_fetch_site="cross-site"))

    assert 'content="0;url=/?x=1"' in answer.text


@pytest.mark.parametrize(
    "odd",
    ["\0", "甲\x07", "a" * 70_000, "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")],
)
def test_what_no_table_could_hold_is_refused_before_anybody_looks_at_it(odd):
    answer = Client().send("/in", {"name": odd, "password": "x" * 12})

    assert answer.status_code in (401, 403, 413)
    assert Client(account(NOW)).get("/c/jc/find?q=%00").status_code == 413


def test_a_post_that_ended_meanwhile_is_told_that_nothing_was_sent():
    answer = Client().send("/out", {"_csrf": "x"})

    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/c/nope", "/nothing", "/files/../window.css", "/files/none.css"])
def test_what_is_not_there_is_said_so(path):
    assert Client(account(NOW)).get(path).status_code == 404


def test_an_auditor_has_no_right_to_act_and_no_act_takes_place():
    visitor = account(NOW, "审计", VisitorRole.AUDITOR)
    client, acts = Client(visitor), [one for one in every_way() if one.method == "POST"]
    assert not {"act", "office", "decide", "acknowledge"} & visitor.rights

    assert len(acts) > 20
    for way in acts:
        if way.right is not Right.PUBLIC:
            path = re.sub(r"\{slug\}", "jc", re.sub(r"\{(?!slug)[^}]*\}", "1", way.path))
            assert client.send(path, {"_csrf": visitor.csrf}).status_code in (403, 404), path
    with open_session(read_only=True) as session:
        said = session.exec(select(AuditEntry.what).where(AuditEntry.facts.contains("审计"))).all()
    assert said == []


def test_no_page_changes_a_table_however_often_it_is_opened():
    """A chat program opens links by itself: only what is written of refusals and entries may be there."""
    client = Client(account(NOW))
    before = everything()
    for way in every_way():
        if way.method == "GET" and way.right is not Right.PUBLIC:
            path = way.path.replace("{slug}", "jc").replace("{code}", "W1")
            client.get(re.sub(r"\{[^}]*\}", "1", path))
    assert everything() == before


def test_a_refusal_is_written_down_with_the_address_and_without_the_token():
    unit = holder(post_of(Level.LIAISON)[0], NOW)
    token = personal_token(*post_of(Level.LIAISON), NOW)[:-3]

    for _ in range(3):  # a flood is one row
        is_page(Client(unit, address="10.9.9.9").get("/c/jc/o"), 403)
        is_page(Client(address="10.9.9.9").get(f"/in/{token}/me"), 401)

    all_noted()
    with open_session(read_only=True) as session:
        rows = session.exec(select(AuditEntry).where(AuditEntry.what == "door-refused")).all()
        said = [(row.who, row.subject) for row in rows]
    assert [who for who, _ in said] == ["来自 10.9.9.9"] * 2
    assert said[0][1].startswith("GET /c/{slug}/o 凭本人通道")
    assert token not in str(said)


@ON_BOTH
def test_a_locked_database_keeps_nobody_from_coming_by_a_link():
    token = personal_token(*post_of(Level.LIAISON), NOW)

    with held():
        began = time.monotonic()
        is_page(Client(waits=False).get(f"/in/{token}/me"))
        assert time.monotonic() - began < 5
    all_noted()

    assert [what for what, _ in deeds()] == ["window-entered"]


def test_whoever_has_no_link_asks_for_a_code_and_comes_in_with_it(monkeypatch, tmp_path, provider):
    office_of(tmp_path, monkeypatch, provider)
    client = Client()

    sent = client.post("/in/code/send", {"post": "组长"}, at="/in/code")
    assert "已发往组长的通道" in words_in(is_page(sent))
    deliver(lambda: NOW + timedelta(seconds=1))
    [code] = [found[1] for one in provider.accepted if (found := CODE.search(one.text))]

    wrong = client.post("/in/code", {"post": "组长", "code": "AAAAAA"}, at="/in/code")
    assert "验证码不正确" in words_in(is_page(wrong, 401))
    right = client.post("/in/code", {"post": "组长", "code": code.lower()}, at="/in/code")
    assert 'content="0;url=/"' in is_page(right).text
    assert "组长" in words_in(client.get("/"))
    again = Client().post("/in/code", {"post": "组长", "code": code}, at="/in/code")
    assert again.status_code == 401  # once
    assert code not in str(deeds())


@pytest.mark.parametrize("name", ["没有这个岗位", "", "市司法局联络员", "<b>" * 100])
def test_who_asks_for_a_code_in_a_strange_name_gets_none(monkeypatch, tmp_path, provider, name):
    office_of(tmp_path, monkeypatch, provider)

    answer = Client().post("/in/code/send", {"post": name}, at="/in/code")

    assert "没有向任何人发出验证码" in words_in(is_page(answer))
    deliver(lambda: NOW + timedelta(seconds=1))
    assert provider.accepted == []


def office_of(folder, monkeypatch, provider) -> None:
    """Give the group's head a channel of its own."""
    path = folder / "channels.yaml"
    robot = f"wecomrobot://KEY-1?base={provider.base}"
    path.write_text(f"urls:\n  - {robot}:\n      tag: 组长\n", "utf-8")
    path.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(path))
    monkeypatch.setattr("deployments.window.entering.send_soon", lambda: None)  # sent below
