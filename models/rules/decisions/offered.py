"""The answers that a question knows, with what each needs: said on a page before one is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.rules.decisions.answers import Answer, may_approve

# What each answer needs before it can be given, as its label says it.
NEEDS: Mapping[Answer, str] = {
    Answer.APPROVE: "可以写理由",
    Answer.RETURN: "必须写理由",
    Answer.POSTPONE: "必须写新的结束日和理由",
    Answer.FORCE: "必须写理由；没有满足的条件留在记录里",
    Answer.TRANSFER: "选交给哪个岗位决定",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """An answer as a page offers it; ``closed`` says in words why it cannot be chosen now."""

    answer: Answer
    needs: str
    closed: str = ""


def offered_answers(
    obstacles: Sequence[object], others: Sequence[str], *, opening: bool, lent: bool
) -> list[Offered]:
    """Return the answers that a question knows, in the order of the form, each with what it needs.

    ``lent`` says that the plan allows to hand it on; ``others`` are the posts that could take it.
    The rules themselves are `answer_faults`; this says them before anything is chosen.
    """
    known = [Answer.APPROVE, Answer.RETURN]
    if not opening:
        known += [Answer.POSTPONE, Answer.FORCE]
    if lent and others:
        known.append(Answer.TRANSFER)
    closed = ""
    if not opening and not may_approve(obstacles):
        closed = f"推进条件还差 {len(obstacles)} 项，现在不能批准"
    return [Offered(one, NEEDS[one], closed if one is Answer.APPROVE else "") for one in known]
