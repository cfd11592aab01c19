"""What pages weigh over a home far larger than any real one: none is too heavy for a telephone."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from sqlmodel import select

from deployments.window.files import HERE as STYLES
from models.campaign.campaign import Stage
from models.database import open_session
from models.rules.words import StageStatus
from models.settings import moment_of
from models.units.unit import Post
from tasks.decisions.asking import ask_by_hand
from tests.support.large_home import CODE, ITEMS, MESSAGE, enlarge
from tests.support.windows import Client, account, holder, is_page

NOW = datetime(2025, 7, 21, 2, 0, tzinfo=UTC)
HEAVIEST = 80_000  # bytes, with the style
WIDE = f"I{ITEMS - 1}"  # an item in which two thousand units have a part
ANY = "%E9%95%BF"  # what is in every name
BOARD = [f"/c/jc{path}" for path in ("", "/week", "/chart", "/gate", "/sheet", "/wall", "/feeds")]
LISTS = [
    "/",
    "/c/jc/all/units",
    "/c/jc/all/items",
    "/c/jc/u/1",
    "/c/jc/u/1?list=todo",
    f"/c/jc/i/{CODE}?unit=1",
    f"/c/jc/i/{WIDE}?unit=1",
    f"/c/jc/find?q={ANY}",
    "/me",
    "/me?of=jc&list=messages",
    f"/m/{MESSAGE}",
]
OFFICE = [
    "/c/jc/u/0",
    f"/c/jc/i/{CODE}",
    f"/c/jc/i/{CODE}?list=history",
    f"/c/jc/i/{WIDE}",
    f"/c/jc/feeds?q={ANY}",
    "/d/1",
    "/c/jc/o",
    "/c/jc/o/acts",
    "/c/jc/o/unheard",
    "/c/jc/o/unanswered",
    "/c/jc/o/silences",
    "/c/jc/o/silences/new",
    "/c/jc/o/burden",
    "/c/jc/o/accounts",
    "/c/jc/o/groups",
    "/c/jc/o/conditions",
    "/c/jc/o/decisions",
    "/c/jc/o/succession",
    "/c/jc/o/succession/new",
    "/c/jc/o/links",
    f"/c/jc/o/report/{WIDE}",
    f"/c/jc/o/report?q={ANY}",
    "/c/jc/o/holidays",
]
# Where the lists of a page go on.
ONWARD = re.compile(r'href="([^"]*[?&;]from=[1-9][^"]*|[^"]*[?&]before=[^"]*)"')


@pytest.fixture
def large(campaign, clock_at):
    clock_at(NOW)
    enlarge(NOW)
    with open_session() as session:
        stage = session.exec(select(Stage).where(Stage.ordinal == 2)).one()
        stage.status = StageStatus.ACTIVE
    ask_by_hand("jc", 2, "创建办", moment_of(NOW))


def liaison() -> Client:
    """The liaison of the unit with two thousand items."""
    with open_session(read_only=True) as session:
        post = session.exec(select(Post.id).where(Post.unit_id == 1).order_by(Post.id)).first()
    return Client(holder(post, NOW))


def weighed(client: Client, paths: list[str]) -> dict[str, int]:
    """Open each page and those to which its lists go on; return what is too heavy."""
    style, found = (STYLES / "window.css").stat().st_size, {}
    for path in paths:
        page = is_page(client.get(path))
        onward = [unescape(one) for one in ONWARD.findall(page.text)]
        assert "<b>&" not in page.text
        found[path] = len(page.content)
        for there in {
            one if one.startswith("/") else path.partition("?")[0] + one for one in onward
        }:
            found[there] = len(is_page(client.get(there)).content)
    return {path: weight + style for path, weight in found.items() if weight + style > HEAVIEST}


def test_no_page_is_too_heavy_for_a_telephone_whatever_it_holds(large):
    assert not weighed(Client(account(NOW)), BOARD + LISTS + OFFICE)
    assert not weighed(liaison(), BOARD[:3] + LISTS)
