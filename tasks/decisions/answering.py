"""Take an answer: the code says who it is, the rules say whether it stands, one transaction does it."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.campaign.campaign import Stage
from models.campaign.moves import Occasion
from models.database import open_session
from models.decisions.asking import hand_on, hear
from models.decisions.closing import close_unanswered, settle, settled
from models.decisions.codes import stop_useless
from models.decisions.decision import ASKED, OVERTAKEN, DecisionCode
from models.decisions.delegation import Holder
from models.decisions.gate import plan_gates
from models.decisions.hearing import Hearing
from models.decisions.tries import LATER, HandedIn, Outcome, taken_once
from models.decisions.typed_codes import Tried, use_code
from models.errors import NotFoundError
from models.keys import key_of
from models.rules.bounds import LONGEST_PERSON
from models.rules.calendar.moment import Moment
from models.rules.decisions.answers import Answer, Circumstances, Said, answer_faults
from models.rules.decisions.decisions import moot
from models.rules.gates.values import GateReport, Obstacle
from models.rules.words import StageStatus
from models.units.unit import Post
from tasks.decisions.aftermath import answer_in_words, closed_in_words, tell_all
from tasks.decisions.codes.codes import send_code
from tasks.decisions.codes.own_channel import Receipt, send_receipt, send_receipts, way_in_words
from tasks.decisions.codes.wrong_code import NO_CODE, is_used, try_handed, wrong_code
from tasks.decisions.questions import gate_asked

CODE_STANDS = "验证码正确，仍可使用"


def take_answer(decision_id: int, said: Said, handed: HandedIn, moment: Moment) -> Outcome:
    """Take an answer that was handed in with a code.

    Handed in again (a run that is replayed), it does nothing and says the same. Of two at once
    exactly one wins. A right code is used up only by an answer that stands; the code itself is kept
    nowhere.
    """
    with open_session() as session:
        one = Hearing.locked(session, decision_id, moment)
        if one is None:
            raise NotFoundError(f"没有编号为 {decision_id} 的审批，现有的见 shifan decision list")
        answering = _Answering(one, said, handed)
        return taken_once(session, decision_id, handed, moment.now, answering.take)


def foresee_answer(decision_id: int, said: Said, handed: HandedIn, moment: Moment) -> str:
    """Return in one line why an answer would be refused as it stands, before it is handed in.

    Empty where it would be taken, or where only `take_answer` knows what to do. A wrong code counts
    as tried, here as there; nothing else is written, and a right one stays unused.
    """
    with open_session() as session:
        one = Hearing.locked(session, decision_id, moment)
        outcome = _Answering(one, said, handed).take(really=False) if one else LATER
        stop_useless(session, moment.now)
        return outcome.line


def faults_of(one: Hearing, said: Said, gate: GateReport) -> list[str]:
    """Return what forbids an answer to a question whose gate says ``gate``, one line each."""
    at = Circumstances(
        today=one.moment.today,
        end=one.stage.planned_end,
        obstacles=[obstacle.text for obstacle in gate.obstacles],
        others=[post.title for post in one.others],
        may_transfer=plan_gates(one.campaign).may_transfer,
        opening=one.decision.is_opening,
    )
    return answer_faults(said, at)


@dataclass(frozen=True, slots=True)
class _Answering:
    """One answer to one locked question."""

    one: Hearing
    said: Said
    handed: HandedIn

    def take(self, *, really: bool = True) -> Outcome:
        """Return what becomes of the answer. Where it is not ``really`` taken, it is refused or LATER.

        LATER: it stands, or more must be done than to refuse it, because the question is closed or a
        code must be replaced.
        """
        one, said = self.one, self.said
        reason = moot(StageStatus(one.stage.status), opening=one.decision.is_opening)
        if one.decision.status != ASKED or reason:
            if not really:
                return LATER
            if one.decision.status == ASKED:
                close_unanswered(one, OVERTAKEN, reason, Occasion("系统", one.moment))
            return self._void()
        gate = gate_asked(one)
        wrong = self._faults(gate)
        tried = try_handed(one.session, one.matter, self.handed, one.moment.now)
        if tried.result in NO_CODE and not really:
            return LATER
        if tried.code is None:
            again = tried.result is Tried.USED
            return Outcome(False, (wrong_code(one, tried), *wrong), again=again)
        if wrong or said.answer is None:
            return Outcome(False, (*wrong, CODE_STANDS))
        return self._stands(said.answer, tried.code, gate.obstacles) if really else LATER

    def _faults(self, gate: GateReport) -> list[str]:
        wrong, name = faults_of(self.one, self.said, gate), self.handed.name.strip()
        if len(name) > LONGEST_PERSON or not name.isprintable():
            wrong.append(f"姓名应是一行、{LONGEST_PERSON} 个字以内的文字")
        return wrong

    def _void(self) -> Outcome:
        words = f"本次审批已失效：{closed_in_words(self.one.decision)}"
        again = is_used(self.one.session, self.one.matter, self.handed)
        return Outcome(True, (words,), overtaken=True, again=again)

    def _stands(self, answer: Answer, code: DecisionCode, obstacles: Sequence[Obstacle]) -> Outcome:
        """Do what a faultless answer does; its reason and the obstacles go on record with it."""
        one, said, session = self.one, self.said, self.one.session
        post = session.get_one(Post, code.post_id)
        holder = Holder(post, session.get_one(Post, code.holder_id))
        who = f"{holder.name} {self.handed.name.strip()}".strip()
        word = Occasion(who, one.moment, said.reason.strip(), obstacles)
        if not use_code(session, one.matter, code):
            return Outcome(False, ("验证码刚刚已被使用，请用新的验证码",))
        way = way_in_words(code, self.handed.client)
        if answer is Answer.TRANSFER:
            return self._handed_on(word, holder, way)
        hear(one, code.post_id, answer, word)
        verdict = settled(one)
        if verdict is None:
            others = f"还需{'、'.join(waiting.title for waiting in one.silent)}表态"
            entry = one.note("decision-voice", word, answer=answer.value)
            receipt = Receipt(holder, answer.chinese, word, way, key_of(entry), others)
            send_receipt(one, receipt)
            line = f"{who}已表态：{answer.chinese}；{others}"
            return Outcome(False, (line,), noted=True, entry=key_of(entry))
        facts = {"name": self.handed.name.strip(), "client": self.handed.client}
        opened = settle(one, verdict, word, new_end=said.new_end, **facts)
        if opened is False:
            return self._void()
        new = opened if isinstance(opened, Stage) else None
        tell_all(one, verdict, word, new)
        send_receipts(one, verdict, code.post_id, self.handed.client)
        line = answer_in_words(one, verdict, who, said, new)
        return Outcome(True, (line,), entry=one.decision.audit_id or 0)

    def _handed_on(self, word: Occasion, holder: Holder, way: str) -> Outcome:
        to = next(p for p in self.one.others if p.title == self.said.transfer_to.strip())
        entry = hand_on(self.one, holder.post, to, word)
        send_receipt(self.one, Receipt(holder, f"转给{to.title}决定", word, way, entry))
        later = self.one.in_hours()
        detail = f"{word.who}转办；请在 {later.decision.due} 前答复，验证码另发"
        later.tell("decision_asked", [key_of(to)], f"{later.id} {to.id}", detail)
        sent = send_code(later, to)
        how = "验证码已发往其通道" if sent else "请工作人员打印验证码单"
        return Outcome(False, (f"已转给{to.title}决定，{how}",), noted=True, entry=entry)
