"""Silences in the window: which stand, one more for a reason and up to a day, one that ends before its time."""

from deployments.window.asking import Asked, Page, Reply, Way
from deployments.window.office.answers import (
    fault_in_words,
    may_do,
    receipt_or,
    require_offices_own,
    said,
)
from deployments.window.office.fields import Fields
from deployments.window.paging import leaf_asked, that_fit
from models.errors import NotFoundError
from models.rules.window.errands import Errand
from models.rules.window.sight import Right
from tasks.notices.silences import SilenceView, add_silence, end_silence, list_silences
from tasks.window.office_lists import unit_list

MOST_ENDED = 20  # that are shown; the others stand in the record


def silences_page(asked: Asked) -> Page:
    """Show the silences that stand, and the last ones that ended."""
    require_offices_own(asked)
    every = list_silences(asked.slug, asked.moment.today)
    ended = [one for one in every if not one.stands]
    facts = {
        "standing": [one for one in every if one.stands],
        "ended": ended[:MOST_ENDED],
        "more": len(ended) - MOST_ENDED,
        "may_do": may_do(asked),
    }
    return Page("office_silences.html", facts | leaf_asked(asked))


def silence_form(asked: Asked) -> Page:
    """Ask what is to be silent, up to when and why."""
    typed = {name: said(asked, name) for name in ("scope", "until", "reason")}
    facts = {
        "typed": typed,
        "fault": fault_in_words(asked),
        "units": that_fit(unit_list(asked.slug)),
    }
    return Page("office_silence.html", facts)


def set_silence(asked: Asked) -> Reply:
    """Set a silence; the same again is the one that stands."""
    fields = Fields(asked.form)
    scope = fields.name("scope", "静默的范围")
    until, reason = fields.day("until", "到哪一天为止"), fields.note("reason", "理由", needed=True)
    fields.require()
    assert until is not None
    by, moment = asked.visitor.by, asked.moment
    number = add_silence(asked.slug, scope, author=by, reason=reason, until=until, moment=moment)
    line = f"第 {number} 号静默此前已经设置，没有变化"
    return receipt_or(asked, line, Errand.SILENCES)


def silence_end_form(asked: Asked) -> Page:
    """Ask whether a silence shall end now."""
    one = _silence(asked)
    return Page("office_silence_end.html", {"one": one, "fault": fault_in_words(asked)})


def finish_silence(asked: Asked) -> Reply:
    """End a silence; what it held back is said again."""
    number = int(asked.path["number"])
    end_silence(asked.slug, number, by=asked.visitor.by, moment=asked.moment)
    return receipt_or(asked, f"第 {number} 号静默此前已经结束，没有变化", Errand.SILENCES)


def _silence(asked: Asked) -> SilenceView:
    number = int(asked.path["number"])
    for one in list_silences(asked.slug, asked.moment.today):
        if one.id == number:
            return one
    raise NotFoundError(f"没有第 {number} 号静默")


WAYS = (
    Way("GET", "/c/{slug}/o/silences", silences_page, Right.SEE_ALL),
    Way("GET", "/c/{slug}/o/silences/new", silence_form, Right.OFFICE),
    Way("POST", "/c/{slug}/o/silences/new", set_silence, Right.OFFICE, silence_form),
    Way("GET", "/c/{slug}/o/silences/{number:int}/end", silence_end_form, Right.OFFICE),
    Way("POST", "/c/{slug}/o/silences/{number:int}/end", finish_silence, Right.OFFICE),
)
