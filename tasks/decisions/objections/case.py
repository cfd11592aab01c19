"""One leader's objection to one locked decision: whether it may be made, whose code it needs, what it does."""

from dataclasses import dataclass

from sqlmodel import Session

from models.audit.chain import lock_chain
from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, Stage, require_open
from models.decisions.asking import lock_decision
from models.decisions.codes import Matter, Purpose, open_codes
from models.decisions.decision import ANSWERED, ASKED, OBJECTED, answered_later, asked_about
from models.decisions.objection import Objection, objections_to
from models.decisions.typed_codes import CodeTried, Tried, try_code, use_code
from models.errors import DecisionError, EndedError, NotFoundError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.decisions.codes import normal
from models.rules.decisions.objections import faults
from models.units.unit import Post
from tasks.decisions.codes.code_channels import targets_of
from tasks.decisions.codes.codes import post_code
from tasks.decisions.codes.own_channel import tell_of_worn_codes
from tasks.decisions.codes.wrong_code import NO_CODE, wrong_in_words
from tasks.decisions.deputies.spoken_for import in_the_name_of, nothing_said, spoken_for
from tasks.decisions.holders import Holder
from tasks.decisions.objections.news import Standing
from tasks.decisions.objections.stands import stand
from tasks.decisions.outcome import Outcome, closed_in_words
from tasks.decisions.sealing import sealed_once

LARGEST = 2**31 - 1  # a number either database can hold


@dataclass(frozen=True, slots=True)
class Objecting:
    """Who objects to which decision, and why; ``registrar`` records it where no channel reaches them."""

    decision_id: int
    by: str
    reason: str
    registrar: str = ""


class Case:
    """One leader's objection to one locked decision."""

    def __init__(self, session: Session, said: Objecting, moment: Moment) -> None:
        lock_chain(session)
        known = 0 < said.decision_id <= LARGEST
        decision = lock_decision(session, said.decision_id) if known else None
        if decision is None:
            raise NotFoundError(
                f"没有编号为 {said.decision_id} 的审批，现有的见 shifan decision list --all"
            )
        self.session, self.said, self.moment = session, said, moment
        self.decision = decision
        self.stage = session.get_one(Stage, decision.stage_id, populate_existing=True)
        self.campaign = session.get_one(Campaign, decision.campaign_id)
        found = spoken_for(session, decision, moment.now)
        self.mine = in_the_name_of(found, said.by)
        self.nothing_said = nothing_said(decision, found, said.by)

    @property
    def post(self) -> Post:
        """Return the post that objects."""
        if self.mine is None:
            raise DecisionError(self.nothing_said)
        return next(p for p in self.mine.holder.both if p.title == self.said.by.strip())

    @property
    def matter(self) -> Matter:
        """Return what a code for this objection is for."""
        return Matter(Purpose.OBJECT, self.said.decision_id)

    def stands_already(self) -> str:
        """Return what an earlier objection of the same post came to, where nothing new was said since."""
        before = [
            one
            for one in objections_to(self.session, self.said.decision_id)
            if self.session.get_one(Post, one.post_id).title == self.said.by.strip()
        ]
        if before and (self.mine is None or self.decision.status == OBJECTED):
            return f"此前已提出异议：{before[-1].outcome}"
        return ""

    def check(self) -> None:
        """Raise DecisionError with whatever forbids the objection; EndedError after the campaign."""
        require_open(self.campaign)
        if self.decision.status == OBJECTED:
            raise DecisionError(f"审批 {self.decision.id} {closed_in_words(self.decision)}")
        if self.decision.status not in (ASKED, ANSWERED):
            raise DecisionError(
                f"审批 {self.decision.id} {closed_in_words(self.decision)}，没有作出决定，不需要异议"
            )
        if self.mine is None:
            raise DecisionError(self.nothing_said)
        if later := answered_later(self.session, self.decision):
            raise DecisionError(f"此后这一阶段又作出了决定（编号 {later.id}），请对那一次提出异议")
        calendar = work_calendar(self.session)
        wrong = faults(self.said.reason, self.decision.closed_on, self.moment.today, calendar)
        if wrong:
            raise DecisionError("；".join(wrong))

    def targets(self) -> list[tuple[str, str]]:
        """Return the leader's own channels."""
        return targets_of(self.campaign, self.post.tag)

    def send_code(self) -> None:
        """Send the leader a code to object with, unless one is out."""
        out = open_codes(self.session, self.matter, self.moment.now)
        if any(code.post_id == self.post.id for code in out):
            return
        facts = {
            "stage": asked_about(self.decision, self.stage.name),
            "decision": self.decision.id,
        }
        holder = Holder(self.post, self.post)
        if not post_code(
            self.session,
            self.campaign,
            self.matter,
            holder,
            "decision/objection",
            facts,
            self.moment,
        ):
            raise DecisionError("今天为这一异议发出的验证码已到上限，请明天再试，或请上一级决定")

    def take(self, code: str, client: str) -> Outcome:
        """Do what the objection does, if the code is the leader's."""
        if before := self.stands_already():
            return Outcome(True, (before,))
        try:
            self.check()
        except (DecisionError, EndedError) as fault:
            return Outcome(True, (str(fault),), overtaken=True)
        if not normal(code):
            return Outcome(False, ("没有填写验证码",))
        tried = self._try(code, client)
        if tried.result is not Tried.RIGHT:
            return Outcome(False, (wrong_in_words(tried) or self._new_code(tried.result),))
        use_code(self.session, tried.code_id)
        return Outcome(True, (self.stand(""),))

    def foresee(self, code: str, client: str) -> str:
        """Return why a code would be refused; empty where it would not, or where more must be done.

        A wrong one counts as tried.
        """
        if self.stands_already() or self.mine is None:
            return ""
        if not normal(code):
            return "没有填写验证码"
        return wrong_in_words(self._try(code, client))

    def _try(self, code: str, client: str) -> CodeTried:
        tried = try_code(
            self.session, self.matter, sealed_once(code), client, self.moment.now, self.post.id
        )
        if tried.worn:
            own = [Holder(self.post, self.post)]
            tell_of_worn_codes(self.session, self.decision, self.stage, own, self.moment)
        return tried

    def _new_code(self, why: Tried) -> str:
        try:
            self.send_code()
        except DecisionError as fault:
            return f"{NO_CODE[why]}；{fault}"
        return f"{NO_CODE[why]}，新的验证码已发往{self.post.title}的通道，请用新的验证码"

    def stand(self, registrar: str) -> str:
        """Let the objection stand; return what came of it."""
        if self.mine is None:
            raise DecisionError(self.nothing_said)
        standing = Standing(
            self.session,
            self.campaign,
            self.decision,
            self.stage,
            self.mine,
            self.post,
            self.said.reason.strip(),
            registrar,
            self.moment,
        )
        outcome, entry_id, asked_again = stand(standing)
        self.session.add(
            Objection(
                decision_id=key_of(self.decision),
                post_id=key_of(self.post),
                reason=standing.reason,
                registrar=registrar,
                day=self.moment.today,
                at=self.moment.now,
                outcome=outcome,
                asked_again=asked_again,
                audit_id=entry_id,
            )
        )
        return outcome
