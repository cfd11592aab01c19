"""A question: read it, choose, read what will happen, and let it count with the one-time code.

The code is typed on the last page and nowhere before: what is typed earlier would have to be carried on in
a page, and a code stands in no page. It goes from its field into the act, and is never shown again.
"""

from collections.abc import Mapping
from dataclasses import replace

from deployments.window.after import end_run_of, send_soon
from deployments.window.asking import Asked, Go, NotYours, Page, Reply, Way
from deployments.window.paging import skipped_in
from models.campaign.moves import BY_PLAN
from models.decisions.tries import HandedIn
from models.errors import CampaignError, DecisionError
from models.rules.calendar.days import read_day
from models.rules.decisions.answers import Answer, Said
from models.rules.window.sight import Right, VisitorRole
from tasks.decisions.answering import take_answer
from tasks.window.deciding import LastPage, heard_before, last_page
from tasks.window.decision import campaign_asked, decision_page, was_asked
from tasks.window.decision_values import DecisionPage

NOT_COUNTED = "您刚才填的没有作数："


def question(asked: Asked) -> Page:
    """Show a question as it stands; shown again, with what was typed but the code."""
    number = number_asked(asked)
    page = decision_page(number, asked.visitor.post_id, asked.moment)
    return _question(asked, page, asked.fault)


def foretell(asked: Asked) -> Page:
    """Show what the answer that was chosen would do; nothing is done yet."""
    number_put_to(asked)
    return _last(asked, asked.form)


def change_answer(asked: Asked) -> Page:
    """Show the question again with the answer that was chosen, to choose another."""
    number_put_to(asked)
    return question(replace(asked, typed=asked.form))


def back_to_question(asked: Asked) -> Go:
    """Go to the question: whoever opens the address of the last page chose nothing yet."""
    return Go(f"/d/{number_asked(asked)}")


def decide(asked: Asked) -> Reply:
    """Take the answer if the code is right, and go to its receipt; whoever is second reads who was first.

    Pressed again while the first time was still at work, it leads to the receipt of that.
    """
    number, form = number_put_to(asked), asked.form
    handed = HandedIn.on_page(form.get("code", ""), asked.address, form.get("name", ""))
    outcome = take_answer(number, said_in(form), handed, asked.moment)
    send_soon()
    if outcome.done:
        end_run_of(number, "" if outcome.overtaken else outcome.line)
    if outcome.again:
        answer = said_in(form).answer
        if before := heard_before(number, answer, asked.done.via, asked.moment):
            return Go(f"/r/{before}")
    if outcome.overtaken:
        page = decision_page(number, asked.visitor.post_id, asked.moment)
        return replace(_question(asked, page, f"{NOT_COUNTED}{outcome.line}"), status=409)
    if not (outcome.done or outcome.noted):
        raise DecisionError(outcome.line)
    return Go(f"/r/{outcome.entry}")


def last_again(asked: Asked) -> Page:
    """Show the last page again with what was wrong; the question, where the answer cannot be given any more."""
    try:
        return _last(asked, asked.typed)
    except CampaignError:
        return question(asked)


def number_asked(asked: Asked) -> int:
    """Return the question that the path speaks of; raises NotYours for one of another campaign."""
    number = int(asked.path["number"])
    if asked.visitor.campaign_id not in (None, campaign_asked(number)):
        raise NotYours("这是另一个创建活动的审批，不归您看")
    return number


def number_put_to(asked: Asked) -> int:
    """Return the question that is to be answered; raises NotYours for an office's post that it was not put to.

    Of leaders and of the office's accounts the code says whose word it is.
    """
    number, there = number_asked(asked), asked.visitor
    if there.role is VisitorRole.OFFICE_POST and not was_asked(number, there.post_id, asked.moment):
        raise NotYours("这次审批没有请创建办决定，您可以看")
    return number


def said_in(form: Mapping[str, str]) -> Said:
    """Return what a form says. A field that belongs to another answer is not shown, so it does not count."""
    word = form.get("answer", "")
    answer = Answer(word) if word in list(Answer) else None
    reason, day = form.get("reason", ""), form.get("until", "")
    to = form.get("to", "") if answer is Answer.TRANSFER else ""
    if answer is not Answer.POSTPONE:
        return Said(answer, reason, None, to)
    try:
        return Said(answer, reason, read_day(day) if day.strip() else None, to)
    except ValueError as error:
        return Said(answer, reason, None, to, unread=f"日期{error}")


def _question(asked: Asked, page: DecisionPage, fault: str) -> Page:
    office = asked.visitor.role is VisitorRole.OFFICE
    title = asked.visitor.by
    facts = {
        "page": page,
        "campaign": page.campaign,
        "fault": fault,
        "typed": asked.typed,
        "part": page.part.in_words(page.speaker),
        "skip": skipped_in(asked),
        "by_plan": BY_PLAN,
        "speaks": asked.may(Right.DECIDE) and page.part.may_speak,
        "lends_hand": office,  # a leader may type the code at the office's computer
        "objects": bool(page.spoken_for) and (office or title in page.spoken_for),
    }
    return Page("decision.html", facts)


def _last(asked: Asked, form: Mapping[str, str]) -> Page:
    said = said_in(form)
    number, visitor = int(asked.path["number"]), asked.visitor
    found: LastPage = last_page(number, said, visitor.post_id, asked.moment)
    if found.page.ended:
        return _question(asked, found.page, "")
    facts = {
        "last": found,
        "page": found.page,
        "campaign": found.page.campaign,
        "fault": asked.fault,
        "typed": form,
    }
    return Page("decision_last.html", facts)


_AT = "/d/{number:int}"
WAYS = (
    Way("GET", _AT, question, Right.SEE_ALL),
    Way("GET", f"{_AT}/last", back_to_question, Right.SEE_ALL),
    Way("POST", f"{_AT}/last", foretell, Right.DECIDE, question),
    Way("POST", f"{_AT}/change", change_answer, Right.DECIDE),
    Way("POST", _AT, decide, Right.DECIDE, last_again),
)
