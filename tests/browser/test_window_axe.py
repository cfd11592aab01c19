"""Every page of the window, at phone and desk width, light and dark: axe finds nothing, nothing sticks out,
what is touched is high enough for a thumb, and what is read large enough for an eye."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from models.database import open_session
from models.rules.findings.words import FindingKind
from models.rules.words import Level
from models.settings import moment_of
from models.units.unit import Post, Unit
from tasks.decisions.asking import ask_by_hand
from tasks.patrol.patrol import patrol_campaign
from tests.support.evidence import NOON
from tests.support.findings import closed, laid_visit, raised
from tests.support.served import let_in, served
from tests.support.windows import account, holder

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]
HOSTILE = "<b>粗</b>=1+1\u202eexe.fdp" + "长" * 280

OF_THE_OFFICE = (
    "/", "/c/jc", "/c/jc/week", "/c/jc/chart", "/c/jc/gate", "/c/jc/sheet", "/c/jc/feeds",
    "/c/jc/find?q=市", "/c/jc/u/0", "/c/jc/u/1", "/c/jc/u/2", "/c/jc/i/W1", "/c/jc/i/W1?unit=2",
    "/c/jc/i/S1.1", "/c/jc/findings", "/c/jc/findings?show=late&unit=2", "/c/jc/complaints", "/c/jc/f/F1",
    "/c/jc/f/F2", "/c/jc/f/C1", "/c/jc/f/F2/assign", "/c/jc/f/F3/rectify", "/c/jc/f/F3/end", "/c/jc/visits", "/c/jc/visits/V1.1", "/c/jc/o/findings/new?from=C1", "/c/jc/o/visits/V1.1/back", "/me", "/d/1", "/c/jc/o", "/nothing",
)  # fmt: skip
OF_A_POST = (
    "/", "/c/jc", "/me", "/c/jc/u/2", "/c/jc/i/W1?unit=2", "/c/jc/feeds", "/c/jc/u/3", "/c/jc/findings",
    "/c/jc/f/F1", "/c/jc/complaints", "/c/jc/visits",
)  # fmt: skip
OF_NOBODY = ("/in", "/in/code", "/in/xyz")


@pytest.fixture
def office(campaign):
    patrol_campaign("jc", moment_of(NOON.now, date(2025, 7, 14)))
    ask_by_hand("jc", 1, "创建办", NOON)
    with open_session() as session:
        raised(session, 1, "<b>粗</b>没有编号" + "长" * 280, item="W1", unit="市司法局")
        raised(session, 1, "窗口没有公示", unit="")
        raised(session, 1, "中午没有人", kind=FindingKind.COMPLAINT)
        closed(session, 1)
        laid_visit(session, 1, "市司法局")
    with open_session() as session:
        raised(session, 1, "没有回执", due=date(2025, 7, 2))
        session.get_one(Unit, 2).name = HOSTILE
        found = session.exec(
            select(Post).where(Post.unit_id == 2, Post.level == Level.LIAISON)
        ).one()
        return found.id


# What can be touched and is lower than 44 points, and what is read and smaller than nine tenths of 18.
SMALL = """() => {
  const shown = one => one.getClientRects().length && one.getBoundingClientRect().right > 0;
  const low = [...document.querySelectorAll("a, button, summary, select, textarea, input:not([type=hidden])")]
    .filter(one => shown(one) && !["radio", "checkbox"].includes(one.type))
    .filter(one => one.getBoundingClientRect().height < 43.5)
    .map(one => "lower than 44: " + one.outerHTML.slice(0, 120));
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const small = [];
  while (texts.nextNode()) {
    const around = texts.currentNode.parentElement;
    if (texts.currentNode.data.trim() && shown(around) && !around.closest("svg")
        && parseFloat(getComputedStyle(around).fontSize) < 16)
      small.push("smaller than 16: " + around.outerHTML.slice(0, 120));
  }
  return [...low, ...small];
}"""


def more_of(page, address: str) -> list[str]:
    """The pages that a menu leads to."""
    page.goto(address)
    found = page.eval_on_selector_all(
        "main a[href]", "all => all.map(one => one.pathname + one.search)"
    )
    return sorted({one for one in found if "/o" in one or "/r/" in one})


def faults_of(page, address: str) -> list[str]:
    """What axe finds on a page, and whether it is wider than its window."""
    from axe_playwright_python.sync_playwright import Axe

    page.goto(address)
    found = [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:160]}"
        for one in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    found += page.evaluate(SMALL)
    return found + ([f"wider than the window by {wide}"] if wide > 0 else [])


@pytest.mark.parametrize(
    ("size", "dark"), [((390, 844), False), ((1440, 900), True)], ids=["phone", "desk in the dark"]
)
def test_axe_finds_nothing_on_any_page(browser, office, size, dark):
    now, faults = datetime.now(UTC), {}
    with served() as address:
        for visitor, paths in (
            (account(now), OF_THE_OFFICE),
            (holder(office, now), OF_A_POST),
            (None, OF_NOBODY),
        ):
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                locale="zh-CN",
                color_scheme="dark" if dark else "light",
                bypass_csp=True,  # axe is a script of the test's; the pages run none
            )
            if visitor:
                let_in(context, address, visitor)
            page = context.new_page()
            also = more_of(page, f"{address}/c/jc/o") if visitor and visitor.post_id is None else []
            for path in (*paths, *also):
                if found := faults_of(page, address + path):
                    faults[path] = found
            context.close()

    assert not faults
