"""The last examination: what is bad, what to look at, what is well; and what other machines lacked."""

from deployments.window.asking import Asked, Page, Way
from deployments.window.office.answers import may_do, require_offices_own
from models.rules.window.sight import Right
from models.settings import office_time
from tasks.doctor.daily import health_row
from tasks.doctor.diagnosis import Health
from tasks.doctor.kept import KeptExamination, every_examination
from tasks.window.office_health import form_of_examination

MACHINES, LINES = 5, 5  # others that are shown, and lines of each


def health_page(asked: Asked) -> Page:
    """Show what the last examination found, and what was not well on other machines; nothing is looked at anew."""
    require_offices_own(asked)
    examined = every_examination(asked.moment.now)
    kept = examined[0] if examined else None
    facts = {
        "machine": kept.elsewhere if kept else "",
        "others": [_of_another(one) for one in examined[1 : MACHINES + 1]],
        "at": office_time(kept.examination.at) if kept else None,
        "words": kept.examination.in_words if kept else "",
        "rows": [health_row(line) for line in kept.examination.worst_first] if kept else [],
        "again": form_of_examination() if may_do(asked) else "",
    }
    return Page("office_health.html", facts)


def _of_another(kept: KeptExamination) -> dict[str, object]:
    """Return what is shown of a machine that was not the last to be looked at: the worst of it."""
    ill = [line for line in kept.examination.worst_first if line.health is not Health.WELL]
    return {
        "machine": kept.machine,
        "at": office_time(kept.examination.at),
        "words": kept.examination.in_words,
        "rows": [health_row(line) for line in ill[:LINES]],
        "more": len(ill[LINES:]),
    }


WAYS = (Way("GET", "/c/{slug}/o/doctor", health_page, Right.SEE_ALL),)
