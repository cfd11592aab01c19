"""Take an answer: the code says who it is, the rules say whether it stands, one transaction does it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.audit.chain import lock_chain
from models.campaign.campaign import Stage
from models.campaign.moves import Occasion
from models.database import open_session
from models.decisions.asking import hand_on, hear, lock_decision
from models.decisions.closing import close_unanswered, settle, settled
from models.decisions.codes import stop_useless, used_codes
from models.decisions.decision import ASKED, OVERTAKEN, campaign_posts
from models.decisions.gate import gate_of, plan_gates
from models.decisions.hearing import Hearing
from models.decisions.tries import HandedIn, Outcome, taken_once
from models.decisions.typed_codes import CodeTried, Tried, try_code, use_code
from models.errors import NotFoundError
from models.keys import key_of
from models.rules.bounds import LONGEST_PERSON
from models.rules.calendar.moment import Moment
from models.rules.decisions.answers import Answer, Circumstances, Said, answer_faults
from models.rules.decisions.codes import normal
from models.rules.decisions.decisions import moot
from models.rules.gates.values import GateReport, Obstacle
from models.rules.words import StageStatus
from models.units.unit import Post
from tasks.decisions.aftermath import answer_in_words, closed_in_words, tell_all
from tasks.decisions.codes.codes import send_code
from tasks.decisions.codes.own_channel import Receipt, send_receipt, send_receipts, way_in_words
from tasks.decisions.codes.wrong_code import wrong_code
from tasks.decisions.holders import Holder
from tasks.decisions.sealing import sealed_once
from tasks.office.reach import lazily_reachable

CODE_STANDS = "验证码正确，仍可使用"
NO_CODE_TYPED = "没有填写验证码"


def take_answer(decision_id: int, said: Said, handed: HandedIn, moment: Moment) -> Outcome:
    """Take an answer that was handed in with a code.

    Handed in again (a run that is replayed), it does nothing and says the same. Of two at once
    exactly one wins. A right code is used up only by an answer that stands; the code itself is kept
    nowhere.
    """
    with open_session() as session:
        one = _locked(session, decision_id, said, handed, moment)
        if one is None:
            raise NotFoundError(f"没有编号为 {decision_id} 的审批，现有的见 shifan decision list")
        return taken_once(session, decision_id, handed, moment.now, one.take)


def foresee_answer(decision_id: int, said: Said, handed: HandedIn, moment: Moment) -> str:
    """Return in one line why an answer would be refused as it stands, before it is handed in.

    Empty where it would be taken, or where only `take_answer` knows what to do. A wrong code counts
    as tried, here as there; nothing else is written, and a right one stays unused.
    """
    with open_session() as session:
        one = _locked(session, decision_id, said, handed, moment)
        words = one.foresee() if one else ()
        stop_useless(session, moment.now)
        return "；".join(words)


def _locked(
    session: Session, decision_id: int, said: Said, handed: HandedIn, moment: Moment
) -> "_Answering | None":
    lock_chain(session)
    decision = lock_decision(session, decision_id)
    if decision is None:
        return None
    return _Answering(Hearing.of(session, decision, moment), said, handed)


@dataclass(frozen=True, slots=True)
class _Answering:
    """One answer to one locked question."""

    one: Hearing
    said: Said
    handed: HandedIn

    def take(self) -> Outcome:
        one, said = self.one, self.said
        if one.decision.status != ASKED:
            return self._void()
        if reason := moot(StageStatus(one.stage.status), opening=one.decision.is_opening):
            close_unanswered(one, OVERTAKEN, reason, Occasion("系统", one.moment))
            return self._void()
        gate = self._gate()
        wrong = self._faults(gate)
        if not normal(self.handed.code):
            return Outcome(False, (NO_CODE_TYPED, *wrong))
        tried = self._try()
        if tried.result is not Tried.RIGHT:
            return Outcome(False, (wrong_code(one, tried), *wrong))
        if wrong or said.answer is None:
            return Outcome(False, (*wrong, CODE_STANDS))
        return self._stands(said.answer, tried, gate.obstacles)

    def foresee(self) -> Sequence[str]:
        """Return why the answer would be refused as it stands; a wrong code counts as tried.

        Empty where it would not be, and where more must be done than to refuse it: a question that
        is closed, a code that must be replaced.
        """
        one, opening = self.one, self.one.decision.is_opening
        if one.decision.status != ASKED or moot(StageStatus(one.stage.status), opening=opening):
            return ()
        wrong = self._faults(self._gate())
        if not normal(self.handed.code):
            return (NO_CODE_TYPED, *wrong)
        tried = self._try()
        if tried.result is Tried.RIGHT:
            return (*wrong, CODE_STANDS) if wrong or self.said.answer is None else ()
        if tried.result not in (Tried.WRONG, Tried.WAIT):
            return ()
        return (wrong_code(one, tried), *wrong)

    def _faults(self, gate: GateReport) -> list[str]:
        one, name = self.one, self.handed.name.strip()
        at = Circumstances(
            today=one.moment.today,
            end=one.stage.planned_end,
            obstacles=[obstacle.text for obstacle in gate.obstacles],
            others=[post.title for post in self._others()],
            may_transfer=plan_gates(one.campaign).may_transfer,
            opening=one.decision.is_opening,
        )
        wrong = answer_faults(self.said, at)
        if len(name) > LONGEST_PERSON or not name.isprintable():
            wrong.append(f"姓名应是一行、{LONGEST_PERSON} 个字以内的文字")
        return wrong

    def _try(self) -> CodeTried:
        code, client = sealed_once(self.handed.code), self.handed.client
        return try_code(self.one.session, self.one.matter, code, client, self.one.moment.now)

    def _void(self) -> Outcome:
        words = f"本次审批已失效：{closed_in_words(self.one.decision)}"
        return Outcome(True, (words,), overtaken=True)

    def _gate(self) -> GateReport:
        one = self.one
        if one.decision.is_opening:
            return GateReport()
        return gate_of(one.session, one.campaign, one.stage, one.moment.today, lazily_reachable())

    def _others(self) -> list[Post]:
        asked = {post.id for _, post in self.one.asked}
        posts = campaign_posts(self.one.session, self.one.stage.campaign_id)
        return [post for post in posts if post.id not in asked]

    def _stands(self, answer: Answer, tried: CodeTried, obstacles: Sequence[Obstacle]) -> Outcome:
        """Do what a faultless answer does; its reason and the obstacles go on record with it."""
        one, said, session = self.one, self.said, self.one.session
        post = session.get_one(Post, tried.post_id)
        holder = Holder(post, session.get_one(Post, tried.holder_id))
        who = f"{holder.name} {self.handed.name.strip()}".strip()
        word = Occasion(who, one.moment, said.reason.strip(), obstacles)
        if not use_code(session, tried.code_id):
            return Outcome(False, ("验证码刚刚已被使用，请用新的验证码",))
        if answer is Answer.TRANSFER:
            return self._handed_on(word, holder)
        hear(one, tried.post_id, answer, word)
        verdict = settled(one)
        if verdict is None:
            others = f"还需{'、'.join(waiting.title for waiting in one.silent)}表态"
            entry = one.note("decision-voice", word, answer=answer.value)
            self._receipt(holder, answer.chinese, word, key_of(entry), others)
            return Outcome(False, (f"{who}已表态：{answer.chinese}；{others}",), noted=True)
        facts = {"name": self.handed.name.strip(), "client": self.handed.client}
        opened = settle(one, verdict, word, new_end=said.new_end, **facts)
        if opened is False:
            return self._void()
        new = opened if isinstance(opened, Stage) else None
        tell_all(one, verdict, word, new)
        send_receipts(one, verdict, tried.post_id, self.handed.client)
        return Outcome(True, (answer_in_words(one, verdict, who, said, new),))

    def _receipt(
        self, holder: Holder, said: str, word: Occasion, entry_id: int, came_to: str = ""
    ) -> None:
        used = {code.post_id: code for code in used_codes(self.one.session, self.one.id)}
        way = way_in_words(used[key_of(holder.post)], self.handed.client)
        send_receipt(self.one, Receipt(holder, said, word, way, entry_id, came_to))

    def _handed_on(self, word: Occasion, holder: Holder) -> Outcome:
        to = next(p for p in self._others() if p.title == self.said.transfer_to.strip())
        entry = hand_on(self.one, holder.post, to, word)
        self._receipt(holder, f"转给{to.title}决定", word, entry)
        later = self.one.in_hours()
        detail = f"{word.who}转办；请在 {later.decision.due} 前答复，验证码另发"
        later.tell("decision_asked", [key_of(to)], f"{later.id} {to.id}", detail)
        sent = send_code(later, to)
        how = "验证码已发往其通道" if sent else "请工作人员打印验证码单"
        return Outcome(False, (f"已转给{to.title}决定，{how}",), noted=True)
