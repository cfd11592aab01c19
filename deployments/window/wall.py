"""The wall: a screen that turns by itself, for whoever is in and by an address of its own."""

from collections.abc import Mapping

from deployments.window.asking import Asked, Page, Way
from deployments.window.faults import fault_of, status_of
from models.errors import CampaignError
from models.rules.window.sight import Right
from tasks.window.wall import wall_behind, wall_page

SECONDS, PATIENCE = 20, 60  # until the next turn; after a fault
NOBODY = 401  # whoever opened the screen is not in any more
OVER = (
    "打开大屏的登录已经到期。请创建办登录窗口，在“日历和大屏”一页里取大屏自己的地址，在这块屏上打开："
    "那个地址不用登录，不会到期"
)


def campaign_wall(asked: Asked) -> Page:
    """Show one turn to whoever is in."""
    return _turn(asked, asked.slug)


def wall_screen(asked: Asked) -> Page:
    """Show one turn to the screen that knows the address; nobody need log in, and nothing leads on."""
    try:
        slug = wall_behind(asked.path["token"])
    except CampaignError as error:
        return _fault(fault_of(error), status_of(error))
    return _turn(asked, slug)


def _turn(asked: Asked, slug: str) -> Page:
    """Return a turn; a fault is shown and tried again by itself: nobody stands there to press a button."""
    asked_for = asked.query.get("turn", "")
    turn = int(asked_for) if asked_for.isdecimal() and len(asked_for) < 10 else 1
    try:
        wall = wall_page(slug, turn, asked.moment)
    except CampaignError as error:
        return _fault(fault_of(error), status_of(error))
    return Page("wall.html", {"wall": wall}, headers=_again_after(SECONDS, wall.next))


def _fault(line: str, status: int) -> Page:
    """Return what a screen shows where something is wrong: it tries again, whatever that was."""
    facts = {"line": OVER if status == NOBODY else line, "seconds": PATIENCE}
    return Page("wall_fault.html", facts, status, _again_after(PATIENCE, 1))


def _again_after(seconds: int, turn: int) -> Mapping[str, str]:
    """Return the header by which a screen turns without a script: at the same address, whatever it is.

    A page that moves by itself is for a screen that nobody reads alone or works at (WCAG 2.2.1, essential).
    """
    return {"refresh": f"{seconds}; url=?turn={turn}"}


WAYS = (
    Way("GET", "/c/{slug}/wall", campaign_wall, Right.SEE_BOARD, fault=_fault),
    Way("GET", "/wall/{token}", wall_screen, Right.PUBLIC, fault=_fault),
)
