"""What an objection does once it stands: the stage is back at the question, and everybody hears of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from models.campaign import Campaign, Stage, stages_of
from models.closing import close_unanswered
from models.deciding import take_hand_on_back, take_voice_back
from models.decision import (
    ANSWERED,
    ESCALATED,
    OVERTAKEN,
    Decision,
    asked_about,
    asked_posts,
    campaign_posts,
    open_decisions,
)
from models.decision_codes import Matter, void_codes
from models.gate import plan_gates
from models.holiday import work_calendar
from models.reopening import mark_objected, now_of, undo
from models.rules.decisions import Answer, Why
from models.rules.gate_values import GateReport
from models.rules.objections import stands_anyway
from models.rules.words import Level
from models.stage_moves import UNDER_WAY, Occasion, note
from models.telling import Hour, heard_of, leaders_and_office, tell, tell_at_once
from models.unit import Post
from notifications.rendering import render
from tasks.decisions.aftermath import working_hour
from tasks.decisions.asking import Round, put_question
from tasks.decisions.codes import send_code
from tasks.decisions.delegating import end_delegations
from tasks.decisions.own_channel import local_minute
from tasks.decisions.spoken_for import SpokenFor
from tasks.reach import lazily_reachable


@dataclass(frozen=True, slots=True)
class Standing:
    """An objection that stands: of whom, to what, why, and who recorded it where the leader could not."""

    session: Session
    campaign: Campaign
    decision: Decision
    stage: Stage
    mine: SpokenFor
    post: Post
    reason: str
    registrar: str
    hour: Hour

    @property
    def word(self) -> Occasion:
        """Return on whose word it happens."""
        return Occasion(self.post.title, self.hour.today, self.hour.now, self.reason)

    @property
    def others(self) -> list[Post]:
        """Return who was in the leader's place, and is there no longer."""
        return [post for post in self.mine.holder.both if post.id != self.post.id]

    def note(self, what: str, **facts: object) -> int:
        """Write an entry of the audit about the decision; return its number."""
        entry = note(
            self.session,
            self.campaign.id or 0,
            self.word,
            what,
            f"S{self.stage.ordinal}",
            decision=self.decision.id,
            stage=self.stage.name,
            registrar=self.registrar,
            **facts,
        )
        return entry.id or 0


def stand(one: Standing) -> tuple[str, int, int | None]:
    """Do what an objection does; return it in words, its entry of the audit, and the new question.

    An answered decision is void and its effect undone; what was said about an open question is
    taken back. A principal who objects to what a deputy said takes the delegation back with it.
    """
    if one.decision.status == ANSWERED:
        return _undo(one)
    return _take_back(one)


def _undo(one: Standing) -> tuple[str, int, int | None]:
    session, decision, stage = one.session, one.decision, one.stage
    answer = Answer(decision.answer)
    entry = one.note(
        "decision-objected",
        answer=answer.value,
        answered_by=decision.answered_by,
        undoes=decision.audit_id,
    )
    mark_objected(session, decision, f"{one.post.title}提出异议,不再有效(理由:{one.reason})")
    others = [s for s in stages_of(session, one.campaign.id or 0) if s.id != stage.id]
    why_not = stands_anyway(
        answer,
        now_of(stage),
        one.hour.today,
        opening=decision.is_opening,
        alone=not any(other.status in UNDER_WAY for other in others),
    )
    heard = heard_of(session, stage.id or 0, str(decision.id))
    asked_again: Decision | None = None
    if why_not:
        came_to = f"“{stage.name}”的这次决定不再有效;{why_not}"
    else:
        if decision.is_opening and answer is Answer.APPROVE:
            _close_open_question(one)
        waiting = undo(session, decision, stage, one.word, entry)
        _end_delegation(one)
        asked_again = _open_question(one) or _ask_again(one)
        came_to = _came_to(one, asked_again, waiting)
    _say_to_everybody(one, came_to, entry, heard)
    return came_to, entry, asked_again.id if asked_again else None


def _close_open_question(one: Standing) -> None:
    """Close the question whether to close a stage that should not even be open."""
    for open_one in open_decisions(one.session, one.campaign.id):
        if open_one.stage_id == one.stage.id:
            why = "提前启动的决定有异议"
            close_unanswered(one.session, open_one, one.stage, OVERTAKEN, why, one.word)


def _open_question(one: Standing) -> Decision | None:
    """Return the question that the stage waits for already."""
    about = [d for d in open_decisions(one.session, one.campaign.id) if d.stage_id == one.stage.id]
    return next(iter(about), None)


def _ask_again(one: Standing) -> Decision | None:
    """Put the question a second time, to the same posts; None where no post is filled."""
    session, decision = one.session, one.decision
    patrol = Round(
        session,
        one.campaign,
        plan_gates(one.campaign),
        work_calendar(session),
        Hour(one.hour.today, one.hour.now, one.hour.now),
        lazily_reachable(),
    )
    opening = decision.is_opening
    before = _asked_before(one)
    asked = put_question(
        patrol,
        one.stage,
        GateReport() if opening else patrol.gate(one.stage),
        Why.OPENING if opening else Why.OBJECTION,
        one.post.title,
        [post for post, _ in before],
        all_must_agree=decision.all_must_agree,
    )
    if asked is not None:
        climbed = {post.id for post, how in before if how == ESCALATED}
        for row, post in asked_posts(session, asked.id or 0):
            row.how = ESCALATED if post.id in climbed else row.how
        session.flush()
    return asked


def _asked_before(one: Standing) -> list[tuple[Post, str]]:
    """Return whom the question was put to, and how; whoever objects to having handed it on has it back."""
    rows = asked_posts(one.session, one.decision.id or 0)
    if not one.mine.asked.gone:
        return [(post, row.how) for row, post in rows]
    kept = [(post, row.how) for row, post in rows if row.how != "transferred"]
    return [(one.mine.holder.post, one.mine.asked.how), *kept]


def _came_to(one: Standing, asked_again: Decision | None, waiting: Stage | None) -> str:
    name = f"“{one.stage.name}”"
    if asked_again is None:
        question = "没有可以审批的岗位,请用 shifan posts 填写后重新提请"
    else:
        question = f"回到审批(编号 {asked_again.id})"
    also = f",“{waiting.name}”退回待启动" if waiting is not None else ""
    return f"这次决定不再有效,{name}{question}{also}"


def _take_back(one: Standing) -> tuple[str, int, int | None]:
    """Take back what was said in the leader's name about a question that is still open."""
    session, decision, asked = one.session, one.decision, one.mine.asked
    principal = one.mine.holder.post
    title = asked_about(decision, one.stage.name)
    told = list(one.others)
    if asked.gone:
        taken = take_hand_on_back(session, decision, principal)
        told += taken
        what, said = "handed-on", f"转办给{'、'.join(post.title for post in taken)}"
    elif asked.answer:
        what, said = "voice", f"已表的态({Answer(asked.answer).chinese})"
        take_voice_back(session, decision, principal)
    else:
        what, said = "sheet", "打印的验证码单"
    entry = one.note("decision-taken-back", what_was=what, post=principal.title)
    void_codes(session, Matter.question(decision.id), principal.id)
    _end_delegation(one)
    sent = send_code(session, decision, principal, one.stage, one.hour)
    how = "新的验证码已发往其通道" if sent else "请工作人员另行打印验证码单"
    came_to = f"{said}作废,“{title}”仍待{principal.title}决定(编号 {decision.id}),{how}"
    _say_at_once(one, came_to, entry, told)
    return came_to, entry, None


def _end_delegation(one: Standing) -> None:
    """End the delegation of a principal who objects to what the deputy said."""
    if one.post.id == one.mine.holder.post.id and one.others:
        said = Occasion(one.post.title, one.hour.today, one.hour.now, "对受委托人的决定提出异议")
        end_delegations(one.session, one.campaign, one.post, said, to=one.others)


def _say_to_everybody(one: Standing, came_to: str, entry_id: int, heard: Iterable[int]) -> None:
    """Tell whoever heard of the decision that it counts no more, the leaders and the office at least."""
    said = Answer(one.decision.answer).chinese
    registered = f",由{one.registrar}登记" if one.registrar else ""
    detail = (
        f"{one.post.title}对编号 {one.decision.id} 的决定({said})提出异议{registered},"
        f"理由:{one.reason};{came_to}"
    )
    everybody = dict.fromkeys([*leaders_and_office(one.session, one.campaign.id or 0), *heard])
    tell(
        one.session,
        one.campaign.id or 0,
        one.stage.id or 0,
        "decision_objected",
        everybody,
        str(one.decision.id),
        working_hour(one.session, one.hour),
        detail,
    )
    _say_at_once(one, came_to, entry_id, one.others)


def _say_at_once(one: Standing, came_to: str, entry_id: int, others: Iterable[Post]) -> None:
    """Tell the leader, whoever was in the leader's place, and the office; all leaders where it registered."""
    own = campaign_posts(one.session, one.campaign.id or 0)
    near = [p for p in own if p.level == Level.OFFICE or one.registrar]
    words = render(
        "decision/objection.md.j2",
        campaign=one.campaign.title,
        stage=asked_about(one.decision, one.stage.name),
        decision=one.decision.id,
        at=local_minute(one.hour),
        by=one.post.title,
        registrar=one.registrar,
        reason=one.reason,
        outcome=came_to,
        entry=entry_id,
    ).strip()
    tell_at_once(
        one.session,
        one.campaign.id or 0,
        "decision",
        one.decision.id or 0,
        "objection",
        {post.id or 0: words for post in [one.post, *others, *near]},
        str(entry_id),
        one.hour,
    )
