"""Object to a decision: the leader's own code says who objects, and the stage is back at the question.

Where no channel reaches the leader the office records the objection, and everybody hears of it.
"""

from collections.abc import Sequence

from models.database import open_session
from models.decisions.asking import keep_try
from models.decisions.codes import stop_useless
from models.decisions.decision import tries_of
from models.errors import DecisionError
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault
from tasks.decisions.codes.own_channel import AT_COMMAND, IN_WINDOW
from tasks.decisions.objections.case import Case, Objecting
from tasks.decisions.outcome import Outcome


def begin_objection(said: Objecting, moment: Moment) -> str:
    """Send the leader a code to object with; return what came of it, empty while the code is awaited.

    Repeatable: a code that is out is not sent again, and an objection that stands already says so.
    Where no channel reaches the leader it stands at once, in the name of ``registrar``. Raises
    DecisionError with every fault.
    """
    with open_session() as session:
        one = Case(session, said, moment)
        if before := one.stands_already():
            return before
        one.check()
        if one.targets():
            one.send_code()
            return ""
        if not said.registrar.strip():
            raise DecisionError(
                f"{one.post.title}没有自己的通道，异议由工作人员登记：请写明登记人的职务（--registrar）"
            )
        if fault := post_fault(said.registrar, "登记"):
            raise DecisionError(fault)
        return one.stand(said.registrar.strip())


def take_objection(
    said: Objecting,
    source: str,
    number: int | None,
    code: str,
    moment: Moment,
    client: str = IN_WINDOW,
) -> Outcome:
    """Take the ``number``-th code handed in from ``source`` for an objection, as `take_answer` does."""
    with open_session() as session:
        one = Case(session, said, moment)
        known = {t.number: t for t in tries_of(session, said.decision_id, source)}
        number = number or len(known) + 1
        if before := known.get(number):
            return Outcome(before.accepted, tuple(before.outcome.split("\n")))
        outcome = one.take(code, client)
        keep_try(
            session,
            said.decision_id,
            source,
            number,
            accepted=outcome.done,
            outcome=outcome.line,
            now=moment.now,
        )
        stop_useless(session, moment.now)
        return outcome


def foresee_objection(said: Objecting, code: str, moment: Moment, client: str = IN_WINDOW) -> str:
    """Return in one line why a code would be refused, before it is handed in; as `foresee_answer`."""
    with open_session() as session:
        words = Case(session, said, moment).foresee(code, client)
        stop_useless(session, moment.now)
        return words


def take_objection_at_command(said: Objecting, code: str, moment: Moment) -> Outcome:
    """Take a code that was typed at a command; each is a new one."""
    return take_objection(said, AT_COMMAND, None, code, moment, AT_COMMAND)


def tried_before(decision_id: int, source: str) -> Sequence[str]:
    """Return what became of each code that was handed in from ``source``, in order."""
    with open_session(read_only=True) as session:
        return [one.outcome for one in tries_of(session, decision_id, source)]
