"""Pages of units and items: who may see which, hostile names shown as text, small enough for a phone."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from sqlmodel import select

from models.campaign.milestone import Milestone
from models.campaign.work import Assignment, Indicator, WorkItem
from models.database import open_session
from models.rules.window.sight import VisitorRole
from models.rules.words import Level
from models.settings import moment_of
from models.units.unit import Post, Unit
from tasks.patrol.patrol import patrol_campaign
from tests.support.evidence import first_item
from tests.support.fill import fill_indicators
from tests.support.windows import Client, account, holder, is_page, words_in

NOW = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
HEAVIEST = 80 * 1024  # bytes of a page
HOSTILE = (
    "<script>alert(1)</script><b>粗</b>",
    '=HYPERLINK("http://x","点")',
    "长" * 300,
    "\u202eexe.fdp\u202c\u2067右",
    "</td></table><h1>x",
    "' OR 1=1 --",
)


@pytest.fixture(autouse=True)
def at_work(campaign, clock_at):
    clock_at(NOW)


@pytest.fixture
def item():
    return first_item()


def unit_numbered(name: str) -> int:
    with open_session(read_only=True) as session:
        return session.exec(select(Unit.id).where(Unit.name == name)).one()


def liaison(unit: str) -> Client:
    with open_session(read_only=True) as session:
        query = select(Post.id).join(Unit, Unit.id == Post.unit_id)
        post = session.exec(query.where(Unit.name == unit, Post.level == Level.LIAISON)).one()
    return Client(holder(post, NOW))


def office() -> Client:
    return Client(account(NOW, "乙", VisitorRole.AUDITOR))


def test_the_office_opens_every_unit_and_what_it_has_to_do_itself(item):
    client = office()
    page = words_in(is_page(client.get(f"/c/jc/u/{unit_numbered(item.unit)}")))
    assert all(f in page for f in (item.unit, "需要干什么", "已经干了什么", "还有哪些差距"))
    assert "创建办自己要办的事项" in words_in(is_page(client.get("/c/jc/u/0")))
    is_page(client.get("/c/jc/u/99999999999999999999"), 404)
    is_page(client.get("/c/nowhere/u/1"), 404)


def test_a_unit_opens_its_own_page_and_no_other(item):
    client = liaison(item.unit)
    is_page(client.get(f"/c/jc/u/{unit_numbered(item.unit)}"))
    for path in (f"/c/jc/u/{unit_numbered(item.other)}", "/c/jc/u/0"):
        refused = is_page(client.get(path), 403)
        assert item.other not in words_in(refused)


def test_a_unit_sees_of_an_item_its_own_part(item):
    patrol_campaign("jc", moment_of(NOW, NOW.date()))
    with open_session(read_only=True) as session:
        rows = session.exec(
            select(Unit.name)
            .join(Assignment, Assignment.unit_id == Unit.id)
            .join(WorkItem, WorkItem.id == Assignment.work_item_id)
            .where(WorkItem.ordinal == int(item.code[1:]), Unit.name != item.unit)
        ).all()
    page = words_in(is_page(liaison(item.unit).get(f"/c/jc/i/{item.code}")))
    assert f"{item.unit} 的部分" in page and not [name for name in rows if name in page]
    assert all(name in words_in(office().get(f"/c/jc/i/{item.code}")) for name in rows)

    other = unit_numbered(rows[0])
    is_page(liaison(item.unit).get(f"/c/jc/i/{item.code}?unit={other}"), 403)
    is_page(liaison(item.other).get(f"/c/jc/i/{item.code}"), 404)
    is_page(liaison(item.unit).get("/c/jc/i/S2.1"), 404)


def test_the_button_to_register_is_there_for_whoever_may(item):
    unit, part = unit_numbered(item.unit), f"/c/jc/i/{item.code}"
    own = f'href="{part}/register?unit={unit}"'
    assert own in is_page(liaison(item.unit).get(part)).text
    assert own in is_page(Client(account(NOW, "甲")).get(f"{part}?unit={unit}")).text
    assert f'href="{part}/register"' in Client(account(NOW, "甲")).get(part).text
    assert "/register" not in office().get(f"{part}?unit={unit}").text  # an auditor only looks
    is_page(liaison(item.unit).get(f"{part}/register?unit={unit}"))


@pytest.mark.parametrize("unit", ["x", "-1", "0", "²", "99999999999999", "1e3", ""])
def test_a_unit_that_is_no_number_shows_the_whole_item(item, unit):
    is_page(office().get(f"/c/jc/i/{item.code}?unit={unit}"))


def test_a_search_leads_to_units_and_items_and_a_unit_finds_its_own(item):
    found = is_page(office().get("/c/jc/find?q=" + item.unit[-2:]))
    assert f'href="/c/jc/u/{unit_numbered(item.unit)}"' in found.text
    assert "没有找到" in words_in(is_page(office().get("/c/jc/find?q=%3Cb%3E%E6%B2%A1%E6%9C%89")))
    others = is_page(liaison(item.unit).get(f"/c/jc/find?q={item.other}"))
    assert "没有找到" in words_in(others)
    is_page(office().get("/c/jc/find"))


@pytest.fixture
def hostile(item):
    with open_session() as session:
        fill_indicators(session, 1, 130, datetime(2025, 6, 1, tzinfo=UTC).date())
        for n, unit in enumerate(session.exec(select(Unit))):
            unit.name = f"{n}{HOSTILE[n % 6]}"[:300]
        for table in (WorkItem, Milestone, Indicator):
            for n, row in enumerate(session.exec(select(table))):
                row.title = HOSTILE[n % 6]
        for n, part in enumerate(session.exec(select(Assignment))):
            part.note, part.by_post = HOSTILE[n % 6], HOSTILE[(n + 1) % 6]
    return item


def test_hostile_names_are_text_and_the_largest_page_is_small_enough(hostile):
    client = office()
    paths = [
        "/c/jc/u/1",
        "/c/jc/u/1?list=todo",
        "/c/jc/u/1?list=todo&from=9999",
        "/c/jc/u/0",
        "/c/jc/i/I5",
    ]
    paths += [f"/c/jc/i/{hostile.code}", f"/c/jc/i/{hostile.code}?unit=1", "/c/jc/find?q=%3Cb%3E"]
    for path in paths:
        page = is_page(client.get(path))
        assert len(page.content) <= HEAVIEST, path
        assert "<b>粗" not in page.text and "<h1>x" not in page.text
        assert not set("\u202b\u202d\u202e\u2067") & set(page.text), path


def test_a_list_goes_on_from_page_to_page_until_each_of_its_items_was_shown(hostile):
    client, seen = office(), 0
    path = "/c/jc/u/1?list=todo"
    total = int(re.search(r"还要办的 (\d+) 项", words_in(client.get(path)))[1])
    while path:
        page = is_page(client.get(path))
        shown = page.text.count("<tr><td>")
        assert f"第 {seen + 1} 至 {seen + shown} 项，共 {total} 项" in words_in(page)
        seen += shown
        onward = [
            one for one in re.findall(r'href="([^"]+from=\d+)"', page.text) if "from=0" not in one
        ]
        path = unescape(onward[0]) if onward else ""
    assert seen == total > 140
