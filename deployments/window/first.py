"""The first page and the first look at a campaign."""

from deployments.window.asking import Asked, Page, Way
from models.rules.window.sight import Right


def front(asked: Asked) -> Page:
    """Show where to go on."""
    return Page("first.html", {})


WAYS = (Way("GET", "/", front, Right.SEE_BOARD),)
