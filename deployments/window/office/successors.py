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
from tasks.campaign.succession import hand_over, handover_of, take_handover_back
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


def handover_back_form(asked: Asked) -> Page:
    """Ask why a handing over is taken back, or say why it cannot be."""
    one = handover_of(asked.slug, int(asked.path["entry"]))
    facts = {"one": one, "reason": said(asked, "reason"), "fault": fault_in_words(asked)}
    return Page("office_successor_back.html", facts)


def handover_back_now(asked: Asked) -> Reply:
    """Take a handing over back; one that was taken back already is left as it is."""
    fields = Fields(asked.form)
    reason = fields.note("reason", "撤回的理由", needed=True)
    fields.require()
    number = int(asked.path["entry"])
    line = take_handover_back(asked.slug, number, asked.visitor.by, reason, asked.moment)
    return receipt_or(asked, line, Errand.SUCCESSION)


_BACK = "/c/{slug}/o/succession/{entry:int}/back"
WAYS = (
    Way("GET", "/c/{slug}/o/succession", successors_page, Right.SEE_ALL),
    Way("GET", "/c/{slug}/o/succession/new", successor_form, Right.OFFICE),
    Way("POST", "/c/{slug}/o/succession/new", hand_over_now, Right.OFFICE, successor_form),
    Way("GET", _BACK, handover_back_form, Right.OFFICE),
    Way("POST", _BACK, handover_back_now, Right.OFFICE, handover_back_form),
)
