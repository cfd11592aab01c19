"""Withdraw a question that somebody of the office asked by mistake, before a leader answers it."""

from models.campaign.moves import Occasion
from models.database import open_session
from models.decisions.closing import close_unanswered
from models.decisions.decision import ASKED, WITHDRAWN
from models.decisions.hearing import Hearing
from models.errors import DecisionError, NotFoundError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.decisions.decisions import Why, withdrawal_fault
from models.rules.said import inside
from models.rules.words import post_fault
from tasks.decisions.aftermath import closed_in_words


def withdraw_question(decision_id: int, by: str, reason: str, moment: Moment) -> str:
    """Withdraw a question; return in one line what came of it.

    Its codes are void, its stage goes on, and whoever was asked hears of it. Repeatable: what is over
    already is left as it is. Raises DecisionError for what only a leader can end.
    """
    if fault := post_fault(by, "撤回"):
        raise DecisionError(fault)
    if not reason.strip():
        raise DecisionError("没有写明撤回的理由")
    with open_session() as session:
        one = Hearing.locked(session, decision_id, moment)
        if one is None:
            raise NotFoundError(f"没有编号为 {decision_id} 的审批")
        if one.decision.status != ASKED:
            return (
                f"“{one.title}”审批（编号 {decision_id}）{closed_in_words(one.decision)}，没有变化"
            )
        if fault := question_fault(one):
            raise DecisionError(fault)
        why = f"{by.strip()}撤回提请：{inside(reason)}"
        close_unanswered(one, WITHDRAWN, why, Occasion(by.strip(), moment))
        posts = [key_of(post) for _, post in one.asked]
        detail = f"{why}；先前的验证码作废，不用再答复"
        one.in_hours().tell("decision_overtaken", posts, detail=detail)
        return f"已撤回“{one.title}”审批（编号 {decision_id}）"


def question_fault(one: Hearing) -> str:
    """Return why the office may not withdraw a question; empty when it may."""
    heard = [voice.said_by or post.title for voice, post in one.asked if voice.answer]
    return withdrawal_fault(Why(one.decision.why), heard)
