"""Visits at the office: which have no result yet, what one came to, and taking a wrong word back."""

from deployments.window.asking import Asked, Page, Reply, Way
from deployments.window.office.answers import (
    fault_in_words,
    may_do,
    receipt_or,
    require_offices_own,
    said,
)
from deployments.window.office.fields import Fields
from models.rules.visits.results import problems_in
from models.rules.window.errands import Errand
from models.rules.window.sight import Right
from tasks.inspection.results import SaidOfVisit, set_result, take_back_result
from tasks.window.office_findings import visit_foretold
from tasks.window.visits import VisitPage, visit_page, visits_page

FIELDS = ("on", "by", "problems", "nothing", "item", "due")
MOST = 60  # visits without a result that are shown


def visits_waiting(asked: Asked) -> Page:
    """Show the visits that have no result yet, those past their day first."""
    require_offices_own(asked)
    found = visits_page(asked.slug, asked.moment.today, None)
    rows = [one for one in found.rows if not one.line.is_held]
    facts = {"rows": rows[:MOST], "more": max(0, len(rows) - MOST), "may_do": may_do(asked)}
    return Page("office_visits.html", facts | {"held": found.held})


def result_form(asked: Asked) -> Page:
    """Ask what came of a visit: its problems, or that nothing was found."""
    visit = _visit(asked)
    typed = {name: said(asked, name) or asked.form.get(name, "") for name in FIELDS}
    typed["on"] = typed["on"] or visit.row.day.isoformat()
    facts = {"visit": visit, "line": visit.row.line, "typed": typed, "fault": fault_in_words(asked)}
    return Page("office_visit.html", facts)


def register_result(asked: Asked) -> Reply:
    """Register what came of a visit from its last page; the same again changes nothing."""
    if asked.goes_back:
        return result_form(asked)
    visit, result = _visit(asked), _said(asked)
    if not asked.is_sure:
        carried = {name: asked.form[name] for name in FIELDS if name in asked.form}
        lines = visit_foretold(result, visit.row.line.unit)
        path = f"visits/{visit.row.line.code}"
        facts = {"lines": lines, "carried": carried, "path": path, "word": "登记"}
        return Page("office_last.html", facts)
    outcome = set_result(asked.slug, result, asked.moment)
    line = f"{outcome.code} 此前已经这样登记（{outcome.found}），没有变化"
    return receipt_or(asked, line, Errand.VISITS)


def visit_back_form(asked: Asked) -> Page:
    """Ask why the result of a visit is taken back."""
    visit = _visit(asked)
    facts = {"visit": visit, "line": visit.row.line, "reason": said(asked, "reason")}
    return Page("office_visit_back.html", facts | {"fault": fault_in_words(asked)})


def take_visit_back(asked: Asked) -> Reply:
    """Take the result of a visit back; one that listed problems stands."""
    fields = Fields(asked.form)
    reason = fields.note("reason", "撤回的理由", needed=True)
    fields.require()
    code = _visit(asked).row.line.code
    take_back_result(asked.slug, code, asked.visitor.by, reason, asked.moment)
    return receipt_or(asked, f"{code} 没有登记过结果，或者此前已经撤回，没有变化", Errand.VISITS)


def _visit(asked: Asked) -> VisitPage:
    return visit_page(asked.slug, asked.path["code"], asked.moment.today)


def _said(asked: Asked) -> SaidOfVisit:
    fields = Fields(asked.form)
    on, by = fields.day("on", "走访日期"), fields.name("by", "走访人职务")
    problems = fields.note("problems", "问题")
    item, due = (
        fields.name("item", "涉及事项", needed=False),
        fields.day("due", "整改期限", needed=False),
    )
    fields.require()
    assert on is not None
    code, nothing = asked.path["code"].upper(), fields.ticked("nothing")
    return SaidOfVisit(code, on, by, nothing, problems_in(problems), item, due)


_ONE = "/c/{slug}/o/visits/{code}"
WAYS = (
    Way("GET", "/c/{slug}/o/visits", visits_waiting, Right.SEE_ALL),
    Way("GET", _ONE, result_form, Right.OFFICE),
    Way("POST", _ONE, register_result, Right.OFFICE, result_form),
    Way("GET", f"{_ONE}/back", visit_back_form, Right.OFFICE),
    Way("POST", f"{_ONE}/back", take_visit_back, Right.OFFICE, visit_back_form),
)
