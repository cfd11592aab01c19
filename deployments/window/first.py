"""The first page: every campaign in one line, the worst first; where there is only one, its board."""

from dataclasses import replace

from deployments.window.asking import Asked, Page, Way
from deployments.window.board import board
from deployments.window.paging import leaf_asked
from models.rules.window.sight import Right
from tasks.window.front import front_page
from tasks.window.naming import campaign_at


def front(asked: Asked) -> Page:
    """Show every campaign that whoever is there may see; of one there is no list, but its board."""
    page = front_page(asked.moment.today, asked.visitor.campaign_id)
    shown = [*page.under_way, *page.ended]
    if len(shown) == 1:
        return board(replace(asked, campaign=campaign_at(shown[0].address)))
    facts = {"page": page, "run": page.patrol.run, **leaf_asked(asked, ("open", "ended"))}
    return Page("front.html", facts)


WAYS = (Way("GET", "/", front, Right.SEE_BOARD),)
