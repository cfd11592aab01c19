"""Take an answer: the code says who it is, the rules say whether it stands, one transaction does it."""

from collections.abc import Sequence

from sqlmodel import Session

from models.audit.chain import lock_chain
from models.calendar.calendar import in_hours
from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import Occasion, note
from models.database import open_session
from models.decisions.asking import hand_on, hear, keep_try, lock_decision
from models.decisions.closing import close_unanswered, settle, settled
from models.decisions.codes import Matter, stop_useless, used_codes
from models.decisions.decision import (
    ASKED,
    OVERTAKEN,
    Decision,
    asked_posts,
    campaign_posts,
    tries_of,
)
from models.decisions.gate import gate_of, plan_gates
from models.decisions.typed_codes import CodeTried, Tried, try_code, use_code
from models.errors import NotFoundError
from models.keys import key_of
from models.notices.writing import Word, tell
from models.rules.bounds import LONGEST_PERSON
from models.rules.calendar.moment import Moment
from models.rules.decisions.codes import normal
from models.rules.decisions.decisions import Answer, Said, faults, moot
from models.rules.gates.values import GateReport, Obstacle
from models.rules.words import StageStatus
from models.units.unit import Post
from tasks.decisions.aftermath import in_words, tell_all
from tasks.decisions.codes.codes import send_code
from tasks.decisions.codes.own_channel import (
    AT_COMMAND,
    IN_WINDOW,
    send_receipt,
    send_receipts,
    way_in_words,
)
from tasks.decisions.holders import Holder
from tasks.decisions.outcome import Outcome, closed_in_words
from tasks.decisions.replacing import wrong_code
from tasks.decisions.sealing import sealed_once
from tasks.office.reach import lazily_reachable

CODE_STANDS = "验证码正确，仍可使用"


def take_answer(
    decision_id: int,
    source: str,
    number: int | None,
    said: Said,
    code: str,
    name: str,
    moment: Moment,
    client: str = IN_WINDOW,
) -> Outcome:
    """Take the ``number``-th answer handed in from ``source`` (a run, or the command line).

    ``client`` is where it was typed, as far as that is known: wrong codes count against it alone.
    Handed in again (a run that is replayed), it does nothing and says the same. Of two at once
    exactly one wins. A right code is used up only by an answer that stands; the code itself is kept
    nowhere. Without a ``number`` it is a new one.
    """
    with open_session() as session:
        lock_chain(session)
        decision = lock_decision(session, decision_id)
        if decision is None:
            raise NotFoundError(f"没有编号为 {decision_id} 的审批，现有的见 shifan decision list")
        known = {one.number: one for one in tries_of(session, decision_id, source)}
        number = number or len(known) + 1
        if before := known.get(number):
            return Outcome(before.accepted, tuple(before.outcome.split("\n")))
        moment = moment
        outcome = _Answering(session, decision, moment, client).take(said, code, name)
        keep_try(
            session,
            decision_id,
            source,
            number,
            accepted=outcome.done,
            outcome="\n".join(outcome.words),
            now=moment.now,
        )
        stop_useless(session, moment.now)
        return outcome


def take_answer_at_command(
    decision_id: int, said: Said, code: str, name: str, moment: Moment
) -> Outcome:
    """Take an answer that was typed at a command; each is a new one."""
    return take_answer(decision_id, AT_COMMAND, None, said, code, name, moment, AT_COMMAND)


def foresee_answer(
    decision_id: int,
    said: Said,
    code: str,
    name: str,
    moment: Moment,
    client: str = IN_WINDOW,
) -> str:
    """Return in one line why an answer would be refused as it stands, before it is handed in.

    Empty where it would be taken, or where only `take_answer` knows what to do. A wrong code counts
    as tried, here as there; nothing else is written, and a right one stays unused.
    """
    with open_session() as session:
        lock_chain(session)
        decision = lock_decision(session, decision_id)
        if decision is None:
            return ""
        words = _Answering(session, decision, moment, client).foresee(said, code, name)
        stop_useless(session, moment.now)
        return "；".join(words)


class _Answering:
    """One answer to one locked question."""

    def __init__(self, session: Session, decision: Decision, moment: Moment, client: str) -> None:
        self.session, self.decision, self.moment, self.client = session, decision, moment, client
        self.campaign = session.get_one(Campaign, decision.campaign_id)
        self.stage = session.get_one(Stage, decision.stage_id, populate_existing=True)
        self.plan = plan_gates(self.campaign)

    def take(self, said: Said, code: str, name: str) -> Outcome:
        if self.decision.status != ASKED:
            return Outcome(
                True, (f"本次审批已失效：{closed_in_words(self.decision)}",), overtaken=True
            )
        status = StageStatus(self.stage.status)
        if reason := moot(status, opening=self.decision.is_opening):
            return self._too_late(reason)
        gate = self._gate()
        wrong = self._faults(said, name, gate)
        if not normal(code):
            return Outcome(False, ("没有填写验证码", *wrong))
        tried = self._try(code)
        if tried.result is not Tried.RIGHT:
            said_of_code = wrong_code(self.session, self.decision, self.stage, tried, self.moment)
            return Outcome(False, (said_of_code, *wrong))
        if wrong or said.answer is None:
            return Outcome(False, (*wrong, CODE_STANDS))
        return self._stands(said, said.answer, tried, name, gate.obstacles)

    def foresee(self, said: Said, code: str, name: str) -> Sequence[str]:
        """Return why the answer would be refused as it stands; a wrong code counts as tried.

        Empty where it would not be, and where more must be done than to refuse it: a question that
        is closed, a code that must be replaced.
        """
        opening = self.decision.is_opening
        if self.decision.status != ASKED or moot(StageStatus(self.stage.status), opening=opening):
            return ()
        wrong = self._faults(said, name, self._gate())
        if not normal(code):
            return ("没有填写验证码", *wrong)
        tried = self._try(code)
        if tried.result is Tried.RIGHT:
            return (*wrong, CODE_STANDS) if wrong or said.answer is None else ()
        if tried.result not in (Tried.WRONG, Tried.WAIT):
            return ()
        said_of_code = wrong_code(self.session, self.decision, self.stage, tried, self.moment)
        return (said_of_code, *wrong)

    def _faults(self, said: Said, name: str, gate: GateReport) -> list[str]:
        wrong = faults(
            said,
            obstacles=[o.text for o in gate.obstacles],
            end=self.stage.planned_end,
            today=self.moment.today,
            others=[post.title for post in self._others()],
            may_transfer=self.plan.may_transfer,
            opening=self.decision.is_opening,
        )
        if len(name.strip()) > LONGEST_PERSON or not name.strip().isprintable():
            wrong.append(f"姓名应是一行、{LONGEST_PERSON} 个字以内的文字")
        return wrong

    def _try(self, code: str) -> CodeTried:
        matter = Matter.question(self.decision.id)
        return try_code(self.session, matter, sealed_once(code), self.client, self.moment.now)

    def _too_late(self, why: str) -> Outcome:
        """Close a question about a stage that moved on without it."""
        said = Occasion("系统", self.moment)
        close_unanswered(self.session, self.decision, self.stage, OVERTAKEN, why, said)
        words = f"本次审批已失效：{closed_in_words(self.decision)}"
        return Outcome(True, (words,), overtaken=True)

    def _gate(self) -> GateReport:
        if self.decision.is_opening:
            return GateReport()
        reach = lazily_reachable()
        return gate_of(self.session, self.campaign, self.stage, self.moment.today, reach)

    def _others(self) -> list[Post]:
        asked = {post.id for _, post in asked_posts(self.session, key_of(self.decision))}
        posts = campaign_posts(self.session, self.decision.campaign_id)
        return [post for post in posts if post.id not in asked]

    def _note(self, what: str, occasion: Occasion, **facts: object) -> int:
        """Write an entry of the audit about this question; return its number."""
        entry = note(
            self.session,
            self.decision.campaign_id,
            occasion,
            what,
            f"S{self.stage.ordinal}",
            decision=self.decision.id,
            **facts,
        )
        return key_of(entry)

    def _stands(
        self,
        said: Said,
        answer: Answer,
        tried: CodeTried,
        name: str,
        obstacles: Sequence[Obstacle],
    ) -> Outcome:
        """Do what a faultless answer does; ``said.reason`` and the obstacles go on record with it."""
        session, decision, stage = self.session, self.decision, self.stage
        post = session.get_one(Post, tried.post_id)
        holder = Holder(post, session.get_one(Post, tried.holder_id))
        who = f"{holder.name} {name.strip()}".strip()
        word = Occasion(who, self.moment, said.reason.strip(), obstacles)
        if not use_code(session, tried.code_id):
            return Outcome(False, ("验证码刚刚已被使用，请用新的验证码",))
        if answer is Answer.TRANSFER:
            return self._handed_on(said, word, holder)
        hear(session, decision, tried.post_id, answer, word)
        verdict = settled(session, decision)
        if verdict is None:
            waiting = [p.title for a, p in asked_posts(session, key_of(decision)) if not a.answer]
            entry = self._note("decision-voice", word, answer=answer.value)
            self._receipt(holder, answer.chinese, word, entry, f"还需{'、'.join(waiting)}表态")
            return Outcome(
                False, (f"{who}已表态：{answer.chinese}；还需{'、'.join(waiting)}表态",), noted=True
            )
        opened = settle(
            session,
            decision,
            stage,
            verdict,
            word,
            new_end=said.new_end,
            name=name.strip(),
            client=self.client,
        )
        if opened is False:
            return Outcome(True, (f"本次审批已失效：{closed_in_words(decision)}",), overtaken=True)
        new = opened if isinstance(opened, Stage) else None
        tell_all(session, decision, stage, verdict, word, new, self.moment)
        send_receipts(session, decision, stage, verdict, tried.post_id, self.client, self.moment)
        return Outcome(True, (in_words(decision, stage, verdict, who, said, new),))

    def _receipt(
        self, holder: Holder, said: str, word: Occasion, entry_id: int, came_to: str = ""
    ) -> None:
        used = {code.post_id: code for code in used_codes(self.session, key_of(self.decision))}
        way = way_in_words(used[key_of(holder.post)], self.client)
        place = (self.session, self.decision, self.stage, holder)
        send_receipt(*place, way, said, word, entry_id, self.moment, came_to)

    def _handed_on(self, said: Said, word: Occasion, holder: Holder) -> Outcome:
        to = next(p for p in self._others() if p.title == said.transfer_to.strip())
        entry = hand_on(self.session, self.decision, self.stage, holder.post, to, word)
        self._receipt(holder, f"转给{to.title}决定", word, entry)
        moment = in_hours(self.session, self.moment)
        detail = f"{word.who}转办；请在 {self.decision.due} 前答复，验证码另发"
        about = ("stage", key_of(self.stage), "decision_asked", f"{self.decision.id} {to.id}")
        told = [(key_of(to), Word(*about, detail=detail))]
        tell(self.session, self.decision.campaign_id, told, moment)
        sent = send_code(self.session, self.decision, to, self.stage, moment)
        how = "验证码已发往其通道" if sent else "请工作人员打印验证码单"
        return Outcome(False, (f"已转给{to.title}决定，{how}",), noted=True)
