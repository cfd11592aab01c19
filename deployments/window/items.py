"""An item's page with its history, and the search that finds units and items by name."""

from deployments.window.asking import Asked, Go, NotYours, Page, Way, require_own
from deployments.window.paging import leaf_asked
from models.rules.bounds import LARGEST_NUMBER
from models.rules.window.own_pages import own_page
from models.rules.window.sight import ACCOUNT_ROLES, Right
from tasks.window.item import item_shown
from tasks.window.registering import forms_of
from tasks.window.searching import searched

LISTS = ("parts", "pieces", "history", "notices")  # each begins on the first page and goes on alone


def item(asked: Asked) -> Page | Go:
    """Show an item, or with ``?unit=`` one unit's part; a unit sees nothing but its own part.

    What has a page of its own (a finding, a visit) is shown there.
    """
    unit_id = _unit(asked.query.get("unit", ""))
    if not asked.may(Right.SEE_ALL):
        unit_id = unit_id or asked.visitor.unit_id
        if unit_id is None:
            raise NotYours
        require_own(asked, unit_id)
    shown = item_shown(asked.slug, asked.path["code"], asked.moment.today, unit_id)
    if own := own_page(shown.first.item.kind, shown.code):
        return Go(f"/c/{asked.of.address}/{own}")
    said = asked.slug, asked.path["code"], _unit(asked.query.get("unit", ""))
    return Page(
        "item.html",
        {
            "item": shown,
            "sees_all": asked.may(Right.SEE_ALL),
            "sees_entries": asked.visitor.role in ACCOUNT_ROLES,
            "hands": forms_of(*said, asked.visitor, asked.moment),
            **leaf_asked(asked, LISTS),
        },
    )


def find(asked: Asked) -> Page:
    """Show what the words typed were found in; a unit finds itself and its own items."""
    own = None if asked.may(Right.SEE_ALL) else asked.visitor.unit_id
    return Page("find.html", {"found": searched(asked.slug, asked.query.get("q", ""), own)})


def _unit(typed: str) -> int | None:
    """Return the unit's number; None where none was given, and for what is no number."""
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 10 else 0
    return number if 0 < number <= LARGEST_NUMBER else None


WAYS = (
    Way("GET", "/c/{slug}/i/{code}", item, Right.SEE_ITEM),
    Way("GET", "/c/{slug}/find", find, Right.SEE_BOARD),
)
