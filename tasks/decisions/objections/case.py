"""One leader's objection to one locked decision: whether it may be made, whose code it needs, what it does."""

from dataclasses import dataclass

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import require_open
from models.decisions.codes import Matter, Purpose, open_codes
from models.decisions.decision import ANSWERED, ASKED, OBJECTED, answered_later
from models.decisions.delegation import Holder
from models.decisions.hearing import Hearing
from models.decisions.objection import Objection, keep_objection, objections_to
from models.decisions.tries import HandedIn, Outcome
from models.decisions.typed_codes import CodeTried, Tried, use_code
from models.errors import DecisionError, EndedError, NotFoundError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.decisions.objections import objection_faults
from models.units.unit import Post
from notifications import links
from tasks.decisions.aftermath import closed_in_words
from tasks.decisions.codes.codes import CodeLetter, post_code
from tasks.decisions.codes.own_channel import tell_of_worn_codes
from tasks.decisions.codes.wrong_code import NO_CODE, try_handed, wrong_in_words
from tasks.decisions.deputies.spoken_for import in_the_name_of, nothing_said, spoken_for
from tasks.decisions.objections.news import Standing
from tasks.decisions.objections.stands import stand


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
        about = Hearing.locked(session, said.decision_id, moment)
        if about is None:
            raise NotFoundError(
                f"没有编号为 {said.decision_id} 的审批，现有的见 shifan decision list --all"
            )
        self.said, self.about = said, about
        found = spoken_for(session, about.decision, moment.now)
        self.mine = in_the_name_of(found, said.by)
        self.nothing_said = nothing_said(about.decision, found, said.by)

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
        before = objections_to(self.about.session, self.about.id, self.said.by.strip())
        if before and (self.mine is None or self.about.decision.status == OBJECTED):
            return f"此前已提出异议：{before[-1].outcome}"
        return ""

    def check(self) -> None:
        """Raise DecisionError with whatever forbids the objection; EndedError after the campaign."""
        about, decision = self.about, self.about.decision
        require_open(about.campaign)
        if decision.status == OBJECTED:
            raise DecisionError(f"审批 {about.id} {closed_in_words(decision)}")
        if decision.status not in (ASKED, ANSWERED):
            raise DecisionError(
                f"审批 {about.id} {closed_in_words(decision)}，没有作出决定，不需要异议"
            )
        if self.mine is None:
            raise DecisionError(self.nothing_said)
        if later := answered_later(about.session, decision):
            raise DecisionError(f"此后这一阶段又作出了决定（编号 {later.id}），请对那一次提出异议")
        calendar, today = work_calendar(about.session), about.moment.today
        if wrong := objection_faults(self.said.reason, decision.closed_on, today, calendar):
            raise DecisionError("；".join(wrong))

    def send_code(self) -> None:
        """Send the leader a code to object with, unless one is out."""
        about = self.about
        out = open_codes(about.session, self.matter, about.moment.now)
        if any(code.post_id == self.post.id for code in out):
            return
        facts = {"stage": about.title, "decision": about.id}
        letter = CodeLetter(
            self.matter,
            Holder(self.post, self.post),
            "decision/objection",
            facts,
            links.objection(about.id),
        )
        if not post_code(about.session, about.campaign, letter, about.moment):
            raise DecisionError("今天为这一异议发出的验证码已到上限，请明天再试，或请上一级决定")

    def take(self, handed: HandedIn) -> Outcome:
        """Do what the objection does, if the code is the leader's."""
        if before := self.stands_already():
            return Outcome(True, (before,))
        try:
            self.check()
        except (DecisionError, EndedError) as fault:
            return Outcome(True, (str(fault),), overtaken=True)
        tried = self._try(handed)
        if tried.code is None:
            return Outcome(False, (wrong_in_words(tried) or self._new_code(tried.result),))
        use_code(self.about.session, self.matter, tried.code)
        return Outcome(True, (self.stand(""),))

    def foresee(self, handed: HandedIn) -> str:
        """Return why a code would be refused; empty where it would not, or where more must be done.

        A wrong one counts as tried.
        """
        if self.stands_already() or self.mine is None:
            return ""
        return wrong_in_words(self._try(handed))

    def _try(self, handed: HandedIn) -> CodeTried:
        session, now = self.about.session, self.about.moment.now
        tried = try_handed(session, self.matter, handed, now, self.post.id)
        if tried.worn:
            tell_of_worn_codes(self.about, [Holder(self.post, self.post)])
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
        reason, moment = self.said.reason.strip(), self.about.moment
        standing = Standing(self.about, self.mine, self.post, reason, registrar)
        outcome, entry_id, asked_again = stand(standing)
        kept = Objection(
            decision_id=self.about.id,
            post_id=key_of(self.post),
            reason=reason,
            registrar=registrar,
            day=moment.today,
            at=moment.now,
            outcome=outcome,
            asked_again=asked_again,
            audit_id=entry_id,
        )
        keep_objection(self.about.session, kept)
        return outcome
