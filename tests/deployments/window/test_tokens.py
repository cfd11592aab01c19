"""Links, stays and addresses of whoever is gone, of another purpose, or of another place let nobody in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from models.database import open_session
from models.loading.posts import PostEntry, listed_posts, store_posts
from models.rules.words import Level
from models.settings import moment_of, settings
from models.units.handover import liaison_of, move_channel
from models.units.unit import Post, Unit
from tasks.window.addresses import Behind, SecretAddress, secret_token
from tasks.window.links import once_token, personal_token
from tasks.window.tokens import KEY, TokenKind, sign
from tasks.window.visitors import begin_stay
from tests.conftest import ON_BOTH
from tests.support.visitors import post_of
from tests.support.windows import Client, account, holder, is_page, nothing_noted_yet, words_in

NOW = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
UNIT = "市司法局"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_work(campaign, clock_at):
    clock_at(NOW)
    nothing_noted_yet()


def handed_over(session: Session, post: Post) -> None:
    unit = session.get_one(Unit, post.unit_id)
    move_channel(session, liaison_of(session, unit, ""), unit, "新来的", "创建办", moment_of(NOW))


def listed_anew(change: Callable[[PostEntry], PostEntry | None]) -> Callable[[Session, Post], None]:
    def load(session: Session, post: Post) -> None:
        entries = listed_posts(session, post.campaign_id)
        mine = [one.unit == UNIT and one.level is Level.LIAISON for one in entries]
        said = [change(one) if own else one for one, own in zip(entries, mine, strict=True)]
        store_posts(session, post.campaign_id, [one for one in said if one], NOW)

    return load


CHANGES = {
    "another liaison": handed_over,
    "another channel in the list": listed_anew(lambda one: replace(one, tag="新来的")),
    "vacant in the list": listed_anew(lambda one: replace(one, vacant=True)),
    "not in the list": listed_anew(lambda _one: None),
}


@ON_BOTH
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whoever_held_a_post_before_is_out_and_stays_out(change):
    number = post_of(UNIT)
    token = personal_token(number, 1, NOW)
    client = Client(holder(number, NOW))
    with open_session(read_only=True) as session:
        feed = secret_token(session, SecretAddress(Behind.POST, number))
        before = listed_posts(session, 1)
    assert Client().get(f"/in/{token}/me").status_code == client.get("/").status_code == 200
    assert Client().get(f"/cal/{feed}.ics").status_code == 200

    with open_session() as session:
        change(session, session.get_one(Post, number))
    for _ in range(2):  # and once more when the post is filled again, by whoever it may be
        assert client.get("/").status_code == 303
        assert Client().get(f"/in/{token}/me").status_code == 401
        assert Client().get(f"/cal/{feed}.ics").status_code == 404
        with open_session() as session:
            store_posts(session, 1, before, LATER)
    fresh = personal_token(post_of(UNIT), 1, NOW)
    assert Client().get(f"/in/{fresh}/me").status_code == 200


def test_a_new_title_alone_puts_nobody_out():
    number = post_of(UNIT)
    client = Client(holder(number, NOW))
    with open_session() as session:
        change = listed_anew(lambda one: replace(one, title="联络人"))
        change(session, session.get_one(Post, number))

    assert client.get("/").status_code == 200


def test_a_word_made_for_one_thing_is_none_for_another():
    """Calendar, wall, link, link that works once, stay: each only where it belongs."""
    number, office = post_of(UNIT), account(NOW)
    unit = holder(number, NOW)
    with open_session(read_only=True) as session:
        words = {
            "cal": secret_token(session, SecretAddress(Behind.POST, number)),
            "wall": secret_token(session, SecretAddress(Behind.WALL, 1)),
        }
    words |= {
        "link": personal_token(number, 1, NOW),
        "once": once_token(office.number, NOW),
        "stay": begin_stay(unit, NOW),
        "office": begin_stay(office, NOW),
    }
    opened = {
        "/cal/{}.ics": {"cal"},
        "/wall/{}": {"wall"},
        "/in/{}": {"link", "once"},
        "/in/{}/me": {"link", "once"},
    }
    for path, right in opened.items():
        for kind, word in words.items():
            found = Client().get(path.format(word)).status_code
            assert (found == 200) is (kind in right), (path, kind)
    for kind, word in words.items():
        client = Client()
        client.cookies["shifan_stay"] = word
        assert (client.get("/").status_code == 200) is (kind in ("stay", "office")), kind


@pytest.mark.parametrize(
    "said",
    [
        (),
        (1,),
        ("1", 1, 0, 0),
        (1.5, 1, 0, 0),
        (True, 1, 0, 0),
        ([1], 1, 0, 0),
        (None, None, None, None),
    ],
)
@pytest.mark.parametrize("kind", TokenKind)
def test_a_word_of_the_right_key_and_odd_numbers_lets_nobody_in(kind, said):
    """No such word is ever made; were one, it would be none and no fault of ours."""
    word = sign(kind, *said)
    for path in ("/in/{}", "/in/{}/me", "/cal/{}.ics", "/wall/{}"):
        assert Client().get(path.format(word)).status_code in (401, 404)
    client = Client()
    client.cookies["shifan_stay"] = word
    assert client.get("/").status_code == 303


def test_a_link_of_a_clock_far_ahead_or_of_another_campaign_lets_nobody_in():
    number = post_of(UNIT)
    for token in (
        personal_token(number, 1, NOW + timedelta(minutes=11)),
        personal_token(number, 2, NOW),
        personal_token(number + 10_000, 1, NOW),
    ):
        assert Client().get(f"/in/{token}/me").status_code == 401


def test_a_home_with_another_key_knows_no_word_of_before():
    number = post_of(UNIT)
    token, client = personal_token(number, 1, NOW), Client(holder(number, NOW))
    key = settings().home / KEY
    assert key.stat().st_mode & 0o077 == 0

    key.unlink()

    assert Client().get(f"/in/{token}/me").status_code == 401
    assert client.get("/").status_code == 303
    assert key.stat().st_mode & 0o077 == 0


def test_a_key_that_others_can_read_signs_nothing():
    client = Client(account(NOW))
    (settings().home / KEY).chmod(0o644)

    answer = client.get("/")

    assert answer.status_code == 503
    assert answer.headers["x-frame-options"] == "DENY"
    assert "请告诉管这台电脑的同事" in answer.text and KEY not in answer.text


@pytest.mark.parametrize(
    "to",
    [
        "//a.example",
        "/\\a.example",
        "\\\\a.example",
        "/\t/a.example",
        "/\r\n/a.example",
        "https:a.example",
    ]
    + [
        "javascript:alert(1)",
        "///a.example",
        " //a.example",
        "/%2f",
        "a.example",
        ".a.example",
        "@a.example",
    ],
)
def test_coming_in_leads_to_no_other_host(to):
    account(NOW, "甲")
    client = Client()
    form = {"name": "甲", "password": "Gong-Kai-2026!", "to": to}

    entered = is_page(client.post("/in", form, at="/in"))

    target = entered.text.partition("0;url=")[2].partition('"')[0]
    assert target.startswith("/") and not target.startswith(("//", "/\\"))
    assert "a.example" not in target
    shown = Client()._ask("GET", "/in", None, {})
    assert shown.status_code == 200
    for header in entered.headers.values():
        assert "a.example" not in header


def test_no_word_stands_in_what_a_browser_keeps_or_sends_on():
    token = personal_token(post_of(UNIT), 1, NOW)

    answer = is_page(Client().get(f"/in/{token}/me"))

    assert token not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    cookie = answer.headers["set-cookie"]
    assert token not in cookie
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    refused = is_page(Client().get(f"/in/{token[:-2]}/me"), 401)
    assert token[:-2] not in refused.text and "不完整" in words_in(refused)
