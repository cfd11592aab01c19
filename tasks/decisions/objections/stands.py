"""What an objection does once it stands: the stage is back at the question, and everybody hears of it."""

from dataclasses import replace

from models.campaign.campaign import Stage, stages_of
from models.campaign.moves import Occasion
from models.decisions.asking import take_hand_on_back, take_voice_back
from models.decisions.closing import close_unanswered
from models.decisions.codes import void_codes
from models.decisions.decision import (
    ANSWERED,
    ESCALATED,
    OBJECTED,
    OVERTAKEN,
    TRANSFERRED,
    open_decisions,
)
from models.decisions.hearing import Hearing
from models.decisions.reopening import undo
from models.keys import key_of
from models.notices.stages import heard_of
from models.rules.decisions.answers import Answer
from models.rules.decisions.decisions import Why
from models.rules.decisions.objections import stands_anyway
from models.rules.said import inside
from models.rules.words import UNDER_WAY
from models.units.unit import Post
from tasks.decisions.codes.codes import send_code
from tasks.decisions.deputies.delegations import end_delegations
from tasks.decisions.objections.news import Standing, say_at_once, say_to_everybody
from tasks.decisions.putting import Put, put_question
from tasks.decisions.rounds import Round


def stand(one: Standing) -> tuple[str, int, int | None]:
    """Do what an objection does; return it in words, its entry of the audit, and the new question.

    An answered decision is void and its effect undone; what was said about an open question is
    taken back. A principal who objects to what a deputy said takes the delegation back with it.
    """
    if one.about.decision.status == ANSWERED:
        return _undo(one)
    return _take_back(one)


def _undo(one: Standing) -> tuple[str, int, int | None]:
    about, decision, stage = one.about, one.about.decision, one.about.stage
    session, answer = about.session, Answer(decision.answer)
    entry = one.note(
        "decision-objected",
        answer=answer.value,
        answered_by=decision.answered_by,
        undoes=decision.audit_id,
    )
    why = f"{one.post.title}提出异议，不再有效（理由：{inside(one.reason)}）"
    about.leave(ANSWERED, OBJECTED, closed_why=why)
    others = [s for s in stages_of(session, stage.campaign_id) if s.id != stage.id]
    why_not = stands_anyway(
        answer,
        stage,
        about.moment.today,
        opening=decision.is_opening,
        alone=not any(other.status in UNDER_WAY for other in others),
    )
    heard = heard_of(session, key_of(stage), str(decision.id))
    asked_again: Hearing | None = None
    if why_not:
        came_to = f"“{stage.name}”的这次决定不再有效；{why_not}"
    else:
        if decision.is_opening and answer is Answer.APPROVE:
            _close_open_question(one)
        waiting = undo(about, one.word, entry)
        _end_delegation(one)
        asked_again = _open_question(one) or _ask_again(one)
        came_to = _came_to(one, asked_again, waiting)
    say_to_everybody(one, came_to, key_of(entry), heard)
    return came_to, key_of(entry), asked_again.id if asked_again else None


def _close_open_question(one: Standing) -> None:
    """Close the question whether to close a stage that should not even be open."""
    if (open_one := _open_question(one)) is not None:
        close_unanswered(open_one, OVERTAKEN, "提前启动的决定有异议", one.word)


def _open_question(one: Standing) -> Hearing | None:
    """Return the question that the stage waits for already."""
    stage = one.about.stage
    waiting = open_decisions(one.about.session, stage.campaign_id)
    found = next((decision for decision in waiting if decision.stage_id == stage.id), None)
    return replace(one.about, decision=found) if found else None


def _ask_again(one: Standing) -> Hearing | None:
    """Put the question a second time, to the same posts; None where no post is filled."""
    about, opening = one.about, one.about.decision.is_opening
    again = Round.of(about.session, about.campaign, about.moment)
    before = _asked_before(one)
    why = Why.OPENING if opening else Why.OBJECTION
    put = Put(
        again,
        about.stage,
        why,
        again.word(one.post.title, about.stage, why),
        again=[post for post, _ in before],
        together=about.decision.all_must_agree,
    )
    asked = put_question(put)
    if asked is not None:
        climbed = {post.id for post, how in before if how == ESCALATED}
        for row, post in asked.asked:
            row.how = ESCALATED if post.id in climbed else row.how
        about.session.flush()
    return asked


def _asked_before(one: Standing) -> list[tuple[Post, str]]:
    """Return whom the question was put to, and how; whoever objects to having handed it on has it back."""
    rows = [(post, row.how) for row, post in one.about.asked]
    if not one.mine.asked.gone:
        return rows
    kept = [(post, how) for post, how in rows if how != TRANSFERRED]
    return [(one.mine.holder.post, one.mine.asked.how), *kept]


def _came_to(one: Standing, asked_again: Hearing | None, waiting: Stage | None) -> str:
    name = f"“{one.about.stage.name}”"
    if asked_again is None:
        question = "没有可以审批的岗位，请用 shifan posts 填写后重新提请"
    else:
        question = f"回到审批（编号 {asked_again.id}）"
    also = f"，“{waiting.name}”退回待启动" if waiting is not None else ""
    return f"这次决定不再有效，{name}{question}{also}"


def _take_back(one: Standing) -> tuple[str, int, int | None]:
    """Take back what was said in the leader's name about a question that is still open."""
    about, asked, principal = one.about, one.mine.asked, one.mine.holder.post
    told = list(one.others)
    if asked.gone:
        taken = take_hand_on_back(about, principal)
        told += taken
        what, said = "handed-on", f"转办给{'、'.join(post.title for post in taken)}"
    elif asked.answer:
        what, said = "voice", f"已表的态（{Answer(asked.answer).chinese}）"
        take_voice_back(about, asked)
    else:
        what, said = "sheet", "打印的验证码单"
    entry = one.note("decision-taken-back", what_was=what, post=principal.title)
    void_codes(about.session, about.matter, principal.id)
    _end_delegation(one)
    sent = send_code(about, principal)
    how = "新的验证码已发往其通道" if sent else "请工作人员另行打印验证码单"
    came_to = f"{said}作废，“{about.title}”仍待{principal.title}决定（编号 {about.id}），{how}"
    say_at_once(one, came_to, key_of(entry), told)
    return came_to, key_of(entry), None


def _end_delegation(one: Standing) -> None:
    """End the delegation of a principal who objects to what the deputy said."""
    if one.post.id == one.mine.holder.post.id and one.others:
        said = Occasion(one.post.title, one.about.moment, "对受委托人的决定提出异议")
        end_delegations(one.about.session, one.about.campaign, one.post, said, to=one.others)
