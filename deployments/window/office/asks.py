"""The ledger of burden: how often each unit was asked this week, and a leader's word for more."""

from deployments.window.after import send_soon
from deployments.window.asking import Asked, Page, Reply, Way
from deployments.window.office.answers import (
    fault_in_words,
    may_do,
    receipt_or,
    require_offices_own,
    said,
)
from deployments.window.office.fields import Fields
from deployments.window.paging import leaf_asked
from models.errors import NotFoundError
from models.notices.burden import Burden
from models.rules.window.errands import Errand
from models.rules.window.sight import Right
from tasks.notices.burden import allow, burden, take_allowance_back
from tasks.window.office_lists import leader_list


def asks_page(asked: Asked) -> Page:
    """Show the week of every unit in the plan's order; nobody is ranked."""
    require_offices_own(asked)
    rows, budget = burden(asked.slug, asked.moment.today)
    waiting = [row for row in rows if row.waiting]
    asked_of = [row for row in rows if row.asks or row.waiting or row.allowed_by]
    facts: dict[str, object] = {
        "rows": asked_of,
        "others": len(rows) - len(asked_of),
        "waiting": waiting,
    }
    facts |= {"budget": budget, "may_do": may_do(asked)}
    return Page("office_burden.html", facts | leaf_asked(asked, ("waiting", "rows")))


def allow_form(asked: Asked) -> Page:
    """Ask which leader agreed that a unit is asked beyond the plan's number this week."""
    typed = {"by": said(asked, "by"), "reason": said(asked, "reason")}
    facts = {"row": _row(asked), "leaders": leader_list(asked.slug), "typed": typed}
    return Page("office_allow.html", facts | {"fault": fault_in_words(asked)})


def allow_now(asked: Asked) -> Reply:
    """Record a leader's word; one that stands this week is recorded once."""
    row, fields = _row(asked), Fields(asked.form)
    by, reason = fields.name("by", "同意的领导"), fields.note("reason", "理由")
    fields.require()
    if by not in leader_list(asked.slug):
        raise NotFoundError(f"没有“{by}”这个领导岗位，请从列出的里选")
    allow(asked.slug, row.unit, by=by, reason=reason, moment=asked.moment)
    if asked.done.last is not None:
        send_soon()
    line = f"{row.unit}本周此前已经同意，没有等待的提醒"
    return receipt_or(asked, line, Errand.BURDEN)


def back_form(asked: Asked) -> Page:
    """Ask why a leader's word is taken back."""
    facts = {"row": _row(asked), "reason": said(asked, "reason"), "fault": fault_in_words(asked)}
    return Page("office_allow_back.html", facts)


def back_now(asked: Asked) -> Reply:
    """Take a leader's word back; one that stands no more was taken back before."""
    row, fields = _row(asked), Fields(asked.form)
    reason = fields.note("reason", "撤回的理由", needed=True)
    fields.require()
    line = take_allowance_back(asked.slug, row.unit, asked.visitor.by, reason, asked.moment)
    if asked.done.entries:
        send_soon()
    return receipt_or(asked, line, Errand.BURDEN)


def _row(asked: Asked) -> Burden:
    unit = int(asked.path["unit"])
    rows, _ = burden(asked.slug, asked.moment.today)
    for row in rows:
        if row.unit_id == unit:
            return row
    raise NotFoundError("没有这个单位，或者它已经停用")


WAYS = (
    Way("GET", "/c/{slug}/o/burden", asks_page, Right.SEE_ALL),
    Way("GET", "/c/{slug}/o/burden/{unit:int}", allow_form, Right.OFFICE),
    Way("POST", "/c/{slug}/o/burden/{unit:int}", allow_now, Right.OFFICE, allow_form),
    Way("GET", "/c/{slug}/o/burden/{unit:int}/back", back_form, Right.OFFICE),
    Way("POST", "/c/{slug}/o/burden/{unit:int}/back", back_now, Right.OFFICE, back_form),
)
