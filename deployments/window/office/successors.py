"""Units that nobody answers for: what is open there becomes another unit's."""

from deployments.window.asking import Asked, Page, Reply, Way
from deployments.window.office.answers import (
    fault_in_words,
    may_do,
    receipt_or,
    require_offices_own,
    said,
)
from deployments.window.office.fields import Fields
from deployments.window.paging import ROOM, leaf_asked, narrowed
from models.rules.window.errands import Errand
from models.rules.window.sight import Right
from tasks.campaign.succession import hand_over
from tasks.window.office_lists import succeeding


def successors_page(asked: Asked) -> Page:
    """Show the units that nobody answers for, with how much is open there."""
    require_offices_own(asked)
    facts = {"found": succeeding(asked.slug), "may_do": may_do(asked)}
    return Page("office_successors.html", facts | leaf_asked(asked))


def successor_form(asked: Asked) -> Page:
    """Ask which unit takes over from another."""
    typed = {name: said(asked, name) for name in ("unit", "to", "reason")}
    found, half = succeeding(asked.slug), ROOM // 2
    left = [(name, f"{name}（{items} 项）") for name, items in found.left]
    facts = {
        "left": narrowed(asked, left, "old", chosen=typed["unit"], room=half),
        "units": narrowed(
            asked, [(name, name) for name in found.units], chosen=typed["to"], room=half
        ),
        "typed": typed,
        "fault": fault_in_words(asked),
    }
    return Page("office_successor.html", facts)


def hand_over_now(asked: Asked) -> Reply:
    """Hand over what is open; what is finished stays on the record of the unit that did it."""
    fields = Fields(asked.form)
    unit, to = fields.name("unit", "原单位"), fields.name("to", "接手单位")
    reason = fields.note("reason", "理由", needed=True)
    fields.require()
    line = hand_over(asked.slug, unit, to, asked.visitor.by, reason, asked.moment)
    return receipt_or(asked, line, Errand.SUCCESSION)


WAYS = (
    Way("GET", "/c/{slug}/o/succession", successors_page, Right.SEE_ALL),
    Way("GET", "/c/{slug}/o/succession/new", successor_form, Right.OFFICE),
    Way("POST", "/c/{slug}/o/succession/new", hand_over_now, Right.OFFICE, successor_form),
)
