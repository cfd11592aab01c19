"""Who received nothing and why, and who acknowledged nothing; what died is tried afresh."""

from deployments.window.after import send_soon
from deployments.window.asking import Asked, Page, Reply, Way
from deployments.window.office.answers import may_do, receipt_or, require_offices_own
from deployments.window.paging import leaf_asked
from models.rules.window.errands import Errand
from models.rules.window.sight import Right
from tasks.window.office_lists import (
    groups_without_members,
    no_way,
    retry_unheard,
    unanswered_list,
    unheard_list,
)


def unheard_page(asked: Asked) -> Page:
    """Show what channels refused for good and what has no channel, each with its reason."""
    require_offices_own(asked)
    found = unheard_list(asked.slug)
    facts = {"found": found, "no_way": no_way, "may_do": may_do(asked)}
    return Page("office_unheard.html", facts | leaf_asked(asked, ("refused", "without")))


def retry_them(asked: Asked) -> Reply:
    """Let every dead delivery be tried afresh, and send at once."""
    if retry_unheard(asked.slug, asked.visitor.by, asked.moment):
        send_soon()
    return receipt_or(asked, "没有要重新发送的：刚才已经放回去了", Errand.UNHEARD)


def unanswered_page(asked: Asked) -> Page:
    """Show the items that nobody acknowledged in time, the longest ago first."""
    require_offices_own(asked)
    found = unanswered_list(asked.slug, asked.moment)
    return Page("office_unanswered.html", {"found": found, **leaf_asked(asked)})


def groups_page(asked: Asked) -> Page:
    """Show the classes of units whose members nobody has said."""
    require_offices_own(asked)
    facts = {"groups": groups_without_members(asked.slug), **leaf_asked(asked)}
    return Page("office_groups.html", facts)


WAYS = (
    Way("GET", "/c/{slug}/o/unheard", unheard_page, Right.SEE_ALL),
    Way("POST", "/c/{slug}/o/unheard", retry_them, Right.OFFICE),
    Way("GET", "/c/{slug}/o/unanswered", unanswered_page, Right.SEE_ALL),
    Way("GET", "/c/{slug}/o/groups", groups_page, Right.SEE_ALL),
)
