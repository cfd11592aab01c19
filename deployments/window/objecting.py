"""A leader objects to what was decided in the post's name: the reason, then the code that proves it."""

from collections.abc import Mapping

from deployments.window.after import end_run_of, renew_run_of, send_soon
from deployments.window.asking import Asked, Go, Page, Reply, Way
from deployments.window.decide import number_put_to
from models.decisions.tries import HandedIn
from models.errors import DecisionError
from models.rules.window.sight import Right, VisitorRole
from tasks.decisions.objections.case import Objecting
from tasks.decisions.objections.objecting import begin_objection, take_objection
from tasks.window.decision import decision_page, objection_entry


def objection(asked: Asked) -> Page:
    """Show what was decided and ask why it is objected to; shown again, with what was typed."""
    page = decision_page(number_put_to(asked), asked.visitor.post_id, asked.moment)
    office = asked.visitor.role is VisitorRole.OFFICE
    own = asked.visitor.by
    facts = {
        "page": page,
        "campaign": page.campaign,
        "fault": asked.fault,
        "typed": asked.typed,
        "posts": page.spoken_for if office else [own],
        "office": office,
    }
    return Page("objection.html", facts)


def begin_objecting(asked: Asked) -> Reply:
    """Send the leader a code to object with and ask for it; where no channel reaches the leader it stands at once."""
    number_put_to(asked)
    said = _said(asked, asked.form)
    line = begin_objection(said, asked.moment)
    send_soon()
    if not line:
        return _code(asked, said)
    return _over(said, line)


def prove_objection(asked: Asked) -> Reply:
    """Let the objection stand if the code is the leader's own."""
    number_put_to(asked)
    said = _said(asked, asked.form)
    handed = HandedIn.on_page(asked.form.get("code", ""), asked.address)
    outcome = take_objection(said, handed, asked.moment)
    send_soon()
    if not outcome.done or outcome.overtaken:
        raise DecisionError(outcome.line)
    return _over(said, outcome.line)


def code_again(asked: Asked) -> Page:
    """Ask for the code once more, with what was wrong."""
    return _code(asked, _said(asked, asked.typed))


def _said(asked: Asked, form: Mapping[str, str]) -> Objecting:
    """Return whose objection it is: a leader's own, or one that the office records for a leader."""
    visitor, number = asked.visitor, int(asked.path["number"])
    reason = form.get("reason", "")
    if visitor.role is VisitorRole.OFFICE:
        return Objecting(number, form.get("by", ""), reason, visitor.by)
    return Objecting(number, visitor.by, reason)


def _code(asked: Asked, said: Objecting) -> Page:
    page = decision_page(said.decision_id, asked.visitor.post_id, asked.moment)
    facts = {"page": page, "campaign": page.campaign, "fault": asked.fault, "said": said}
    return Page("objection_code.html", facts)


def _over(said: Objecting, line: str) -> Reply:
    end_run_of(said.decision_id, "")
    renew_run_of(said.decision_id, line)
    if entry := objection_entry(said.decision_id, said.by):
        return Go(f"/r/{entry}")
    raise DecisionError(line)


_AT = "/d/{number:int}/object"
WAYS = (
    Way("GET", _AT, objection, Right.DECIDE),
    Way("POST", _AT, begin_objecting, Right.DECIDE, objection),
    Way("POST", f"{_AT}/code", prove_objection, Right.DECIDE, code_again),
)
