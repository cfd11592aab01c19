"""A unit's page: 需要干什么, 已经干了什么, 还有哪些差距, on a phone and on A4."""

from deployments.window.asking import Asked, Page, Way, require_own
from deployments.window.paging import leaf_asked
from models.rules.window.sight import Right
from tasks.window.unit import unit_shown

LISTS = ("todo", "whole", "done", "pieces")  # each begins on the first page and goes on alone


def unit(asked: Asked) -> Page:
    """Show a unit, or what the office itself has to do (0); units see their own."""
    unit_id = int(asked.path["unit"])
    require_own(asked, unit_id or None)
    shown = unit_shown(asked.slug, unit_id, asked.moment.today)
    return Page("unit.html", {"unit": shown, **leaf_asked(asked, LISTS)})


WAYS = (Way("GET", "/c/{slug}/u/{unit:int}", unit, Right.SEE_UNIT),)
