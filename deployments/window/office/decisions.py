"""Questions that the office looks after: ask one, and print the sheet of a leader whom no channel reaches."""

from deployments.window.after import end_run_of, send_soon
from deployments.window.asking import Asked, Page, Reply, Way
from deployments.window.office.answers import (
    fault_in_words,
    may_do,
    receipt_or,
    require_offices_own,
    said,
)
from deployments.window.office.fields import Fields
from models.errors import DecisionError, NotFoundError
from models.rules.window.errands import Errand
from models.rules.window.sight import Right
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.deputies.entanglements import entanglements_of
from tasks.decisions.withdrawing import withdraw_question
from tasks.office.clock_watch import doubt_now
from tasks.window.office_questions import (
    PrintedSheet,
    StageToAsk,
    office_question,
    office_questions,
    print_sheet,
    require_question_of,
    sheet_just_printed,
)

SHOWN_ONCE = "验证码单此前已经做出，验证码不再显示。没有打印出来的，请再打印一张，先前的随即作废"


def questions_page(asked: Asked) -> Page:
    """Show the questions that wait, and the stages about which one can be asked."""
    require_offices_own(asked)
    found = office_questions(asked.slug, asked.moment.today)
    return Page("office_decisions.html", {"found": found, "may_do": may_do(asked)})


def ask_form(asked: Asked) -> Page:
    """Say in one sentence what asking about a stage sets going, and what may keep it from its decider."""
    notes = entanglements_of(asked.slug, asked.moment.today)
    notes += [doubt] if (doubt := doubt_now(asked.moment.now)) else []
    facts = {"stage": _stage(asked), "notes": notes, "fault": fault_in_words(asked)}
    return Page("office_ask.html", facts)


def ask_now(asked: Asked) -> Reply:
    """Ask about a stage; one that is asked already is left as it is."""
    stage = _stage(asked)
    number, name = ask_by_hand(asked.slug, stage.ordinal, asked.visitor.by, asked.moment)
    if asked.done.last is not None:
        send_soon()
    line = f"“{name}”已经在审批中（编号 {number}），没有再次提请"
    return receipt_or(asked, line, Errand.DECISIONS)


def sheet_form(asked: Asked) -> Page:
    """Ask for which post a sheet is printed, and why where that post has a channel of its own."""
    question = office_question(asked.slug, int(asked.path["number"]), asked.moment.today)
    typed = {"post": said(asked, "post"), "reason": said(asked, "reason")}
    facts = {"question": question, "typed": typed, "fault": fault_in_words(asked)}
    return Page("office_sheet_for.html", facts)


def sheet_now(asked: Asked) -> Reply:
    """Print a sheet: the code is on this page and nowhere else, and is not shown again."""
    number = int(asked.path["number"])
    question = office_question(asked.slug, number, asked.moment.today)
    fields = Fields(asked.form)
    post, reason = fields.name("post", "交给哪个岗位"), fields.note("reason", "原因")
    fields.require()
    if not reason and any(seat.has_channel for seat in question.silent if seat.post == post):
        raise DecisionError(f"{post}有自己的通道，验证码会发到那里；确需打印时请写明原因")
    by, form = asked.visitor.by, asked.form_number
    printed = print_sheet(number, post, by, reason, asked.moment, form)
    send_soon()
    return _sheet(asked, printed)


def sheet_again(asked: Asked) -> Page:
    """Show the sheet of a button that was pressed twice; a page loaded again later shows no code."""
    number, post = int(asked.path["number"]), asked.form.get("post", "")
    if printed := sheet_just_printed(number, post, asked.moment, asked.form_number):
        return _sheet(asked, printed)
    return Page("office_done.html", {"line": SHOWN_ONCE, "errand": Errand.DECISIONS})


def withdraw_form(asked: Asked) -> Page:
    """Ask why a question is withdrawn, and say who hears of it."""
    question = office_question(asked.slug, int(asked.path["number"]), asked.moment.today)
    facts = {"question": question, "reason": said(asked, "reason")}
    return Page("office_withdraw.html", facts | {"fault": fault_in_words(asked)})


def withdraw_now(asked: Asked) -> Reply:
    """Withdraw a question; one that is over already is left as it is, and the waiting form ends."""
    number = int(asked.path["number"])
    require_question_of(asked.slug, number)
    fields = Fields(asked.form)
    reason = fields.note("reason", "撤回的理由", needed=True)
    fields.require()
    line = withdraw_question(number, asked.visitor.by, reason, asked.moment)
    if asked.done.entries:
        send_soon()
        end_run_of(number, "")
    return receipt_or(asked, line, Errand.DECISIONS)


def _sheet(asked: Asked, printed: PrintedSheet) -> Page:
    return Page("office_sheet.html", {"printed": printed, "entry": asked.done.entries[0]})


def _stage(asked: Asked) -> StageToAsk:
    ordinal = int(asked.path["ordinal"])
    for stage in office_questions(asked.slug, asked.moment.today).stages:
        if stage.ordinal == ordinal:
            return stage
    raise NotFoundError(f"第 {ordinal} 阶段没有，或者已经结束，不能提请审批")


_SHEET = "/c/{slug}/o/decisions/{number:int}/sheet"
_BACK = "/c/{slug}/o/decisions/{number:int}/back"
WAYS = (
    Way("GET", "/c/{slug}/o/decisions", questions_page, Right.SEE_ALL),
    Way("GET", "/c/{slug}/o/decisions/ask/{ordinal:int}", ask_form, Right.OFFICE),
    Way("POST", "/c/{slug}/o/decisions/ask/{ordinal:int}", ask_now, Right.OFFICE, ask_form),
    Way("GET", _BACK, withdraw_form, Right.OFFICE),
    Way("POST", _BACK, withdraw_now, Right.OFFICE, withdraw_form),
    Way("GET", _SHEET, sheet_form, Right.OFFICE),
    Way("POST", _SHEET, sheet_now, Right.OFFICE, sheet_form, sheet_again),
)
