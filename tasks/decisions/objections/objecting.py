"""Object to a decision: the leader's own code says who objects, and the stage is back at the question.

Where no channel reaches the leader the office records the objection, and everybody hears of it.
"""

from collections.abc import Sequence

from models.database import open_session
from models.decisions.codes import stop_useless
from models.decisions.tries import HandedIn, Outcome, taken_once, tries_of
from models.errors import DecisionError
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault
from tasks.decisions.codes.code_channels import targets_of
from tasks.decisions.objections.case import Case, Objecting


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
        if targets_of(one.about.campaign, one.post.tag):
            one.send_code()
            return ""
        if not said.registrar.strip():
            raise DecisionError(
                f"{one.post.title}没有自己的通道，异议由工作人员登记：请写明登记人的职务（--registrar）"
            )
        if fault := post_fault(said.registrar, "登记"):
            raise DecisionError(fault)
        return one.stand(said.registrar.strip())


def take_objection(said: Objecting, handed: HandedIn, moment: Moment) -> Outcome:
    """Take a code that was handed in for an objection, as `take_answer` does."""
    with open_session() as session:
        one = Case(session, said, moment)
        return taken_once(session, said.decision_id, handed, moment.now, lambda: one.take(handed))


def foresee_objection(said: Objecting, handed: HandedIn, moment: Moment) -> str:
    """Return in one line why a code would be refused, before it is handed in; as `foresee_answer`."""
    with open_session() as session:
        words = Case(session, said, moment).foresee(handed)
        stop_useless(session, moment.now)
        return words


def tried_before(decision_id: int, source: str) -> Sequence[str]:
    """Return what became of each code that was handed in from ``source``, in order."""
    with open_session(read_only=True) as session:
        return [one.outcome for one in tries_of(session, decision_id, source)]
