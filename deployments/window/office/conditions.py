"""The conditions that the office vouches for: its word given, and taken back for a reason."""

from deployments.window.asking import Asked, Page, Reply, Way
from deployments.window.office.answers import (
    fault_in_words,
    may_do,
    receipt_or,
    require_offices_own,
    said,
)
from deployments.window.office.fields import Fields
from models.errors import NotFoundError
from models.rules.window.errands import Errand
from models.rules.window.sight import Right
from tasks.gates.confirming import Vouching, Which, confirm, withdraw
from tasks.window.office_conditions import OfficeCondition, StageConditions, office_conditions


def conditions_page(asked: Asked) -> Page:
    """Show by stage what waits for the office's word and what has it."""
    require_offices_own(asked)
    stages = office_conditions(asked.slug, asked.moment.today)
    return Page("office_conditions.html", {"stages": stages, "may_do": may_do(asked)})


def confirm_form(asked: Asked) -> Page:
    """Ask since when a condition is met, and how many where it counts."""
    stage, one = _condition(asked)
    today = asked.moment.today.isoformat()
    typed = {"on": said(asked, "on", today), "count": said(asked, "count")}
    facts = {
        "stage": stage,
        "one": one,
        "fault": fault_in_words(asked),
        "note": said(asked, "note"),
    }
    return Page("office_confirm.html", facts | {"typed": typed})


def confirm_now(asked: Asked) -> Reply:
    """Give the office's word; the same again changes nothing."""
    fields = Fields(asked.form)
    on, count = fields.day("on", "哪一天办成的", needed=False), fields.number("count", "个数")
    note = fields.note("note", "说明")
    fields.require()
    stage, rule = int(asked.path["stage"]), asked.path["rule"]
    vouching = Vouching(asked.visitor.by, on, count, note)
    line = confirm(Which(asked.slug, rule, stage), vouching, asked.moment)
    return receipt_or(asked, line, Errand.CONDITIONS)


def unconfirm_form(asked: Asked) -> Page:
    """Ask why the office's word is taken back."""
    stage, one = _condition(asked)
    facts = {
        "stage": stage,
        "one": one,
        "fault": fault_in_words(asked),
        "reason": said(asked, "reason"),
    }
    return Page("office_unconfirm.html", facts)


def unconfirm_now(asked: Asked) -> Reply:
    """Take the office's word back; one that stands no more was taken back before."""
    stage, one = _condition(asked)
    if not one.said:
        line = f"“{one.demand}”没有确认过，或者此前已经撤回，没有变化"
        return receipt_or(asked, line, Errand.CONDITIONS)
    fields = Fields(asked.form)
    reason = fields.note("reason", "撤回的理由", needed=True)
    fields.require()
    which = Which(asked.slug, one.rule, stage.ordinal)
    try:
        line = withdraw(which, asked.visitor.by, reason, asked.moment)
    except NotFoundError as error:  # another was quicker
        line = str(error)
    return receipt_or(asked, line, Errand.CONDITIONS)


def _condition(asked: Asked) -> tuple[StageConditions, OfficeCondition]:
    stage, rule = int(asked.path["stage"]), asked.path["rule"]
    for found in office_conditions(asked.slug, asked.moment.today):
        for one in found.conditions:
            if (found.ordinal, one.rule) == (stage, rule):
                return found, one
    raise NotFoundError(f"第 {stage} 阶段没有这一条可确认的条件，或者这个阶段已经结束")


_ONE = "/c/{slug}/o/conditions/{stage:int}/{rule}"
WAYS = (
    Way("GET", "/c/{slug}/o/conditions", conditions_page, Right.SEE_ALL),
    Way("GET", _ONE, confirm_form, Right.OFFICE),
    Way("POST", _ONE, confirm_now, Right.OFFICE, confirm_form),
    Way("GET", f"{_ONE}/back", unconfirm_form, Right.OFFICE),
    Way("POST", f"{_ONE}/back", unconfirm_now, Right.OFFICE, unconfirm_form),
)
