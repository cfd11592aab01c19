"""The last examination of this machine: what is bad, what to look at, what is well."""

from deployments.window.asking import Asked, Page, Way
from deployments.window.office.answers import may_do, require_offices_own
from models.rules.window.sight import Right
from models.settings import office_time
from tasks.doctor.daily import health_row
from tasks.doctor.kept import last_examination
from tasks.window.office_health import form_of_examination


def health_page(asked: Asked) -> Page:
    """Show what the last examination found; nothing is looked at anew."""
    require_offices_own(asked)
    kept = last_examination()
    facts = {
        "at": office_time(kept.examination.at) if kept else None,
        "words": kept.examination.in_words if kept else "",
        "rows": [health_row(line) for line in kept.examination.worst_first] if kept else [],
        "again": form_of_examination() if may_do(asked) else "",
    }
    return Page("office_health.html", facts)


WAYS = (Way("GET", "/c/{slug}/o/doctor", health_page, Right.SEE_ALL),)
