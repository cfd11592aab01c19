"""The office's first page: what waits first, then everything else that can be done."""

from deployments.window.asking import Asked, Page, Way
from deployments.window.office.answers import may_do, require_offices_own
from deployments.window.office.ways_back import way_back
from models.rules.window.errands import Errand
from models.rules.window.sight import Right
from tasks.window.lines import patrol_run
from tasks.window.office_acts import office_acts
from tasks.window.office_day import office_day

LATELY = 3  # of what was done, on the first page
FORMS_ONLY = (Errand.REPORT.value, Errand.LINKS.value)  # nothing in them to look up


def office_menu(asked: Asked) -> Page:
    """Show what a day of the office holds, counted at this moment."""
    require_offices_own(asked)
    day = office_day(asked.slug, asked.moment)
    lately = office_acts(asked.slug, asked.moment.today).acts[:LATELY]
    acts = [(act, way_back(asked, act)) for act in lately]
    facts = {
        "day": day,
        "acts": acts,
        "may_do": may_do(asked),
        "forms_only": FORMS_ONLY,
        "run": patrol_run(asked.slug, asked.moment.today),
    }
    return Page("office.html", facts)


WAYS = (Way("GET", "/c/{slug}/o", office_menu, Right.SEE_ALL),)
