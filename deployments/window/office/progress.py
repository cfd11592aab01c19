"""Progress registered in the place of others: find the item, say whose part, then how far it is."""

from deployments.window.asking import Asked, Page, Reply, Way
from deployments.window.office.answers import fault_in_words, receipt_or, said
from deployments.window.office.fields import Fields
from deployments.window.paging import leaf_asked
from models.campaign.progress import Report
from models.errors import UnclearError
from models.rules.progress import state_named
from models.rules.window.errands import Errand
from models.rules.window.sight import Right
from models.rules.words import Progress
from tasks.campaign.progress import register_report
from tasks.window.office_items import MOST_FOUND, items_found, office_item

STATES = (Progress.DONE, Progress.STARTED, Progress.DROPPED, Progress.OPEN)  # the usual ones first


def find_form(asked: Asked) -> Page:
    """Ask which item it is, and show what may be meant."""
    wanted = asked.query.get("q", "").strip()[:100]
    found = items_found(asked.slug, wanted) if wanted else []
    shown, more = found[:MOST_FOUND], len(found) > MOST_FOUND
    return Page("office_find.html", {"wanted": wanted, "found": shown, "more": more})


def report_form(asked: Asked) -> Page:
    """Show an item as it stands, and ask how far it is: the whole, or one unit's part."""
    item = office_item(asked.slug, asked.path["code"])
    part = item.part_of(said(asked, "unit"))
    today = asked.moment.today.isoformat()
    typed = {"state": said(asked, "state"), "on": said(asked, "on", today)}
    facts: dict[str, object] = {
        "item": item,
        "part": part,
        "states": STATES,
        "note": said(asked, "note"),
    }
    facts |= {"typed": typed, "fault": fault_in_words(asked), **leaf_asked(asked)}
    return Page("office_report.html", facts)


def register_now(asked: Asked) -> Reply:
    """Register progress; what says nothing new changes nothing."""
    fields = Fields(asked.form)
    word = fields.name("state", "进度")
    unit = fields.name("unit", "单位", needed=False)
    on, note = fields.day("on", "完成日期", needed=False), fields.note("note", "说明")
    fields.require()
    state = state_named(word)
    if state is None:
        raise UnclearError("没有选进度")
    code = asked.path["code"]
    done_on = on if state is Progress.DONE else None
    report = Report(code, state, asked.visitor.by, unit or None, done_on, note)
    register_report(asked.slug, report, asked.moment)
    line = f"{code}{'/' + unit if unit else ''} 此前就是“{state.chinese}”，没有变化"
    return receipt_or(asked, line, Errand.REPORT)


WAYS = (
    Way("GET", "/c/{slug}/o/report", find_form, Right.OFFICE),
    Way("GET", "/c/{slug}/o/report/{code}", report_form, Right.OFFICE),
    Way("POST", "/c/{slug}/o/report/{code}", register_now, Right.OFFICE, report_form),
)
