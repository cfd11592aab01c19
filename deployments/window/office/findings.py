"""Findings at the office: what waits for its word, and one more that was found or complained of."""

from deployments.window.asking import Asked, Page, Reply, Way
from deployments.window.office.answers import (
    fault_in_words,
    may_do,
    receipt_or,
    require_offices_own,
    said,
)
from deployments.window.office.fields import Fields
from deployments.window.paging import that_fit
from models.errors import UnclearError
from models.rules.findings.words import FindingKind, FindingSource
from models.rules.window.errands import Errand
from models.rules.window.sight import Right
from tasks.findings.acting import TypedFinding, add_finding
from tasks.window.office_findings import new_finding_foretold, office_findings
from tasks.window.office_lists import unit_list

FIELDS = ("kind", "problem", "source", "which", "unit", "due", "advice", "item", "on")
# Where the office hears of something; what a visit or a drill found is registered with these.
SOURCES = tuple(one for one in FindingSource if one is not FindingSource.LOOK_BACK)


def findings_waiting(asked: Asked) -> Page:
    """Show what of the findings waits for the office, and the way to register one."""
    require_offices_own(asked)
    facts = {"found": office_findings(asked.slug, asked.moment.today), "may_do": may_do(asked)}
    return Page("office_findings.html", facts)


def new_form(asked: Asked) -> Page:
    """Ask what was found, where, and whose it is; ``?from=C1`` names the complaint it comes from."""
    typed = {name: said(asked, name) or asked.form.get(name, "") for name in FIELDS}
    if complaint := asked.query.get("from", ""):
        typed["source"] = typed["source"] or FindingSource.COMPLAINT.chinese
        typed["which"] = typed["which"] or complaint[:40]
    typed["source"] = typed["source"] or FindingSource.SELF_CHECK.chinese
    typed["on"] = typed["on"] or asked.moment.today.isoformat()
    facts = {
        "typed": typed,
        "units": that_fit(unit_list(asked.slug)),
        "kinds": tuple(FindingKind),
        "sources": SOURCES,
        "fault": fault_in_words(asked),
    }
    return Page("office_finding.html", facts)


def register_new(asked: Asked) -> Reply:
    """Register a finding from its last page; the same words again are the same finding."""
    if asked.goes_back:
        return new_form(asked)
    typed = _typed(asked)
    if not asked.is_sure:
        carried = {name: asked.form.get(name, "") for name in FIELDS}
        facts = {"lines": new_finding_foretold(typed), "carried": carried, "path": "findings/new"}
        return Page("office_last.html", facts | {"word": "登记"})
    line = add_finding(asked.slug, typed, asked.moment)
    return receipt_or(asked, line, Errand.FINDINGS)


def _typed(asked: Asked) -> TypedFinding:
    fields = Fields(asked.form)
    word = fields.name("kind", "是问题、投诉还是建议")
    problem = fields.note("problem", "内容", needed=True)
    source, which = fields.name("source", "来源"), fields.name("which", "哪一次", needed=False)
    unit = fields.name("unit", "单位", needed=False)
    due, on = fields.day("due", "时限", needed=False), fields.day("on", "发现日期", needed=False)
    advice = fields.note("advice", "建议")
    item = fields.name("item", "涉及事项", needed=False)
    fields.require()
    if word not in list(FindingKind):
        raise UnclearError("没有选是问题、投诉还是建议")
    kind, where = FindingKind(word), f"{source} {which}".strip()
    return TypedFinding(problem, where, asked.visitor.by, unit, due, advice, item, on, kind)


WAYS = (
    Way("GET", "/c/{slug}/o/findings", findings_waiting, Right.SEE_ALL),
    Way("GET", "/c/{slug}/o/findings/new", new_form, Right.OFFICE),
    Way("POST", "/c/{slug}/o/findings/new", register_new, Right.OFFICE, new_form),
)
