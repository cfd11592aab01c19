"""`/me`: what waits for whoever is there, each with one button."""

from deployments.window.asking import Asked, Page, Way
from deployments.window.theirs import campaign_of_page
from models.rules.window.sight import Right
from tasks.window.mine import my_page


def show_mine(asked: Asked) -> Page:
    """Show the decisions, acknowledgements and items that wait; changes nothing."""
    page = my_page(asked.visitor, asked.moment)
    facts = {"mine": page, "to_decide": asked.may(Right.DECIDE)}
    return Page("mine.html", facts | campaign_of_page(*(one.address for one in page.campaigns)))


WAYS = (Way("GET", "/me", show_mine, Right.SEE_BOARD),)
