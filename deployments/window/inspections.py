"""The visits of inspection: which have no result yet, which come next, and the page of each."""

from deployments.window.asking import Asked, Page, Way, require_own
from deployments.window.board import skipped
from deployments.window.findings import unit_asked
from models.rules.window.sight import ACCOUNT_ROLES, Right
from tasks.window.visits import visit_page, visits_page

A_PAGE = 60  # visits; the others stand on further pages


def visits(asked: Asked) -> Page:
    """Show the visits, to one unit where it is asked for; a unit sees those to it."""
    unit_id, skip = unit_asked(asked), skipped(asked)
    found = visits_page(asked.slug, asked.moment.today, unit_id)
    behind = skip + A_PAGE
    facts = {
        "found": found,
        "rows": found.rows[skip:behind],
        "skip": skip,
        "next_from": behind if behind < len(found.rows) else 0,
        "unit_id": unit_id,
        "sees_all": asked.may(Right.SEE_ALL),
    }
    return Page("visits.html", facts)


def visit(asked: Asked) -> Page:
    """Show one visit: its problems with what became of them; its checklist to whoever sees everything."""
    found = visit_page(asked.slug, asked.path["code"], asked.moment.today)
    require_own(asked, found.row.line.unit_id)
    facts = {
        "visit": found,
        "line": found.row.line,
        "sees_all": asked.may(Right.SEE_ALL),
        "sees_entries": asked.visitor.role in ACCOUNT_ROLES,
        "may_do": asked.may(Right.OFFICE),
    }
    return Page("visit.html", facts)


WAYS = (
    Way("GET", "/c/{slug}/visits", visits, Right.SEE_UNIT),
    Way("GET", "/c/{slug}/visits/{code}", visit, Right.SEE_ITEM),
)
