"""`/me`: what waits for whoever is there, each with one button."""

from deployments.window.asking import Asked, Page, Way
from deployments.window.paging import leaf_asked
from deployments.window.theirs import campaign_of_page
from models.rules.window.sight import Right
from tasks.window.mine import MyCampaign, MyPage, my_page

LISTS = ("questions", "messages", "items")  # each begins on the first page and goes on alone
MOST_CAMPAIGNS = 10  # on a page; the others stand on pages of their own


def show_mine(asked: Asked) -> Page:
    """Show the decisions, acknowledgements and items that wait; changes nothing."""
    page = my_page(asked.visitor, asked.moment)
    of, others = _shown(page, asked.query.get("of", ""))
    facts = {"mine": page, "of": of, "others": others}
    facts |= leaf_asked(asked, LISTS) if len(of) == 1 else {"only": "", "skip": 0}
    return Page("mine.html", facts | campaign_of_page(*(one.address for one in page.campaigns)))


def _shown(page: MyPage, wanted: str) -> tuple[list[MyCampaign], list[MyCampaign]]:
    """Return the campaigns to show, those where something waits first, and those of the others where it does."""
    if alone := [one for one in page.campaigns if one.address == wanted]:
        return alone, []
    if len(page.campaigns) <= MOST_CAMPAIGNS:
        return list(page.campaigns), []
    waiting = [one for one in page.campaigns if one.count]
    return waiting[:MOST_CAMPAIGNS], waiting[MOST_CAMPAIGNS:]


WAYS = (Way("GET", "/me", show_mine, Right.SEE_BOARD),)
