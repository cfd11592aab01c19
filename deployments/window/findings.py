"""Findings and complaints: which are open, worst first, and the page of each with its whole history."""

from deployments.window.asking import Asked, NotYours, Page, Way, require_own
from deployments.window.board import skipped
from deployments.window.paging import that_fit
from deployments.window.theirs import number_in
from models.rules.window.sight import ACCOUNT_ROLES, Right
from tasks.window.finding import finding_page
from tasks.window.finding_step import steps_of
from tasks.window.findings import FindingsShown, findings_page

A_PAGE = 50  # findings; the others stand on further pages


def findings(asked: Asked) -> Page:
    """Show the problems that are open, or another choice of them; a unit sees its own."""
    return _listed(asked, public=False)


def complaints(asked: Asked) -> Page:
    """Show complaints and suggestions likewise; who complained stands nowhere."""
    return _listed(asked, public=True)


def finding(asked: Asked) -> Page:
    """Show one finding: what, whose, by when, what was done, and who was told what."""
    shown = finding_page(asked.slug, asked.path["code"], asked.moment.today)
    require_own(asked, shown.row.unit_id)
    return Page(
        "finding.html",
        {
            "finding": shown,
            "row": shown.row,
            "steps": steps_of(shown, asked.visitor),
            "may_do": asked.may(Right.OFFICE),
            "same": "same" in asked.query,
            "sees_all": asked.may(Right.SEE_ALL),
            "sees_entries": asked.visitor.role in ACCOUNT_ROLES,
        },
    )


def _listed(asked: Asked, *, public: bool) -> Page:
    unit_id, skip = unit_asked(asked), skipped(asked)
    typed = asked.query.get("show", "")
    shown = FindingsShown(typed) if typed in list(FindingsShown) else FindingsShown.OPEN
    found = findings_page(asked.slug, asked.moment.today, shown, unit_id, public=public)
    behind = skip + A_PAGE
    facts = {
        "found": found,
        "to_choose": found.units if that_fit(list(found.units.values())) else {},
        "rows": found.rows[skip:behind],
        "skip": skip,
        "next_from": behind if behind < len(found.rows) else 0,
        "choices": tuple(FindingsShown),
        "sees_all": asked.may(Right.SEE_ALL),
        "may_do": asked.may(Right.OFFICE),
    }
    return Page("findings.html", facts)


def unit_asked(asked: Asked) -> int | None:
    """Return whose a list shows: the unit's own to a unit, else the one that is asked for, None for all.

    Raises NotYours where a unit asks for another's.
    """
    unit_id = number_in(asked.query.get("unit", ""))
    if asked.may(Right.SEE_ALL):
        return unit_id
    own = asked.visitor.unit_id
    if own is None or unit_id not in (None, own):
        raise NotYours
    return own


WAYS = (
    Way("GET", "/c/{slug}/findings", findings, Right.SEE_UNIT),
    Way("GET", "/c/{slug}/complaints", complaints, Right.SEE_UNIT),
    Way("GET", "/c/{slug}/f/{code}", finding, Right.SEE_ITEM),
)
