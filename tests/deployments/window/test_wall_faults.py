"""A screen never stands still: every answer of the wall's addresses, whatever is wrong, is asked for again."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from deployments.window.rendering import HERE
from models.database import open_session
from tests.support.windows import Client, account, is_page, words_in

NOW = datetime(2025, 9, 24, 1, 5, tzinfo=UTC)
CADDYFILE = HERE.parent / "Caddyfile.example"  # of the deployments


@pytest.fixture(autouse=True)
def at_work(campaign, clock_at):
    clock_at(NOW)
    return clock_at


def broken() -> None:
    """Keep what no program of ours writes: the board cannot be made of it."""
    with open_session() as session:
        session.connection().execute(text("UPDATE stage SET status = 'no word of ours'"))


# What is asked, by whom, and what comes back; each is asked for again by the screen itself.
WRONG = {
    "a forged address": ("/wall/forged", None, 404),
    "an unknown campaign": ("/c/nowhere/wall?turn=2", "office", 404),
    "a character that cannot be kept": ("/c/jc/wall?turn=%00", "office", 413),
    "a stay that is over": ("/c/jc/wall?turn=3", None, 401),
    "a fault of ours": ("/c/jc/wall?turn=1", "office", 500),
}


@pytest.mark.parametrize("name", WRONG)
def test_whatever_is_wrong_the_screen_tries_again(name):
    path, who, status = WRONG[name]
    client = Client(account(NOW)) if who else Client()
    if status == 500:
        broken()

    answer = client.get(path)

    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["refresh"] == "60; url=?turn=1"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_screen_without_account_shows_a_fault_of_ours_and_tries_again():
    page = is_page(Client(account(NOW)).get("/c/jc/feeds")).text
    path = "/wall/" + page.partition("/wall/")[2].partition('"')[0]
    assert Client().get(path).status_code == 200
    broken()

    answer = is_page(Client().get(path), 500)

    assert answer.headers["refresh"] == "60; url=?turn=1"
    assert "大屏暂时没有内容" in words_in(answer)


def test_a_wall_opened_with_an_account_says_at_its_end_where_its_own_address_is(at_work):
    client = Client(account(NOW))
    assert is_page(client.get("/c/jc/wall")).headers["refresh"].endswith("?turn=2")
    at_work(NOW + timedelta(hours=13))

    over = is_page(client.get("/c/jc/wall?turn=2"), 401)

    said = words_in(over)
    assert "登录已经到期" in said and "“日历和大屏”一页里取大屏自己的地址" in said
    assert over.headers["refresh"] == "60; url=?turn=1"


def test_whoever_opens_the_wall_by_hand_and_is_not_in_is_asked_to_log_in():
    assert Client().get("/c/jc/wall").headers["location"].startswith("/in?to=")


def test_the_office_s_own_proxy_refreshes_while_nothing_answers_behind_it():
    example = CADDYFILE.read_text(encoding="utf-8")
    _, _, errors = example.partition("handle_errors {")

    assert ">= 502" in errors and "<= 504" in errors
    assert 'header Refresh "20"' in errors
