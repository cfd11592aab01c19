"""The wall: a screen that turns by itself, for whoever is in and by an address of its own."""

from collections.abc import Mapping

from deployments.window.asking import Asked, Page, Way
from deployments.window.faults import fault_of, status_of
from models.errors import CampaignError
from models.rules.window.sight import Right
from tasks.window.wall import wall_behind, wall_page

SECONDS, PATIENCE = 20, 60  # until the next turn; after a fault


def campaign_wall(asked: Asked) -> Page:
    """Show one turn to whoever is in."""
    return _turn(asked, asked.slug)


def wall_screen(asked: Asked) -> Page:
    """Show one turn to the screen that knows the address; nobody need log in, and nothing leads on."""
    try:
        slug = wall_behind(asked.path["token"])
    except CampaignError as error:
        return _fault(error)
    return _turn(asked, slug)


def _turn(asked: Asked, slug: str) -> Page:
    """Return a turn; a fault is shown and tried again by itself: nobody stands there to press a button."""
    asked_for = asked.query.get("turn", "")
    turn = int(asked_for) if asked_for.isdecimal() and len(asked_for) < 10 else 1
    try:
        wall = wall_page(slug, turn, asked.moment)
    except CampaignError as error:
        return _fault(error)
    return Page("wall.html", {"wall": wall}, headers=_again_after(SECONDS, wall.next))


def _fault(error: CampaignError) -> Page:
    facts = {"line": fault_of(error), "seconds": PATIENCE}
    return Page("wall_fault.html", facts, status_of(error), _again_after(PATIENCE, 1))


def _again_after(seconds: int, turn: int) -> Mapping[str, str]:
    """Return the header by which a screen turns without a script: at the same address, whatever it is.

    A page that moves by itself is for a screen that nobody reads alone or works at (WCAG 2.2.1, essential).
    """
    return {"refresh": f"{seconds}; url=?turn={turn}"}


WAYS = (
    Way("GET", "/c/{slug}/wall", campaign_wall, Right.SEE_BOARD),
    Way("GET", "/wall/{token}", wall_screen, Right.PUBLIC),
)
