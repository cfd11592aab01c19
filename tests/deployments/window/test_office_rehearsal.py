"""The last rehearsal in the window: on a page of the office, with its workbook and its page to be kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.rules.rehearsal.values import MissingPost, Rehearsal, RehearsedMessage, WalkedDay
from tasks.rehearsal.keeping import Result
from tasks.rehearsal.kept import keep_for_window
from tests.support.alerts import MONDAY, at
from tests.support.visitors import post_of
from tests.support.windows import Client, account, holder, is_page, words_in

NOW = at(MONDAY, 10)
PAGE = "/c/jc/o/rehearsal"
FIRST = date(2025, 6, 3)
FOUND = Rehearsal(
    slug="jc",
    label="jc",
    title="方案",
    first=FIRST,
    last=FIRST + timedelta(days=1),
    pace="谁也不办",
    assumed=False,
    messages=[RehearsedMessage(FIRST, "08:30", "<b>甲</b>", "甲", "甲", "邮件", "标题", "全文")],
    days=[WalkedDay(FIRST, 1, 1)],
    missing=[MissingPost("<i>乙</i>联络员", True, ["乙负责人"], 3)],
    holidays_until=2026,
)


@pytest.fixture(autouse=True)
def at_work(campaign, clock_at):
    clock_at(NOW)


def test_before_the_first_there_is_nothing_to_show():
    office = Client(account(NOW))

    assert "还没有演练过" in words_in(office.get(PAGE))
    assert office.get(f"{PAGE}/book").status_code == 404
    assert "演练" in words_in(office.get("/c/jc/o"))


def test_the_last_rehearsal_is_shown_and_its_files_can_be_kept():
    keep_for_window(Result(replace(FOUND, pace="按期办结")), NOW)
    keep_for_window(Result(FOUND), NOW)
    office = Client(account(NOW))

    answer = office.get(PAGE)
    said = words_in(answer)

    is_page(answer)
    assert "进度“谁也不办”" in said and "按期办结" not in said
    assert "<i>乙</i>联络员空缺" in said
    assert "shifan" not in said
    assert len(answer.content) < 80_000
    for which, begins in (("book", b"PK"), ("page", b"<!doctype html>")):
        file = office.get(f"{PAGE}/{which}")
        assert file.content.startswith(begins)
        assert file.headers["content-disposition"].startswith("attachment")
    assert b"<b>" + "甲".encode() not in office.get(f"{PAGE}/page").content
    assert office.get(f"{PAGE}/account.json").status_code == 404


def test_units_and_leaders_do_not_see_what_others_would_be_sent():
    keep_for_window(Result(FOUND), NOW)

    for who in (post_of("市司法局"),):
        client = Client(holder(who, NOW))
        assert client.get(PAGE).status_code in (302, 303, 403, 404)
        assert client.get(f"{PAGE}/book").status_code in (302, 303, 403, 404)


def test_a_spoiled_account_is_none(campaign):
    from models.files.home import home

    address = keep_for_window(Result(FOUND), NOW)
    (home() / "rehearsals" / address / "account.json").write_text("[]")

    assert "还没有演练过" in words_in(Client(account(NOW)).get(PAGE))
