"""Let every problem that a visit lists become a finding of the unit that was visited."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlmodel import Session

from models.errors import ProgressError
from models.findings.new import NewFinding
from models.findings.raising import raise_findings
from models.inspection.visit import VisitProblem, visit_lines
from models.rules.calendar.moment import Moment
from models.units.succession import successors


def raise_problems(
    session: Session,
    campaign_id: int,
    problems: Mapping[int, Sequence[VisitProblem]],
    moment: Moment,
) -> int:
    """Raise those of ``problems`` (by visit) that are no findings yet; return how many were raised.

    Repeatable: the same words about the same unit are the same finding, opened anew where it was closed.
    What was found at a unit that another has taken over is that one's to mend.
    Raises ProgressError with every fault.
    """
    waiting = {id_: [p for p in own if p.finding_id is None] for id_, own in problems.items()}
    visits = {one.id: one for one in visit_lines(session, campaign_id) if waiting.get(one.id)}
    heirs = successors(session, campaign_id)
    by_post: dict[str, list[tuple[VisitProblem, NewFinding]]] = defaultdict(list)
    for id_, one in visits.items():
        found_on = one.visited_on or one.day
        for problem in waiting[id_]:
            new = NewFinding(
                problem.text,
                f"visit:{one.code}",
                found_on,
                heirs.get(one.unit_id, one.unit_id),
                problem.due,
                item=problem.code,
            )
            by_post[one.by_post].append((problem, new))
    faults = []
    for post, pairs in by_post.items():
        news = [new for _, new in pairs]
        outcomes = raise_findings(session, campaign_id, news, post, moment)
        for (problem, _), outcome in zip(pairs, outcomes, strict=True):
            faults += [f"“{problem.text[:40]}”：{fault}" for fault in outcome.faults]
            problem.finding_id = outcome.id or None
    if faults:
        raise ProgressError("；".join(faults))
    session.flush()
    return sum(map(len, by_post.values()))
