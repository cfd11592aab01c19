"""From a message: acknowledge and register in two taps, read the receipt, take it back."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import event
from sqlmodel import func, select

from deployments.window.rendering import HERE
from models.audit.chain import AuditEntry
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment
from models.database import engine_for, open_session
from models.notices.notice import Notice
from models.rules.window.sight import VisitorRole
from models.rules.words import Level
from models.settings import settings
from models.units.unit import Post
from tests.support.alerts import MONDAY, at, every_tag, morning, only, robots
from tests.support.visitors import post_of
from tests.support.windows import Client, account, holder, is_page, words_in

NOON = at(MONDAY, 12)
LEAD = "市司法局"


@pytest.fixture
def told(campaign, provider, tmp_path, monkeypatch, clock_at):
    """Everybody was told of W1, due tomorrow; it is noon."""
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    only("W1", MONDAY + timedelta(days=1))
    morning(campaign, MONDAY)
    clock_at(NOON)
    return campaign


def liaison(unit=LEAD, level=Level.LIAISON):
    return Client(holder(post_of(unit, level), NOON))


def number_for(unit=LEAD, level=Level.LIAISON):
    with open_session(read_only=True) as session:
        query = select(func.max(Notice.message_id))
        return session.exec(query.where(Notice.post_id == post_of(unit, level))).one()


def entries(what):
    with open_session(read_only=True) as session:
        query = select(AuditEntry.id).where(AuditEntry.what == what)
        return list(session.exec(query.order_by(AuditEntry.id)))


def tap(page):
    """Return the path of the first form that registers by one tap."""
    [path, *_] = re.findall(r'action="(/c/[^"]+/register[^"]*)"', page.text)
    return path.replace("&amp;", "&")


def test_a_message_is_acknowledged_in_two_taps_and_its_receipt_takes_it_back(told):
    client, page = liaison(), f"/m/{number_for()}"

    shown = is_page(client.get(page))
    assert "签收就是知道了" in words_in(shown)
    answer = client.post(f"{page}/receive", at=page)
    [entry] = entries("acknowledged")
    assert answer.headers["location"] == f"/r/{entry}"
    receipt = words_in(is_page(client.get(f"/r/{entry}")))
    assert f"第 {entry} 条" in receipt
    assert "撤回后继续提醒" in receipt

    again = client.post(f"{page}/receive", at=page)
    assert again.headers["location"] == f"/r/{entry}"  # nothing new: the receipt there is
    assert "都已签收" in words_in(client.get(page))
    assert len(entries("acknowledged")) == 1

    back = client.post(f"/r/{entry}/back", at=f"/r/{entry}")
    [withdrawn] = entries("acknowledgement-withdrawn")
    assert back.headers["location"] == f"/r/{withdrawn}"
    assert (
        client.post(f"/r/{entry}/back", at=f"/r/{entry}").headers["location"] == f"/r/{withdrawn}"
    )
    assert len(entries("acknowledgement-withdrawn")) == 1
    assert "已经撤回" in words_in(is_page(client.get(f"/r/{entry}")))
    assert "签收就是知道了" in words_in(client.get(page))


def test_what_is_done_today_is_registered_in_two_taps(told):
    client, page = liaison(), f"/m/{number_for()}"
    path = tap(is_page(client.get(page)))

    answer = client.post(path, {"state": "done"}, at=page)

    [entry] = entries("progress")
    assert answer.headers["location"] == f"/r/{entry}"
    said = words_in(is_page(client.get(f"/r/{entry}")))
    assert "未开始 → 已完成，2025年7月21日（周一）完成" in said
    same = client.post(path, {"state": "done"}, at=page)
    assert same.headers["location"] == f"/r/{entry}"
    assert entries("progress") == [entry]

    back = client.post(f"/r/{entry}/back", at=f"/r/{entry}")
    [_, second] = entries("progress")
    assert back.headers["location"] == f"/r/{second}"
    assert "已完成 → 未开始" in words_in(is_page(client.get(f"/r/{second}")))


def test_the_form_is_shown_again_with_what_was_typed_and_why_not(told):
    client = liaison()
    path = tap(client.get("/me"))

    shown = client.post(path, {"state": "dropped", "note": ""}, at=path)
    is_page(shown, 422)
    assert "不适用必须在说明里写明理由" in words_in(shown)
    assert re.search(r'value="dropped" checked', shown.text)
    assert not entries("progress")

    early = client.post(path, {"state": "done", "day": "2025-12-01", "note": "<b>早</b>"}, at=path)
    assert early.status_code == 303  # a note gives the reason
    [entry] = entries("progress")
    said = client.get(f"/r/{entry}")
    assert "<b>早" not in said.text
    assert "<b>早</b>" in words_in(said)


def test_opening_a_page_changes_nothing(told):
    client, number = liaison(), number_for()
    with open_session(read_only=True) as session:
        before = session.exec(select(func.max(AuditEntry.id))).one()
    for path in (
        "/me",
        f"/m/{number}",
        tap(client.get("/me")),
        f"/m/{number}/receive",
        "/r/1/back",
    ):
        client.get(path)
    with open_session(read_only=True) as session:
        assert session.exec(select(func.max(AuditEntry.id))).one() == before


def test_a_form_that_is_not_of_this_stay_does_nothing(told):
    client, page = liaison(), f"/m/{number_for()}"
    for form in ({}, {"_csrf": "0" * 32}):
        assert client.send(f"{page}/receive", form).status_code == 403
    assert not entries("acknowledged")


def test_strangers_get_one_line(told):
    page = f"/m/{number_for()}"
    stranger = liaison("市政府办公室")
    mine = tap(liaison().get("/me"))

    assert "不是发给您的" in words_in(is_page(stranger.get(page), 403))
    assert stranger.post(f"{page}/receive", at="/me").status_code == 403
    assert stranger.post(mine, {"state": "done"}, at="/me").status_code == 403
    assert stranger.get(mine).status_code == 403
    for path in ("/m/0", "/m/x", "/m/99999999999999999999", "/r/0", "/r/99999999999999999999"):
        is_page(stranger.get(path), 404)
    assert stranger.get(mine.partition("?")[0] + "?unit=99999999999999999999").status_code == 404
    assert not entries("acknowledged") + entries("progress")


def test_a_leader_acknowledges_and_registers_nothing(told):
    leader, page = liaison("", Level.LEADER), f"/m/{number_for('', Level.LEADER)}"

    assert "register" not in is_page(leader.get(page)).text
    assert leader.post("/c/jc/i/W1/register", {"state": "done"}, at="/me").status_code == 403
    assert leader.get("/c/jc/i/W1/register").status_code == 403
    assert leader.post(f"{page}/receive", at=page).status_code == 303


def test_an_auditor_reads_and_does_nothing(told):
    auditor, page = Client(account(NOON, "审", VisitorRole.AUDITOR)), f"/m/{number_for()}"

    assert "审计账号什么都能看" in words_in(is_page(auditor.get("/me")))
    assert "<form" not in is_page(auditor.get(page)).text.partition("<main")[2]
    assert auditor.post(f"{page}/receive", at="/me").status_code == 403


def test_my_page_has_one_button_for_each_thing(told):
    client = liaison()
    said = words_in(is_page(client.get("/me")))
    assert "没有签收的消息（1）" in said
    assert "今天已完成" in said
    assert "还有 1 个工作日" in said


def test_the_office_registers_for_a_unit_by_the_form(told):
    office = Client(account(NOON))
    unit = liaison()
    path = tap(unit.get("/me"))

    shown = is_page(office.get(path))
    assert LEAD in words_in(shown)
    assert office.post(path, {"state": "started", "note": "电话问过"}, at=path).status_code == 303
    [entry] = entries("progress")
    with open_session(read_only=True) as session:
        row = session.get_one(AuditEntry, entry)
        assert (row.who, "账号 甲" in row.facts) == ("创建办", True)
    assert unit.get(f"/r/{entry}").status_code == 403
    assert "账号 甲" not in words_in(office.get(f"/r/{entry}")).split("回执")[1]


def test_the_page_of_an_item_lets_its_unit_register_and_nobody_else(told):
    with open_session(read_only=True) as session:
        unit_id = session.get_one(Post, post_of(LEAD)).unit_id
    page = f"/c/jc/i/W1?unit={unit_id}"
    client = liaison()
    [path] = re.findall(
        r'form method="post" action="(/c/[^"]+register[^"]*)"', is_page(client.get(page)).text
    )

    assert path == f"/c/jc/i/W1/register?unit={unit_id}"
    assert client.post(path, {"state": "done"}, at=page).status_code == 303
    assert "更正进展" in words_in(client.get(page))
    for other in (liaison("", Level.LEADER), Client(account(NOON, "审", VisitorRole.AUDITOR))):
        assert "/register" not in is_page(other.get(page)).text


@pytest.fixture
def crowded(campaign, provider, tmp_path, monkeypatch, clock_at):
    """Everything of the plan is overdue, and the office hears of all of it in one message."""
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    with open_session() as session:
        for row in [*session.exec(select(Milestone)), *session.exec(select(Assignment))]:
            end = (
                isinstance(row, Milestone) and row.kind == "stage_end"
            )  # would speak for the others
            row.due = None if end else MONDAY - timedelta(days=7)
            if isinstance(row, Milestone):
                row.title = HOSTILE
    morning(campaign, MONDAY)
    clock_at(NOON)
    return campaign


HOSTILE = "<script>alert(1)</script>=HYPERLINK(1)\u202e" + "长" * 300


def test_a_long_message_stands_on_pages_of_80_kilobytes_and_hostile_names_do_nothing(crowded):
    office = Client(holder(post_of("", Level.OFFICE), NOON))
    number = number_for("", Level.OFFICE)
    style = len((HERE / "files" / "window.css").read_bytes())
    path, seen = f"/m/{number}", 0
    while path:
        page = is_page(office.get(path))
        assert len(page.content) + style <= 80_000
        assert "<script" not in page.text
        assert "\u202e" not in page.text
        seen += page.text.count("mine-title")
        onward = re.findall(r'href="(/m/[^"]+\?from=\d+)"', page.text)
        path = onward[0] if onward else ""
    assert f"共 {seen} 项" in words_in(page)
    assert seen > 20
    for path in ("/me", "/c/jc/i/S2.1/register"):
        page = is_page(office.get(path))
        assert len(page.content) + style <= 80_000
        assert "<script" not in page.text


def test_what_my_page_does_not_list_is_counted_and_stands_one_tap_away(crowded):
    office = Client(holder(post_of("", Level.OFFICE), NOON))
    page = is_page(office.get("/me"))
    [more] = re.findall(r'href="([^"]+list=items[^"]+)"', page.text)
    shown, total = map(int, re.search(r"第 1 至 (\d+) 项，共 (\d+) 项", words_in(page)).groups())

    onward = is_page(office.get(unescape(more)))

    assert f"要办的事项（{total}）" in words_in(page)
    assert f"第 {shown + 1} 至" in words_in(onward)
    assert "后面还有" not in words_in(page).split("要办的事项")[0]


def test_pages_ask_the_database_a_few_times_whatever_they_hold(crowded):
    office = Client(account(NOON))
    office.get("/me")
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    engine, counts = engine_for(settings().database), {}
    event.listen(engine, "before_cursor_execute", note)
    try:
        for path in ("/me", f"/m/{number_for('', Level.OFFICE)}", "/c/jc/i/W1/register"):
            asked.clear()
            is_page(office.get(path))
            counts[path] = len(asked)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert max(counts.values()) <= 20, counts
